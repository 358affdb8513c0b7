/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/multikey.h"

#include "codec/base58.h"
#include "crypto/ed25519.h"
#include "crypto/point.h"

/* Longest multikey: two bytes of multicodec and a compressed point of P-384, and its text with the 'z'. */
#define MULTIKEY_BYTES 51u
#define MULTIKEY_CHARS 72u

static const struct {
    uint8_t codec[2];
    enum crypto_key_kind kind;
} codecs[] = {
    {{0xED, 0x01}, CRYPTO_KEY_ED25519},
    {{0x80, 0x24}, CRYPTO_KEY_P256},
    {{0x81, 0x24}, CRYPTO_KEY_P384},
};
#define CODECS (sizeof codecs / sizeof *codecs)

static enum err read_ed25519(struct span bytes, struct crypto_key *out) {
    if (bytes.len != ED25519_KEY_BYTES) {
        return ERR_KEY_SHAPE;
    }
    *out = (struct crypto_key){.kind = CRYPTO_KEY_ED25519, .len = ED25519_KEY_BYTES};
    memcpy(out->bytes, bytes.ptr, bytes.len);
    return ERR_OK;
}

enum err multikey_read(struct span text, struct crypto_key *out) {
    uint8_t memory[BASE58_CHARS_MAX];
    struct room room = room_over(memory, sizeof memory);
    if (!span_starts_with(text, "z")) {
        return ERR_KEY_UNSUPPORTED;
    }
    TRY(base58_decode(span_slice(text, 1, text.len), &room));
    struct span codec = span_slice(room_span(&room), 0, 2);
    struct span bytes = span_slice(room_span(&room), 2, room.len);
    for (size_t i = 0; i < CODECS; i++) {
        if (span_equal(codec, span_of_bytes(codecs[i].codec, 2))) {
            return codecs[i].kind == CRYPTO_KEY_ED25519 ? read_ed25519(bytes, out)
                                                        : point_decompress(codecs[i].kind, bytes, out);
        }
    }
    return ERR_KEY_UNSUPPORTED;
}

static enum err put_key(const struct crypto_key *key, struct room *room) {
    if (key->kind == CRYPTO_KEY_ED25519) {
        return key->len == ED25519_KEY_BYTES ? room_put(room, span_of_bytes(key->bytes, key->len))
                                             : ERR_KEY_SHAPE;
    }
    uint8_t compressed[MULTIKEY_BYTES];
    TRY(point_compress(key, compressed));
    return room_put(room, span_of_bytes(compressed, point_compressed_len(key->kind)));
}

enum err multikey_write(const struct crypto_key *key, struct room *out) {
    uint8_t bytes[MULTIKEY_BYTES];
    char chars[MULTIKEY_CHARS];
    struct room room = room_over(bytes, sizeof bytes);
    struct room text = room_over(chars, sizeof chars);
    for (size_t i = 0; i < CODECS; i++) {
        if (codecs[i].kind == key->kind) {
            TRY(room_put(&room, span_of_bytes(codecs[i].codec, 2)));
            TRY(put_key(key, &room));
            TRY(room_put_byte(&text, 'z'));
            TRY(base58_encode(room_span(&room), &text));
            return room_put(out, room_span(&text));
        }
    }
    return ERR_KEY_UNSUPPORTED;
}
