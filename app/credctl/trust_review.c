/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "codec/base64url.h"
#include "credctl/build/moment.h"
#include "credctl/build/shown_text.h"
#include "credctl/build/shrink.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/progress.h"
#include "pack/pack_built.h"
#include "pack/pack_open.h"

static const struct option_spec table[] = {
    {"diff", 'd', "OLD", "The pack to compare with; of a workspace, what it signed last unless told.",
     OPTION_ONCE},
    {"root", 'r', "FILE", "The provisioned root; root.jwt of the workspace unless told.", OPTION_ONCE},
    {"audience", 0, "NAME", "The site or group that the packs are for.", OPTION_ONCE},
    {"ack", 0, NULL, "The list may shrink.", OPTION_ONCE},
    MOMENT_OPTION,
};

/* A review in progress. */
struct review {
    const struct options *options;
    const char *folder; /* NULL: two packs are compared */
    struct room root;
    struct pack_rules rules;
    struct pack *before, *after;
};

static const char *const whats[] = {
    [DIFFERENCE_ISSUER_ADDED] = "+ issuer",
    [DIFFERENCE_ISSUER_REMOVED] = "- issuer",
    [DIFFERENCE_ISSUER_CHANGED] = "~ issuer",
    [DIFFERENCE_IDENTIFIER_ADDED] = "+ identifier",
    [DIFFERENCE_IDENTIFIER_REMOVED] = "- identifier",
    [DIFFERENCE_KEY_ADDED] = "+ key",
    [DIFFERENCE_KEY_REMOVED] = "- key",
    [DIFFERENCE_KEY_CHANGED] = "~ key",
    [DIFFERENCE_STATUS_ADDED] = "+ status list",
    [DIFFERENCE_STATUS_REMOVED] = "- status list",
    [DIFFERENCE_STATUS_CHANGED] = "~ status list",
};

static const struct {
    enum difference_part part;
    const char *word;
} parts[] = {
    {DIFFERENCE_PART_WITHDRAWN, "withdrawn"},
    {DIFFERENCE_PART_RESTORED, "no longer withdrawn"},
    {DIFFERENCE_PART_SCOPE, "scope"},
    {DIFFERENCE_PART_VALIDITY, "validity"},
    {DIFFERENCE_PART_KID, "key id"},
    {DIFFERENCE_PART_ALGORITHM, "algorithm"},
    {DIFFERENCE_PART_NAME, "name"},
    {DIFFERENCE_PART_TERRITORY, "territory"},
    {DIFFERENCE_PART_UNSIGNED, "whether its source is signed"},
    {DIFFERENCE_PART_CONTENTS, "contents"},
};

/* A key that has no id is named by its thumbprint. */
static void print_key(const struct difference_line *line) {
    uint8_t text[BASE64URL_CHARS(CRYPTO_SHA256_BYTES)];
    struct room room = room_over(text, sizeof text);
    fputs("  ", stdout);
    if (line->kid.len == 0 &&
        base64url_encode(span_of_bytes(line->thumbprint, sizeof line->thumbprint), &room) == ERR_OK) {
        shown_text_print(stdout, room_span(&room));
    } else {
        shown_text_print(stdout, line->kid);
    }
}

static enum err print_line(void *ctx, const struct difference_line *line) {
    const char *separator = ": ";
    (void)ctx;
    printf("%-13s  ", whats[line->what]);
    shown_text_print(stdout, line->identifier);
    if (line->what >= DIFFERENCE_KEY_ADDED && line->what <= DIFFERENCE_KEY_CHANGED) {
        print_key(line);
    } else if (line->name.len > 0) {
        fputs("  ", stdout);
        shown_text_print(stdout, line->name);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if ((line->parts & parts[i].part) != 0) {
            printf("%s%s", separator, parts[i].word);
            separator = ", ";
        }
    }
    putchar('\n');
    return ERR_OK;
}

static void print_count(const char *what, const struct difference_count *count) {
    printf("%s: %" PRIu64 " added, %" PRIu64 " removed, %" PRIu64 " changed", what, count->added,
           count->removed, count->changed);
    if (count->withdrawn > 0) {
        printf(" (%" PRIu64 " withdrawn)", count->withdrawn);
    }
    printf("; %" PRIu64 " before, %" PRIu64 " after\n", count->before, count->after);
}

static enum err open_pack(const struct review *review, const char *path, struct pack **out) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return access(path, F_OK) == 0 ? ERR_FILE_READ : ERR_FILE_MISSING;
    }
    enum err err = pack_open_file(file, &review->rules, PACK_OPEN_INSTALL, out);
    close(file);
    return err;
}

/* What a workspace has built, or signed last. Where it has signed nothing yet, there is none. */
static enum err open_built(const char *folder, const char *name, bool may_miss, struct pack **out) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, name, path));
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return access(path, F_OK) == 0 ? ERR_FILE_READ : may_miss ? ERR_OK : ERR_FILE_MISSING;
    }
    enum err err = pack_built_open(file, out);
    close(file);
    return err;
}

static int open_both(struct review *review) {
    const char *old = options_value(review->options, "diff"), *operand = review->options->operands[0];
    enum err err = old != NULL ? open_pack(review, old, &review->before)
                               : open_built(review->folder, SHRINK_SIGNED, true, &review->before);
    if (err != ERR_OK) {
        return command_fail_err(err, old == NULL ? SHRINK_SIGNED : old);
    }
    err = review->folder == NULL ? open_pack(review, operand, &review->after)
                                 : open_built(review->folder, WORKSPACE_LISTS, false, &review->after);
    if (err == ERR_FILE_MISSING && review->folder != NULL) {
        return command_fail(EX_NOINPUT, "%s: run credctl trust build first", operand);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, operand);
}

static int print_all(const struct review *review) {
    struct difference difference = {0};
    struct difference_listener listener = {.line = print_line};
    enum err err = difference_walk(review->before, review->after, &listener, &difference);
    if (err != ERR_OK) {
        return command_fail_err(err, review->options->operands[0]);
    }
    print_count("issuers", &difference.issuers);
    print_count("keys", &difference.keys);
    print_count("status lists", &difference.status_lists);
    if (difference_shrinks(&difference) && !options_has(review->options, "ack")) {
        return command_fail(EX_DATAERR,
                            "more than %u %% of the issuers or keys would be lost; --ack says that "
                            "this is meant",
                            DIFFERENCE_SHRINK_PERCENT);
    }
    return EX_OK;
}

/* The root that both packs must come from. A review of a workspace with itself needs none. */
static int open_root(struct review *review) {
    char place[PATH_MAX];
    const char *path = options_value(review->options, "root");
    if (path == NULL && review->folder == NULL) {
        return command_fail(EX_USAGE, "two packs are compared under a root: --root names its file");
    }
    if (path == NULL && workspace_path(review->folder, WORKSPACE_ROOT, place) == ERR_OK) {
        path = place;
    }
    enum err err = path == NULL ? ERR_NO_ROOM : file_read(path, LIMIT_ROOT_CHAIN_BYTES, &review->root);
    if (err != ERR_OK) {
        return command_fail_err(err, path == NULL ? review->folder : path);
    }
    review->rules.root = room_span(&review->root);
    review->rules.audience = span_of_text(options_or(review->options, "audience", ""));
    review->rules.app_version = PACK_APP_VERSION;
    return moment_to_check(review->options, &review->rules.now);
}

static int run(const struct options *options) {
    const char *operand = options->operands[0];
    struct review review = {.options = options};
    struct stat there;
    if (stat(operand, &there) != 0) {
        return command_fail_err(ERR_FILE_MISSING, operand);
    }
    review.folder = S_ISDIR(there.st_mode) ? operand : NULL;
    if (review.folder == NULL && !options_has(options, "diff")) {
        return command_fail(EX_USAGE, "a pack is compared with another one: --diff names it");
    }
    struct progress progress = {0};
    int status = open_root(&review);
    progress_begin(&progress, "checking");
    status = status == EX_OK ? open_both(&review) : status;
    progress_clear(&progress);
    status = status == EX_OK ? print_all(&review) : status;
    pack_close(review.before);
    pack_close(review.after);
    file_release(&review.root);
    return status;
}

const struct command command_trust_review = {
    .group = "trust",
    .name = "review",
    .operands = "FOLDER|PACK",
    .operands_min = 1,
    .operands_max = 1,
    .sentence =
        "Show what changes: from a pack, or what was signed last, to the built lists or another pack.",
    .more =
        "  credctl trust review lists\n"
        "  credctl trust review lists --diff monday.tpk\n"
        "  credctl trust review tuesday.tpk --diff monday.tpk --root root.jwt\n\n"
        "A list that loses more than a tenth of its issuers or keys, by removing or withdrawing them, ends "
        "with status 65\nunless --ack, and credctl trust sign refuses it then, too.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
