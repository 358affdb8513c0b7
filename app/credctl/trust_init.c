/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "credctl/build/packer.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"scheme", 's', "ID", "Name of the list, such as example.org/events; every pack carries it.",
     OPTION_REQUIRED},
    {"alg", 'a', "ALG", "Algorithm of both keys: ES256 (the default), ES384 or EdDSA.", OPTION_ONCE},
    {"demo", 0, NULL, "The list is for demonstrations: kiosks write DEMO on every screen.", OPTION_ONCE},
};

/* The keys of a new workspace. */
struct keys {
    struct signer *root, *release;
};

static int make_folder(const char *folder, const char *name) {
    char path[PATH_MAX];
    if (workspace_path(folder, name, path) != ERR_OK || (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)) {
        return command_fail(EX_CANTCREAT, "%s: The folder cannot be made.", path);
    }
    return EX_OK;
}

static int make_folders(const char *folder) {
    static const char *const names[] = {".", "keys", "issuers", "status", "contexts"};
    char path[PATH_MAX];
    if (mkdir(folder, S_IRWXU | S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH) != 0 && errno != EEXIST) {
        return command_fail(EX_CANTCREAT, "%s: The folder cannot be made.", folder);
    }
    if (workspace_path(folder, WORKSPACE_SCHEME, path) != ERR_OK || access(path, F_OK) == 0) {
        return command_fail(EX_CANTCREAT, "%s is a workspace already", folder);
    }
    int status = EX_OK;
    for (size_t i = 1; status == EX_OK && i < sizeof names / sizeof *names; i++) {
        status = make_folder(folder, names[i]);
    }
    return status;
}

static enum err save_key(const char *folder, const char *name, enum crypto_alg alg, struct signer **out) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, name, path));
    TRY(signer_make(alg, out));
    return signer_save(*out, path);
}

static enum err save_root(const char *folder, const char *scheme, bool demo, const struct keys *keys) {
    char path[PATH_MAX];
    uint8_t text[8192];
    struct room room = room_over(text, sizeof text);
    const struct signer *signers[] = {keys->root};
    struct packer_root root = {.scheme = span_of_text(scheme),
                               .demo = demo,
                               .version = 1,
                               .keys = signer_public(keys->root),
                               .key_count = 1,
                               .threshold = 1,
                               .release = signer_public(keys->release),
                               .release_count = 1};
    TRY(packer_sign_root(&root, signers, 1, &room));
    TRY(room_put_byte(&room, '\n'));
    TRY(workspace_path(folder, WORKSPACE_ROOT, path));
    return file_write(path, room_span(&room), (struct file_how){0});
}

/* Last, for it is what makes the folder a workspace. */
static enum err save_scheme(const char *folder, const char *scheme, bool demo) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, WORKSPACE_SCHEME, path));
    json_t *json = json_pack("{s:s,s:b,s:i}", "scheme", scheme, "demo", demo, "seq", 0);
    enum err err = json == NULL ? ERR_NO_MEMORY : workspace_write_json(path, json, false);
    json_decref(json);
    return err;
}

static enum err fill(const char *folder, const char *scheme, bool demo, enum crypto_alg alg,
                     struct keys *keys) {
    TRY(save_key(folder, "keys/root.jwk", alg, &keys->root));
    TRY(save_key(folder, WORKSPACE_RELEASE, alg, &keys->release));
    TRY(save_root(folder, scheme, demo, keys));
    return save_scheme(folder, scheme, demo);
}

static bool may_be_called(struct span scheme) {
    for (size_t i = 0; i < scheme.len; i++) {
        if (scheme.ptr[i] < ' ' || scheme.ptr[i] == 0x7F) {
            return false;
        }
    }
    return scheme.len > 0 && scheme.len <= LIMIT_NAME_BYTES && utf8_valid(scheme);
}

static int run(const struct options *options) {
    const char *folder = options->operands[0], *scheme = options_value(options, "scheme");
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    struct keys keys = {0};
    struct span name = span_of_text(options_or(options, "alg", "ES256"));
    if (crypto_alg_from_name(name, &alg) != ERR_OK ||
        (alg != CRYPTO_ES256 && alg != CRYPTO_ES384 && alg != CRYPTO_EDDSA)) {
        return command_fail(EX_USAGE, "--alg takes ES256, ES384 or EdDSA");
    }
    if (!may_be_called(span_of_text(scheme))) {
        return command_fail(EX_USAGE, "--scheme takes a name of 1 to %u bytes, without control characters",
                            LIMIT_NAME_BYTES);
    }
    int status = make_folders(folder);
    if (status != EX_OK) {
        return status;
    }
    enum err err = fill(folder, scheme, options_has(options, "demo"), alg, &keys);
    signer_close(keys.root);
    signer_close(keys.release);
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    printf("%s/" WORKSPACE_ROOT "\n", folder);
    return EX_OK;
}

const struct command command_trust_init = {
    .group = "trust",
    .name = "init",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Begin a trust list: a workspace with a root key, a release key and the root document.",
    .more = "  credctl trust init lists --scheme example.org/events\n\n"
            "Prints the path of the provisioning file, root.jwt: every kiosk of the list gets a copy once, "
            "and accepts no other\n"
            "list from then on. keys/root.jwk is needed for nothing else until the root changes: keep it "
            "offline.\n"
            "Then: credctl trust add, build, sign.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
