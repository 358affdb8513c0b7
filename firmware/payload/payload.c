/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/payload.h"

#include "base/limits.h"
#include "codec/cbor.h"
#include "payload/compressed.h"
#include "payload/encoded.h"
#include "payload/fresh_token.h"
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

/* What text is by its first characters; its envelope too. */
static enum err recognise_text(struct span bytes, struct arena *arena, struct payload *out) {
    struct span text = trimmed(bytes, " \t\r\n");
    enum payload_kind kind = token_kind(text);
    kind = kind == PAYLOAD_NONE ? prefix_kind(text) : kind;
    if (kind == PAYLOAD_JWS && fresh_token_is(text, arena)) {
        kind = PAYLOAD_FRESH;
    }
    if (kind == PAYLOAD_NONE && span_starts_with(text, "{")) {
        TRY(object_json_kind(text, &kind));
    }
    if (kind == PAYLOAD_CBOR_LD) {
        TRY(encoded_open(text, arena, &text));
    }
    *out = (struct payload){.kind = kind, .envelope = text};
    return ERR_OK;
}

/* Name what is not compressed. */
static enum err recognise_plain(struct span bytes, struct arena *arena, struct payload *out) {
    struct payload found = {0};
    TRY(recognise_text(bytes, arena, &found));
    if (found.kind == PAYLOAD_NONE) {
        found = (struct payload){.kind = object_cbor_kind(bytes), .envelope = bytes};
    }
    if (found.kind == PAYLOAD_NONE) {
        return ERR_PAYLOAD_UNKNOWN;
    }
    *out = found;
    return ERR_OK;
}

/* A token as a CBOR text string: PixelPass writes SD-JWTs so. PAYLOAD_NONE for anything else. */
static struct payload token_in_cbor(struct span bytes) {
    struct cbor_item item = {0};
    if (cbor_next(&bytes, &item) != ERR_OK || item.kind != CBOR_TEXT || bytes.len != 0) {
        return (struct payload){0};
    }
    return (struct payload){.kind = token_kind(item.bytes), .envelope = item.bytes};
}

/* Name what stood inside the compression. */
static enum err recognise_inside(struct span bytes, struct arena *arena, struct payload *out) {
    struct payload inside = {0};
    enum err err = recognise_plain(bytes, arena, &inside);
    if (err == ERR_PAYLOAD_UNKNOWN && compressed_recognised(trimmed(bytes, "\r\n"))) {
        return ERR_PAYLOAD_NESTED;
    }
    if (err == ERR_PAYLOAD_UNKNOWN) {
        inside = token_in_cbor(bytes);
        err = inside.kind == PAYLOAD_NONE ? ERR_PAYLOAD_UNKNOWN : ERR_OK;
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
    return recognise_inside(inside, arena, out);
}

enum err payload_recognise(struct span bytes, struct arena *arena, struct payload *out) {
    if (bytes.len > LIMIT_PAYLOAD_BYTES) {
        return ERR_PAYLOAD_TOO_LARGE;
    }
    enum err err = recognise_plain(bytes, arena, out);
    struct span line = trimmed(bytes, "\r\n");
    if (err == ERR_PAYLOAD_UNKNOWN && compressed_recognised(line)) {
        return recognise_compressed(line, arena, out);
    }
    return err;
}
