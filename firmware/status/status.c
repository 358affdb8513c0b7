/* SPDX-License-Identifier: Apache-2.0 */
#include "status/status.h"

#include "base/limits.h"
#include "status/meaning.h"

/* How the entries of a kind find their list, and what is looked up there. */
enum way {
    WAY_NONE = 0,
    WAY_PURPOSE, /* by address and purpose; a value that is not zero is what the purpose says */
    WAY_VALUE,   /* by address; the value says it all */
    WAY_ID       /* by address; the credential's id stands there or not */
};

/* Kinds of entry, each with a kind of list that it may name. Bits of the first four lie alike (Bitstring Status List v1.0
 * section 3.2). */
static const struct kind {
    const char *entry, *list;
    enum way way;
} kinds[] = {
    {"BitstringStatusListEntry", "BitstringStatusList", WAY_PURPOSE},
    {"BitstringStatusListEntry", "StatusList2021", WAY_PURPOSE},
    {"StatusList2021Entry", "StatusList2021", WAY_PURPOSE},
    {"StatusList2021Entry", "BitstringStatusList", WAY_PURPOSE},
    {"TokenStatusListEntry", "TokenStatusList", WAY_VALUE},
    {"1EdTechRevocationList", "1EdTechRevocationList", WAY_ID},
    {"RevocationList", "RevocationList", WAY_ID},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

/* A question in progress. */
struct asking {
    struct pack *lists;
    const struct claimed_credential *claimed;
    const struct interval *now;
    struct arena *arena;
};

static enum way way_of_entry(const struct credential_status *entry) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (span_equal_text(entry->kind, kinds[i].entry)) {
            return kinds[i].way;
        }
    }
    return WAY_NONE;
}

/* An entry of one kind in a list of another answers for another credential. */
static bool kinds_fit(const struct credential_status *entry, const struct pack_status *list) {
    bool fit = false;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        fit = fit ||
              (span_equal_text(entry->kind, kinds[i].entry) && span_equal_text(list->kind, kinds[i].list));
    }
    return list->found && fit;
}

static bool may_be_asked(const struct asking *asking, const struct credential_status *entry, enum way way) {
    bool addressed = entry->address.len > 0 && entry->address.len <= LIMIT_NAME_BYTES;
    bool placed = way == WAY_ID ? asking->claimed->id.len > 0 : entry->has_index;
    bool meant = way != WAY_PURPOSE || meaning_understands(entry->purpose);
    return way != WAY_NONE && addressed && placed && meant;
}

/* A list is in force while the present is surely before its end; without an end it stays so. */
static bool in_force(const struct pack_status *list, const struct interval *now) {
    return list->expires_s == 0 || interval_has_come(now, list->expires_s) == ANSWER_NO;
}

/* The list was made by the credential's own issuer, perhaps under another of its identifiers. */
static enum err same_issuer(struct pack *lists, struct span a, struct span b, struct arena *arena,
                            bool *same) {
    struct pack_issuer one = {0};
    struct pack_issuer other = {0};
    *same = span_equal(a, b);
    if (!*same) {
        TRY(pack_find_issuer(lists, a, (struct span){0}, arena, &one));
        TRY(pack_find_issuer(lists, b, (struct span){0}, arena, &other));
        *same = one.found && other.found && one.row == other.row;
    }
    return ERR_OK;
}

/* What stands in the list at the entry's place. Where the credential states the size of entries, there must be enough. */
static enum err look_up(const struct asking *asking, const struct credential_status *entry, enum way way,
                        const struct pack_status *list, bool *covered, uint32_t *value) {
    if (way == WAY_ID) {
        uint8_t hash[CRYPTO_SHA256_BYTES];
        TRY(crypto_sha256(asking->claimed->id, hash));
        *covered = true;
        return pack_status_of_id(asking->lists, list, hash, value);
    }
    uint32_t bits = way == WAY_VALUE ? list->bits : entry->bits;
    if (bits == 0 || (list->bits == 0 && list->entries / bits < LIMIT_STATUS_ENTRIES_MIN)) {
        return ERR_OK;
    }
    return pack_status_value(asking->lists, list, entry->index, bits, covered, value);
}

/* What a value says: its meaning, where the list is still in force; an old list still revokes. */
static struct status answer_of(const struct asking *asking, const struct credential_status *entry,
                               enum way way, const struct pack_status *list, uint32_t value) {
    struct status out = {.has_as_of = true, .as_of_s = list->as_of_s, .is_unsigned = list->is_unsigned};
    out.answer =
        way == WAY_PURPOSE ? meaning_by_purpose(entry, value, &out.message) : meaning_by_value(value);
    if (out.answer == STATUS_GOOD && !in_force(list, asking->now)) {
        out.answer = STATUS_STALE;
    }
    return out.answer == STATUS_UNKNOWN ? (struct status){0} : out;
}

/* Ask one entry. */
static enum err ask(const struct asking *asking, const struct credential_status *entry, struct status *out) {
    enum way way = way_of_entry(entry);
    struct span purpose = way == WAY_PURPOSE ? entry->purpose : (struct span){0};
    struct pack_status list = {0};
    bool own = false, covered = false;
    uint32_t value = 0;
    if (may_be_asked(asking, entry, way)) {
        TRY(pack_find_status(asking->lists, entry->address, purpose, asking->arena, &list));
    }
    if (kinds_fit(entry, &list)) {
        TRY(same_issuer(asking->lists, list.issuer, asking->claimed->issuer, asking->arena, &own));
    }
    if (own) {
        TRY(look_up(asking, entry, way, &list, &covered, &value));
    }
    *out = covered ? answer_of(asking, entry, way, &list, value) : (struct status){0};
    return ERR_OK;
}

/* Which answer outweighs which; none is the weakest. */
static int weight(enum status_answer answer) {
    static const int weights[] = {[STATUS_NONE] = 0,    [STATUS_GOOD] = 1,      [STATUS_STALE] = 2,
                                  [STATUS_UNKNOWN] = 3, [STATUS_SUSPENDED] = 4, [STATUS_REVOKED] = 5};
    return weights[answer];
}

static bool is_bad(enum status_answer answer) {
    return answer == STATUS_REVOKED || answer == STATUS_SUSPENDED;
}

/* Both, one behind the other. */
static enum err join_messages(struct span *whole, struct span one, struct arena *arena) {
    struct room room = {0};
    if (whole->len == 0 || one.len == 0) {
        *whole = whole->len == 0 ? one : *whole;
        return ERR_OK;
    }
    TRY(arena_room(arena, whole->len + one.len + 2, &room));
    TRY(room_put(&room, *whole));
    TRY(room_put_text(&room, "; "));
    TRY(room_put(&room, one));
    *whole = room_span(&room);
    return ERR_OK;
}

/* Join one entry's answer to those before it: the worse one, and of equal ones the older. Bad news stand as they are. */
static enum err join(struct status *whole, const struct status *one, struct arena *arena) {
    bool worse = weight(one->answer) > weight(whole->answer);
    bool older = one->has_as_of && (!whole->has_as_of || one->as_of_s < whole->as_of_s);
    TRY(join_messages(&whole->message, one->message, arena));
    if (worse && is_bad(one->answer)) {
        struct span message = whole->message;
        *whole = *one;
        whole->message = message;
        return ERR_OK;
    }
    if (is_bad(whole->answer)) {
        return ERR_OK;
    }
    if (older) {
        whole->has_as_of = true;
        whole->as_of_s = one->as_of_s;
    }
    whole->is_unsigned = whole->is_unsigned || one->is_unsigned;
    whole->answer = worse ? one->answer : whole->answer;
    return ERR_OK;
}

enum err status_ask(struct pack *lists, const struct claimed_credential *claimed, const struct interval *now,
                    struct arena *arena, struct status *out) {
    struct asking asking = {lists, claimed, now, arena};
    struct status whole = {.answer = STATUS_NONE};
    for (size_t i = 0; i < claimed->status_count; i++) {
        struct status one = {0};
        TRY(ask(&asking, &claimed->statuses[i], &one));
        TRY(join(&whole, &one, arena));
    }
    *out = whole;
    return ERR_OK;
}
