/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/token.h"

/* A header begins '{"' (eyJ), or '{' and white space (ey, ew). */
static bool begins_with_object(struct span text) {
    return span_starts_with(text, "ey") || span_starts_with(text, "ew");
}

static size_t count_of(struct span text, uint8_t byte) {
    size_t count = 0;
    for (size_t at = span_find(text, byte, 0); at < text.len; at = span_find(text, byte, at + 1)) {
        count++;
    }
    return count;
}

enum payload_kind token_kind(struct span text) {
    if (!begins_with_object(text)) {
        return PAYLOAD_NONE;
    }
    size_t tilde = span_find(text, '~', 0);
    size_t dots = count_of(span_slice(text, 0, tilde), '.');
    if (dots == 2) {
        return tilde < text.len ? PAYLOAD_SD_JWT : PAYLOAD_JWS;
    }
    return dots == 4 ? PAYLOAD_JWE : PAYLOAD_NONE;
}
