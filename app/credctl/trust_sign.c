/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "credctl/build/fresh_file.h"
#include "credctl/build/import_file.h"
#include "credctl/build/moment.h"
#include "credctl/build/packer.h"
#include "credctl/build/releasing.h"
#include "credctl/build/shrink.h"
#include "credctl/build/sources.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/progress.h"
#include "pack/pack_open.h"

#define DAY_S 86400

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the pack goes, NAME.tpk.", OPTION_REQUIRED},
    {"days-fresh", 0, "N", "Days until kiosks begin to warn; 14 where it is not given.", OPTION_ONCE},
    {"days", 0, "N", "Days until kiosks stop saying VALID; 60 where it is not given, at most 184.",
     OPTION_ONCE},
    {"audience", 0, "NAME", "The one site or group whose kiosks take it.", OPTION_ONCE},
    {"seq", 0, "N", "Number of the pack; the last one's and one where it is not given.", OPTION_ONCE},
    RELEASING_OPTION,
    {"lists", 0, "FILE", "The database; lists.db of the workspace where it is not given.", OPTION_ONCE},
    MOMENT_OPTION,
    {"ack", 0, NULL, "The list may have shrunk by more than a tenth since the last one.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* When the database was made, and whether something is younger. */
struct age {
    struct timespec made;
    bool stale;
};

/* A pack being signed. */
struct work {
    const struct options *options;
    struct workspace workspace;
    struct packer_claims claims;
    struct releasing releasing;
    json_t *sources;
    struct pack_info made; /* what the finished pack says; without its scheme */
    int database, lock;
};

static int read_numbers(struct work *work) {
    int64_t days = 0, fresh = 0, seq = 0, now_s = 0;
    if (!options_number(work->options, "days", 1, LIMIT_PACK_LIFETIME_S / DAY_S, 60, &days) ||
        !options_number(work->options, "days-fresh", 0, days, days < 14 ? days : 14, &fresh) ||
        !options_number(work->options, "seq", 1, LIMIT_JSON_INTEGER, work->workspace.seq + 1, &seq)) {
        return command_fail(EX_USAGE, "--days takes 1 to %lld, --days-fresh 0 to that, --seq a number from 1",
                            LIMIT_PACK_LIFETIME_S / DAY_S);
    }
    if (seq <= work->workspace.seq) {
        return command_fail(EX_USAGE, "--seq: pack %" PRId64 " was signed already; numbers only grow",
                            work->workspace.seq);
    }
    int status = moment_to_sign(work->options, &now_s);
    work->claims.scheme = work->workspace.scheme;
    work->claims.audience = span_of_text(options_or(work->options, "audience", ""));
    work->claims.seq = (uint64_t)seq;
    work->claims.iat_s = now_s;
    work->claims.next_update_s = now_s + fresh * DAY_S;
    work->claims.expires_s = now_s + days * DAY_S;
    return status;
}

/* The path that an option names, or a file of the workspace. */
static const char *path_of(const struct work *work, const char *option, const char *name,
                           char path[PATH_MAX]) {
    const char *given = options_value(work->options, option);
    if (given != NULL) {
        return given;
    }
    return workspace_path(work->workspace.folder, name, path) == ERR_OK ? path : name;
}

static int open_parts(struct work *work) {
    char place[PATH_MAX];
    int status = releasing_open(work->options, work->workspace.folder, &work->releasing);
    if (status != EX_OK) {
        return status;
    }
    work->claims.root_version = work->releasing.root.version;
    const char *path = path_of(work, "lists", WORKSPACE_LISTS, place);
    work->database = open(path, O_RDONLY | O_CLOEXEC);
    return work->database >= 0 ? EX_OK : command_fail(EX_NOINPUT, "%s: run credctl trust build first", path);
}

/* Whether a file, or the folder it was removed from, changed after the database was made. */
static enum err compare_age(void *ctx, const char *path) {
    struct age *age = ctx;
    struct stat file;
    if (stat(path, &file) != 0) {
        return ERR_FILE_READ;
    }
    bool later = file.st_mtim.tv_sec > age->made.tv_sec ||
                 (file.st_mtim.tv_sec == age->made.tv_sec && file.st_mtim.tv_nsec > age->made.tv_nsec);
    age->stale = age->stale || later;
    return ERR_OK;
}

/* A database that is older than what it was made of would leave the latest changes out unnoticed. */
static int check_age(const struct work *work) {
    static const struct {
        const char *folder, *extension;
    } kinds[] = {
        {"issuers", "json"}, {"status", "json"}, {"contexts", "terms"}, {IMPORT_FILE_FOLDER, "jsonl"}};
    const char *folder = work->workspace.folder;
    char path[PATH_MAX];
    struct stat file;
    struct age age = {0};
    enum err err = fstat(work->database, &file) == 0 ? ERR_OK : ERR_FILE_READ;
    age.made = file.st_mtim;
    for (size_t i = 0; err == ERR_OK && i < sizeof kinds / sizeof *kinds; i++) {
        err = workspace_path(folder, kinds[i].folder, path);
        if (err == ERR_OK && access(path, F_OK) == 0) {
            err = compare_age(&age, path);
            err = err != ERR_OK
                      ? err
                      : workspace_each(folder, kinds[i].folder, kinds[i].extension, compare_age, &age);
        }
    }
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    return age.stale
               ? command_fail(EX_DATAERR,
                              "%s changed after its lists were built: run credctl trust build again", folder)
               : EX_OK;
}

static enum err step_over(void *ctx, uint64_t done) {
    return progress_step(ctx, done, 0);
}

/* Whether the list lost more than it may since it was signed last. */
static int check_shrink(const struct work *work) {
    const char *folder = work->workspace.folder;
    struct difference difference = {0};
    if (options_has(work->options, "ack")) {
        return EX_OK;
    }
    struct progress progress = {0};
    struct difference_listener listener = {.ctx = &progress, .step = step_over};
    progress_begin(&progress, "comparing with the list before");
    enum err err = shrink_compare(folder, work->database, &listener, &difference);
    progress_clear(&progress);
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    const struct difference_count *issuers = &difference.issuers, *keys = &difference.keys;
    return !difference_shrinks(&difference)
               ? EX_OK
               : command_fail(EX_DATAERR,
                              "%s: %" PRIu64 " of %" PRIu64 " issuers and %" PRIu64 " of %" PRIu64
                              " keys would be lost; credctl trust review shows which, --ack signs the list",
                              folder, issuers->removed, issuers->before, keys->removed + keys->withdrawn,
                              keys->before);
}

/* What a kiosk with this root would say of the draft. */
static enum err try_draft(struct work *work, const struct file_draft *draft) {
    struct pack *pack = NULL;
    struct pack_rules rules = {.root = room_span(&work->releasing.roots),
                               .audience = work->claims.audience,
                               .app_version = PACK_APP_VERSION,
                               .now = interval_at(work->claims.iat_s)};
    int file = open(draft->temporary, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return ERR_FILE_READ;
    }
    enum err err = pack_open_file(file, &rules, PACK_OPEN_INSTALL, &pack);
    if (err == ERR_OK) {
        work->made = *pack_info(pack);
        work->made.scheme = (struct span){0};
    }
    pack_close(pack);
    close(file);
    return err;
}

static enum err fill_draft(struct work *work, struct file_draft *draft) {
    uint8_t text[LIMIT_MANIFEST_BYTES];
    struct room manifest = room_over(text, sizeof text);
    TRY(sources_read(work->database, &work->sources));
    work->claims.sources = work->sources;
    TRY(packer_sign_manifest(&work->claims, work->database, work->releasing.key, &manifest));
    TRY(packer_write(draft, room_span(&manifest), room_span(&work->releasing.roots), work->database));
    return try_draft(work, draft);
}

/* Kiosks drop their tokens for a newer pack: a key that is still good in it is good again. */
static void warn_revocations(const struct work *work) {
    struct fresh_file before = {0};
    if (fresh_file_read(work->workspace.folder, &before) == ERR_OK && before.count > 0) {
        command_fail(
            EX_OK,
            "warning: %zu revocations by freshness tokens end with this list: it must have them itself",
            before.count);
    }
}

/* The number is spent before the pack has its name: a kill leaves a gap, never two packs of one number. */
static int write_pack(struct work *work) {
    const char *out = options_value(work->options, "out");
    struct file_draft draft = {0};
    enum err err =
        file_draft_open(out, (struct file_how){.replace = options_has(work->options, "force")}, &draft);
    if (err != ERR_OK) {
        return command_fail_err(err, out);
    }
    struct progress progress = {0};
    progress_begin(&progress, "signing");
    err = fill_draft(work, &draft);
    progress_clear(&progress);
    if (err == ERR_OK) {
        err = workspace_keep_seq(&work->workspace, (int64_t)work->claims.seq);
    }
    if (err != ERR_OK) {
        file_draft_drop(&draft);
        return command_fail_err(err, out);
    }
    err = file_draft_commit(&draft);
    if (err != ERR_OK) {
        return command_fail_err(err, out);
    }
    warn_revocations(work);
    err = fresh_file_begin(work->workspace.folder, &work->made);
    err = err != ERR_OK ? err : shrink_keep(work->workspace.folder, work->database);
    if (err != ERR_OK) {
        return command_fail_err(err, work->workspace.folder);
    }
    printf("%s: number %" PRIu64 "\n", out, work->claims.seq);
    return EX_OK;
}

static int run(const struct options *options) {
    struct work work = {.options = options, .database = -1, .lock = -1};
    enum err err = workspace_lock(options->operands[0], &work.lock);
    if (err == ERR_OK) {
        err = workspace_open(options->operands[0], &work.workspace);
    }
    int status = err == ERR_OK ? read_numbers(&work) : command_fail_err(err, options->operands[0]);
    status = status != EX_OK ? status : open_parts(&work);
    if (status == EX_OK && !options_has(options, "lists")) {
        status = check_age(&work);
    }
    status = status != EX_OK ? status : check_shrink(&work);
    status = status != EX_OK ? status : write_pack(&work);
    if (work.database >= 0) {
        close(work.database);
    }
    if (work.lock >= 0) {
        close(work.lock);
    }
    json_decref(work.sources);
    releasing_close(&work.releasing);
    workspace_close(&work.workspace);
    return status;
}

const struct command command_trust_sign = {
    .group = "trust",
    .name = "sign",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Sign the built lists as a pack that kiosks install.",
    .more =
        "  credctl trust sign lists --out lists.tpk\n\n"
        "The pack is checked as a kiosk would check it before it gets its name. A list that lost more than "
        "a tenth of its\nissuers or keys since it was signed last is refused unless --ack.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
