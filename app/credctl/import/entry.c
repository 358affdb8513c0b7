/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/entry.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/sign/public_form.h"
#include "crypto/did.h"

/* A did:jwk is decoded in it. */
#define OWN_KEY_BYTES 16384u

enum err entry_open(struct import_job *job, struct span identifier, struct roll *roll, struct entry **out) {
    *out = NULL;
    import_at(job, identifier, (size_t)job->issuers);
    if (!issuer_file_may_name(identifier)) {
        return ERR_IMPORT_IDENTIFIER;
    }
    TRY(roll_call(roll, identifier, ERR_IMPORT_TWICE));
    struct entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) {
        return ERR_NO_MEMORY;
    }
    entry->job = job;
    memcpy(entry->identifier, identifier.ptr, identifier.len);
    entry->scope = room_over(entry->types, sizeof entry->types);
    entry->issuer = issuer_file_new(entry->identifier);
    *out = entry;
    return entry->issuer == NULL ? ERR_NO_MEMORY : ERR_OK;
}

enum err entry_name(struct entry *entry, const char *language, const json_t *name) {
    struct span text = jsontext_span(name);
    if (text.len == 0 || text.len > LIMIT_NAME_BYTES) {
        return ERR_IMPORT_NAME;
    }
    return issuer_file_set_name(entry->issuer, span_of_text(language), json_string_value(name));
}

enum err entry_type(struct entry *entry, const json_t *type) {
    struct span text = jsontext_span(type);
    if (text.len == 0 || text.len > LIMIT_NAME_BYTES || span_find(text, '\n', 0) != text.len) {
        return ERR_IMPORT_SHAPE;
    }
    if (entry->scope.len > 0) {
        TRY(room_put_byte(&entry->scope, '\n'));
    }
    return room_put(&entry->scope, text);
}

bool entry_has_types(const struct entry *entry) {
    return entry->scope.len > 0;
}

/* Where the list narrows nothing, whoever imports it may. */
static enum err take_scope_of_options(struct entry *entry) {
    const struct options *options = entry->job->options;
    const char *name = NULL;
    for (size_t i = 0; (name = options_nth(options, "type", i)) != NULL; i++) {
        json_t *type = json_string(name); /* NULL where it is not UTF-8 */
        enum err err = entry_type(entry, type);
        json_decref(type);
        TRY(err);
    }
    return ERR_OK;
}

/* The key's own end holds where it comes first. */
static enum err add_key(struct entry *entry, struct span kid, enum crypto_alg alg,
                        const struct crypto_key *key, const struct did_document_method *method) {
    if (!entry_has_types(entry)) {
        TRY(take_scope_of_options(entry));
    }
    struct lists_key listed = {.kid = kid,
                               .key = *key,
                               .alg = alg,
                               .valid_until_s = entry->valid_until_s,
                               .types = room_span(&entry->scope)};
    if (kid.len > LIMIT_NAME_BYTES) {
        return ERR_KEY_FILE;
    }
    if (method != NULL) {
        int64_t expires_s = method->expires_s;
        bool first = expires_s != 0 && (listed.valid_until_s == 0 || expires_s < listed.valid_until_s);
        listed.valid_until_s = first ? expires_s : listed.valid_until_s;
        listed.withdrawn_at_s = method->revoked_s;
    }
    return issuer_file_add_key(entry->issuer, &listed, false);
}

static enum err add_file(struct entry *entry, const struct key_file *file) {
    for (size_t i = 0; i < file->count; i++) {
        const struct key_file_key *key = &file->keys[i];
        TRY(add_key(entry, key->kid, key->alg, &key->key, &key->method));
    }
    return ERR_OK;
}

enum err entry_keys(struct entry *entry, const json_t *json) {
    struct key_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = key_file_read(json, span_of_text(entry->identifier), CRYPTO_RS256, file);
    for (size_t i = 0; i < file->passed_over; i++) {
        import_pass_over(entry->job, ERR_KEY_UNSUPPORTED);
    }
    if (err == ERR_OK || (err == ERR_KEY_UNSUPPORTED && file->passed_over > 0)) {
        err = add_file(entry, file);
    }
    free(file);
    return err;
}

enum err entry_own_key(struct entry *entry) {
    struct span did = span_of_text(entry->identifier);
    uint8_t memory[OWN_KEY_BYTES], kid[2 * LIMIT_NAME_BYTES + 2];
    struct arena arena = arena_over(memory, sizeof memory);
    struct room room = room_over(kid, sizeof kid);
    struct crypto_key key = {0};
    if (!did_is_self_certifying(did)) {
        return ERR_OK;
    }
    enum err err = did_own_key(did, &arena, &key);
    if (err == ERR_KEY_UNSUPPORTED) {
        import_pass_over(entry->job, err);
        return ERR_OK;
    }
    TRY(err);
    TRY(public_form_kid(&key, did, &room));
    return add_key(entry, room_span(&room), key_file_alg(key.kind, CRYPTO_RS256), &key, NULL);
}

enum err entry_add(struct entry *entry) {
    return import_add(entry->job, entry->issuer);
}

void entry_close(struct entry *entry) {
    if (entry != NULL) {
        json_decref(entry->issuer);
        free(entry);
    }
}
