/* SPDX-License-Identifier: Apache-2.0 */
/* payload: any bytes are named or refused; what is found lies in the input or in the arena; a document is an object. */
#include <stdlib.h>

#include "base/limits.h"
#include "payload/document.h"
#include "payload/payload.h"

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool lies_in(struct span inner, const uint8_t *ptr, size_t len) {
    return inner.len == 0 || (inner.ptr >= ptr && inner.ptr + inner.len <= ptr + len);
}

/* Read without contexts of others. */
static void judge_document(const struct payload *payload, struct arena *arena) {
    json_t *document = NULL;
    enum err err = payload_document(payload, NULL, arena, &document);
    insist((err == ERR_OK) == (json_is_object(document) || json_is_array(document)));
    insist(err != ERR_OK || payload->kind == PAYLOAD_JSON || payload->kind == PAYLOAD_CBOR ||
           payload->kind == PAYLOAD_CBOR_LD);
    json_decref(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    _Alignas(16) static uint8_t memory[LIMIT_SCAN_ARENA_BYTES];
    struct arena arena = arena_over(memory, sizeof memory);
    struct payload found = {0};
    enum err err = payload_recognise(span_of_bytes(data, size), &arena, &found);
    insist((err == ERR_OK) == (found.kind != PAYLOAD_NONE));
    if (err == ERR_OK) {
        insist(payload_kind_code(found.kind) != NULL);
        insist(lies_in(found.envelope, memory, sizeof memory) ||
               (!found.compressed && lies_in(found.envelope, data, size)));
        judge_document(&found, &arena);
    }
    arena_wipe(&arena);
    return 0;
}
