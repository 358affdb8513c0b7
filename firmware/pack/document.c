/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/document.h"

#include "base/limits.h"
#include "base/room.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"

static enum err read_kid(struct span text, uint8_t out[CRYPTO_SHA256_BYTES]) {
    uint8_t bytes[BASE64URL_ROOM(BASE64URL_CHARS(CRYPTO_SHA256_BYTES))];
    struct room room = room_over(bytes, sizeof bytes);
    if (text.len != BASE64URL_CHARS(CRYPTO_SHA256_BYTES) || base64url_decode(text, &room) != ERR_OK ||
        room.len != CRYPTO_SHA256_BYTES) {
        return ERR_JWS_HEADER;
    }
    memcpy(out, bytes, CRYPTO_SHA256_BYTES);
    return ERR_OK;
}

static enum err read_header(const char *typ, enum err typ_err, struct document *document) {
    const struct jws *jws = &document->jws;
    if (!span_equal_text(jws->typ, typ)) {
        return typ_err;
    }
    if (json_object_size(jws->header) != 3) {
        return ERR_JWS_HEADER;
    }
    TRY(read_kid(jws->kid, document->kid));
    TRY(crypto_alg_from_name(jws->alg, &document->alg));
    bool ours =
        document->alg == CRYPTO_ES256 || document->alg == CRYPTO_ES384 || document->alg == CRYPTO_EDDSA;
    return ours ? ERR_OK : ERR_ALG_UNSUPPORTED;
}

enum err document_split(struct span text, const char *typ, enum err typ_err, struct arena *arena,
                        struct document *out) {
    struct document document = {0};
    TRY(jws_split(text, arena, &document.jws));
    enum err err = read_header(typ, typ_err, &document);
    if (err == ERR_OK) {
        err = jsontext_parse(document.jws.payload, &document.claims);
    }
    if (err == ERR_OK && !json_is_object(document.claims)) {
        err = ERR_JSON_TYPE;
    }
    if (err != ERR_OK) {
        document_close(&document);
        return err;
    }
    *out = document;
    return ERR_OK;
}

void document_close(struct document *document) {
    json_decref(document->claims);
    jws_close(&document->jws);
    *document = (struct document){0};
}

bool document_number(const json_t *claims, const char *member, int64_t min, int64_t max, int64_t *out) {
    int64_t number = 0;
    if (jsontext_integer(claims, member, &number) != ERR_OK || number < min || number > max) {
        return false;
    }
    *out = number;
    return true;
}

bool document_name(const json_t *claims, const char *member, struct span *out) {
    struct span text = {0};
    if (jsontext_string(claims, member, &text) != ERR_OK || text.len == 0 || text.len > LIMIT_NAME_BYTES) {
        return false;
    }
    *out = text;
    return true;
}

static int hex_digit(uint8_t c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool document_sha256(const json_t *claims, const char *member, uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct span text = {0};
    if (!document_name(claims, member, &text) || text.len != 2 * CRYPTO_SHA256_BYTES) {
        return false;
    }
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        int high = hex_digit(text.ptr[2 * i]), low = hex_digit(text.ptr[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
