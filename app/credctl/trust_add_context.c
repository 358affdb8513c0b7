/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/trust_add_context.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/assets.h"
#include "credctl/build/context_file.h"
#include "credctl/command.h"
#include "credctl/file.h"

/* A context being added. */
struct work {
    const struct options *options;
    const char *path, *address;
    struct room text, table;
    struct vocabulary vocabulary;
};

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* What was published becomes a table; a table is one. */
static int make_table(struct work *work) {
    const char *address = work->address;
    bool is_table = context_file_is_table(room_span(&work->text));
    if (is_table == (address != NULL)) {
        return command_fail(EX_USAGE,
                            is_table ? "%s names its address itself: --%s is not taken"
                                     : "%s needs --%s, where credentials say that it is",
                            work->path, options_has(work->options, "context") ? "address" : "url");
    }
    struct context_file file = {room_span(&work->text), room_span(&work->text),
                                span_of_text(address == NULL ? "" : address),
                                span_of_text(options_or(work->options, "source", last_part(work->path)))};
    enum err err =
        is_table ? room_put(&work->table, room_span(&work->text)) : context_file_table(&file, &work->table);
    return err == ERR_OK ? EX_OK : command_fail_err(err, work->path);
}

static int keep(struct work *work, const char *folder) {
    char place[PATH_MAX];
    enum err err = context_file_try(room_span(&work->table), &work->vocabulary.shelf);
    if (err == ERR_OK) {
        err = context_file_keep(folder, room_span(&work->table), place);
    }
    if (err != ERR_OK) {
        return command_fail_err(err, work->path);
    }
    puts(place);
    return EX_OK;
}

int trust_add_context_file(const struct options *options, const char *folder, const char *path,
                           const char *address) {
    struct work work = {.options = options, .path = path, .address = address};
    work.table = room_over(malloc(LIMIT_CONTEXT_BYTES), LIMIT_CONTEXT_BYTES);
    enum err err =
        work.table.ptr == NULL ? ERR_NO_MEMORY : file_read(work.path, LIMIT_CONTEXT_BYTES, &work.text);
    int status = err == ERR_OK ? make_table(&work) : command_fail_err(err, work.path);
    status = status == EX_OK ? assets_vocabulary(options, &work.vocabulary) : status;
    status = status == EX_OK ? keep(&work, folder) : status;
    vocabulary_close(&work.vocabulary);
    file_release(&work.text);
    free(work.table.ptr);
    return status;
}

int trust_add_context(const struct options *options, const char *folder) {
    return trust_add_context_file(options, folder, options_value(options, "context"),
                                  options_value(options, "address"));
}
