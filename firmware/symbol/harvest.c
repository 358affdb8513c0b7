/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/harvest.h"

static bool is_same(const struct harvest_code *code, struct segments_part part, struct span bytes) {
    return code->part.total == part.total && code->part.index == part.index &&
           code->part.parity == part.parity && span_equal(span_of_bytes(code->bytes, code->len), bytes);
}

void harvest_keep(struct harvest *harvest, struct segments_part part, struct span bytes) {
    bool whole = part.total == 0;
    struct harvest_code *codes = whole ? harvest->payloads : harvest->parts;
    size_t *count = whole ? &harvest->count : &harvest->part_count;
    size_t room = whole ? SYMBOL_MAX : LIMIT_SYMBOL_PARTS;
    for (size_t i = 0; i < *count; i++) {
        if (is_same(&codes[i], part, bytes)) {
            return;
        }
    }
    if (*count == room || (whole && bytes.len == 0) || bytes.len > LIMIT_SYMBOL_BYTES) {
        harvest->passed_over++;
        return;
    }
    struct harvest_code *code = &codes[(*count)++];
    code->part = part;
    code->len = bytes.len;
    if (bytes.len > 0) {
        memcpy(code->bytes, bytes.ptr, bytes.len);
    }
}
