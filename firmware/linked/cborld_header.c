/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/cborld_run.h"

/* Tags of the three headers. In the second, the first byte of the entry's id as a varint is the tag's last. */
#define TAG_1_0       0xCB1Du
#define TAG_RANGE     0x0600u
#define TAG_SINGLETON 0x0500u

/* A varint holds seven bits a byte, the lowest first; its last byte has no high bit. */
#define VARINT_MORE  0x80u
#define VARINT_BYTES 9u

/* The next item must be of this kind. */
static enum err expect(struct span *rest, enum cbor_kind kind, struct cbor_item *out) {
    TRY(cbor_next(rest, out));
    return out->kind == kind ? ERR_OK : ERR_CBORLD_HEADER;
}

/* The array of two around what the tag does not hold, and its first element. */
static enum err pair(struct span *rest, enum cbor_kind first, struct cbor_item *out) {
    TRY(expect(rest, CBOR_ARRAY, out));
    return out->number == 2 ? expect(rest, first, out) : ERR_CBORLD_HEADER;
}

static enum err varint(uint64_t first, struct span more, uint64_t *out) {
    uint64_t value = first & ~(uint64_t)VARINT_MORE;
    if (more.len == 0 || more.len >= VARINT_BYTES || more.ptr[more.len - 1] == 0) {
        return ERR_CBORLD_HEADER;
    }
    for (size_t i = 0; i < more.len; i++) {
        bool last = i + 1 == more.len;
        if (last == ((more.ptr[i] & VARINT_MORE) != 0)) {
            return ERR_CBORLD_HEADER;
        }
        value |= (uint64_t)(more.ptr[i] & 0x7Fu) << 7 * (i + 1);
    }
    *out = value;
    return ERR_OK;
}

/* Some say the entry again, in front of the document; an array of documents has no numbers in it. */
static void skip_said_again(struct span *rest, uint64_t entry) {
    struct cbor_item item = {0};
    struct span behind = *rest;
    if (pair(&behind, CBOR_UNSIGNED, &item) == ERR_OK && item.number == entry) {
        *rest = behind;
    }
}

static enum err read_range(struct span *rest, uint64_t first, struct cborld_form *out) {
    struct cbor_item item = {0};
    *out = (struct cborld_form){CBORLD_RANGE, first};
    if (first < VARINT_MORE) {
        skip_said_again(rest, first);
        return ERR_OK;
    }
    TRY(pair(rest, CBOR_BYTES, &item));
    return varint(first, item.bytes, &out->entry);
}

static enum err read(struct span *rest, struct cborld_form *out) {
    struct cbor_item item = {0};
    TRY(expect(rest, CBOR_TAG, &item));
    if (item.number == TAG_SINGLETON || item.number == TAG_SINGLETON + 1) {
        *out = (struct cborld_form){CBORLD_SINGLETON, item.number - TAG_SINGLETON};
        return ERR_OK;
    }
    if (item.number >= TAG_RANGE && item.number <= TAG_RANGE + 0xFF) {
        return read_range(rest, item.number - TAG_RANGE, out);
    }
    if (item.number != TAG_1_0) {
        return ERR_CBORLD_HEADER;
    }
    TRY(pair(rest, CBOR_UNSIGNED, &item));
    *out = (struct cborld_form){CBORLD_1_0, item.number};
    return ERR_OK;
}

enum err cborld_header_read(struct span *rest, struct cborld_form *out) {
    struct span behind = *rest;
    struct cborld_form form = {0};
    TRY(read(&behind, &form));
    *rest = behind;
    *out = form;
    return ERR_OK;
}

static enum err write_range(uint64_t entry, struct room *out) {
    uint8_t more[VARINT_BYTES];
    size_t len = 0;
    if (entry < VARINT_MORE) {
        return cbor_put(out, CBOR_TAG, TAG_RANGE + entry);
    }
    if (entry >> 7 * VARINT_BYTES != 0) {
        return ERR_CBORLD_HEADER;
    }
    for (uint64_t left = entry >> 7; left > 0; left >>= 7) {
        more[len++] = (uint8_t)((left & 0x7Fu) | (left > 0x7F ? VARINT_MORE : 0));
    }
    TRY(cbor_put(out, CBOR_TAG, TAG_RANGE + (VARINT_MORE | (entry & 0x7Fu))));
    TRY(cbor_put(out, CBOR_ARRAY, 2));
    return cbor_put_string(out, CBOR_BYTES, span_of_bytes(more, len));
}

enum err cborld_header_write(struct cborld_form form, struct room *out) {
    switch (form.header) {
    case CBORLD_1_0:
        TRY(cbor_put(out, CBOR_TAG, TAG_1_0));
        TRY(cbor_put(out, CBOR_ARRAY, 2));
        return cbor_put(out, CBOR_UNSIGNED, form.entry);
    case CBORLD_RANGE:
        return write_range(form.entry, out);
    case CBORLD_SINGLETON:
        return form.entry > 1 ? ERR_CBORLD_HEADER : cbor_put(out, CBOR_TAG, TAG_SINGLETON + form.entry);
    default:
        return ERR_CBORLD_HEADER;
    }
}
