/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "crypto/crypto.h"
#include "linked/termtable.h"

static const struct option_spec table[] = {
    {"address", 'a', "URL", "Where credentials say that the context is.", OPTION_REQUIRED},
    {"source", 's', "TEXT", "Who published it: package, version, file.", OPTION_REQUIRED},
    {"published", 'p', "FILE",
     "The file as it was published, whose hash the table names; otherwise the JSON.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the table goes; otherwise standard output.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* Digits of a hash, with terminator. */
#define HEX_BYTES (2 * CRYPTO_SHA256_BYTES + 1)

static enum err hash_of(struct span bytes, char out[HEX_BYTES]) {
    static const char digits[] = "0123456789abcdef";
    uint8_t hash[CRYPTO_SHA256_BYTES];
    TRY(crypto_sha256(bytes, hash));
    for (size_t i = 0; i < sizeof hash; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[HEX_BYTES - 1] = 0;
    return ERR_OK;
}

/* The table, read back to see that it says something. */
static enum err write_table(const struct termtable_head *head, const json_t *context, struct room *out) {
    struct termtable_head again = {0};
    json_t *same = NULL;
    TRY(termtable_write(head, context, out));
    TRY(termtable_read(room_span(out), &again, &same));
    json_decref(same);
    return ERR_OK;
}

static enum err make_table(const struct options *options, struct span json, struct span published,
                           struct room *out) {
    char hash[HEX_BYTES];
    json_t *document = NULL;
    TRY(hash_of(published, hash));
    TRY(jsontext_parse(json, &document));
    struct termtable_head head = {span_of_text(options_value(options, "address")),
                                  span_of_text(options_value(options, "source")), span_of_text(hash)};
    const json_t *context = json_object_get(document, "@context");
    enum err err = context == NULL ? ERR_CONTEXT_REMOTE : write_table(&head, context, out);
    json_decref(document);
    return err;
}

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
        err = make_table(options, room_span(&json), room_span(original == NULL ? &json : &published), &out);
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
