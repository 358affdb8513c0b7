/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/utf8.h"
#include "credctl/assets.h"
#include "credctl/build/moment.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/import/import.h"

static const struct option_spec table[] = {
    {"name", 'n', "NAME", "What the list is called in the workspace; the format's name unless told.",
     OPTION_ONCE},
    {"url", 'u', "URL", "Where it was published.", OPTION_ONCE},
    {"issuer", 'i', "ID", "Whose keys or certificates they are, where the files do not say.", OPTION_ONCE},
    {"pin", 'p', "FILE", "A certificate or key that is known to sign the list.", OPTION_MANY},
    {"signature", 's', "FILE", "The list's signature, where it is published as a file of its own.",
     OPTION_MANY},
    {"type", 't', "TYPE", "A credential type that the keys may sign, where the list itself says none.",
     OPTION_MANY},
    {"source", 0, "TEXT", "Who published a context; the file's name unless told.", OPTION_ONCE},
    {"accept-unsigned", 0, NULL, "Take a list that nobody signed; kiosks say so on the screen.", OPTION_ONCE},
    MOMENT_OPTION,
    ASSETS_OPTION,
};

static const struct import_format *find_format(const char *name) {
    for (size_t i = 0; import_nth(i) != NULL; i++) {
        if (strcmp(import_nth(i)->name, name) == 0) {
            return import_nth(i);
        }
    }
    return NULL;
}

static bool is_among(const char *name, const char *const *names, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count && names[i] != NULL; i++) {
        found = found || strcmp(name, names[i]) == 0;
    }
    return found;
}

/* What a format has no use for is refused: nobody shall take a list for one whose signature was checked. */
static int check_options(const struct options *options, const struct import_format *format) {
    static const char *const every_list[] = {"name", "url", "type", "accept-unsigned", "at"};
    for (size_t i = 0; i < options->given_count; i++) {
        const char *name = options->given[i].spec->name;
        bool of_lists =
            format->read != NULL && is_among(name, every_list, sizeof every_list / sizeof *every_list);
        if (!of_lists && !is_among(name, format->takes, IMPORT_TAKES_MAX)) {
            return command_fail(EX_USAGE, "the format %s has no use for --%s", format->name, name);
        }
    }
    return EX_OK;
}

static void describe(void) {
    puts("\nFORMAT is one of:");
    for (size_t i = 0; import_nth(i) != NULL; i++) {
        printf("  %-19s %s\n", import_nth(i)->name, import_nth(i)->sentence);
    }
}

/* Of one file its hash; of several, the hash of theirs in a row. */
static enum err hash_inputs(const struct import_job *job, char out[2 * CRYPTO_SHA256_BYTES + 1]) {
    uint8_t hashes[OPTIONS_MAX * CRYPTO_SHA256_BYTES], sha256[CRYPTO_SHA256_BYTES];
    for (size_t i = 0; i < job->input_count; i++) {
        memcpy(hashes + i * CRYPTO_SHA256_BYTES, job->inputs[i].sha256, CRYPTO_SHA256_BYTES);
    }
    memcpy(sha256, hashes, sizeof sha256);
    if (job->input_count > 1) {
        TRY(crypto_sha256(span_of_bytes(hashes, job->input_count * CRYPTO_SHA256_BYTES), sha256));
    }
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        snprintf(out + 2 * i, 3, "%02x", sha256[i]);
    }
    return ERR_OK;
}

/* A file that the format had no use for is no part of the list. */
static int check_all_read(const struct import_job *job) {
    for (size_t i = 0; i < job->input_count; i++) {
        if (!job->inputs[i].read) {
            return command_fail(EX_USAGE, "%s: the format has no place for this file", job->inputs[i].path);
        }
    }
    return EX_OK;
}

static enum err finish(struct import_job *job, const struct import_format *format) {
    struct import_file_source *source = &job->source;
    bool accepted = options_has(job->options, "accept-unsigned");
    if (!accepted && (!source->is_signed || job->unsigned_issuers > 0)) {
        return ERR_IMPORT_UNSIGNED;
    }
    snprintf(source->format, sizeof source->format, "%s", format->name);
    snprintf(source->url, sizeof source->url, "%s", job->url);
    TRY(hash_inputs(job, source->sha256));
    return import_file_finish(job->file, source);
}

static void report(const struct import_job *job, const char *folder) {
    char path[PATH_MAX];
    if (import_file_path(folder, job->name, path) != ERR_OK) {
        return;
    }
    printf("%s: %" PRIu64 " issuers, %" PRIu64 " keys", path, job->issuers, job->keys);
    if (import_file_before(job->file) != NULL) {
        printf(" (%" PRIu64 " issuers before)", import_file_issuers_before(job->file));
    }
    if (!job->source.is_signed) {
        fputs("; unsigned", stdout);
    } else if (job->unsigned_issuers > 0) {
        printf("; %" PRIu64 " of them unsigned", job->unsigned_issuers);
    }
    if (job->keyless > 0) {
        printf("; %" PRIu64 " without a key", job->keyless);
    }
    if (job->revocations > 0) {
        printf("; %" PRIu64 " revocations kept, which kiosks do not judge", job->revocations);
    }
    if (job->passed_over > 0) {
        printf("; passed over %" PRIu64 " of a kind that is not listed", job->passed_over);
    }
    putchar('\n');
}

/* What is wrong, and with which entry. */
static int fail(const struct import_job *job, enum err err) {
    const char *path = job->inputs[0].path;
    bool of_list = err == ERR_IMPORT_UNSIGNED || err == ERR_IMPORT_OLDER || err == ERR_IMPORT_TAKEN;
    if (job->entry[0] == '\0' || of_list) {
        return command_fail_err(err, path);
    }
    return command_fail(command_status(err), "%s: %s: %s", path, job->entry, err_sentence(err));
}

static int import(struct import_job *job, const struct import_format *format, const char *folder) {
    enum err err = import_file_begin(folder, job->name, job->now.lo_s, &job->file);
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    progress_begin(&job->progress, "importing");
    err = format->read(job);
    progress_clear(&job->progress);
    if (err != ERR_OK) {
        return fail(job, err);
    }
    int status = check_all_read(job);
    if (status == EX_OK) {
        err = finish(job, format);
        status = err == ERR_OK ? EX_OK : fail(job, err);
    }
    if (status == EX_OK) {
        report(job, folder);
    }
    return status;
}

static int check_words(const struct import_job *job) {
    struct span url = span_of_text(job->url);
    if (!import_file_may_be_called(span_of_text(job->name))) {
        return command_fail(EX_USAGE, "--name takes up to %u letters, digits, '.', '-' and '_'",
                            IMPORT_FILE_NAME_MAX);
    }
    if (url.len > 0 &&
        (!span_starts_with(url, "https://") || url.len > LIMIT_NAME_BYTES || !utf8_valid(url))) {
        return command_fail(EX_USAGE, "--url takes an https address");
    }
    return EX_OK;
}

static int run_in(const struct options *options, const struct import_format *format, const char *folder,
                  struct import_job *job) {
    struct workspace workspace = {0};
    int64_t imported_s = 0;
    int status = moment_to_sign(options, &imported_s);
    status = status != EX_OK ? status : check_words(job);
    if (status != EX_OK) {
        return status;
    }
    job->now = interval_at(imported_s);
    enum err err = workspace_open(folder, &workspace);
    workspace_close(&workspace);
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    return format->keep != NULL ? format->keep(job, folder) : import(job, format, folder);
}

static int run_job(const struct options *options, const struct import_format *format,
                   struct import_input *inputs) {
    const char *folder = options->operands[1];
    struct import_job job = {.options = options,
                             .name = options_or(options, "name", format->name),
                             .url = options_or(options, "url", ""),
                             .input_count = options->operand_count - 2,
                             .inputs = inputs};
    int lock = -1;
    for (size_t i = 0; i < job.input_count; i++) {
        inputs[i].path = options->operands[2 + i];
    }
    enum err err = workspace_lock(folder, &lock);
    int status = err == ERR_OK ? run_in(options, format, folder, &job) : command_fail_err(err, folder);
    import_file_close(job.file);
    for (size_t i = 0; i < job.input_count; i++) {
        file_release(&inputs[i].text);
    }
    if (lock >= 0) {
        close(lock);
    }
    return status;
}

static int run(const struct options *options) {
    const struct import_format *format = find_format(options->operands[0]);
    if (format == NULL) {
        return command_fail(EX_USAGE, "\"%s\" is no format; see credctl trust import --help",
                            options->operands[0]);
    }
    int status = check_options(options, format);
    if (status != EX_OK) {
        return status;
    }
    struct import_input *inputs = calloc(options->operand_count, sizeof *inputs);
    if (inputs == NULL) {
        return command_fail_err(ERR_NO_MEMORY, options->operands[0]);
    }
    status = run_job(options, format, inputs);
    free(inputs);
    return status;
}

const struct command command_trust_import = {
    .group = "trust",
    .name = "import",
    .operands = "FORMAT FOLDER FILE...",
    .operands_min = 3,
    .operands_max = OPTIONS_MAX,
    .sentence = "Read a published list of issuers into a workspace, in the place of its last import.",
    .describe = describe,
    .more = "  credctl trust import issuers lists partner.jsonl --name partner --accept-unsigned\n\n"
            "The list is kept as imports/NAME.jsonl: what it is, then an issuer a line. A list that is older "
            "than the kept one is\nrefused, and so is one that nobody signed, unless --accept-unsigned. What "
            "was added by hand comes before what is imported.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
