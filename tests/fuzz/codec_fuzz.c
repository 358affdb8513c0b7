/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base45.h"
#include "codec/base58.h"
#include "codec/base64url.h"
#include "codec/deflate.h"
#include "crypto/did.h"
#include "crypto/multikey.h"
#include "crypto/rsakey.h"
#include "tests/lib/both_ways.h"

#include <stdlib.h>

#define ROOM (96u * 1024u)

static uint8_t first[ROOM], second[ROOM];

static void inflate_both_ways(enum inflate_format format, struct span stream) {
    struct room bytes = room_over(first, sizeof first);
    struct room deflated = room_over(second, sizeof second);
    if (inflate_bytes(format, stream, &bytes) != ERR_OK ||
        deflate_bytes(format, room_span(&bytes), &deflated) != ERR_OK) {
        return;
    }
    size_t len = bytes.len;
    bytes.len = 0;
    if (inflate_bytes(format, room_span(&deflated), &bytes) != ERR_OK || bytes.len != len) {
        abort();
    }
}

static void multikey_both_ways(struct span text) {
    struct crypto_key key = {0};
    struct room again = room_over(second, sizeof second);
    if (multikey_read(text, &key) == ERR_OK &&
        (multikey_write(&key, &again) != ERR_OK || !span_equal(room_span(&again), text))) {
        abort();
    }
}

static void did(struct span text) {
    struct arena arena = arena_over(first, sizeof first);
    struct crypto_key key = {0};
    if (did_own_key(text, &arena, &key) == ERR_OK && !did_is_self_certifying(text)) {
        abort();
    }
}

static void rsa(struct span der) {
    struct crypto_key key = {.kind = CRYPTO_KEY_RSA};
    struct rsakey numbers = {0};
    struct span cut = span_slice(der, 0, sizeof key.bytes);
    if (cut.len > 0) {
        memcpy(key.bytes, cut.ptr, cut.len);
    }
    key.len = (uint16_t)cut.len;
    if (rsakey_read(&key, &numbers) == ERR_OK && (numbers.n.len < 256 || numbers.e.len == 0)) {
        abort();
    }
}

/* The first byte chooses the codec. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    struct span rest = span_of_bytes(data + 1, size - 1);
    switch (data[0] % 9) {
    case 0:
        both_ways(rest, base45_decode, base45_encode);
        break;
    case 1:
        both_ways(rest, base58_decode, base58_encode);
        break;
    case 2:
        both_ways(rest, base64url_decode, base64url_encode);
        break;
    case 3:
    case 4:
    case 5:
        inflate_both_ways((enum inflate_format)(data[0] % 9 - 3), rest);
        break;
    case 6:
        multikey_both_ways(rest);
        break;
    case 7:
        did(rest);
        break;
    default:
        rsa(rest);
        break;
    }
    return 0;
}
