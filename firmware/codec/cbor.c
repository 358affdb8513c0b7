/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/cbor.h"

#include "base/limits.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "codec/cborfloat.h"

/* Major types (RFC 8949 section 3.1), and additional information of heads (section 3). */
enum major { UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE };
#define INFO_ONE_BYTE   24u
#define INFO_EIGHT      27u
#define INFO_INDEFINITE 31u
#define SIMPLE_FALSE    20u
#define SIMPLE_TRUE     21u
#define SIMPLE_NULL     22u

static uint64_t big_endian(struct span bytes) {
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        value = value << 8 | bytes.ptr[i];
    }
    return value;
}

/* The least number that needs an argument of so many bytes. */
static uint64_t least_of(size_t bytes) {
    return bytes == 1 ? INFO_ONE_BYTE : (uint64_t)1 << (4 * bytes);
}

/* The number after the head's first byte, and *rest behind it. */
static enum err argument(struct span *rest, unsigned info, size_t *width, uint64_t *out) {
    *width = 0;
    *out = info;
    if (info < INFO_ONE_BYTE) {
        return ERR_OK;
    }
    if (info == INFO_INDEFINITE) {
        return ERR_CBOR_INDEFINITE;
    }
    if (info > INFO_EIGHT) {
        return ERR_CBOR_HEAD;
    }
    *width = (size_t)1 << (info - INFO_ONE_BYTE);
    if (rest->len < *width) {
        return ERR_CBOR_CUT;
    }
    *out = big_endian(span_slice(*rest, 0, *width));
    *rest = span_slice(*rest, *width, rest->len);
    return ERR_OK;
}

static void take_float(uint64_t bits, size_t width, struct cbor_item *item) {
    item->kind = CBOR_FLOAT;
    item->real = cborfloat_value(bits, width);
}

static enum err take_simple(uint64_t value, size_t width, struct cbor_item *item) {
    if (width > 1) {
        take_float(value, width, item);
        return ERR_OK;
    }
    item->kind = width == 1              ? CBOR_NONE
                 : value == SIMPLE_FALSE ? CBOR_FALSE
                 : value == SIMPLE_TRUE  ? CBOR_TRUE
                 : value == SIMPLE_NULL  ? CBOR_NULL
                                         : CBOR_NONE;
    return item->kind == CBOR_NONE ? ERR_CBOR_HEAD : ERR_OK;
}

static enum err take_string(struct span *rest, enum major major, struct cbor_item *item) {
    if (item->number > rest->len) {
        return ERR_CBOR_CUT;
    }
    item->kind = major == BYTES ? CBOR_BYTES : CBOR_TEXT;
    item->bytes = span_slice(*rest, 0, (size_t)item->number);
    *rest = span_slice(*rest, (size_t)item->number, rest->len);
    return major == BYTES || utf8_valid(item->bytes) ? ERR_OK : ERR_CBOR_TEXT;
}

/* Each item that is counted takes a byte at least. */
static enum err take_counted(struct span rest, enum major major, struct cbor_item *item) {
    static const enum cbor_kind kinds[] = {[ARRAY] = CBOR_ARRAY, [MAP] = CBOR_MAP, [TAG] = CBOR_TAG};
    size_t most = major == MAP ? rest.len / 2 : rest.len;
    item->kind = kinds[major];
    return (major == TAG ? 1 : item->number) > most ? ERR_CBOR_CUT : ERR_OK;
}

static enum err take(struct span *rest, struct cbor_item *item) {
    size_t width = 0;
    if (rest->len == 0) {
        return ERR_CBOR_CUT;
    }
    enum major major = rest->ptr[0] >> 5;
    unsigned info = rest->ptr[0] & 0x1Fu;
    *rest = span_slice(*rest, 1, rest->len);
    TRY(argument(rest, info, &width, &item->number));
    if (major == SIMPLE) {
        return take_simple(item->number, width, item);
    }
    if (width > 0 && item->number < least_of(width)) {
        return ERR_CBOR_LONG_FORM;
    }
    if (major == BYTES || major == TEXT) {
        return take_string(rest, major, item);
    }
    if (major > NEGATIVE) {
        return take_counted(*rest, major, item);
    }
    item->kind = major == UNSIGNED ? CBOR_UNSIGNED : CBOR_NEGATIVE;
    return ERR_OK;
}

enum err cbor_next(struct span *rest, struct cbor_item *out) {
    struct span behind = *rest;
    struct cbor_item item = {0};
    TRY(take(&behind, &item));
    if (item.kind == CBOR_BYTES || item.kind == CBOR_TEXT || item.kind >= CBOR_FALSE) {
        item.number = 0;
    }
    *rest = behind;
    *out = item;
    return ERR_OK;
}

/* Items that stand directly under one. A pair of a map is two. */
static uint64_t items_of(const struct cbor_item *item) {
    return item->kind == CBOR_MAP ? 2 * item->number : item->kind == CBOR_TAG ? 1 : item->number;
}

static bool nests(const struct cbor_item *item) {
    return item->kind == CBOR_ARRAY || item->kind == CBOR_MAP || item->kind == CBOR_TAG;
}

/* What is learned of one item: keys of all maps that are open at the same time, and ends. */
struct survey {
    size_t len;     /* of the whole */
    uint32_t *ends; /* NULL: not asked for */
    size_t count;
    struct span known[LIMIT_CBOR_KEYS];
};

static enum err note_key(struct survey *survey, struct span key) {
    if (survey->count == LIMIT_CBOR_KEYS) {
        return ERR_CBOR_TOO_MANY;
    }
    survey->known[survey->count++] = key;
    return ERR_OK;
}

static int by_bytes(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return span_order(*(const struct span *)left, *(const struct span *)right);
}

/* Each stands behind the one before it. */
static bool ascending(const struct span *keys, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (span_order(keys[i - 1], keys[i]) >= 0) {
            return false;
        }
    }
    return true;
}

/* The keys of one map, of which no two may be alike; most writers sort them. */
static enum err compare_keys(struct span *keys, size_t count) {
    if (ascending(keys, count)) {
        return ERR_OK;
    }
    sort_items(keys, count, sizeof *keys, by_bytes, NULL);
    return ascending(keys, count) ? ERR_OK : ERR_CBOR_DUPLICATE;
}

/* The keys of the innermost map are compared and forgotten; where it ends is noted. */
static enum err leave(struct survey *survey, size_t first, size_t from, size_t to) {
    TRY(compare_keys(survey->known + first, survey->count - first));
    survey->count = first;
    if (survey->ends != NULL) {
        survey->ends[from] = (uint32_t)to;
    }
    return ERR_OK;
}

/* One whole item; survey: NULL where nothing is to be learned. */
static enum err walk(struct span *rest, unsigned depth, struct survey *survey) {
    struct cbor_item item = {0};
    size_t left = rest->len;
    size_t first = survey == NULL ? 0 : survey->count;
    TRY(cbor_next(rest, &item));
    if (!nests(&item)) {
        return ERR_OK;
    }
    if (depth == LIMIT_CBOR_DEPTH) {
        return ERR_CBOR_DEPTH;
    }
    for (uint64_t i = 0; i < items_of(&item); i++) {
        struct span before = *rest;
        TRY(walk(rest, depth + 1, survey));
        if (survey != NULL && item.kind == CBOR_MAP && i % 2 == 0) {
            TRY(note_key(survey, span_slice(before, 0, before.len - rest->len)));
        }
    }
    return survey == NULL ? ERR_OK : leave(survey, first, survey->len - left, survey->len - rest->len);
}

enum err cbor_skip(struct span *rest) {
    struct span behind = *rest;
    TRY(walk(&behind, 0, NULL));
    *rest = behind;
    return ERR_OK;
}

enum err cbor_survey(struct span item, uint32_t *ends) {
    struct survey survey = {.len = item.len, .ends = ends, .count = 0};
    TRY(walk(&item, 0, &survey));
    return item.len == 0 ? ERR_OK : ERR_CBOR_TRAILING;
}

enum err cbor_check(struct span item) {
    return cbor_survey(item, NULL);
}

static enum err put_head(struct room *out, enum major major, unsigned info, uint64_t value, size_t width) {
    uint8_t head[9] = {(uint8_t)((unsigned)major << 5 | info)};
    for (size_t i = 0; i < width; i++) {
        head[1 + i] = (uint8_t)(value >> (8 * (width - 1 - i)));
    }
    return room_put(out, span_of_bytes(head, 1 + width));
}

enum err cbor_put(struct room *out, enum cbor_kind kind, uint64_t number) {
    static const enum major majors[] = {
        [CBOR_UNSIGNED] = UNSIGNED, [CBOR_NEGATIVE] = NEGATIVE, [CBOR_BYTES] = BYTES, [CBOR_TEXT] = TEXT,
        [CBOR_ARRAY] = ARRAY,       [CBOR_MAP] = MAP,           [CBOR_TAG] = TAG};
    if (kind >= CBOR_FALSE) {
        unsigned info = kind == CBOR_FALSE ? SIMPLE_FALSE : kind == CBOR_TRUE ? SIMPLE_TRUE : SIMPLE_NULL;
        return put_head(out, SIMPLE, info, 0, 0);
    }
    if (number < INFO_ONE_BYTE) {
        return put_head(out, majors[kind], (unsigned)number, 0, 0);
    }
    unsigned power = number <= UINT8_MAX ? 0 : number <= UINT16_MAX ? 1 : number <= UINT32_MAX ? 2 : 3;
    return put_head(out, majors[kind], INFO_ONE_BYTE + power, number, (size_t)1 << power);
}

enum err cbor_put_string(struct room *out, enum cbor_kind kind, struct span bytes) {
    struct room room = *out;
    TRY(cbor_put(&room, kind, bytes.len));
    TRY(room_put(&room, bytes));
    *out = room;
    return ERR_OK;
}

enum err cbor_put_float(struct room *out, double real) {
    uint64_t bits = 0;
    size_t width = cborfloat_shortest(real, &bits);
    unsigned power = width == 2 ? 1 : width == 4 ? 2 : 3;
    return put_head(out, SIMPLE, INFO_ONE_BYTE + power, bits, width);
}
