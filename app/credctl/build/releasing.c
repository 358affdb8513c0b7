/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/releasing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "crypto/jwk.h"

/* A version of a root is decoded at a time. */
#define ARENA_BYTES (2u * LIMIT_ROOT_CHAIN_BYTES)

static enum err read_roots(struct releasing *releasing, struct arena *arena) {
    TRY(root_read(room_span(&releasing->roots), arena, &releasing->root));
    struct span scheme = releasing->root.scheme;
    memcpy(releasing->scheme, scheme.ptr, scheme.len);
    releasing->root.scheme = span_of_bytes(releasing->scheme, scheme.len);
    releasing->roots.len = root_trim(room_span(&releasing->roots)).len;
    return ERR_OK;
}

static enum err open_roots(const char *folder, struct releasing *releasing) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, WORKSPACE_ROOT, path));
    TRY(file_read(path, LIMIT_ROOT_CHAIN_BYTES + 1, &releasing->roots));
    void *memory = malloc(ARENA_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct arena arena = arena_over(memory, ARENA_BYTES);
    enum err err = read_roots(releasing, &arena);
    free(memory);
    return err;
}

static bool names(const struct root *root, const uint8_t thumbprint[CRYPTO_SHA256_BYTES]) {
    for (size_t i = 0; i < root->release_count; i++) {
        if (memcmp(root->release[i].thumbprint, thumbprint, CRYPTO_SHA256_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

/* Keep the first release key that the root names. */
static enum err consider_key(void *ctx, const char *path) {
    struct releasing *releasing = ctx;
    struct signer *signer = NULL;
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    const char *name = strrchr(path, '/');
    if (releasing->key != NULL || name == NULL || strncmp(name, "/release", 8) != 0) {
        return ERR_OK;
    }
    TRY(signer_load(path, &signer));
    enum err err = jwk_thumbprint(signer_public(signer), thumbprint);
    if (err == ERR_OK && names(&releasing->root, thumbprint)) {
        releasing->key = signer;
        return ERR_OK;
    }
    signer_close(signer);
    return err;
}

int releasing_open(const struct options *options, const char *folder, struct releasing *out) {
    const char *path = options_value(options, "key");
    *out = (struct releasing){0};
    enum err err = open_roots(folder, out);
    if (err != ERR_OK) {
        return command_fail_err(err, WORKSPACE_ROOT);
    }
    err = path != NULL ? signer_load(path, &out->key)
                       : workspace_each(folder, "keys", "jwk", consider_key, out);
    if (err != ERR_OK) {
        return command_fail_err(err, path != NULL ? path : folder);
    }
    return out->key != NULL
               ? EX_OK
               : command_fail(EX_NOINPUT, "%s/keys holds no release key of root %" PRIu64 ": --key names one",
                              folder, out->root.version);
}

void releasing_close(struct releasing *releasing) {
    signer_close(releasing->key);
    file_release(&releasing->roots);
    *releasing = (struct releasing){0};
}
