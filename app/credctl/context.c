/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/build/context_file.h"
#include "credctl/command.h"
#include "credctl/file.h"

static const struct option_spec table[] = {
    {"address", 'a', "URL", "Where credentials say that the context is.", OPTION_REQUIRED},
    {"source", 's', "TEXT", "Who published it: package, version, file.", OPTION_REQUIRED},
    {"published", 'p', "FILE",
     "The file as it was published, whose hash the table names; otherwise the JSON.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the table goes; otherwise standard output.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

static int write_out(const struct options *options, struct span table_text) {
    const char *path = options_or(options, "out", "-");
    enum err err = file_write(path, table_text, (struct file_how){.replace = options_has(options, "force")});
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int fail(enum err err, const char *path) {
    return err == ERR_CONTEXT_TABLE
               ? command_fail(EX_DATAERR, "%s: the context holds what a table of terms cannot say", path)
               : command_fail_err(err, path);
}

static int run(const struct options *options) {
    struct room json = {0}, published = {0};
    const char *path = options->operands[0], *original = options_value(options, "published");
    struct room out = room_over(malloc(LIMIT_CONTEXT_BYTES), LIMIT_CONTEXT_BYTES);
    int status = out.ptr == NULL ? command_fail_err(ERR_NO_MEMORY, path) : EX_OK;
    enum err err = file_read(path, LIMIT_CONTEXT_BYTES, &json);
    if (status == EX_OK && err != ERR_OK) {
        status = command_fail_err(err, path);
    }
    err = original == NULL ? ERR_OK : file_read(original, LIMIT_CONTEXT_BYTES, &published);
    if (status == EX_OK && err != ERR_OK) {
        status = command_fail_err(err, original);
    }
    if (status == EX_OK) {
        struct context_file file = {room_span(&json), room_span(original == NULL ? &json : &published),
                                    span_of_text(options_value(options, "address")),
                                    span_of_text(options_value(options, "source"))};
        err = context_file_table(&file, &out);
        status = err == ERR_OK ? write_out(options, room_span(&out)) : fail(err, path);
    }
    file_release(&json);
    file_release(&published);
    file_release(&out);
    return status;
}

const struct command command_context = {
    .group = "context",
    .operands = "JSON",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Make the table of terms of a published JSON-LD context; - is standard input.",
    .more =
        "  credctl context contexts/credentials-v2.jsonld --address https://www.w3.org/ns/credentials/v2 \\\n"
        "    --source \"npm @digitalbazaar/credentials-context@3.2.0, contexts/v2.jsonld\" \\\n"
        "    --out assets/contexts/www.w3.org_ns_credentials_v2.terms\n"
        "  (cd assets/contexts && sha256sum *.terms >contexts.list)\n\n"
        "Tables are what assets/contexts holds: one file a version of a context, named after its address. "
        "The\n"
        "kiosk and credctl take those that contexts.list names, of one address the first line first. Of a\n"
        "package that ships a program and no JSON, print the context and name the program's file:\n"
        "  node -p 'JSON.stringify(require(\"PACKAGE\").contexts.get(\"URL\"))' |\n"
        "    credctl context - --address URL --source \"npm PACKAGE@VERSION, FILE\" --published FILE\n",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
