/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/datetime.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/join.h"
#include "credctl/build/merge.h"
#include "credctl/build/moment.h"
#include "credctl/build/shown_text.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "crypto/jwk.h"

static const struct option_spec table[] = {MOMENT_OPTION};

/* What one list says. `import` is NULL for a file by hand. */
struct word {
    json_t *piece; /* owned */
    const struct merge_import *import;
};

/* An issuer that is explained. */
struct explaining {
    const char *folder, *identifier, *kid; /* kid: NULL for all keys */
    struct merge *merge;
    json_t *issuer; /* as it is listed; owned */
    size_t count;
    struct word words[JOIN_PIECES_MAX];
    struct issuer_file_key key, other; /* for reading */
};

static enum err keep_word(void *ctx, const json_t *piece, const struct merge_import *import) {
    struct explaining *explaining = ctx;
    if (explaining->count == JOIN_PIECES_MAX) {
        return ERR_LISTS_MANY;
    }
    explaining->words[explaining->count++] = (struct word){json_incref((json_t *)piece), import};
    return ERR_OK;
}

static void print_member(const char *label, const json_t *object, const char *member) {
    struct span text = jsontext_span(json_object_get(object, member));
    if (text.len > 0) {
        printf("%s", label);
        shown_text_print(stdout, text);
    }
}

static void print_time(const char *label, int64_t time_s) {
    char text[DATETIME_TEXT_SIZE];
    if (time_s != 0) {
        datetime_text(time_s, text);
        printf("%s%s", label, text);
    }
}

/* Which list, and what it is. */
static void print_list(const struct word *word, bool at_length) {
    if (word->import == NULL) {
        print_member("", word->piece, "source");
        fputs(json_is_true(json_object_get(word->piece, "unsigned")) ? ", unsigned" : "", stdout);
        return;
    }
    const struct import_file_source *source = &word->import->source;
    printf("import %s", source->name);
    if (!source->is_signed || json_is_true(json_object_get(word->piece, "unsigned"))) {
        fputs(", unsigned", stdout);
    } else if (source->signer[0] != '\0') {
        fputs(", signed by ", stdout);
        shown_text_print(stdout, span_of_text(source->signer));
    } else {
        fputs(", signed", stdout);
    }
    if (at_length) {
        printf(", %s", source->format);
        fputs(source->url[0] != '\0' ? " of " : "", stdout);
        shown_text_print(stdout, span_of_text(source->url));
        if (source->seq != 0) {
            printf(", number %" PRId64, source->seq);
        }
        print_time(", issued ", source->issued_s);
        print_time(", read ", source->imported_s);
    }
}

static void print_names(const json_t *names) {
    const char *language = NULL, *separator = "  ";
    json_t *name = NULL;
    json_object_foreach((json_t *)names, language, name) {
        fputs(separator, stdout);
        shown_text_print(stdout, span_of_text(language));
        putchar('=');
        shown_text_print(stdout, jsontext_span(name));
        separator = ", ";
    }
}

static void print_issuer(const struct explaining *explaining) {
    const json_t *identifiers = json_object_get(explaining->issuer, "identifiers");
    printf("%-12s", "issuer");
    for (size_t i = 0; i < json_array_size(identifiers); i++) {
        fputs(i > 0 ? ", " : "", stdout);
        shown_text_print(stdout, jsontext_span(json_array_get(identifiers, i)));
    }
    putchar('\n');
    for (size_t i = 0; i < explaining->count; i++) {
        printf("%-12s", i == 0 ? "  named by" : "  also on");
        print_list(&explaining->words[i], true);
        print_names(json_object_get(explaining->words[i].piece, "names"));
        putchar('\n');
    }
}

static void print_lines(const char *label, struct span lines) {
    fputs(label, stdout);
    for (size_t at = 0; at < lines.len;) {
        size_t end = span_find(lines, '\n', at);
        fputs(at > 0 ? ", " : "", stdout);
        shown_text_print(stdout, span_slice(lines, at, end - at));
        at = end + 1;
    }
}

static void print_scope(const struct lists_key *key) {
    printf("%-12s", "  signs");
    if (key->for_status) {
        fputs("status lists alone", stdout);
    } else if (key->types.len == 0 && key->achievements.len == 0) {
        fputs("all", stdout);
    }
    if (key->types.len > 0) {
        print_lines("types ", key->types);
    }
    if (key->achievements.len > 0) {
        print_lines(key->types.len > 0 ? "; achievements " : "achievements ", key->achievements);
    }
    print_time("; from ", key->valid_from_s);
    print_time("; until ", key->valid_until_s);
    putchar('\n');
}

/* What a list says of the key, if it has it. */
static enum err print_word(struct explaining *explaining, const struct word *word) {
    struct issuer_file_key *other = &explaining->other;
    for (size_t i = 0; i < issuer_file_keys(word->piece); i++) {
        int64_t since_s = 0;
        TRY(issuer_file_key(word->piece, i, other));
        if (!crypto_key_equal(&other->key.key, &explaining->key.key.key)) {
            continue;
        }
        TRY(issuer_file_since(word->piece, i, &since_s));
        printf("%-12s", "  listed by");
        print_list(word, false);
        print_time(", since ", since_s);
        print_time(", withdrawn ", other->key.withdrawn_at_s);
        putchar('\n');
    }
    return ERR_OK;
}

static enum err print_key(struct explaining *explaining, struct span thumbprint) {
    const struct lists_key *key = &explaining->key.key;
    printf("%-12s%s  ", "key", crypto_alg_name(key->alg));
    shown_text_print(stdout, key->kid.len > 0 ? key->kid : thumbprint);
    fputs(key->unsigned_source ? "  (from an unsigned source)" : "", stdout);
    print_time("  (withdrawn ", key->withdrawn_at_s);
    puts(key->withdrawn_at_s != 0 ? ")" : "");
    printf("%-12s", "  thumbprint");
    shown_text_print(stdout, thumbprint);
    putchar('\n');
    print_scope(key);
    for (size_t i = 0; i < explaining->count; i++) {
        TRY(print_word(explaining, &explaining->words[i]));
    }
    return ERR_OK;
}

/* Read a key of the issuer; its thumbprint goes into the room. Whether it is the one that was asked for. */
static enum err read_key(struct explaining *explaining, size_t index, struct room *thumbprint, bool *asked) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    const char *kid = explaining->kid;
    thumbprint->len = 0;
    TRY(issuer_file_key(explaining->issuer, index, &explaining->key));
    TRY(jwk_thumbprint(&explaining->key.key.key, sha256));
    TRY(base64url_encode(span_of_bytes(sha256, sizeof sha256), thumbprint));
    *asked = kid == NULL || span_equal_text(explaining->key.key.kid, kid) ||
             span_equal_text(room_span(thumbprint), kid);
    return ERR_OK;
}

/* Count or print the keys that were asked for. */
static enum err each_key(struct explaining *explaining, bool print, size_t *count) {
    uint8_t text[BASE64URL_CHARS(CRYPTO_SHA256_BYTES)];
    struct room thumbprint = room_over(text, sizeof text);
    for (size_t i = 0; i < issuer_file_keys(explaining->issuer); i++) {
        bool asked = false;
        TRY(read_key(explaining, i, &thumbprint, &asked));
        *count += asked ? 1 : 0;
        if (asked && print) {
            TRY(print_key(explaining, room_span(&thumbprint)));
        }
    }
    return ERR_OK;
}

/* Lists that are past their next update say nothing, and that is worth saying. */
static void warn_left_out(const struct merge *merge) {
    const struct merge_import *import = NULL;
    for (size_t i = 0; (import = merge_import_nth(merge, i)) != NULL; i++) {
        char due[DATETIME_TEXT_SIZE];
        if (import->left_out) {
            datetime_text(import->source.next_update_s, due);
            command_fail(EX_OK, "warning: the import %s is left out, its next update was due at %s",
                         import->source.name, due);
        }
    }
}

static enum err find(struct explaining *explaining, int64_t now_s) {
    TRY(merge_open(explaining->folder, now_s, NULL, NULL, &explaining->merge));
    warn_left_out(explaining->merge);
    return merge_find(explaining->merge, span_of_text(explaining->identifier), keep_word, explaining,
                      &explaining->issuer);
}

/* What was asked for is looked for first: nothing stands on standard output where it is not there. */
static int explain(struct explaining *explaining, int64_t now_s) {
    size_t count = 0;
    enum err err = find(explaining, now_s);
    if (err != ERR_OK) {
        return command_fail_err(err, explaining->merge == NULL ? explaining->folder
                                                               : merge_trouble(explaining->merge));
    }
    if (explaining->issuer == NULL) {
        return command_fail(EX_DATAERR, "%s: no list of this workspace has this issuer", explaining->folder);
    }
    err = each_key(explaining, false, &count);
    if (err == ERR_OK && count == 0 && explaining->kid != NULL) {
        return command_fail(EX_DATAERR, "%s: the issuer is listed, and has no such key", explaining->folder);
    }
    if (err == ERR_OK) {
        print_issuer(explaining);
        err = each_key(explaining, true, &count);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, explaining->folder);
}

static int run_in(struct explaining *explaining, const struct options *options) {
    struct workspace workspace = {0};
    struct interval now = {0};
    int status = moment_to_check(options, &now);
    if (status != EX_OK) {
        return status;
    }
    enum err err = workspace_open(explaining->folder, &workspace);
    workspace_close(&workspace);
    return err == ERR_OK ? explain(explaining, now.lo_s) : command_fail_err(err, explaining->folder);
}

static int run(const struct options *options) {
    struct explaining *explaining = calloc(1, sizeof *explaining);
    if (explaining == NULL) {
        return command_fail_err(ERR_NO_MEMORY, options->operands[0]);
    }
    explaining->folder = options->operands[0];
    explaining->identifier = options->operands[1];
    explaining->kid = options->operand_count > 2 ? options->operands[2] : NULL;
    int status = run_in(explaining, options);
    for (size_t i = 0; i < explaining->count; i++) {
        json_decref(explaining->words[i].piece);
    }
    json_decref(explaining->issuer);
    merge_close(explaining->merge);
    free(explaining);
    return status;
}

const struct command command_trust_explain = {
    .group = "trust",
    .name = "explain",
    .operands = "FOLDER ISSUER [KID]",
    .operands_min = 2,
    .operands_max = 3,
    .sentence =
        "Say which lists of a workspace name an issuer and its keys, since when, and who signed them.",
    .more = "  credctl trust explain lists did:web:academy.example\n"
            "  credctl trust explain lists did:web:academy.example 'did:web:academy.example#1'\n\n"
            "KID is a key's id or its RFC 7638 thumbprint.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
