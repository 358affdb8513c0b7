/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/forge.h"

#include <stdlib.h>

#include "codec/base45.h"
#include "codec/base64url.h"
#include "codec/deflate.h"
#include "tests/lib/check.h"

struct room forge_room(size_t cap) {
    void *bytes = calloc(1, cap);
    assert_non_null(bytes);
    return room_over(bytes, cap);
}

void forge_release(struct room *room) {
    free(room->ptr);
    *room = (struct room){0};
}

static void put_signing_input(struct span header, struct span payload, struct room *out) {
    assert_ok(base64url_encode(header, out));
    assert_ok(room_put_byte(out, '.'));
    assert_ok(base64url_encode(payload, out));
}

void forge_with_signature(struct span header, struct span payload, struct span signature, struct room *out) {
    put_signing_input(header, payload, out);
    assert_ok(room_put_byte(out, '.'));
    assert_ok(base64url_encode(signature, out));
}

void forge_token(struct span header, struct span payload, const struct signer *signer, struct room *out) {
    uint8_t bytes[512] = {0x55};
    struct room signature = room_over(bytes, sizeof bytes);
    signature.len = 64;
    if (signer != NULL) {
        struct room input = forge_room((header.len + payload.len) * 2 + 16);
        put_signing_input(header, payload, &input);
        signature.len = 0;
        assert_ok(signer_sign(signer, room_span(&input), &signature));
        forge_release(&input);
    }
    forge_with_signature(header, payload, room_span(&signature), out);
}

void forge_compressed(struct span bytes, struct room *out) {
    struct room packed = forge_room(bytes.len + 1024);
    assert_ok(deflate_bytes(INFLATE_ZLIB, bytes, &packed));
    assert_ok(base45_encode(room_span(&packed), out));
    forge_release(&packed);
}

char *forge_replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    if (at == NULL) {
        fail_msg("\"%s\" is not in \"%s\"", from, text);
    }
    size_t before = (size_t)(at - text);
    size_t size = strlen(text) - strlen(from) + strlen(to) + 1;
    char *out = calloc(1, size);
    assert_non_null(out);
    memcpy(out, text, before);
    memcpy(out + before, to, strlen(to));
    memcpy(out + before + strlen(to), at + strlen(from), strlen(at) - strlen(from));
    return out;
}
