/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/jades.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/base64.h"
#include "codec/jsontext.h"
#include "codec/jws.h"

static uint8_t memory[512 * 1024], der_memory[LIMIT_CERTIFICATE_BYTES];

/* The certificate that the header names: it is then pinned. */
static bool find_pin(struct span text, struct certificate *out) {
    static const char *const understood[] = {"sigT"};
    struct arena arena = arena_over(memory, sizeof memory);
    struct room der = room_over(der_memory, sizeof der_memory);
    struct jws jws = {0};
    if (jws_split_understanding(text, understood, 1, &arena, &jws) != ERR_OK) {
        return false;
    }
    struct span first = jsontext_span(json_array_get(json_object_get(jws.header, "x5c"), 0));
    bool found = base64_decode(first, &der) == ERR_OK && certificate_read(room_span(&der), out) == ERR_OK;
    jws_close(&jws);
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool started = false;
    if (!started && crypto_start() != ERR_OK) {
        abort();
    }
    started = true;
    struct span text = span_of_bytes(data, size);
    struct certificate pin = {0};
    struct jades out = {0};
    struct jades_rules rules = {&pin, find_pin(text, &pin) ? 1 : 0, interval_at(1788000000)};
    struct arena arena = arena_over(memory, sizeof memory);
    enum err err = jades_read(text, &rules, &arena, &out);
    if (err == ERR_OK && (rules.pin_count == 0 || out.signed_at_s < pin.valid_from_s || !pin.may_sign)) {
        abort();
    }
    if (err != ERR_OK && out.payload.ptr != NULL) {
        abort();
    }
    return 0;
}
