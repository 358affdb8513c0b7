/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/datetime.h"
#include "base/utf8.h"
#include "codec/jsontext.h"
#include "credctl/assets.h"
#include "credctl/build/listing.h"
#include "credctl/build/moment.h"
#include "credctl/build/status_listing.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/trust_add_context.h"
#include "crypto/did.h"

static const struct option_spec table[] = {
    {"issuer", 'i', "ID", "DID or https address by which credentials name the issuer.", OPTION_ONCE},
    {"also", 0, "ID", "A further one.", OPTION_MANY},
    {"name", 'n', "LANG=NAME", "What kiosks call it in a language: en=Example Academy.", OPTION_MANY},
    {"territory", 0, "CC", "Country, ISO 3166-1 alpha-2.", OPTION_ONCE},
    {"key", 'k', "FILE", "Public keys: a JWK, a key set (JWKS) or a DID document.", OPTION_MANY},
    {"kid", 0, "ID", "Key id, instead of the file's own; for a single key.", OPTION_ONCE},
    {"alg", 'a', "ALG", "RS256 (the default) or PS256, for RSA keys that do not say.", OPTION_ONCE},
    {"type", 't', "TYPE", "A credential type that the keys may sign; none: all.", OPTION_MANY},
    {"achievement", 0, "ID", "An achievement id that the keys may sign; none: all.", OPTION_MANY},
    {"for-status", 0, NULL, "The keys sign status lists, and nothing else.", OPTION_ONCE},
    {"valid-from", 0, "TIME", "The keys count from then on.", OPTION_ONCE},
    {"valid-until", 0, "TIME", "The keys count until then.", OPTION_ONCE},
    {"withdrawn", 0, "TIME", "The keys were withdrawn, at that time: all that they signed is refused.",
     OPTION_ONCE},
    {"replace", 0, NULL, "Change the id, scope and dates of keys that are listed already.", OPTION_ONCE},
    {"status-list", 0, "FILE", "Add a status list instead, as its issuer published it.", OPTION_ONCE},
    {"from", 0, "ID", "Who made the status list; the keys that signed it must be on the list.", OPTION_ONCE},
    {"accept-unsigned", 0, NULL,
     "Take a status list of a kind that nobody signs (1EdTech, Open Badges 2.0): kiosks say so.",
     OPTION_ONCE},
    {"address", 0, "URL",
     "Where credentials say the status list or context is, if it does not say so itself.", OPTION_ONCE},
    {"context", 0, "FILE", "Add a JSON-LD context instead: as published, or a table of terms.", OPTION_ONCE},
    {"source", 0, "TEXT", "Who published the context; the file's name unless told.", OPTION_ONCE},
    MOMENT_OPTION,
    ASSETS_OPTION,
};

/* How identifiers look that credentials can name. */
#define NAMED_SO "takes a DID or an https address, such as did:web:academy.example"

/* An issuer being added to. */
struct work {
    const struct options *options;
    char path[PATH_MAX];
    json_t *issuer;
    struct lists_key model; /* scope and dates that every added key gets */
    enum crypto_alg rsa;
    size_t passed_over; /* keys of kinds that are not judged */
    size_t keys_before; /* that were listed already */
    int64_t now_s;
    char types[ISSUER_FILE_SCOPE_BYTES], achievements[ISSUER_FILE_SCOPE_BYTES];
};

/* The values of a repeated option, one a line. */
static int read_lines(const struct options *options, const char *name, char out[ISSUER_FILE_SCOPE_BYTES],
                      struct span *lines) {
    struct room room = room_over(out, ISSUER_FILE_SCOPE_BYTES);
    const char *value = NULL;
    for (size_t i = 0; (value = options_nth(options, name, i)) != NULL; i++) {
        if (value[0] == '\0' || !utf8_valid(span_of_text(value)) || strchr(value, '\n') != NULL ||
            strlen(value) > LIMIT_NAME_BYTES || (i > 0 && room_put_byte(&room, '\n') != ERR_OK) ||
            room_put_text(&room, value) != ERR_OK) {
            return command_fail(EX_USAGE, "--%s: too long, empty, or not text in UTF-8", name);
        }
    }
    *lines = room_span(&room);
    return EX_OK;
}

static int read_date(const struct options *options, const char *name, int64_t *out) {
    const char *value = options_value(options, name);
    if (value != NULL && (datetime_parse(span_of_text(value), out) != ERR_OK || *out <= 0)) {
        return command_fail(EX_USAGE, "--%s takes a date and time such as 2026-09-01T10:00:00Z", name);
    }
    return EX_OK;
}

static int read_model(struct work *work) {
    const struct options *options = work->options;
    const char *rsa = options_or(options, "alg", "RS256");
    if (crypto_alg_from_name(span_of_text(rsa), &work->rsa) != ERR_OK ||
        crypto_alg_key_kind(work->rsa) != CRYPTO_KEY_RSA) {
        return command_fail(EX_USAGE, "--alg takes RS256 or PS256");
    }
    work->model.for_status = options_has(options, "for-status");
    int status = read_lines(options, "type", work->types, &work->model.types);
    status = status != EX_OK
                 ? status
                 : read_lines(options, "achievement", work->achievements, &work->model.achievements);
    status = status != EX_OK ? status : read_date(options, "valid-from", &work->model.valid_from_s);
    status = status != EX_OK ? status : read_date(options, "valid-until", &work->model.valid_until_s);
    return status != EX_OK ? status : read_date(options, "withdrawn", &work->model.withdrawn_at_s);
}

/* Add one key with the scope and dates of this call. */
static enum err add_key(struct work *work, struct span kid, const struct crypto_key *key,
                        enum crypto_alg alg) {
    struct lists_key entry = work->model;
    const char *named = options_value(work->options, "kid");
    entry.kid = named == NULL ? kid : span_of_text(named);
    if (entry.kid.len > LIMIT_NAME_BYTES || !utf8_valid(entry.kid)) {
        return ERR_KEY_FILE;
    }
    entry.key = *key;
    entry.alg = alg;
    return issuer_file_add_key(work->issuer, &entry, options_has(work->options, "replace"));
}

/* What the document says of a method's end holds, and what this call says; the earlier end counts. */
static enum err add_read_key(struct work *work, const struct key_file_key *key) {
    struct lists_key model = work->model;
    int64_t expires_s = key->method.expires_s;
    if (expires_s != 0 && (model.valid_until_s == 0 || expires_s < model.valid_until_s)) {
        work->model.valid_until_s = expires_s;
    }
    work->model.withdrawn_at_s = model.withdrawn_at_s != 0 ? model.withdrawn_at_s : key->method.revoked_s;
    enum err err = add_key(work, key->kid, &key->key, key->alg);
    work->model = model;
    return err;
}

static int add_read_keys(struct work *work, const char *path, const struct key_file *file) {
    enum err err = ERR_OK;
    if (file->count > 1 && options_has(work->options, "kid")) {
        return command_fail(EX_USAGE, "%s holds %zu keys: --kid names one", path, file->count);
    }
    for (size_t i = 0; err == ERR_OK && i < file->count; i++) {
        err = add_read_key(work, &file->keys[i]);
    }
    work->passed_over += file->passed_over;
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int add_key_file(struct work *work, const char *path) {
    json_t *json = NULL;
    struct key_file *file = calloc(1, sizeof *file);
    enum err err = file == NULL ? ERR_NO_MEMORY : workspace_read_json(path, &json);
    if (err == ERR_OK) {
        err = key_file_read(json, span_of_text(options_value(work->options, "issuer")), work->rsa, file);
    }
    int status =
        err == ERR_OK ? add_read_keys(work, path, file)
        : err == ERR_KEY_PRIVATE
            ? command_fail(EX_DATAERR, "%s is a private key; credctl key public gives its public half", path)
            : command_fail_err(err, path);
    free(file);
    json_decref(json);
    return status;
}

/* A did:key or did:jwk carries its key: it needs no file. */
static int add_own_key(struct work *work) {
    const char *issuer = options_value(work->options, "issuer");
    struct crypto_key key = {0};
    uint8_t memory[16384], kid[LIMIT_NAME_BYTES];
    struct arena arena = arena_over(memory, sizeof memory);
    struct room room = room_over(kid, sizeof kid);
    if (!did_is_self_certifying(span_of_text(issuer))) {
        return EX_OK;
    }
    enum err err = did_own_key(span_of_text(issuer), &arena, &key);
    if (err == ERR_OK) {
        err = room_put_text(&room, issuer);
    }
    if (err == ERR_OK) {
        err = room_put_text(&room, strncmp(issuer, "did:key:", 8) == 0 ? "#" : "#0");
    }
    if (err == ERR_OK && strncmp(issuer, "did:key:", 8) == 0) {
        err = room_put_text(&room, issuer + 8);
    }
    if (err == ERR_OK) {
        err = add_key(work, room_span(&room), &key, key_file_alg(key.kind, work->rsa));
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, issuer);
}

static int add_names(struct work *work) {
    const char *value = NULL;
    for (size_t i = 0; (value = options_nth(work->options, "name", i)) != NULL; i++) {
        const char *equals = strchr(value, '=');
        size_t len = equals == NULL ? 0 : (size_t)(equals - value);
        if (len < 2 || len > 35 || equals[1] == '\0' || !utf8_valid(span_of_text(value))) {
            return command_fail(EX_USAGE, "--name takes a language and a name, such as en=Example Academy");
        }
        enum err err = issuer_file_set_name(work->issuer, span_of_bytes(value, len), equals + 1);
        if (err != ERR_OK) {
            return command_fail_err(err, value);
        }
    }
    return json_object_size(json_object_get(work->issuer, "names")) > 0
               ? EX_OK
               : command_fail(EX_USAGE, "a new issuer needs a --name, such as en=Example Academy");
}

static int add_identifiers(struct work *work) {
    const char *value = NULL;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && (value = options_nth(work->options, "also", i)) != NULL; i++) {
        if (!issuer_file_may_name(span_of_text(value))) {
            return command_fail(EX_USAGE, "--also " NAMED_SO);
        }
        err = issuer_file_add_identifier(work->issuer, value);
    }
    const char *territory = options_value(work->options, "territory");
    if (err == ERR_OK && territory != NULL) {
        err = json_object_set_new(work->issuer, "territory", json_string(territory)) == 0 ? ERR_OK
                                                                                          : ERR_NO_MEMORY;
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, options_value(work->options, "issuer"));
}

/* The issuer's file, or a new one. */
static int open_issuer(struct work *work, const char *folder) {
    const char *id = options_value(work->options, "issuer");
    if (!issuer_file_may_name(span_of_text(id))) {
        return command_fail(EX_USAGE, "--issuer " NAMED_SO);
    }
    enum err err = workspace_entry_path(folder, "issuers", span_of_text(id), "json", work->path);
    if (err == ERR_OK) {
        err = workspace_read_json(work->path, &work->issuer);
    }
    if (err == ERR_FILE_MISSING) {
        work->issuer = issuer_file_new(id);
        err = work->issuer == NULL ? ERR_NO_MEMORY : ERR_OK;
    }
    if (err == ERR_OK && !issuer_file_is_of(work->issuer, id)) {
        err = ERR_ISSUER_FILE;
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, work->path);
}

/* What was put together must be fit to be listed, before it is kept. */
static int keep(const struct work *work) {
    enum err err = listing_try_issuer(work->issuer);
    if (err == ERR_OK) {
        err = workspace_write_json(work->path, work->issuer, true);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, work->path);
}

/* Say of the keys that were not there before since when they are. */
static int mark_new_keys(struct work *work) {
    enum err err = ERR_OK;
    for (size_t i = work->keys_before; err == ERR_OK && i < issuer_file_keys(work->issuer); i++) {
        err = issuer_file_mark_key(work->issuer, i, "by hand", work->now_s);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, work->path);
}

static int add_issuer(const struct options *options, const char *folder) {
    struct work *work = calloc(1, sizeof *work);
    if (work == NULL) {
        return command_fail_err(ERR_NO_MEMORY, folder);
    }
    work->options = options;
    int status = read_model(work);
    status = status != EX_OK ? status : moment_to_sign(options, &work->now_s);
    status = status != EX_OK ? status : open_issuer(work, folder);
    work->keys_before = issuer_file_keys(work->issuer);
    status = status != EX_OK ? status : add_names(work);
    status = status != EX_OK ? status : add_identifiers(work);
    const char *path = NULL;
    for (size_t i = 0; status == EX_OK && (path = options_nth(options, "key", i)) != NULL; i++) {
        status = add_key_file(work, path);
    }
    if (status == EX_OK && !options_has(options, "key")) {
        status = add_own_key(work);
    }
    status = status != EX_OK ? status : mark_new_keys(work);
    status = status != EX_OK ? status : keep(work);
    if (status == EX_OK) {
        printf("%s: %zu keys", work->path, issuer_file_keys(work->issuer));
        if (work->passed_over > 0) {
            printf("; passed over %zu of a kind that kiosks do not judge", work->passed_over);
        }
        putchar('\n');
    }
    json_decref(work->issuer);
    free(work);
    return status;
}

/* What is kept of a list that nobody signed is as old as now, or as --at says. */
static int keep_status_list(const struct options *options, struct status_listing_order *order) {
    struct vocabulary vocabulary = {0};
    char place[PATH_MAX];
    bool document = order->text.len > 0 && order->text.ptr[0] == '{';
    int status = document ? assets_workspace_vocabulary(options, order->folder, &vocabulary) : EX_OK;
    if (status == EX_OK && order->accept_unsigned) {
        status = moment_to_sign(options, &order->fetched_s);
    }
    if (status == EX_OK) {
        order->shelf = &vocabulary.shelf;
        enum err err = status_listing_add(order, place);
        status = err == ERR_OK ? EX_OK : command_fail_err(err, options_value(options, "status-list"));
    }
    vocabulary_close(&vocabulary);
    if (status == EX_OK) {
        puts(place);
    }
    return status;
}

static int add_status_list(const struct options *options, const char *folder) {
    const char *path = options_value(options, "status-list");
    struct status_listing_order order = {.folder = folder,
                                         .from = options_value(options, "from"),
                                         .address = options_value(options, "address"),
                                         .accept_unsigned = options_has(options, "accept-unsigned")};
    struct room text = {0};
    if (order.from == NULL) {
        return command_fail(EX_USAGE, "--status-list needs --from, the issuer who signed it");
    }
    enum err err = file_read(path, STATUSLIST_TEXT_MAX, &text);
    order.text = room_span(&text);
    int status = err == ERR_OK ? keep_status_list(options, &order) : command_fail_err(err, path);
    file_release(&text);
    return status;
}

static int add(const struct options *options, const char *folder) {
    bool issuer = options_has(options, "issuer"), list = options_has(options, "status-list"),
         context = options_has(options, "context");
    if (issuer + list + context != 1) {
        return command_fail(EX_USAGE, "one of --issuer, --status-list and --context is needed");
    }
    return issuer ? add_issuer(options, folder)
           : list ? add_status_list(options, folder)
                  : trust_add_context(options, folder);
}

static int run(const struct options *options) {
    const char *folder = options->operands[0];
    struct workspace workspace = {0};
    int lock = -1;
    enum err err = workspace_lock(folder, &lock);
    if (err == ERR_OK) {
        err = workspace_open(folder, &workspace);
    }
    workspace_close(&workspace);
    int status = err == ERR_OK ? add(options, folder) : command_fail_err(err, folder);
    if (lock >= 0) {
        close(lock);
    }
    return status;
}

const struct command command_trust_add = {
    .group = "trust",
    .name = "add",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Add an issuer with its keys, keys to an issuer, a signed status list, or a JSON-LD context.",
    .more = "  credctl trust add lists --issuer did:web:academy.example --name en='Example Academy' --key "
            "academy.jwks\n"
            "  credctl trust add lists --status-list revoked.jwt --from did:web:academy.example\n"
            "  credctl trust add lists --status-list revoked.json --from https://academy.example/i "
            "--accept-unsigned\n"
            "  credctl trust add lists --context course.jsonld --address https://academy.example/course/v1\n"
            "  credctl trust add lists --issuer did:web:academy.example --key old.jwk --withdrawn "
            "2026-09-01T10:00:00Z\n\n"
            "Each issuer is a file in FOLDER/issuers that can be read and mended by hand; a did:key or "
            "did:jwk brings its own key.\n"
            "A withdrawn key stays withdrawn, whatever is added again; only by hand it comes back.\n"
            "A status list gives way to a younger one of its issuer, and to no other.\n"
            "Contexts stand beside those that ship, and several versions of one address beside each other.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
