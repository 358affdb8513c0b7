/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/certificate.h"

#include <stdlib.h>

#include "base/limits.h"

static void judge_name(struct span name) {
    uint8_t text[LIMIT_CERTIFICATE_BYTES];
    struct room room = room_over(text, sizeof text), value = room_over(text, sizeof text);
    enum err err = certificate_name(name, &room);
    if ((err != ERR_OK && err != ERR_CERTIFICATE && err != ERR_NO_ROOM) || (err != ERR_OK && room.len != 0)) {
        abort();
    }
    err = certificate_name_value(name, 3, &value);
    if (err != ERR_OK && value.len != 0) {
        abort();
    }
}

static void judge(struct span der, struct span rest) {
    struct certificate certificate = {0};
    if (certificate_read(der, &certificate) != ERR_OK) {
        if (certificate.der.ptr != NULL) {
            abort();
        }
        return;
    }
    if (certificate.key.kind == CRYPTO_KEY_NONE || certificate.key.len == 0 ||
        certificate.der.len != der.len || certificate.uri_count > CERTIFICATE_URIS_MAX) {
        abort();
    }
    judge_name(certificate.subject);
    judge_name(certificate.issuer);
    if (certificate_check_issuer(&certificate, &certificate) == ERR_OK && !certificate.may_issue) {
        abort();
    }
    if (certificate_check_detached(&certificate, der, rest) == ERR_OK) {
        abort(); /* nobody has signed that */
    }
}

/* The DER of a certificate, or text in PEM; a byte that says how much of the end is a signature. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool started = false;
    if (!started && crypto_start() != ERR_OK) {
        abort();
    }
    started = true;
    struct span all = span_of_bytes(data, size);
    size_t signature = size == 0 ? 0 : data[size - 1];
    judge(all, span_slice(all, 0, signature));
    judge_name(all);
    static uint8_t memory[LIMIT_CERTIFICATE_BYTES];
    size_t at = 0;
    struct room der = room_over(memory, sizeof memory);
    while (certificate_next_pem(all, &at, &der) == ERR_OK) {
        judge(room_span(&der), all);
        der.len = 0;
    }
    return 0;
}
