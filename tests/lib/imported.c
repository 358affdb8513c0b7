/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/imported.h"

#include <stdio.h>

#include "tests/lib/check.h"
#include "tests/lib/temp_folder.h"

/* The issuers as they are kept. */
static json_t *kept(const char *folder) {
    char path[PATH_MAX];
    struct import_file_reading reading = {0};
    json_t *issuers = json_array(), *issuer = NULL;
    assert_ok(import_file_path(folder, "list", path));
    assert_ok(import_file_open(path, &reading));
    do {
        assert_ok(import_file_next(&reading, &issuer));
    } while (issuer != NULL && json_array_append_new(issuers, issuer) == 0);
    import_file_end(&reading);
    return issuers;
}

static enum err run(const struct import_format *format, const char *folder, struct import_job *job) {
    TRY(import_file_begin(folder, job->name, job->now.lo_s, &job->file));
    TRY(format->read(job));
    (void)snprintf(job->source.format, sizeof job->source.format, "%s", format->name);
    memset(job->source.sha256, '0', sizeof job->source.sha256 - 1);
    return import_file_finish(job->file, &job->source);
}

struct imported imported_file(const struct import_format *format, const char *path,
                              const struct imported_how *how) {
    static const struct option_spec specs[] = {
        {.name = "pin"}, {.name = "issuer"}, {.name = "signature"}, {.name = "url"}};
    char folder[TEMP_FOLDER_SIZE];
    struct options options = {0};
    struct import_input input = {.path = path};
    struct imported out = {0};
    for (size_t i = 0; how->options[i] != NULL; i += 2) {
        for (size_t s = 0; s < sizeof specs / sizeof *specs; s++) {
            if (strcmp(specs[s].name, how->options[i]) == 0) {
                options.given[options.given_count].spec = &specs[s];
                options.given[options.given_count++].value = how->options[i + 1];
            }
        }
    }
    assert_true(temp_folder_make(folder));
    out.job = (struct import_job){.options = &options,
                                  .now = interval_at(how->now_s != 0 ? how->now_s : IMPORTED_NOW_S),
                                  .name = "list",
                                  .url = "",
                                  .input_count = 1,
                                  .inputs = &input};
    out.err = run(format, folder, &out.job);
    import_file_close(out.job.file);
    file_release(&input.text);
    out.issuers = out.err == ERR_OK ? kept(folder) : NULL;
    assert_true(temp_folder_remove(folder));
    out.job.options = NULL;
    out.job.inputs = NULL;
    out.job.file = NULL;
    return out;
}

struct imported imported_text(const struct import_format *format, struct span text,
                              const struct imported_how *how) {
    char folder[TEMP_FOLDER_SIZE], path[TEMP_FOLDER_SIZE + 8];
    assert_true(temp_folder_make(folder));
    (void)snprintf(path, sizeof path, "%s/list", folder);
    assert_ok(file_write(path, text, (struct file_how){0}));
    struct imported out = imported_file(format, path, how);
    assert_true(temp_folder_remove(folder));
    return out;
}

void imported_close(struct imported *imported) {
    json_decref(imported->issuers);
    imported->issuers = NULL;
}
