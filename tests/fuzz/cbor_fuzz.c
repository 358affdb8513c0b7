/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "codec/base32.h"
#include "codec/base64.h"
#include "codec/cborjson.h"
#include "tests/lib/both_ways.h"

#include <stdlib.h>

#define ROOM (1u << 20)

static uint8_t first[ROOM];
static _Alignas(16) uint8_t memory[ROOM];

/* What is checked is skipped as a whole; what is JSON reads the same when it was written again. */
static void values(struct span bytes) {
    struct cborjson_count count = {0};
    struct cborjson_count again = {0};
    struct arena arena = arena_over(memory, sizeof memory);
    struct room room = room_over(first, sizeof first);
    struct span rest = bytes;
    json_t *value = NULL;
    json_t *back = NULL;
    if (cbor_check(bytes) != ERR_OK) {
        return;
    }
    if (cbor_skip(&rest) != ERR_OK || rest.len != 0) {
        abort();
    }
    rest = bytes;
    if (cborjson_read(&rest, &count, &value) != ERR_OK) {
        return;
    }
    enum err err = cborjson_write(value, &arena, &room);
    rest = room_span(&room);
    if (err != ERR_OK || cbor_check(rest) != ERR_OK || cborjson_read(&rest, &again, &back) != ERR_OK ||
        !json_equal(value, back) || count.values != again.values) {
        abort();
    }
    json_decref(value);
    json_decref(back);
}

/* The first byte chooses the codec. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    struct span rest = span_of_bytes(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        both_ways(rest, base32_decode, base32_encode);
        break;
    case 1:
        both_ways(rest, base64_decode, base64_encode);
        break;
    default:
        values(rest);
        break;
    }
    return 0;
}
