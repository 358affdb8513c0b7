/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/badge/badge.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datetime.h"
#include "crypto/crypto.h"

#define VCDM_11_CONTEXT "https://www.w3.org/2018/credentials/v1"
#define VCDM_20_CONTEXT "https://www.w3.org/ns/credentials/v2"
#define OB3_CONTEXT     "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
/* What the context of 1.1 does not define, and that of 2.0 does. */
#define STATUS_CONTEXT    "https://www.w3.org/ns/credentials/status/v1"
#define INTEGRITY_CONTEXT "https://w3id.org/security/data-integrity/v2"

/* Where the proof stands: a JWT around the credential, or a member of it. */
enum badge_proof { BADGE_PROOF_AROUND = 0, BADGE_PROOF_INSIDE };

/* A value that is being put together; the first failed step fails the whole. */
struct making {
    const struct fields *fields;
    enum err err;
};

static struct span value_of(const struct making *making, enum fields_name name) {
    return making->fields->values[name];
}

static void put(struct making *making, json_t *object, const char *member, json_t *value) {
    if (json_object_set_new(object, member, value) != 0) {
        making->err = ERR_NO_MEMORY;
    }
}

static void append(struct making *making, json_t *array, json_t *value) {
    if (json_array_append_new(array, value) != 0) {
        making->err = ERR_NO_MEMORY;
    }
}

static void put_span(struct making *making, json_t *object, const char *member, struct span value) {
    if (value.len > 0) {
        put(making, object, member, json_stringn((const char *)value.ptr, value.len));
    }
}

static void put_field(struct making *making, json_t *object, const char *member, enum fields_name name) {
    put_span(making, object, member, value_of(making, name));
}

/* The moment in UTC without fractions, so that it is the very one that nbf and exp name. */
static void put_date(struct making *making, json_t *object, const char *member, enum fields_name name) {
    int64_t time_s = 0;
    char text[DATETIME_TEXT_SIZE];
    if (datetime_parse(value_of(making, name), &time_s) == ERR_OK) {
        datetime_text(time_s, text);
        put(making, object, member, json_string(text));
    }
}

/* An IdentityObject: something that tells who the holder is. */
static json_t *identity(struct making *making, const char *type, struct span value, struct span salt) {
    json_t *object = json_pack("{s:s}", "type", "IdentityObject");
    put(making, object, "hashed", json_boolean(salt.len > 0));
    put_span(making, object, "identityHash", value);
    put(making, object, "identityType", json_string(type));
    put_span(making, object, "salt", salt);
    return object;
}

/* "sha256$" and hex of the mail address followed by the salt (Open Badges 3.0, IdentityHash). */
static struct span hashed_email(struct making *making, char out[80]) {
    uint8_t bytes[2 * FIELDS_VALUE_BYTES], hash[CRYPTO_SHA256_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    making->err = room_put(&room, value_of(making, FIELD_EMAIL));
    if (making->err == ERR_OK) {
        making->err = room_put(&room, value_of(making, FIELD_EMAIL_SALT));
    }
    if (making->err == ERR_OK) {
        making->err = crypto_sha256(room_span(&room), hash);
    }
    if (making->err != ERR_OK) {
        return (struct span){0};
    }
    size_t len = (size_t)snprintf(out, 80, "sha256$");
    for (size_t i = 0; i < sizeof hash; i++) {
        len += (size_t)snprintf(out + len, 80 - len, "%02x", hash[i]);
    }
    return span_of_bytes(out, len);
}

static void put_identities(struct making *making, json_t *subject) {
    json_t *list = json_array();
    char hash[80];
    struct span salt = value_of(making, FIELD_EMAIL_SALT), email = value_of(making, FIELD_EMAIL);
    if (value_of(making, FIELD_HOLDER).len > 0) {
        append(making, list, identity(making, "name", value_of(making, FIELD_HOLDER), (struct span){0}));
    }
    if (email.len > 0) {
        struct span shown = salt.len > 0 ? hashed_email(making, hash) : email;
        append(making, list, identity(making, "emailAddress", shown, salt));
    }
    if (json_array_size(list) > 0) {
        put(making, subject, "identifier", list);
    } else {
        json_decref(list);
    }
}

static json_t *achievement(struct making *making) {
    json_t *object = json_object();
    struct span criteria = value_of(making, FIELD_CRITERIA);
    put_field(making, object, "id", FIELD_ACHIEVEMENT);
    put(making, object, "type", json_pack("[s]", "Achievement"));
    put_field(making, object, "achievementType", FIELD_ACHIEVEMENT_TYPE);
    put_field(making, object, "name", FIELD_ACHIEVEMENT_NAME);
    put_field(making, object, "description", FIELD_DESCRIPTION);
    json_t *asked = json_object();
    put_span(making, asked, span_starts_with(criteria, "https://") ? "id" : "narrative", criteria);
    put(making, object, "criteria", asked);
    return object;
}

static json_t *subject(struct making *making) {
    json_t *object = json_object();
    put_field(making, object, "id", FIELD_HOLDER_ID);
    put(making, object, "type", json_pack("[s]", "AchievementSubject"));
    put_identities(making, object);
    put(making, object, "achievement", achievement(making));
    return object;
}

/* An issuer without a name needs no Profile: its id stands for it. */
static json_t *issuer(struct making *making) {
    struct span id = value_of(making, FIELD_ISSUER);
    if (value_of(making, FIELD_ISSUER_NAME).len == 0) {
        return json_stringn((const char *)id.ptr, id.len);
    }
    json_t *object = json_object();
    put_span(making, object, "id", id);
    put(making, object, "type", json_pack("[s]", "Profile"));
    put_field(making, object, "name", FIELD_ISSUER_NAME);
    return object;
}

static json_t *status(struct making *making) {
    struct span list = value_of(making, FIELD_STATUS_LIST), index = value_of(making, FIELD_STATUS_INDEX);
    struct span purpose = value_of(making, FIELD_STATUS_PURPOSE);
    char id[FIELDS_VALUE_BYTES + 32];
    int len = snprintf(id, sizeof id, "%.*s#%.*s", (int)list.len, (const char *)list.ptr, (int)index.len,
                       (const char *)index.ptr);
    json_t *object = json_object();
    put_span(making, object, "id", span_of_bytes(id, (size_t)len));
    put(making, object, "type", json_string("BitstringStatusListEntry"));
    put_span(making, object, "statusPurpose", purpose.len > 0 ? purpose : span_of_text("revocation"));
    put_span(making, object, "statusListIndex", index);
    put_span(making, object, "statusListCredential", list);
    return object;
}

/* Every member that is written below is defined by one of these. */
static json_t *contexts(struct making *making, bool old, enum badge_proof proof) {
    json_t *list = json_array();
    append(making, list, json_string(old ? VCDM_11_CONTEXT : VCDM_20_CONTEXT));
    append(making, list, json_string(OB3_CONTEXT));
    if (old && value_of(making, FIELD_STATUS_LIST).len > 0) {
        append(making, list, json_string(STATUS_CONTEXT));
    }
    if (old && proof == BADGE_PROOF_INSIDE) {
        append(making, list, json_string(INTEGRITY_CONTEXT));
    }
    return list;
}

static json_t *credential(struct making *making, enum badge_vcdm vcdm, enum badge_proof proof,
                          struct span id) {
    bool old = vcdm == BADGE_VCDM_11;
    json_t *object = json_object();
    put(making, object, "@context", contexts(making, old, proof));
    put_span(making, object, "id", id);
    put(making, object, "type", json_pack("[s,s]", "VerifiableCredential", "OpenBadgeCredential"));
    put(making, object, "issuer", issuer(making));
    put_field(making, object, "name", FIELD_ACHIEVEMENT_NAME);
    put_date(making, object, old ? "issuanceDate" : "validFrom", FIELD_VALID_FROM);
    put_date(making, object, old ? "expirationDate" : "validUntil", FIELD_VALID_UNTIL);
    put_date(making, object, "awardedDate", FIELD_AWARDED);
    put(making, object, "credentialSubject", subject(making));
    if (value_of(making, FIELD_STATUS_LIST).len > 0) {
        put(making, object, "credentialStatus", status(making));
    }
    return object;
}

static void put_seconds(struct making *making, json_t *claims, const char *member, enum fields_name name) {
    int64_t time_s = 0;
    if (datetime_parse(value_of(making, name), &time_s) == ERR_OK) {
        put(making, claims, member, json_integer(time_s));
    }
}

/* The registered claims that repeat the credential's own members (Open Badges 3.0 section 8.2.4.1). */
static void put_registered(struct making *making, json_t *claims, struct span id) {
    put_field(making, claims, "iss", FIELD_ISSUER);
    put_span(making, claims, "jti", id);
    put_field(making, claims, "sub", FIELD_HOLDER_ID);
    put_seconds(making, claims, "nbf", FIELD_VALID_FROM);
    put_seconds(making, claims, "exp", FIELD_VALID_UNTIL);
}

/* The claim of Token Status List section 6.1; an index is a number there. */
static json_t *token_status(struct making *making) {
    uint64_t index = 0;
    (void)span_decimal(value_of(making, FIELD_STATUS_INDEX), 15, &index);
    json_t *list = json_object();
    put(making, list, "idx", json_integer((json_int_t)index));
    put_field(making, list, "uri", FIELD_STATUS_TOKEN);
    json_t *status = json_object();
    put(making, status, "status_list", list);
    return status;
}

static json_t *claims_of(struct making *making, enum badge_profile profile, enum badge_vcdm vcdm,
                         struct span id) {
    json_t *claims = credential(making, vcdm, BADGE_PROOF_AROUND, id);
    if (vcdm == BADGE_VCDM_11) {
        json_t *outer = json_object();
        put(making, outer, "vc", claims);
        claims = outer;
    }
    if (profile == BADGE_OB3) {
        put_registered(making, claims, id);
    }
    if (value_of(making, FIELD_STATUS_TOKEN).len > 0) {
        put(making, claims, "status", token_status(making));
    }
    return claims;
}

/* The id that the fields give, or else the other. */
static struct span id_of(const struct making *making, struct span otherwise) {
    struct span own = value_of(making, FIELD_ID);
    return own.len > 0 ? own : otherwise;
}

enum err badge_credential(const struct fields *fields, enum badge_vcdm vcdm, struct span id, json_t **out) {
    struct making making = {.fields = fields};
    json_t *object = credential(&making, vcdm, BADGE_PROOF_INSIDE, id_of(&making, id));
    if (making.err != ERR_OK) {
        json_decref(object);
        return making.err;
    }
    *out = object;
    return ERR_OK;
}

enum err badge_claims(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                      struct span id, struct room *out) {
    struct making making = {.fields = fields};
    json_t *claims = claims_of(&making, profile, vcdm, id_of(&making, id));
    char *text = json_dumps(claims, JSON_COMPACT);
    json_decref(claims);
    enum err err = making.err;
    if (err == ERR_OK) {
        err = text == NULL ? ERR_NO_MEMORY : room_put_text(out, text);
    }
    free(text);
    return err;
}

const char *badge_typ(enum badge_profile profile) {
    return profile == BADGE_OB3 ? "JWT" : "vc+jwt";
}
