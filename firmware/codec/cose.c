/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/cose.h"

#include "codec/cbor.h"

#define TAG_SIGN1 18u
#define TAG_CWT   61u

/* Labels of headers that are read (RFC 9052 section 3.1, RFC 9596). */
enum label { LABEL_ALG = 1, LABEL_CRIT = 2, LABEL_KID = 4, LABEL_TYP = 16 };

/* The headers of one map; a kind of CBOR_NONE where one is absent. */
struct headers {
    struct cbor_item alg, crit, kid, typ;
};

static struct cbor_item *place_of(struct headers *headers, const struct cbor_item *label) {
    switch (label->kind == CBOR_UNSIGNED ? label->number : 0) {
    case LABEL_ALG:
        return &headers->alg;
    case LABEL_CRIT:
        return &headers->crit;
    case LABEL_KID:
        return &headers->kid;
    case LABEL_TYP:
        return &headers->typ;
    default:
        return NULL;
    }
}

/* Read the pairs of a map whose head was read; keys are known to stand once. */
static enum err read_pairs(struct span *rest, uint64_t count, struct headers *out) {
    for (uint64_t i = 0; i < count; i++) {
        struct cbor_item label = {0};
        TRY(cbor_next(rest, &label));
        if (label.kind != CBOR_UNSIGNED && label.kind != CBOR_NEGATIVE && label.kind != CBOR_TEXT) {
            return ERR_COSE_HEADER;
        }
        struct cbor_item *place = place_of(out, &label);
        struct span value = *rest;
        TRY(cbor_skip(rest));
        if (place != NULL) {
            TRY(cbor_next(&value, place));
        }
    }
    return ERR_OK;
}

/* The protected headers are a map within bytes, which are empty where there are none. */
static enum err read_protected(struct span bytes, struct headers *out) {
    struct cbor_item map = {0};
    if (bytes.len == 0) {
        return ERR_OK;
    }
    TRY(cbor_check(bytes));
    TRY(cbor_next(&bytes, &map));
    return map.kind == CBOR_MAP ? read_pairs(&bytes, map.number, out) : ERR_COSE_HEADER;
}

static bool stands_twice(const struct cbor_item *a, const struct cbor_item *b) {
    return a->kind != CBOR_NONE && b->kind != CBOR_NONE;
}

/* Only what is protected says how it was signed. */
static enum err take_headers(const struct headers *own, const struct headers *open, struct cose *out) {
    if (own->crit.kind != CBOR_NONE || open->crit.kind != CBOR_NONE) {
        return ERR_COSE_CRIT;
    }
    const struct cbor_item *kid = own->kid.kind != CBOR_NONE ? &own->kid : &open->kid;
    bool twice = stands_twice(&own->alg, &open->alg) || stands_twice(&own->kid, &open->kid) ||
                 stands_twice(&own->typ, &open->typ);
    bool numbered = (own->alg.kind == CBOR_UNSIGNED && own->alg.number > 0) || own->alg.kind == CBOR_NEGATIVE;
    if (twice || !numbered || own->alg.number > INT32_MAX ||
        (kid->kind != CBOR_NONE && kid->kind != CBOR_BYTES)) {
        return ERR_COSE_HEADER;
    }
    int64_t number = (int64_t)own->alg.number;
    out->alg = own->alg.kind == CBOR_NEGATIVE ? -1 - number : number;
    out->kid = kid->bytes;
    out->typ = own->typ.kind == CBOR_TEXT ? own->typ.bytes : (struct span){0};
    return ERR_OK;
}

static enum err next_bytes(struct span *rest, struct span *out) {
    struct cbor_item item = {0};
    TRY(cbor_next(rest, &item));
    *out = item.bytes;
    return item.kind == CBOR_BYTES ? ERR_OK : ERR_COSE_SHAPE;
}

/* Tags are skipped in their order; what is behind them is the array. */
static enum err open_array(struct span *rest) {
    struct cbor_item item = {0};
    TRY(cbor_next(rest, &item));
    bool cwt = item.kind == CBOR_TAG && item.number == TAG_CWT;
    if (cwt) {
        TRY(cbor_next(rest, &item));
    }
    bool tagged = item.kind == CBOR_TAG && item.number == TAG_SIGN1;
    if (tagged) {
        TRY(cbor_next(rest, &item));
    }
    return (tagged || !cwt) && item.kind == CBOR_ARRAY && item.number == 4 ? ERR_OK : ERR_COSE_SHAPE;
}

/* What was signed (RFC 9052 section 4.4), with nothing from outside. */
static enum err build_signed(struct span protected_bytes, struct arena *arena, struct cose *cose) {
    static const char context[] = "Signature1";
    struct room room = {0};
    TRY(arena_room(arena, protected_bytes.len + cose->payload.len + 64, &room));
    TRY(cbor_put(&room, CBOR_ARRAY, 4));
    TRY(cbor_put_string(&room, CBOR_TEXT, span_of_text(context)));
    TRY(cbor_put_string(&room, CBOR_BYTES, protected_bytes));
    TRY(cbor_put_string(&room, CBOR_BYTES, (struct span){0}));
    TRY(cbor_put_string(&room, CBOR_BYTES, cose->payload));
    cose->signed_bytes = room_span(&room);
    return ERR_OK;
}

enum err cose_split(struct span bytes, struct arena *arena, struct cose *out) {
    struct cose cose = {0};
    struct headers own = {0}, open = {0};
    struct span rest = bytes, protected_bytes = {0};
    struct cbor_item map = {0};
    TRY(cbor_check(bytes));
    TRY(open_array(&rest));
    TRY(next_bytes(&rest, &protected_bytes));
    TRY(cbor_next(&rest, &map));
    if (map.kind != CBOR_MAP) {
        return ERR_COSE_SHAPE;
    }
    TRY(read_pairs(&rest, map.number, &open));
    TRY(next_bytes(&rest, &cose.payload));
    TRY(next_bytes(&rest, &cose.signature));
    TRY(read_protected(protected_bytes, &own));
    TRY(take_headers(&own, &open, &cose));
    TRY(build_signed(protected_bytes, arena, &cose));
    *out = cose;
    return ERR_OK;
}
