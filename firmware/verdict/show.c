/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict/findings.h"

static struct shown_date shown_date_of(struct credential_date date) {
    return (struct shown_date){date.present, date.time_s};
}

/* The first that is not empty. */
static struct span either(struct span first, struct span second) {
    return first.len > 0 ? first : second;
}

/* What people call a type: itself, or the last part of its address. */
static struct span name_of_type(struct span type) {
    bool address = span_find(type, ':', 0) < type.len;
    size_t at = type.len;
    while (address && at > 0 && type.ptr[at - 1] != '#' && type.ptr[at - 1] != '/' &&
           type.ptr[at - 1] != ':') {
        at--;
    }
    return address && at < type.len ? span_slice(type, at, type.len) : type;
}

/* A credential that is no badge says what it is by its name, else by its most special type. */
static struct span achievement_of(const struct claimed_credential *facts) {
    struct span type = facts->type_count > 0 ? facts->types[facts->type_count - 1] : (struct span){0};
    return either(facts->achievement_name, either(facts->name, name_of_type(type)));
}

/* How the proof is carried, and what made it: "JWT, ES256". */
static enum err put_proof(const struct verified_credential *verified, struct room *room) {
    bool inside = verified->facts->profile == CREDENTIAL_DATA_INTEGRITY;
    const char *way = verified->facts->profile == CREDENTIAL_VC_JOSE ? "VC-JOSE" : "JWT";
    const char *suite = verified->suite != NULL ? verified->suite : crypto_alg_name(verified->alg);
    TRY(room_put_text(room, inside ? "Data Integrity" : way));
    TRY(room_put_text(room, ", "));
    return room_put_text(room, inside ? suite : crypto_alg_name(verified->alg));
}

/* "Open Badges 3.0 (JWT, ES256)" */
static void show_format(const struct verified_credential *verified, struct shown *out) {
    char bytes[80];
    struct room room = room_over(bytes, sizeof bytes);
    const struct claimed_credential *facts = verified->facts;
    const char *family = facts->badge                          ? "Open Badges 3.0"
                         : facts->version == CREDENTIAL_VCDM_1 ? "W3C Verifiable Credential 1.1"
                                                               : "W3C Verifiable Credential 2.0";
    if (room_put_text(&room, family) == ERR_OK && room_put_text(&room, " (") == ERR_OK &&
        put_proof(verified, &room) == ERR_OK && room_put_text(&room, ")") == ERR_OK) {
        shown_set(out, room_span(&room));
    }
}

void findings_show(const struct verified_credential *verified, struct shown_credential *out) {
    const struct claimed_credential *facts = verified->facts;
    out->present = true;
    shown_set(&out->issuer, verified->issuer->name);
    shown_set(&out->issuer_id, verified->issuer->identifier);
    shown_set(&out->holder, facts->holder_name);
    shown_set(&out->subject_id, either(facts->holder_identity, facts->subject_id));
    shown_set(&out->achievement, achievement_of(facts));
    shown_set(&out->achievement_id, facts->achievement_id);
    shown_set(&out->achievement_type, facts->achievement_type);
    shown_set(&out->description, facts->description);
    shown_set(&out->criteria, facts->criteria);
    shown_set(&out->id, facts->id);
    show_format(verified, &out->format);
    out->awarded = shown_date_of(facts->awarded);
    out->valid_from = shown_date_of(facts->valid_from);
    out->valid_until = shown_date_of(facts->valid_until);
}

void findings_show_lists(const struct pack_info *info, const struct fresh *fresh, struct shown_trust *out) {
    struct pack_info extended = fresh_extend(fresh, info);
    *out = (struct shown_trust){
        .present = true,
        .demo = info->demo,
        .seq = info->seq,
        .issued_s = info->iat_s,
        .next_update_s = extended.next_update_s,
        .expires_s = info->expires_s,
        .status_lists = info->status_lists,
        .status_in_force = info->status_in_force,
        .status_as_of_s = info->status_as_of_s,
    };
    if (fresh != NULL) {
        out->confirmed_s = fresh->tokens > 0 ? fresh->iat_s : 0;
        out->revoked_since = (uint32_t)fresh->count;
        out->revocations_lost = fresh->incomplete;
    }
    shown_set(&out->scheme, info->scheme);
}
