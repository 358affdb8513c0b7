/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/same_facts.h"

/* The part of an address behind its last # or /. */
static struct span last_part(struct span address) {
    size_t at = address.len;
    while (at > 0 && address.ptr[at - 1] != '#' && address.ptr[at - 1] != '/') {
        at--;
    }
    return span_slice(address, at, address.len);
}

/* Open Badges 3.0 calls one type by two names. */
static struct span known_as(struct span type) {
    return span_equal_text(type, "AchievementCredential") ? span_of_text("OpenBadgeCredential")
                                                          : last_part(type);
}

static bool has_type(const struct claimed_credential *c, struct span type) {
    for (size_t i = 0; i < c->type_count; i++) {
        if (span_equal(known_as(c->types[i]), known_as(type))) {
            return true;
        }
    }
    return false;
}

static bool same_types(const struct claimed_credential *a, const struct claimed_credential *b) {
    bool same = a->type_count == b->type_count && a->badge == b->badge;
    for (size_t i = 0; same && i < a->type_count; i++) {
        same = has_type(b, a->types[i]) && has_type(a, b->types[i]);
    }
    return same;
}

static bool same_status(const struct credential_status *a, const struct credential_status *b) {
    return span_equal(a->kind, b->kind) && span_equal(a->purpose, b->purpose) &&
           span_equal(a->address, b->address) && a->has_index == b->has_index && a->index == b->index &&
           a->bits == b->bits;
}

static bool same_date(struct credential_date a, struct credential_date b) {
    return a.present == b.present && a.time_s == b.time_s;
}

const char *same_facts_difference(const struct claimed_credential *a, const struct claimed_credential *b) {
    const struct {
        const char *name;
        struct span a, b;
    } texts[] = {
        {"id", a->id, b->id},
        {"issuer", a->issuer, b->issuer},
        {"name", a->name, b->name},
        {"description", a->description, b->description},
        {"subject", a->subject_id, b->subject_id},
        {"holder", a->holder_name, b->holder_name},
        {"identity", a->holder_identity, b->holder_identity},
        {"achievement id", a->achievement_id, b->achievement_id},
        {"achievement", a->achievement_name, b->achievement_name},
        {"achievement type", a->achievement_type, b->achievement_type},
        {"criteria", a->criteria, b->criteria},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!span_equal(texts[i].a, texts[i].b)) {
            return texts[i].name;
        }
    }
    bool same = a->version == b->version && a->profile == b->profile &&
                a->holder_hashed == b->holder_hashed && a->status_count == b->status_count;
    for (size_t i = 0; same && i < a->status_count; i++) {
        same = same_status(&a->statuses[i], &b->statuses[i]);
    }
    if (!same || !same_types(a, b)) {
        return "version, type or status";
    }
    return same_date(a->valid_from, b->valid_from) && same_date(a->valid_until, b->valid_until) &&
                   same_date(a->awarded, b->awarded)
               ? NULL
               : "date";
}
