/* SPDX-License-Identifier: Apache-2.0 */
/* A Token Status List as a CWT (draft-ietf-oauth-status-list section 5.2): claims by numbers, the list as bytes. */
#include "credctl/build/tokenlist.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "credctl/build/tokenlist_claims.h"

/* Claims (RFC 8392 section 4; the draft's section 14.2). */
enum claim {
    CLAIM_ISS = 1,
    CLAIM_SUB = 2,
    CLAIM_EXP = 4,
    CLAIM_IAT = 6,
    CLAIM_LIST = 65533,
    CLAIM_TTL = 65534
};

/* The claims, and where the list's own map begins. */
struct cwt {
    struct tokenlist_claims claims;
    struct span list;
};

static enum err take_text(const struct cbor_item *item, struct span *out) {
    *out = item->bytes;
    return item->kind == CBOR_TEXT ? ERR_OK : ERR_STATUS_SHAPE;
}

/* A whole number, or for a time a broken one, its fraction cut off. */
static enum err take_number(const struct cbor_item *item, struct tokenlist_number *out) {
    bool real = item->kind == CBOR_FLOAT && item->real >= 0 && item->real <= (double)LIMIT_JSON_INTEGER;
    bool whole = item->kind == CBOR_UNSIGNED && item->number <= (uint64_t)LIMIT_JSON_INTEGER;
    if (!real && !whole) {
        return ERR_STATUS_SHAPE;
    }
    *out = (struct tokenlist_number){true, whole ? (int64_t)item->number : (int64_t)item->real};
    return ERR_OK;
}

static enum err take_claim(uint64_t name, struct span value, struct cwt *cwt) {
    struct cbor_item item = {0};
    struct span rest = value;
    TRY(cbor_next(&rest, &item));
    switch (name) {
    case CLAIM_ISS:
        return take_text(&item, &cwt->claims.iss);
    case CLAIM_SUB:
        return take_text(&item, &cwt->claims.sub);
    case CLAIM_EXP:
        return take_number(&item, &cwt->claims.exp);
    case CLAIM_IAT:
        return take_number(&item, &cwt->claims.iat);
    case CLAIM_TTL:
        return take_number(&item, &cwt->claims.ttl);
    case CLAIM_LIST:
        cwt->list = value;
        return ERR_OK;
    default:
        return ERR_OK;
    }
}

static enum err open_map(struct span *rest, uint64_t *pairs) {
    struct cbor_item map = {0};
    TRY(cbor_next(rest, &map));
    *pairs = map.number;
    return map.kind == CBOR_MAP ? ERR_OK : ERR_STATUS_SHAPE;
}

static enum err read_map(struct span payload, struct cwt *cwt) {
    uint64_t pairs = 0;
    TRY(cbor_check(payload));
    TRY(open_map(&payload, &pairs));
    for (uint64_t i = 0; i < pairs; i++) {
        struct span key = payload, value = {0};
        struct cbor_item name = {0};
        TRY(cbor_next(&key, &name));
        TRY(cbor_skip(&payload));
        value = payload;
        TRY(cbor_skip(&payload));
        if (name.kind == CBOR_UNSIGNED) {
            TRY(take_claim(name.number, value, cwt));
        }
    }
    return ERR_OK;
}

/* {"bits": 1, "lst": bytes} */
static enum err take_list(struct span rest, struct statuslist *list) {
    uint64_t pairs = 0;
    struct cbor_item bits = {0}, lst = {0};
    TRY(open_map(&rest, &pairs));
    for (uint64_t i = 0; i < pairs; i++) {
        struct cbor_item name = {0}, item = {0};
        TRY(cbor_next(&rest, &name));
        struct span value = rest;
        TRY(cbor_skip(&rest));
        TRY(cbor_next(&value, &item));
        if (name.kind == CBOR_TEXT && span_equal_text(name.bytes, "bits")) {
            bits = item;
        } else if (name.kind == CBOR_TEXT && span_equal_text(name.bytes, "lst")) {
            lst = item;
        }
    }
    return bits.kind == CBOR_UNSIGNED && lst.kind == CBOR_BYTES
               ? tokenlist_take_bits(lst.bytes, bits.number, list)
               : ERR_STATUS_SHAPE;
}

static enum err read_payload(struct span payload, struct span issuer, struct statuslist *list) {
    struct cwt cwt = {0};
    TRY(read_map(payload, &cwt));
    TRY(tokenlist_claims_take(&cwt.claims, issuer, list));
    return cwt.list.len > 0 ? take_list(cwt.list, list) : ERR_STATUS_SHAPE;
}

static enum err check(const struct statuslist_source *source, const struct cose *cose) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    if (!span_equal_small(cose->typ, "application/" TOKENLIST_TYP_CWT) &&
        !span_equal_small(cose->typ, TOKENLIST_TYP_CWT)) {
        return ERR_STATUS_TYPE;
    }
    TRY(crypto_alg_from_cose(cose->alg, &alg));
    return statuslist_keys_signed(source->keys, cose->kid, alg, cose->signed_bytes, cose->signature);
}

/* The list's spans point into a copy of the payload, which lives as long as it. */
static enum err read_signed(const struct statuslist_source *source, struct arena *arena,
                            struct statuslist *list) {
    struct cose cose = {0};
    struct span payload = {0};
    TRY(cose_split(source->text, arena, &cose));
    TRY(check(source, &cose));
    TRY(arena_copy(arena, cose.payload, &payload));
    return read_payload(payload, source->issuer, list);
}

enum err tokenlist_read_cwt(const struct statuslist_source *source, struct statuslist *list) {
    size_t size = 2 * source->text.len + 4096;
    list->memory = malloc(size);
    struct arena arena = arena_over(list->memory, size);
    list->format = span_of_text("Token Status List (CWT)");
    return list->memory == NULL ? ERR_NO_MEMORY : read_signed(source, &arena, list);
}
