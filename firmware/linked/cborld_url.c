/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/base58.h"
#include "codec/base64.h"
#include "linked/cborld_run.h"

/* How an address goes on behind its beginning. */
enum form {
    WEB,  /* text */
    UUID, /* 16 bytes, or text */
    DATA, /* a media type and bytes, or text */
    DID,  /* bytes that base58 stands for, or text; a fragment of the same form may follow */
};

static const struct scheme {
    const char *text;
    uint64_t number;
    enum form form;
} schemes[] = {
    {"http://", 1, WEB}, {"https://", 2, WEB},       {"urn:uuid:", 3, UUID},
    {"data:", 4, DATA},  {"did:v1:nym:", 1024, DID}, {"did:key:", 1025, DID},
};
#define SCHEMES (sizeof schemes / sizeof *schemes)

#define UUID_BYTES 16u
#define UUID_CHARS 36u

static bool has_dash_behind(size_t byte) {
    return byte == 3 || byte == 5 || byte == 7 || byte == 9;
}

static enum err uuid_text(struct span bytes, struct room *out) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < UUID_BYTES; i++) {
        TRY(room_put_byte(out, (uint8_t)digits[bytes.ptr[i] >> 4]));
        TRY(room_put_byte(out, (uint8_t)digits[bytes.ptr[i] & 15]));
        if (has_dash_behind(i)) {
            TRY(room_put_byte(out, '-'));
        }
    }
    return ERR_OK;
}

static int hex_value(uint8_t c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool all_are(const uint8_t bytes[UUID_BYTES], uint8_t value) {
    for (size_t i = 0; i < UUID_BYTES; i++) {
        if (bytes[i] != value) {
            return false;
        }
    }
    return true;
}

/* A version and variant that RFC 9562 knows: others refuse to read the rest as bytes. */
static bool uuid_known(const uint8_t bytes[UUID_BYTES]) {
    unsigned version = bytes[6] >> 4;
    return (version >= 1 && version <= 8 && bytes[8] >> 6 == 2) || all_are(bytes, 0) || all_are(bytes, 0xFF);
}

/* The bytes of a UUID in small letters. */
static bool uuid_bytes(struct span text, uint8_t out[UUID_BYTES]) {
    size_t at = 0;
    if (text.len != UUID_CHARS) {
        return false;
    }
    for (size_t i = 0; i < UUID_BYTES; i++) {
        int high = hex_value(text.ptr[at]);
        int low = hex_value(text.ptr[at + 1]);
        at += 2;
        if (high < 0 || low < 0 || (has_dash_behind(i) && text.ptr[at] != '-')) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
        at += has_dash_behind(i) ? 1 : 0;
    }
    return uuid_known(out);
}

/* Text as it is; bytes as the base58 that Multibase calls "z". */
static enum err put_part(struct cborld_run *run, const struct cbor_item *part, struct room *out) {
    if (part->kind == CBOR_TEXT) {
        return room_put(out, part->bytes);
    }
    if (part->kind != CBOR_BYTES || part->bytes.len == 0) {
        return ERR_CBORLD_VALUE;
    }
    cborld_run_base58(run, part->bytes.len);
    TRY(room_put_byte(out, 'z'));
    return base58_encode(part->bytes, out);
}

static enum err put_did(struct cborld_run *run, const struct cbor_item parts[2], uint64_t count,
                        struct room *out) {
    TRY(put_part(run, &parts[0], out));
    if (count == 1) {
        return ERR_OK;
    }
    TRY(room_put_byte(out, '#'));
    return put_part(run, &parts[1], out);
}

static enum err put_data(const struct cbor_item parts[2], uint64_t count, struct room *out) {
    if (parts[0].kind != CBOR_TEXT || (count == 2 && parts[1].kind != CBOR_BYTES)) {
        return ERR_CBORLD_VALUE;
    }
    TRY(room_put(out, parts[0].bytes));
    if (count == 1) {
        return ERR_OK;
    }
    TRY(room_put_text(out, ";base64,"));
    return base64_encode(parts[1].bytes, out);
}

static enum err put_one(enum form form, const struct cbor_item *part, struct room *out) {
    if (part->kind == CBOR_TEXT) {
        return room_put(out, part->bytes);
    }
    bool uuid = form == UUID && part->kind == CBOR_BYTES && part->bytes.len == UUID_BYTES;
    return uuid ? uuid_text(part->bytes, out) : ERR_CBORLD_VALUE;
}

static const struct scheme *scheme_of_number(const struct cbor_item *item) {
    for (size_t i = 0; i < SCHEMES; i++) {
        if (item->kind == CBOR_UNSIGNED && item->number == schemes[i].number) {
            return &schemes[i];
        }
    }
    return NULL;
}

/* Characters that always suffice for an address of such parts: base58 takes less than 1.4 for a byte. */
static size_t room_for(const struct cbor_item parts[2]) {
    return 64 + 2 * (parts[0].bytes.len + parts[1].bytes.len);
}

enum err cborld_url_read(struct cborld_run *run, struct span *rest, uint64_t count, struct span *out) {
    struct cbor_item head = {0};
    struct cbor_item parts[2] = {0};
    struct room room = {0};
    if (count < 2 || count > 3) {
        return ERR_CBORLD_VALUE;
    }
    TRY(cbor_next(rest, &head));
    for (uint64_t i = 0; i + 1 < count; i++) {
        TRY(cbor_next(rest, &parts[i]));
    }
    const struct scheme *scheme = scheme_of_number(&head);
    if (scheme == NULL || (count == 3 && scheme->form != DATA && scheme->form != DID)) {
        return ERR_CBORLD_VALUE;
    }
    TRY(arena_room(run->arena, room_for(parts), &room));
    TRY(room_put_text(&room, scheme->text));
    TRY(scheme->form == DID    ? put_did(run, parts, count - 1, &room)
        : scheme->form == DATA ? put_data(parts, count - 1, &room)
                               : put_one(scheme->form, &parts[0], &room));
    *out = room_span(&room);
    return ERR_OK;
}

/* The scheme whose text is all of the address up to its last colon, with what follows that in the text. */
static const struct scheme *scheme_of_text(struct span url) {
    size_t colon = url.len;
    while (colon > 0 && url.ptr[colon - 1] != ':') {
        colon--;
    }
    for (size_t i = 0; i < SCHEMES; i++) {
        struct span text = span_of_text(schemes[i].text);
        size_t own = span_find(text, '/', 0); /* "https:" of "https://" */
        if (colon == own && span_starts_with(url, schemes[i].text) &&
            (url.len > text.len || colon == text.len)) {
            return &schemes[i];
        }
    }
    return NULL;
}

/* Bytes for what base58 stands for, where they give the same text again. */
static enum err write_part(struct cborld_run *run, struct span part, struct room *out) {
    struct room bytes = {0};
    if (part.len > 1 && part.ptr[0] == 'z') {
        TRY(arena_room(run->arena, part.len, &bytes));
        if (base58_decode(span_slice(part, 1, part.len), &bytes) == ERR_OK) {
            return cbor_put_string(out, CBOR_BYTES, room_span(&bytes));
        }
    }
    return cbor_put_string(out, CBOR_TEXT, part);
}

static enum err write_did(struct cborld_run *run, struct span rest, struct room *out) {
    size_t hash = span_find(rest, '#', 0);
    TRY(write_part(run, span_slice(rest, 0, hash), out));
    return hash < rest.len ? write_part(run, span_slice(rest, hash + 1, rest.len), out) : ERR_OK;
}

/* Where the last ";base64," ends; 0: nowhere. */
static size_t behind_base64(struct span rest) {
    static const char mark[] = ";base64,";
    for (size_t at = rest.len; at >= sizeof mark - 1; at--) {
        if (span_equal_text(span_slice(rest, at - (sizeof mark - 1), sizeof mark - 1), mark)) {
            return at;
        }
    }
    return 0;
}

static enum err write_data(struct cborld_run *run, struct span rest, struct room *out, bool *split) {
    struct room bytes = {0};
    size_t at = behind_base64(rest);
    struct span text = span_slice(rest, at, rest.len);
    TRY(arena_room(run->arena, BASE64_ROOM(text.len), &bytes));
    *split = at > 0 && base64_decode(text, &bytes) == ERR_OK;
    if (!*split) {
        return cbor_put_string(out, CBOR_TEXT, rest);
    }
    TRY(cbor_put_string(out, CBOR_TEXT, span_slice(rest, 0, at - strlen(";base64,"))));
    return cbor_put_string(out, CBOR_BYTES, room_span(&bytes));
}

static enum err write_uuid(struct span rest, struct room *out) {
    uint8_t bytes[UUID_BYTES];
    return uuid_bytes(rest, bytes) ? cbor_put_string(out, CBOR_BYTES, span_of_bytes(bytes, UUID_BYTES))
                                   : cbor_put_string(out, CBOR_TEXT, rest);
}

/* What follows the head of the array, into a room of its own: how many parts it has shows only then. */
static enum err write_parts(struct cborld_run *run, const struct scheme *scheme, struct span rest,
                            struct room *out, unsigned *parts) {
    bool split = false;
    *parts = 1;
    switch (scheme->form) {
    case DID:
        *parts = span_find(rest, '#', 0) < rest.len ? 2 : 1;
        return write_did(run, rest, out);
    case DATA:
        TRY(write_data(run, rest, out, &split));
        *parts = split ? 2 : 1;
        return ERR_OK;
    case UUID:
        return write_uuid(rest, out);
    default:
        return cbor_put_string(out, CBOR_TEXT, rest);
    }
}

enum err cborld_url_write(struct cborld_run *run, struct span url, struct room *out, bool *done) {
    const struct scheme *scheme = scheme_of_text(url);
    struct room room = {0};
    unsigned parts = 0;
    size_t hash = span_find(url, '#', 0);
    bool two_fragments = hash < url.len && span_find(url, '#', hash + 1) < url.len;
    *done = scheme != NULL && !(scheme->form == DID && two_fragments);
    if (!*done) {
        return ERR_OK;
    }
    TRY(arena_room(run->arena, url.len + 32, &room));
    TRY(write_parts(run, scheme, span_slice(url, strlen(scheme->text), url.len), &room, &parts));
    TRY(cbor_put(out, CBOR_ARRAY, 1 + parts));
    TRY(cbor_put(out, CBOR_UNSIGNED, scheme->number));
    return room_put(out, room_span(&room));
}
