/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/sdvalue.h"

#include "base/limits.h"
#include "base/sort.h"
#include "codec/base64url.h"
#include "codec/cbor.h"

#define HEADER_BYTES 3u
#define PARTS        5u

/* The next item, which must be of this kind. */
static enum err take(struct span *rest, enum cbor_kind kind, struct cbor_item *out) {
    struct cbor_item item = {0};
    TRY(cbor_next(rest, &item));
    if (item.kind != kind) {
        return ERR_PROOF_VALUE;
    }
    *out = item;
    return ERR_OK;
}

/* The next item: a byte string of this length. */
static enum err take_bytes(struct span *rest, size_t len, struct span *out) {
    struct cbor_item item = {0};
    TRY(take(rest, CBOR_BYTES, &item));
    if (item.bytes.len != len) {
        return ERR_PROOF_VALUE;
    }
    *out = item.bytes;
    return ERR_OK;
}

static enum err take_key(struct span *rest, struct span *out) {
    TRY(take_bytes(rest, SDVALUE_KEY_BYTES, out));
    return span_starts_with(*out, "\x80\x24") ? ERR_OK : ERR_PROOF_VALUE;
}

static enum err take_signatures(struct span *rest, struct arena *arena, struct sdvalue *out) {
    struct cbor_item head = {0};
    void *taken = NULL;
    TRY(take(rest, CBOR_ARRAY, &head));
    if (head.number > LIMIT_PROOF_PARTS) {
        return ERR_PROOF_PARTS;
    }
    TRY(arena_take(arena, (size_t)head.number * sizeof(struct span), &taken));
    struct span *signatures = taken;
    for (uint32_t i = 0; i < head.number; i++) {
        TRY(take_bytes(rest, SDVALUE_SIGNATURE_BYTES, &signatures[i]));
    }
    out->signatures = signatures;
    out->signature_count = (uint32_t)head.number;
    return ERR_OK;
}

static int by_bytes(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return span_order(*(const struct span *)left, *(const struct span *)right);
}

/* Two blank nodes under one label would be one in what was signed, and two in what is shown. */
static enum err insist_different(const struct span *labels, uint32_t count, struct arena *arena) {
    size_t mark = arena->used;
    void *taken = NULL;
    TRY(arena_take(arena, count * sizeof *labels, &taken));
    struct span *sorted = taken;
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = labels[i];
    }
    sort_items(sorted, count, sizeof *sorted, by_bytes, NULL);
    bool twice = false;
    for (uint32_t i = 1; i < count; i++) {
        twice = twice || span_equal(sorted[i - 1], sorted[i]);
    }
    arena->used = mark;
    return twice ? ERR_PROOF_LABELS : ERR_OK;
}

/* {N: label} for every N below their count: as many keys as there are, and cbor_check found none twice. */
static enum err take_labels(struct span *rest, struct arena *arena, struct sdvalue *out) {
    struct cbor_item head = {0}, key = {0};
    void *taken = NULL;
    TRY(take(rest, CBOR_MAP, &head));
    TRY(arena_take(arena, (size_t)head.number * sizeof(struct span), &taken));
    struct span *labels = taken;
    for (uint64_t i = 0; i < head.number; i++) {
        TRY(take(rest, CBOR_UNSIGNED, &key));
        if (key.number >= head.number) {
            return ERR_PROOF_LABELS;
        }
        TRY(take_bytes(rest, SDVALUE_LABEL_BYTES, &labels[key.number]));
    }
    out->labels = labels;
    out->label_count = (uint32_t)head.number;
    return insist_different(labels, out->label_count, arena);
}

static enum err take_indexes(struct span *rest, struct arena *arena, struct sdvalue *out) {
    struct cbor_item head = {0}, index = {0};
    void *taken = NULL;
    TRY(take(rest, CBOR_ARRAY, &head));
    TRY(arena_take(arena, (size_t)head.number * sizeof(uint32_t), &taken));
    uint32_t *indexes = taken;
    for (uint32_t i = 0; i < head.number; i++) {
        TRY(take(rest, CBOR_UNSIGNED, &index));
        if (index.number > UINT32_MAX || (i > 0 && index.number <= indexes[i - 1])) {
            return ERR_PROOF_INDEXES;
        }
        indexes[i] = (uint32_t)index.number;
    }
    out->indexes = indexes;
    out->index_count = (uint32_t)head.number;
    return ERR_OK;
}

/* The bytes behind the header. */
static enum err decode(struct span text, struct arena *arena, struct span *out) {
    struct room room = {0};
    if (!span_starts_with(text, "u")) {
        return ERR_PROOF_VALUE;
    }
    TRY(arena_room(arena, BASE64URL_ROOM(text.len), &room));
    if (base64url_decode(span_slice(text, 1, text.len), &room) != ERR_OK) {
        return ERR_PROOF_VALUE;
    }
    struct span bytes = room_span(&room);
    struct span header = span_slice(bytes, 0, HEADER_BYTES);
    if (span_equal(header, span_of_bytes("\xD9\x5D\x00", HEADER_BYTES))) {
        return ERR_PROOF_BASE;
    }
    *out = span_slice(bytes, HEADER_BYTES, bytes.len);
    return span_equal(header, span_of_bytes("\xD9\x5D\x01", HEADER_BYTES)) ? ERR_OK : ERR_PROOF_VALUE;
}

enum err sdvalue_read(struct span text, struct arena *arena, struct sdvalue *out) {
    struct sdvalue found = {0};
    struct cbor_item head = {0};
    struct span rest = {0};
    TRY(decode(text, arena, &rest));
    TRY(cbor_check(rest));
    TRY(take(&rest, CBOR_ARRAY, &head));
    if (head.number != PARTS) {
        return ERR_PROOF_VALUE;
    }
    TRY(take_bytes(&rest, SDVALUE_SIGNATURE_BYTES, &found.base_signature));
    TRY(take_key(&rest, &found.key));
    TRY(take_signatures(&rest, arena, &found));
    TRY(take_labels(&rest, arena, &found));
    TRY(take_indexes(&rest, arena, &found));
    *out = found;
    return ERR_OK;
}
