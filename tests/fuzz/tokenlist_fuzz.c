/* SPDX-License-Identifier: Apache-2.0 */
/* Token Status Lists as JWT and CWT: whole tokens; claims under a right signature, so that what is behind it is reached; lists. */
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"
#include "codec/cose.h"
#include "credctl/build/tokenlist.h"
#include "credctl/sign/signer.h"

#define TOKEN_BYTES (1u << 18)
#define ISSUER      "did:web:a.example"

static const struct signer *key;

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool next_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                     struct crypto_key *out) {
    (void)ctx;
    *kid = (struct span){0};
    *alg = signer_alg(key);
    *out = *signer_public(key);
    return index == 0;
}

/* What every list that is read promises. */
static void insist_on_list(const struct statuslist *list) {
    insist(list->id.len > 0 && list->only_there && !list->is_unsigned && list->purpose_count == 1);
    insist(list->bits == 1 || list->bits == 2 || list->bits == 4 || list->bits == 8);
    insist(list->entries > 0 && list->entries * list->bits == list->bitmap.len * 8);
    insist(list->as_of_s > 0 && list->expires_s >= 0 && list->hashes.len == 0);
}

static void read_list(struct span text) {
    struct statuslist_keys keys = {NULL, next_key};
    struct statuslist_source source = {
        .text = text, .issuer = span_of_text(ISSUER), .keys = &keys, .accept_unsigned = true};
    struct statuslist list = {0};
    if (statuslist_read(&source, &list) == ERR_OK && span_equal_text(list.kind, "TokenStatusList")) {
        insist_on_list(&list);
    }
    statuslist_close(&list);
}

static void read_jwt(struct span claims, uint8_t *memory) {
    struct room token = room_over(memory, TOKEN_BYTES);
    if (signer_jws(key, span_of_text(TOKENLIST_TYP_JWT), (struct span){0}, claims, &token) == ERR_OK) {
        read_list(room_span(&token));
    }
}

/* The parts of a CWT are appended with a signature that is right. */
static enum err put_cwt(struct span claims, struct room *all, struct room *token) {
    uint8_t header[64], signature[64];
    struct room head = room_over(header, sizeof header), sig = room_over(signature, sizeof signature);
    TRY(cbor_put(&head, CBOR_MAP, 2));
    TRY(cbor_put(&head, CBOR_UNSIGNED, 1));
    TRY(cbor_put(&head, CBOR_NEGATIVE, 7));
    TRY(cbor_put(&head, CBOR_UNSIGNED, 16));
    TRY(cbor_put_string(&head, CBOR_TEXT, span_of_text("application/" TOKENLIST_TYP_CWT)));
    TRY(cbor_put(all, CBOR_ARRAY, 4));
    TRY(cbor_put_string(all, CBOR_TEXT, span_of_text("Signature1")));
    TRY(cbor_put_string(all, CBOR_BYTES, room_span(&head)));
    TRY(cbor_put_string(all, CBOR_BYTES, (struct span){0}));
    TRY(cbor_put_string(all, CBOR_BYTES, claims));
    TRY(signer_sign(key, room_span(all), &sig));
    TRY(cbor_put(token, CBOR_ARRAY, 4));
    TRY(cbor_put_string(token, CBOR_BYTES, room_span(&head)));
    TRY(cbor_put(token, CBOR_MAP, 0));
    TRY(cbor_put_string(token, CBOR_BYTES, claims));
    return cbor_put_string(token, CBOR_BYTES, room_span(&sig));
}

static void read_cwt(struct span claims, uint8_t *memory) {
    struct room all = room_over(memory, TOKEN_BYTES / 2),
                token = room_over(memory + TOKEN_BYTES / 2, TOKEN_BYTES / 2);
    if (put_cwt(claims, &all, &token) == ERR_OK) {
        read_list(room_span(&token));
    }
}

/* Whoever takes a COSE signature apart finds all of it within the bytes. */
static void split(struct span bytes, uint8_t *memory) {
    struct arena arena = arena_over(memory, TOKEN_BYTES);
    struct cose cose = {0};
    if (cose_split(bytes, &arena, &cose) == ERR_OK) {
        insist(cose.alg != 0 && cose.signed_bytes.len > cose.payload.len);
        insist(cose.payload.ptr >= bytes.ptr && cose.payload.ptr + cose.payload.len <= bytes.ptr + bytes.len);
        insist(cose.signature.ptr + cose.signature.len == bytes.ptr + bytes.len);
    }
}

static void take_bits(struct span bytes) {
    struct statuslist list = {0};
    uint64_t bits = bytes.len > 0 ? bytes.ptr[0] : 0;
    enum err err = tokenlist_take_bits(span_slice(bytes, 1, bytes.len), bits, &list);
    insist(err != ERR_OK || list.entries * bits == list.bitmap.len * 8);
    statuslist_close(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct signer *signer;
    static uint8_t *memory;
    if (signer == NULL) {
        memory = aligned_alloc(16, TOKEN_BYTES);
        insist(crypto_start() == ERR_OK && signer_make(CRYPTO_EDDSA, &signer) == ERR_OK);
        key = signer;
    }
    if (size == 0) {
        return 0;
    }
    struct span rest = span_of_bytes(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        read_list(rest);
        split(rest, memory);
        break;
    case 1:
        read_jwt(rest, memory);
        break;
    case 2:
        read_cwt(rest, memory);
        break;
    default:
        take_bits(rest);
    }
    return 0;
}
