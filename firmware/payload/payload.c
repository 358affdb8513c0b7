/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/payload.h"

#include "base/limits.h"
#include "payload/compressed.h"
#include "payload/object.h"
#include "payload/prefix.h"
#include "payload/token.h"

static const struct {
    const char *code;
    enum err error;
} kinds[PAYLOAD_KINDS] = {
    [PAYLOAD_NONE] = {NULL, ERR_PAYLOAD_UNKNOWN},
#define KIND(name, code, error, what) [name] = {code, error},
#include "payload/kinds.def"
#undef KIND
};

enum err payload_kind_error(enum payload_kind kind) {
    return (unsigned)kind < PAYLOAD_KINDS ? kinds[kind].error : ERR_PAYLOAD_UNKNOWN;
}

const char *payload_kind_code(enum payload_kind kind) {
    return (unsigned)kind < PAYLOAD_KINDS ? kinds[kind].code : NULL;
}

static bool one_of(uint8_t byte, const char *characters) {
    return byte != 0 && strchr(characters, byte) != NULL;
}

/* Cut the characters off both sides. */
static struct span trimmed(struct span text, const char *characters) {
    while (text.len > 0 && one_of(text.ptr[0], characters)) {
        text = span_slice(text, 1, text.len - 1);
    }
    while (text.len > 0 && one_of(text.ptr[text.len - 1], characters)) {
        text.len--;
    }
    return text;
}

/* Name what is not compressed. */
static enum err recognise_plain(struct span bytes, struct payload *out) {
    struct span text = trimmed(bytes, " \t\r\n");
    enum payload_kind kind = token_kind(text);
    kind = kind == PAYLOAD_NONE ? prefix_kind(text) : kind;
    if (kind == PAYLOAD_NONE && span_starts_with(text, "{")) {
        TRY(object_json_kind(text, &kind));
    }
    kind = kind == PAYLOAD_NONE ? object_cbor_kind(bytes) : kind;
    if (kind == PAYLOAD_NONE) {
        return ERR_PAYLOAD_UNKNOWN;
    }
    *out = (struct payload){.kind = kind, .envelope = text};
    return ERR_OK;
}

/* The bytes are a CBOR text string: PixelPass writes SD-JWTs so. */
static bool is_cbor_text(struct span bytes) {
    return bytes.len > 0 && bytes.ptr[0] >> 5 == 3;
}

/* Name what stood inside the compression. */
static enum err recognise_inside(struct span bytes, struct payload *out) {
    struct payload inside = {0};
    enum err err = recognise_plain(bytes, &inside);
    if (err == ERR_PAYLOAD_UNKNOWN && compressed_recognised(trimmed(bytes, "\r\n"))) {
        return ERR_PAYLOAD_NESTED;
    }
    if (err == ERR_PAYLOAD_UNKNOWN && is_cbor_text(bytes)) {
        inside = (struct payload){.kind = PAYLOAD_CBOR, .envelope = bytes};
        err = ERR_OK;
    }
    TRY(err);
    *out = inside;
    out->compressed = true;
    return ERR_OK;
}

/* A text that merely begins like compression, "NCF CONFERENCE", is no damaged credential. */
static enum err recognise_compressed(struct span text, struct arena *arena, struct payload *out) {
    struct span inside = {0};
    enum err err = compressed_open(text, arena, &inside);
    if (err != ERR_OK) {
        return err == ERR_INFLATE_TOO_LARGE || err == ERR_NO_ROOM ? err : ERR_PAYLOAD_UNKNOWN;
    }
    return recognise_inside(inside, out);
}

enum err payload_recognise(struct span bytes, struct arena *arena, struct payload *out) {
    if (bytes.len > LIMIT_PAYLOAD_BYTES) {
        return ERR_PAYLOAD_TOO_LARGE;
    }
    enum err err = recognise_plain(bytes, out);
    struct span line = trimmed(bytes, "\r\n");
    if (err == ERR_PAYLOAD_UNKNOWN && compressed_recognised(line)) {
        return recognise_compressed(line, arena, out);
    }
    return err;
}
