/* credential: from what was signed to the common facts: what, to whom, by whom, from when, until when. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_CREDENTIAL_H
#define CREDENTIAL_CREDENTIAL_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"
#include "crypto/crypto.h"
#include "linked/rdf.h"
#include "pack/pack.h"

/* The rules for header and claims that a token's `typ` asks for. Zero is none. */
enum credential_profile {
    CREDENTIAL_PROFILE_NONE = 0,
    CREDENTIAL_OB3_JWT, /* Open Badges 3.0 section 8.2.4, VC Data Model 1.1 section 6.3.1: typ JWT or absent
                         */
    CREDENTIAL_VC_JOSE, /* Securing VCs using JOSE and COSE section 3: typ vc+jwt */
    CREDENTIAL_VP_JOSE, /* the same, section 3.1.2: typ vp+jwt: a presentation, never a credential */
    CREDENTIAL_DATA_INTEGRITY /* its proof stands inside: there are no claims around it */
};

/* W3C Verifiable Credentials Data Model, by the first @context. */
enum credential_version { CREDENTIAL_VERSION_NONE = 0, CREDENTIAL_VCDM_1, CREDENTIAL_VCDM_2 };

/* A date that may be absent. Seconds since 1970 UTC. */
struct credential_date {
    bool present;
    int64_t time_s;
};

/* One entry of credentialStatus, or the `status` claim. A part that is missing or of a wrong type is empty: nothing covers
 * it. */
struct credential_status {
    struct span kind;    /* "BitstringStatusListEntry"; "TokenStatusListEntry" for the claim too */
    struct span purpose; /* "revocation" */
    struct span address; /* statusListCredential, uri, or for a list of ids the entry's own id */
    bool has_index;
    uint64_t index;
    uint32_t bits; /* statusSize: bits of an entry, 1 where it does not say; 0 where it is not understood */
    const json_t *messages; /* statusMessage: what the values of purpose "message" mean; or NULL */
};

/*
 * What a token claims. Nobody has checked a signature: no word of it may be shown. All zero claims nothing
 * and is safe to close. Spans point into the document, or are static.
 */
struct claimed_credential {
    json_t *document; /* owned */
    enum credential_profile profile;
    enum credential_version version;
    struct span id;     /* or empty */
    struct span issuer; /* DID or address */
    size_t type_count;
    struct span types[LIMIT_CREDENTIAL_TYPES];
    bool badge;              /* an OpenBadgeCredential: the achievement fields are filled */
    struct span name;        /* or empty, as are the following */
    struct span description; /* of the achievement where there is one */
    struct span subject_id;
    struct span holder_name;
    struct span holder_identity; /* a mail address or number that stands there in the clear */
    bool holder_hashed;          /* an identity stands there as a hash */
    struct span achievement_id;
    struct span achievement_name;
    struct span achievement_type;
    struct span criteria;
    struct credential_date valid_from;
    struct credential_date valid_until;
    struct credential_date awarded;
    size_t status_count;
    struct credential_status statuses[LIMIT_CREDENTIAL_STATUSES];
};

/* Facts under a signature that was found right by a listed key within its scope. verify_credential.c alone makes one. */
struct verified_credential {
    const struct claimed_credential *facts;
    const struct pack_issuer *issuer;
    enum crypto_alg alg;
    const char *suite; /* how it is secured, "eddsa-rdfc-2022"; static */
};

/*
 * Read what was signed (VC Data Model 1.1 and 2.0, Open Badges 3.0) and hold it against its profile's rules.
 *
 * payload  the decoded payload of the token; borrowed for the call
 * profile  what its header asks for
 * out      the caller's: credential_close it
 *
 * ERR_JSON_*                    not JSON within its limits
 * ERR_CREDENTIAL_NONE           an object, but no credential
 * ERR_CREDENTIAL_LIST           a status list
 * ERR_FORMAT_PRESENTATION       a presentation, which presentation_token_read reads
 * ERR_FORMAT_OPEN_BADGE_2
 * ERR_FORMAT_SD_JWT             it holds digests of what was not disclosed
 * ERR_CREDENTIAL_TWICE          under `vc`, and members of one at the top level, or a `vp`
 * ERR_CREDENTIAL_CONTEXT        no @context of a known version, or not the one its place or profile asks for
 * ERR_CREDENTIAL_TYPE           no VerifiableCredential
 * ERR_CREDENTIAL_TOO_MANY       over LIMIT_CREDENTIAL_TYPES or LIMIT_CREDENTIAL_STATUSES
 * ERR_CREDENTIAL_ID, ERR_CREDENTIAL_ISSUER, ERR_CREDENTIAL_TEXT, ERR_CREDENTIAL_STATUS
 * ERR_CREDENTIAL_NAME_LONG      an issuer over LIMIT_NAME_BYTES
 * ERR_CREDENTIAL_SUBJECT        none, or no object; an array of one is one
 * ERR_CREDENTIAL_SUBJECTS       more than one: nobody could say whose verdict it is
 * ERR_CREDENTIAL_ACHIEVEMENT, ERR_CREDENTIAL_IDENTITY   of a badge
 * ERR_CREDENTIAL_DATE           a date missing, no date-time, or named as in the other version
 * ERR_CREDENTIAL_DATE_ORDER     the end lies before the beginning
 * ERR_CREDENTIAL_CLAIM          iss, jti, nbf, sub, exp: missing, of a wrong type, or vc where none may be
 * ERR_CREDENTIAL_CLAIM_DIFFERS  one of them is not equal to the credential's own member
 */
MUST_USE enum err credential_read(struct span payload, enum credential_profile profile,
                                  struct claimed_credential *out);

/*
 * Read a document that is a credential itself, as it stands: where what was signed is its JCS form. What stands under
 * `proof` is no fact of it.
 *
 * document  an object; out takes a reference of its own, and points into it
 * out       the caller's: credential_close it
 *
 * Errors of credential_read but those of JSON and of claims; ERR_CREDENTIAL_TWICE where it has a member `vc`
 */
MUST_USE enum err credential_read_document(json_t *document, struct claimed_credential *out);

/*
 * Read a credential from its statements, where these are what was signed: whatever names and nesting the document
 * had, nothing but signed statements is read (statement.h says how).
 *
 * Its version is what its dates say: issuanceDate or expirationDate are of VCDM 1.1, any other is read as 2.0. Types
 * that are known keep their short names and stand before the others, which are full addresses.
 *
 * set    the statements of a document without its proofs; borrowed for the call
 * arena  lent for the call; as it was at its end
 * out    the caller's: credential_close it
 *
 * ERR_CREDENTIAL_TWICE  two subjects are credentials and neither is part of the other, or a fact that can have one
 *                       value has two
 * Errors of credential_read but those of JSON, of claims and of @context; ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err credential_read_statements(const struct rdf_dataset *set, struct arena *arena,
                                             struct claimed_credential *out);

/* Its proof ends: it is in force no longer than that. */
void credential_limit(struct claimed_credential *claimed, struct credential_date expires);

/* Release what credential_read allocated, and zero it. */
void credential_close(struct claimed_credential *claimed);

#endif
