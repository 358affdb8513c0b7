/* SPDX-License-Identifier: Apache-2.0 */
/* keyfile: JWKs, key sets and DID documents as issuers send them to headquarters. */
#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/build/key_file.h"
#include "crypto/did.h"

#define ISSUER "did:web:a.example"

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

/* What every key that is listed promises; of a DID document it has a name that is the issuer's own. */
static void insist_on_key(const struct key_file_key *key, bool document) {
    insist(key->key.kind != CRYPTO_KEY_NONE && crypto_alg_key_kind(key->alg) == key->key.kind);
    insist(!document || (span_equal(did_without_fragment(key->kid), span_of_text(ISSUER)) &&
                         key->kid.len > strlen(ISSUER)));
    insist(key->method.expires_s >= 0 && key->method.revoked_s >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct key_file file;
    static bool started;
    json_t *json = NULL;
    if (jsontext_parse(span_of_bytes(data, size), &json) != ERR_OK) {
        return 0;
    }
    if (!started) {
        insist(crypto_start() == ERR_OK);
        started = true;
    }
    bool document = json_object_get(json, "kty") == NULL && json_object_get(json, "keys") == NULL;
    enum err err = key_file_read(json, span_of_text(ISSUER), CRYPTO_RS256, &file);
    insist((err == ERR_OK) == (file.count > 0) && file.count <= KEY_FILE_MAX);
    for (size_t i = 0; i < file.count; i++) {
        insist_on_key(&file.keys[i], document);
    }
    json_decref(json);
    return 0;
}
