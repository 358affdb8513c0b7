/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/document.h"

#include "codec/jsontext.h"

enum err payload_document(const struct payload *payload, const struct context_library *library,
                          struct arena *arena, json_t **out) {
    (void)library;
    (void)arena;
    return payload->kind == PAYLOAD_JSON ? jsontext_parse(payload->envelope, out) : ERR_PAYLOAD_UNKNOWN;
}
