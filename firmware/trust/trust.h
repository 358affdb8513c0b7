/* trust: is this issuer listed, with this key, for this kind of credential? */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TRUST_TRUST_H
#define TRUST_TRUST_H

#include "base/arena.h"
#include "base/err.h"
#include "credential/credential.h"
#include "crypto/crypto.h"
#include "pack/pack.h"
#include "proof/proof.h"

/* Where the list places a signer. Zero is a question that nobody asked. */
enum trust_standing {
    TRUST_UNASKED = 0,
    TRUST_NO_LIST,        /* there is no list to ask */
    TRUST_UNKNOWN_ISSUER, /* the issuer is not listed */
    TRUST_UNKNOWN_KEY,    /* the issuer is, this key is not */
    TRUST_LISTED          /* both are, and `key` is the one that must have signed */
};

/* Whether a listed key may sign this credential. Zero is a question that nobody asked. */
enum trust_scope {
    TRUST_SCOPE_UNASKED = 0,
    TRUST_IN_SCOPE,
    TRUST_OUT_OF_SCOPE, /* another type or achievement, or a key for status lists */
    TRUST_OUT_OF_PERIOD /* listed for another time than that of issue */
};

/* What was found of a signer. Spans of issuer and key lie in the arena. */
struct trust {
    enum trust_standing standing;
    struct pack_issuer issuer;
    struct pack_key key;
    bool foreign;              /* the issuer is a key itself, and the proof names the key of somebody else */
    bool has_own_key;          /* not listed, but the credential names a key itself */
    struct crypto_key own_key; /* tells an altered credential from a stranger's; makes nobody trusted */
};

/*
 * Find the key that must have signed a credential.
 *
 * The list is asked for the issuer, then among that issuer's keys: by the key id as written, absolute or as a
 * fragment; by the thumbprint that a key id may be; by the thumbprint of the header's key; and for a did:key
 * or did:jwk by the thumbprint of its own key. A key id under another controller than the issuer finds
 * nothing but what the list has under that very name; under an issuer that is its own key it is foreign.
 *
 * lists     or NULL
 * language  of the issuer's name (BCP 47); English where the list has none in it, or this is empty
 * arena     receives what is found
 *
 * ERR_PACK_DAMAGED, ERR_NO_ROOM, ERR_CRYPTO_FAILED
 */
MUST_USE enum err trust_find(struct pack *lists, const struct claimed_credential *claimed,
                             const struct proof *proof, struct span language, struct arena *arena,
                             struct trust *out);

/*
 * May the listed key sign this? Its types hold one of the credential's types, its achievements hold its
 * achievement, the key is in use by now, and the credential began before the key ended; one without a date
 * begins now. A withdrawn key is another question: it signs nothing, whatever date a thief writes, and no
 * period is asked of it.
 */
enum trust_scope trust_scope_of(const struct pack_key *key, const struct claimed_credential *claimed,
                                const struct interval *now);

#endif
