/* SPDX-License-Identifier: Apache-2.0 */
#include "status/status.h"

#include "base/limits.h"

/* Kinds of entry, and the kind of list that both name; their bits lie alike (Bitstring Status List v1.0
 * section 3.2). */
static bool kind_understood(struct span kind) {
    return span_equal_text(kind, "BitstringStatusListEntry") || span_equal_text(kind, "StatusList2021Entry");
}

static bool list_kind_understood(struct span kind) {
    return span_equal_text(kind, "BitstringStatusList") || span_equal_text(kind, "StatusList2021");
}

/* What a set bit means; STATUS_UNKNOWN for a purpose that is not understood. */
static enum status_answer meaning(struct span purpose) {
    if (span_equal_text(purpose, "revocation")) {
        return STATUS_REVOKED;
    }
    return span_equal_text(purpose, "suspension") ? STATUS_SUSPENDED : STATUS_UNKNOWN;
}

static bool may_be_asked(const struct credential_status *entry) {
    return kind_understood(entry->kind) && meaning(entry->purpose) != STATUS_UNKNOWN && entry->has_index &&
           entry->address.len > 0 && entry->address.len <= LIMIT_NAME_BYTES;
}

/* A list that is read by entries of another size answers for another credential. */
static bool list_fits(const struct pack_status *list, const struct credential_status *entry) {
    return list->found && list_kind_understood(list->kind) && list->bits == entry->bits;
}

/* A list is in force while the present is surely before its end; without an end it stays so. */
static bool in_force(const struct pack_status *list, const struct interval *now) {
    return list->expires_s == 0 || interval_has_come(now, list->expires_s) == ANSWER_NO;
}

/* The list was signed by the credential's own issuer, perhaps under another of its identifiers. */
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

/* Ask one entry. */
static enum err ask(struct pack *lists, struct span issuer, const struct credential_status *entry,
                    const struct interval *now, struct arena *arena, struct status *out) {
    struct pack_status list = {0};
    bool covered = false;
    uint32_t value = 0;
    if (may_be_asked(entry)) {
        TRY(pack_find_status(lists, entry->address, entry->purpose, arena, &list));
    }
    bool own = false;
    if (list_fits(&list, entry)) {
        TRY(same_issuer(lists, list.issuer, issuer, arena, &own));
    }
    if (own) {
        TRY(pack_status_value(lists, &list, entry->index, &covered, &value));
    }
    *out = (struct status){0};
    if (covered) {
        enum status_answer clear = in_force(&list, now) ? STATUS_GOOD : STATUS_STALE;
        *out = (struct status){value == 0 ? clear : meaning(entry->purpose), true, list.as_of_s};
    }
    return ERR_OK;
}

/* Which answer outweighs which; none is the weakest. */
static int weight(enum status_answer answer) {
    static const int weights[] = {[STATUS_NONE] = 0,    [STATUS_GOOD] = 1,      [STATUS_STALE] = 2,
                                  [STATUS_UNKNOWN] = 3, [STATUS_SUSPENDED] = 4, [STATUS_REVOKED] = 5};
    return weights[answer];
}

/* Join one entry's answer to those before it: the worse one, and of equal ones the older. */
static void join(struct status *whole, const struct status *one) {
    int difference = weight(one->answer) - weight(whole->answer);
    bool older = one->has_as_of && (!whole->has_as_of || one->as_of_s < whole->as_of_s);
    bool worse = difference > 0;
    if (worse && (one->answer == STATUS_REVOKED || one->answer == STATUS_SUSPENDED)) {
        *whole = *one;
        return;
    }
    if (older && (worse || weight(whole->answer) <= weight(STATUS_UNKNOWN))) {
        whole->has_as_of = true;
        whole->as_of_s = one->as_of_s;
    }
    whole->answer = worse ? one->answer : whole->answer;
}

enum err status_ask(struct pack *lists, const struct claimed_credential *claimed, const struct interval *now,
                    struct arena *arena, struct status *out) {
    struct status whole = {.answer = STATUS_NONE};
    for (size_t i = 0; i < claimed->status_count; i++) {
        struct status one = {0};
        TRY(ask(lists, claimed->issuer, &claimed->statuses[i], now, arena, &one));
        join(&whole, &one);
    }
    *out = whole;
    return ERR_OK;
}
