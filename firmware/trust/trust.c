/* SPDX-License-Identifier: Apache-2.0 */
#include "trust/trust.h"

#include "codec/base64url.h"
#include "crypto/did.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"
#include "trust/keyname.h"

/* Characters of a SHA-256 in base64url. */
#define THUMBPRINT_CHARS 43u

/* The work at hand. */
struct search {
    struct pack *lists;
    const struct claimed_credential *claimed;
    const struct proof *proof;
    struct arena *arena;
};

/* Look for the key ids under which the list may hold what the credential calls its key. */
static enum err find_by_names(const struct search *search, struct trust *found) {
    struct keyname names = {0};
    TRY(keyname_of(found->issuer.identifier, search->proof->kid, search->arena, &names));
    for (size_t i = 0; i < names.count && !found->key.found; i++) {
        TRY(pack_find_key_by_kid(search->lists, &found->issuer, names.names[i], search->arena, &found->key));
    }
    return ERR_OK;
}

/* A key id may be the thumbprint itself, as RFC 7638 suggests, or have it behind '#': a key that is listed out of a
 * certificate has no other name. */
static enum err find_by_thumbprint_text(const struct search *search, struct trust *found) {
    uint8_t bytes[BASE64URL_ROOM(THUMBPRINT_CHARS)];
    struct room room = room_over(bytes, sizeof bytes);
    struct span kid = search->proof->kid, controller = did_without_fragment(kid);
    bool own = controller.len == 0 || span_equal(controller, found->issuer.identifier);
    struct span text = own && did_fragment(kid).len > 0 ? did_fragment(kid) : kid;
    if (text.len != THUMBPRINT_CHARS || base64url_decode(text, &room) != ERR_OK ||
        room.len != CRYPTO_SHA256_BYTES) {
        return ERR_OK;
    }
    return pack_find_key_by_thumbprint(search->lists, &found->issuer, bytes, search->arena, &found->key);
}

static enum err find_by_key(const struct search *search, const struct crypto_key *key, struct trust *found) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    TRY(jwk_thumbprint(key, thumbprint));
    return pack_find_key_by_thumbprint(search->lists, &found->issuer, thumbprint, search->arena, &found->key);
}

/* An issuer that is its own key, and a key id under another DID. */
static bool names_another(struct span issuer, struct span kid) {
    return did_is_self_certifying(issuer) && span_starts_with(kid, "did:") &&
           !span_equal(did_without_fragment(kid), issuer);
}

/*
 * The key that the credential names itself: an issuer that is its own key; the key in the fragment of the key
 * id; the header's key. What cannot be read is no key: the list alone makes anybody trusted.
 */
static void read_own_key(const struct search *search, struct trust *found) {
    const struct proof *proof = search->proof;
    struct span issuer = search->claimed->issuer;
    if (did_is_self_certifying(issuer)) {
        struct span named = found->foreign ? proof->kid : issuer;
        found->has_own_key = did_own_key(named, search->arena, &found->own_key) == ERR_OK;
        return;
    }
    struct span fragment = did_fragment(proof->kid);
    if (fragment.len > 0 && multikey_read(fragment, &found->own_key) == ERR_OK) {
        found->has_own_key = true;
    } else if (proof->has_jwk) {
        found->own_key = proof->jwk;
        found->has_own_key = true;
    }
}

static enum err find_key(const struct search *search, struct trust *found) {
    if (did_is_self_certifying(search->claimed->issuer)) {
        return found->has_own_key && !found->foreign ? find_by_key(search, &found->own_key, found) : ERR_OK;
    }
    if (search->proof->kid.len > 0) {
        TRY(find_by_names(search, found));
    }
    if (!found->key.found) {
        TRY(find_by_thumbprint_text(search, found));
    }
    if (!found->key.found && found->has_own_key) {
        TRY(find_by_key(search, &found->own_key, found));
    }
    return ERR_OK;
}

/* An RSA key that is listed for RS256 is not listed for PS256. A key of quite another kind stays the one that
 * must have signed, and cannot have. */
static bool listed_for(const struct pack_key *key, enum crypto_alg alg) {
    return key->found && (key->alg == alg || key->key.kind != crypto_alg_key_kind(alg));
}

enum err trust_find(struct pack *lists, const struct claimed_credential *claimed, const struct proof *proof,
                    struct span language, struct arena *arena, struct trust *out) {
    struct search search = {lists, claimed, proof, arena};
    struct trust found = {.standing = TRUST_NO_LIST, .foreign = names_another(claimed->issuer, proof->kid)};
    read_own_key(&search, &found);
    if (lists != NULL) {
        TRY(pack_find_issuer(lists, claimed->issuer, language, arena, &found.issuer));
        found.standing = found.issuer.found ? TRUST_UNKNOWN_KEY : TRUST_UNKNOWN_ISSUER;
    }
    if (found.issuer.found) {
        TRY(find_key(&search, &found));
        found.standing = listed_for(&found.key, proof->alg) ? TRUST_LISTED : TRUST_UNKNOWN_KEY;
    }
    *out = found;
    return ERR_OK;
}
