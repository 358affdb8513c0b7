/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/der.h"

#define LONG_TAG   0x1F /* all of these bits set: the tag goes on in further bytes */
#define ONE_BYTE   0x81
#define TWO_BYTES  0x82
#define SHORT_LESS 0x80

/* How long tag and length are, and the contents; 0: no element begins here. */
static size_t head_of(struct span rest, size_t *len) {
    if (rest.len < 2 || (rest.ptr[0] & LONG_TAG) == LONG_TAG) {
        return 0;
    }
    *len = rest.ptr[1];
    if (*len < SHORT_LESS) {
        return 2;
    }
    if (*len == ONE_BYTE && rest.len > 2) {
        *len = rest.ptr[2];
        return *len >= SHORT_LESS ? 3 : 0;
    }
    if (*len == TWO_BYTES && rest.len > 3) {
        *len = (size_t)rest.ptr[2] << 8 | rest.ptr[3];
        return *len > 0xFF ? 4 : 0;
    }
    return 0;
}

bool der_next(struct span *rest, struct der *out) {
    size_t len = 0;
    size_t head = head_of(*rest, &len);
    if (head == 0 || len > rest->len - head) {
        return false;
    }
    *out = (struct der){rest->ptr[0], span_slice(*rest, head, len), span_slice(*rest, 0, head + len)};
    *rest = span_slice(*rest, head + len, rest->len);
    return true;
}

bool der_take(struct span *rest, uint8_t tag, struct span *contents) {
    struct span behind = *rest;
    struct der element = {0};
    if (!der_next(&behind, &element) || element.tag != tag) {
        return false;
    }
    *rest = behind;
    *contents = element.contents;
    return true;
}
