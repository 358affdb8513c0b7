/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "credctl/build/packer.h"
#include "credctl/build/root_keys.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"

static const struct option_spec table[] = {
    {"scheme", 's', "ID", "Name of the list, such as example.org/events; every pack carries it.",
     OPTION_REQUIRED},
    {"keys", 0, "N", "How many root keys; 1 where it is not given.", OPTION_ONCE},
    {"threshold", 0, "M", "How many of them must sign a root; more than half where it is not given.",
     OPTION_ONCE},
    {"release-keys", 0, "N", "How many release keys, of which any one signs packs; 1 where it is not given.",
     OPTION_ONCE},
    {"alg", 'a', "ALG", "Algorithm of all keys: ES256 (the default), ES384 or EdDSA.", OPTION_ONCE},
    {"demo", 0, NULL, "The list is for demonstrations: kiosks write DEMO on every screen.", OPTION_ONCE},
};

/* A new workspace. */
struct work {
    const char *folder, *scheme;
    bool demo;
    enum crypto_alg alg;
    int64_t keys, threshold, release_keys;
    struct root_keys roots, release;
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

/* A single key has the plain name; of several each is named by its id, to be told apart on the media they go to. */
static enum err save_keys(const struct root_keys *keys, const char *folder, const char *name) {
    char path[PATH_MAX];
    if (keys->count > 1) {
        return root_keys_save(keys, folder, name);
    }
    int length = snprintf(path, sizeof path, "%s/keys/%s.jwk", folder, name);
    return length > 0 && length < (int)sizeof path ? signer_save(keys->list[0], path) : ERR_NO_ROOM;
}

static enum err save_root(const struct work *work) {
    char path[PATH_MAX];
    uint8_t text[LIMIT_ROOT_CHAIN_BYTES];
    struct room room = room_over(text, sizeof text);
    struct crypto_key keys[LIMIT_ROOT_KEYS], release[LIMIT_ROOT_KEYS];
    const struct signer *signers[LIMIT_ROOT_KEYS];
    struct packer_root root = {.scheme = span_of_text(work->scheme),
                               .demo = work->demo,
                               .version = 1,
                               .keys = keys,
                               .key_count = work->roots.count,
                               .threshold = (uint64_t)work->threshold,
                               .release = release,
                               .release_count = work->release.count};
    for (size_t i = 0; i < work->roots.count; i++) {
        signers[i] = work->roots.list[i];
        keys[i] = *signer_public(signers[i]);
    }
    for (size_t i = 0; i < work->release.count; i++) {
        release[i] = *signer_public(work->release.list[i]);
    }
    TRY(packer_sign_root(&root, signers, work->roots.count, &room));
    TRY(room_put_byte(&room, '\n'));
    TRY(workspace_path(work->folder, WORKSPACE_ROOT, path));
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

static enum err fill(struct work *work) {
    TRY(root_keys_make(work->alg, (size_t)work->keys, &work->roots));
    TRY(root_keys_make(work->alg, (size_t)work->release_keys, &work->release));
    TRY(save_keys(&work->roots, work->folder, "root"));
    TRY(save_keys(&work->release, work->folder, "release"));
    TRY(save_root(work));
    return save_scheme(work->folder, work->scheme, work->demo);
}

static bool may_be_called(struct span scheme) {
    for (size_t i = 0; i < scheme.len; i++) {
        if (scheme.ptr[i] < ' ' || scheme.ptr[i] == 0x7F) {
            return false;
        }
    }
    return scheme.len > 0 && scheme.len <= LIMIT_NAME_BYTES && utf8_valid(scheme);
}

static int read_options(const struct options *options, struct work *work) {
    work->folder = options->operands[0];
    work->scheme = options_value(options, "scheme");
    work->demo = options_has(options, "demo");
    work->alg = root_keys_alg(options_or(options, "alg", "ES256"));
    if (work->alg == CRYPTO_ALG_NONE) {
        return command_fail(EX_USAGE, "--alg takes ES256, ES384 or EdDSA");
    }
    if (!may_be_called(span_of_text(work->scheme))) {
        return command_fail(EX_USAGE, "--scheme takes a name of 1 to %u bytes, without control characters",
                            LIMIT_NAME_BYTES);
    }
    bool whole = options_number(options, "keys", 1, LIMIT_ROOT_KEYS, 1, &work->keys) &&
                 options_number(options, "threshold", 1, work->keys, work->keys / 2 + 1, &work->threshold) &&
                 options_number(options, "release-keys", 1, LIMIT_ROOT_KEYS, 1, &work->release_keys);
    return whole ? EX_OK
                 : command_fail(EX_USAGE, "--keys and --release-keys take 1 to %u, --threshold 1 to --keys",
                                LIMIT_ROOT_KEYS);
}

static int run(const struct options *options) {
    struct work work = {0};
    int status = read_options(options, &work);
    status = status == EX_OK ? make_folders(work.folder) : status;
    if (status != EX_OK) {
        return status;
    }
    enum err err = fill(&work);
    root_keys_close(&work.roots);
    root_keys_close(&work.release);
    if (err != ERR_OK) {
        return command_fail_err(err, work.folder);
    }
    printf("%s/" WORKSPACE_ROOT "\n", work.folder);
    return EX_OK;
}

const struct command command_trust_init = {
    .group = "trust",
    .name = "init",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Begin a trust list: a workspace with root keys, release keys and the root document.",
    .more = "  credctl trust init lists --scheme example.org/events\n"
            "  credctl trust init lists --scheme example.org/events --keys 3 --threshold 2\n\n"
            "Prints the path of the provisioning file, root.jwt: every kiosk of the list gets a copy once, "
            "and accepts no other\n"
            "list from then on. The root keys in keys/ are needed for nothing else until the root changes: "
            "keep them offline, each elsewhere.\n"
            "Then: credctl trust add, build, sign.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
