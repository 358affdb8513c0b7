/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "credctl/build/root_change.h"
#include "credctl/build/root_keys.h"
#include "credctl/build/root_text.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "crypto/jwk.h"

static const struct option_spec table[] = {
    {"new-release", 0, "N", "Make N release keys here, in place of those there are.", OPTION_ONCE},
    {"add-release", 0, "FILE", "One release key more: a public JWK.", OPTION_MANY},
    {"remove-release", 0, "KID", "One release key less: its id, or how it begins.", OPTION_MANY},
    {"new-keys", 0, "N", "Make N root keys here, in place of those there are; they sign at once.",
     OPTION_ONCE},
    {"add", 0, "FILE", "One root key more: a public JWK.", OPTION_MANY},
    {"remove", 0, "KID", "One root key less: its id, or how it begins.", OPTION_MANY},
    {"threshold", 0, "M",
     "How many root keys must sign from then on; as many as before where it is not given.", OPTION_ONCE},
    {"alg", 'a', "ALG", "Algorithm of the new keys: ES256 (the default), ES384 or EdDSA.", OPTION_ONCE},
    {"key", 'k', "FILE", "A private root key, of the root in force or of the next, that signs.", OPTION_MANY},
    {"continue", 0, NULL, "Go on with the draft that waits for signatures.", OPTION_ONCE},
    {"from", 0, "FILE", "A copy of the draft that was signed elsewhere: take its signatures.", OPTION_MANY},
};

/* A change of roots. */
struct work {
    const struct options *options;
    struct workspace workspace;
    struct room roots; /* root.jwt */
    char draft_path[PATH_MAX];
    struct root_draft draft;
    struct root_keys made_roots, made_release;
    int lock;
};

static int open_work(struct work *work) {
    const char *folder = work->options->operands[0];
    char path[PATH_MAX];
    enum err err = workspace_lock(folder, &work->lock);
    err = err == ERR_OK ? workspace_open(folder, &work->workspace) : err;
    err = err == ERR_OK ? workspace_path(folder, WORKSPACE_NEXT_ROOT, work->draft_path) : err;
    err = err == ERR_OK ? workspace_path(folder, WORKSPACE_ROOT, path) : err;
    err = err == ERR_OK ? file_read(path, LIMIT_ROOT_CHAIN_BYTES + 1, &work->roots) : err;
    return err == ERR_OK ? EX_OK : command_fail_err(err, folder);
}

/* Take out and put in what the options of one kind of key name. */
static int change(const struct options *options, const char *remove, const char *add,
                  struct root_change_keys *keys) {
    const char *value = NULL;
    for (size_t i = 0; (value = options_nth(options, remove, i)) != NULL; i++) {
        enum err err = root_change_remove(keys, span_of_text(value));
        if (err != ERR_OK) {
            return command_fail_err(err, value);
        }
    }
    for (size_t i = 0; (value = options_nth(options, add, i)) != NULL; i++) {
        json_t *json = NULL;
        struct crypto_key key = {0};
        enum err err = workspace_read_json(value, &json);
        err = err == ERR_OK ? jwk_read(json, &key) : err;
        err = err == ERR_OK ? root_change_add(keys, &key) : err;
        json_decref(json);
        if (err != ERR_OK) {
            return command_fail_err(err, value);
        }
    }
    return EX_OK;
}

/* Make the keys that an option asks for, in place of those there are. */
static int make_keys(const struct options *options, const char *option, struct root_keys *made,
                     struct root_change_keys *keys) {
    enum crypto_alg alg = root_keys_alg(options_or(options, "alg", "ES256"));
    int64_t count = 0;
    if (alg == CRYPTO_ALG_NONE || !options_number(options, option, 1, LIMIT_ROOT_KEYS, 0, &count)) {
        return command_fail(EX_USAGE, "--alg takes ES256, ES384 or EdDSA, --%s a number from 1 to %u", option,
                            LIMIT_ROOT_KEYS);
    }
    if (count > 0) {
        keys->count = 0;
    }
    enum err err = root_keys_make(alg, (size_t)count, made);
    for (size_t i = 0; err == ERR_OK && i < made->count; i++) {
        err = root_change_add(keys, signer_public(made->list[i]));
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, option);
}

static int begin_draft(struct work *work, const struct root *root) {
    const struct options *options = work->options;
    struct root_change_keys keys, release;
    int64_t threshold = 0;
    root_change_from(root->keys, root->key_count, &keys);
    root_change_from(root->release, root->release_count, &release);
    int status = make_keys(options, "new-keys", &work->made_roots, &keys);
    status = status == EX_OK ? make_keys(options, "new-release", &work->made_release, &release) : status;
    status = status == EX_OK ? change(options, "remove", "add", &keys) : status;
    status = status == EX_OK ? change(options, "remove-release", "add-release", &release) : status;
    if (status != EX_OK) {
        return status;
    }
    if (!options_number(options, "threshold", 1, LIMIT_ROOT_KEYS, (int64_t)root->threshold, &threshold) ||
        (size_t)threshold > keys.count || release.count == 0) {
        return command_fail(
            EX_USAGE,
            "a root of %zu root keys and %zu release keys cannot ask for %" PRId64
            " signatures: --threshold takes 1 to the number of root keys, and one release key stays",
            keys.count, release.count, threshold);
    }
    struct packer_root next = {root->scheme, root->demo,          root->version + 1, keys.list,
                               keys.count,   (uint64_t)threshold, release.list,      release.count};
    enum err err = root_draft_begin(room_span(&work->roots), &next, &work->draft);
    return err == ERR_OK ? EX_OK : command_fail_err(err, options->operands[0]);
}

static int new_draft(struct work *work) {
    static const char *const changes[] = {"new-release", "add-release", "remove-release", "new-keys",
                                          "add",         "remove",      "threshold"};
    struct root root = {0};
    bool any = false;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        any = any || options_has(work->options, changes[i]);
    }
    bool waits = access(work->draft_path, F_OK) == 0;
    if (options_has(work->options, "continue")) {
        if (any) {
            return command_fail(EX_USAGE,
                                "--continue changes nothing of a draft: remove %s to begin another one",
                                work->draft_path);
        }
        enum err err = root_draft_load(work->draft_path, &work->draft);
        return err == ERR_OK ? EX_OK : command_fail_err(err, work->draft_path);
    }
    if (!any || waits) {
        return waits ? command_fail(EX_CANTCREAT,
                                    "%s waits for signatures: --continue goes on with it; or remove it",
                                    work->draft_path)
                     : command_fail(EX_USAGE, "say what changes: --new-release 1, for example");
    }
    void *memory = malloc(ROOT_DRAFT_BYTES);
    struct arena arena = arena_over(memory, memory == NULL ? 0 : ROOT_DRAFT_BYTES);
    enum err err = root_read(room_span(&work->roots), &arena, &root);
    int status = err == ERR_OK ? begin_draft(work, &root) : command_fail_err(err, WORKSPACE_ROOT);
    free(memory);
    return status;
}

static int collect(struct work *work) {
    const char *path = NULL;
    for (size_t i = 0; (path = options_nth(work->options, "from", i)) != NULL; i++) {
        struct root_draft other = {0};
        enum err err = root_draft_load(path, &other);
        err = err == ERR_OK ? root_draft_take(&work->draft, &other) : err;
        root_draft_close(&other);
        if (err != ERR_OK) {
            return command_fail_err(err, path);
        }
    }
    for (size_t i = 0; (path = options_nth(work->options, "key", i)) != NULL; i++) {
        struct signer *signer = NULL;
        enum err err = signer_load(path, &signer);
        err = err == ERR_OK ? root_draft_sign(&work->draft, signer) : err;
        signer_close(signer);
        if (err != ERR_OK) {
            return command_fail_err(err, path);
        }
    }
    for (size_t i = 0; i < work->made_roots.count; i++) {
        enum err err = root_draft_sign(&work->draft, work->made_roots.list[i]);
        if (err != ERR_OK) {
            return command_fail_err(err, "--new-keys");
        }
    }
    return EX_OK;
}

/* Keys first: a draft never names one that nobody has. */
static enum err keep(struct work *work) {
    const char *folder = work->workspace.folder;
    bool replace = options_has(work->options, "continue");
    TRY(root_keys_save(&work->made_roots, folder, "root"));
    enum err err = root_keys_save(&work->made_release, folder, "release");
    if (err != ERR_OK) {
        root_keys_unlink(&work->made_roots, folder, "root");
        return err;
    }
    err = root_draft_save(&work->draft, work->draft_path, (struct file_how){.replace = replace});
    if (err != ERR_OK) {
        root_keys_unlink(&work->made_roots, folder, "root");
        root_keys_unlink(&work->made_release, folder, "release");
    }
    return err;
}

/* Is the draft's version in force already? A kill between the steps below leaves it so. */
static bool in_force(const struct work *work, struct span chain) {
    return span_equal(root_trim(room_span(&work->roots)), chain);
}

/* The root comes first: a number that is spent twice under one root would shut kiosks out, a gap harms nobody. */
static enum err put_in_force(struct work *work, struct span chain) {
    char path[PATH_MAX];
    TRY(workspace_path(work->workspace.folder, WORKSPACE_ROOT, path));
    if (!in_force(work, chain)) {
        uint8_t text[LIMIT_ROOT_CHAIN_BYTES + 1];
        struct room line = room_over(text, sizeof text);
        TRY(room_put(&line, chain));
        TRY(room_put_byte(&line, '\n'));
        TRY(file_write(path, room_span(&line), (struct file_how){.replace = true}));
    }
    if (root_change_drops_release(&work->draft.before, &work->draft.next.root)) {
        TRY(workspace_keep_seq(&work->workspace, 0));
    }
    return unlink(work->draft_path) == 0 ? ERR_OK : ERR_FILE_WRITE;
}

static enum err finish(struct work *work) {
    uint8_t text[LIMIT_ROOT_CHAIN_BYTES];
    struct room chain = room_over(text, sizeof text);
    TRY(root_draft_chain(&work->draft, &chain));
    if (!in_force(work, room_span(&chain)) &&
        !span_equal(root_trim(room_span(&work->roots)), room_span(&work->draft.chain))) {
        return ERR_ROOT_DRAFT_OTHER;
    }
    TRY(put_in_force(work, room_span(&chain)));
    printf("%s/" WORKSPACE_ROOT ": root %" PRIu64 "\n", work->workspace.folder,
           work->draft.next.root.version);
    return ERR_OK;
}

static enum err go_on(struct work *work) {
    TRY(keep(work));
    if (root_draft_complete(&work->draft)) {
        return finish(work);
    }
    printf("%s: root %" PRIu64 " waits for signatures\n", work->draft_path, work->draft.next.root.version);
    return root_text_missing(stdout, &work->draft);
}

static int run(const struct options *options) {
    struct work work = {.options = options, .lock = -1};
    int status = open_work(&work);
    status = status == EX_OK ? new_draft(&work) : status;
    status = status == EX_OK ? collect(&work) : status;
    if (status == EX_OK) {
        enum err err = go_on(&work);
        status = err == ERR_OK ? EX_OK : command_fail_err(err, work.draft_path);
    }
    root_draft_close(&work.draft);
    root_keys_close(&work.made_roots);
    root_keys_close(&work.made_release);
    file_release(&work.roots);
    workspace_close(&work.workspace);
    if (work.lock >= 0) {
        close(work.lock);
    }
    return status;
}

const struct command command_trust_rotate = {
    .group = "trust",
    .name = "rotate",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Go over to a next root: other root keys, other release keys, another threshold.",
    .more = "  credctl trust rotate lists --new-release 1 --key /media/safe/root.jwk\n"
            "  credctl trust rotate lists --remove pG3xqW --add carol.jwk\n"
            "  credctl trust rotate lists --continue --from /media/stick/root.next\n\n"
            "A next root counts when enough keys of the root in force and enough of its own have signed it. "
            "Until then "
            "it waits in\nFOLDER/root.next, which may be copied to where the keys are and signed there: "
            "credctl trust cosign "
            "root.next --key FILE.\nThen root.jwt ends with it, every pack carries it to the kiosks, and "
            "kiosks refuse "
            "what the keys sign that went. Where a\nrelease key went, packs count from 1 again.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
