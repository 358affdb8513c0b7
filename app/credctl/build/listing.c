/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/context_file.h"
#include "credctl/build/hosted_file.h"
#include "credctl/build/sources.h"
#include "credctl/build/workspace.h"
#include "pack/document.h"

/* The keys of an issuer that may sign status lists. */
struct signers {
    const json_t *issuer;
    struct issuer_file_key key;
};

/* A key kept for lists, or one whose scope is not narrowed to credentials of some kind. */
static bool may_sign_lists(const struct lists_key *key) {
    return key->withdrawn_at_s == 0 &&
           (key->for_status || (key->types.len == 0 && key->achievements.len == 0));
}

/* A key that may not is passed over as one that fits nothing. */
static bool next_signer(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                        struct crypto_key *key) {
    struct signers *signers = ctx;
    *alg = CRYPTO_ALG_NONE;
    if (index >= issuer_file_keys(signers->issuer)) {
        return false;
    }
    if (issuer_file_key(signers->issuer, index, &signers->key) == ERR_OK &&
        may_sign_lists(&signers->key.key)) {
        *kid = signers->key.key.kid;
        *alg = signers->key.key.alg;
        *key = signers->key.key.key;
    }
    return true;
}

static enum err read_status(struct merge *merge, struct span text, const char *from,
                            const struct shelf *shelf, struct bitstring *out) {
    json_t *issuer = NULL;
    TRY(merge_find(merge, span_of_text(from), NULL, NULL, &issuer));
    if (issuer == NULL) {
        return ERR_STATUS_ISSUER;
    }
    struct signers *signers = calloc(1, sizeof *signers);
    if (signers == NULL) {
        json_decref(issuer);
        return ERR_NO_MEMORY;
    }
    signers->issuer = issuer;
    struct bitstring_keys keys = {signers, next_signer};
    enum err err = bitstring_read(text, span_of_text(from), &keys, shelf, out);
    free(signers);
    json_decref(issuer);
    return err;
}

/* A list that is to be kept. */
struct keeping {
    struct merge *merge;
    const char *folder, *from;
    const struct shelf *shelf;
    int64_t as_of_s;
};

/* A list that is kept gives way to a younger one of the same issuer. One that cannot be read any more, for its
 * key was withdrawn, gives way to any. */
static enum err compare_with_kept(const struct keeping *keeping, const char *place, const json_t *label) {
    const char *before = json_string_value(json_object_get(label, "from"));
    struct room text = {0};
    struct bitstring kept = {0};
    if (before == NULL || strcmp(before, keeping->from) != 0) {
        return ERR_STATUS_TAKEN;
    }
    enum err err = file_read(place, BITSTRING_TEXT_MAX, &text);
    if (err == ERR_OK) {
        err = read_status(keeping->merge, room_span(&text), keeping->from, keeping->shelf, &kept);
    }
    bool older = err == ERR_OK && keeping->as_of_s < kept.as_of_s;
    bitstring_close(&kept);
    file_release(&text);
    return older ? ERR_STATUS_OLDER : ERR_OK;
}

static enum err check_kept(const struct keeping *keeping, const char *place, const char *label_path) {
    json_t *label = NULL;
    enum err err = workspace_read_json(label_path, &label);
    if (err == ERR_OK) {
        err = compare_with_kept(keeping, place, label);
    }
    json_decref(label);
    return err == ERR_FILE_MISSING ? ERR_OK : err;
}

/* The label beside a kept list: who signed it, and where credentials say it is. */
static enum err keep_status(const struct keeping *keeping, struct span name, struct span text,
                            struct span address, char place[PATH_MAX]) {
    char label[PATH_MAX];
    TRY(workspace_entry_path(keeping->folder, "status", name, "jwt", place));
    TRY(workspace_entry_path(keeping->folder, "status", name, "json", label));
    TRY(check_kept(keeping, place, label));
    json_t *json = json_pack("{s:s,s:s%}", "from", keeping->from, "address", address.ptr, address.len);
    if (json == NULL) {
        return ERR_STATUS_SHAPE;
    }
    enum err err = file_write(place, text, (struct file_how){.replace = true});
    if (err == ERR_OK) {
        err = workspace_write_json(label, json, true);
    }
    json_decref(json);
    return err;
}

static enum err add_status(const struct keeping *asked, struct span text, const char *address,
                           char place[PATH_MAX]) {
    struct bitstring list = {0};
    TRY(read_status(asked->merge, text, asked->from, asked->shelf, &list));
    struct span at = address != NULL ? span_of_text(address) : list.id;
    uint8_t memory[3 * LIMIT_NAME_BYTES];
    struct room name = room_over(memory, sizeof memory);
    enum err err = at.len == 0 || at.len > LIMIT_NAME_BYTES ? ERR_STATUS_SHAPE : room_put(&name, at);
    if (err == ERR_OK && !span_equal_text(list.purpose, "revocation")) {
        err = room_put_byte(&name, '#');
        err = err == ERR_OK ? room_put(&name, list.purpose) : err;
    }
    if (err == ERR_OK) {
        struct keeping keeping = *asked;
        keeping.as_of_s = list.as_of_s;
        err = keep_status(&keeping, room_span(&name), text, at, place);
    }
    bitstring_close(&list);
    return err;
}

enum err listing_add_status(const char *folder, struct span text, const char *from, const char *address,
                            const struct shelf *shelf, char place[PATH_MAX]) {
    struct keeping keeping = {.folder = folder, .from = from, .shelf = shelf};
    enum err err = merge_open(folder, 0, NULL, NULL, &keeping.merge);
    if (err == ERR_OK) {
        err = add_status(&keeping, text, address, place);
    }
    merge_close(keeping.merge);
    return err;
}

/* A token begins with a letter. */
static enum err note_document(void *ctx, const char *path) {
    bool *needs = ctx;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return ERR_FILE_READ;
    }
    *needs = *needs || fgetc(file) == '{';
    fclose(file);
    return ERR_OK;
}

enum err listing_needs_contexts(const char *folder, bool *needs) {
    struct workspace workspace = {0};
    *needs = false;
    TRY(workspace_open(folder, &workspace));
    workspace_close(&workspace);
    return workspace_each(folder, "status", "jwt", note_document, needs);
}

/* A building in progress. */
struct building {
    const char *folder;
    const struct listing_how *how;
    struct merge *merge;
    struct lists *lists;
    struct listing *listing;
    struct sources sources;
};

static enum err list_issuer(void *ctx, const json_t *issuer, bool by_hand) {
    struct building *building = ctx;
    TRY(issuer_file_list(issuer, building->lists));
    building->listing->issuers++;
    building->listing->keys += issuer_file_keys(issuer);
    return !by_hand
               ? ERR_OK
               : sources_add_issuer(&building->sources, json_string_value(json_object_get(issuer, "source")),
                                    json_is_true(json_object_get(issuer, "unsigned")));
}

static enum err step(void *ctx, uint64_t done, uint64_t of) {
    const struct building *building = ctx;
    const struct listing_how *how = building->how;
    return how->step == NULL ? ERR_OK : how->step(how->ctx, done, of);
}

/* What each import was; of those that are past their next update, somebody is told. */
static enum err note_imports(struct building *building) {
    const struct listing_how *how = building->how;
    const struct merge_import *import = NULL;
    for (size_t i = 0; (import = merge_import_nth(building->merge, i)) != NULL; i++) {
        TRY(sources_add_import(&building->sources, import));
        building->listing->imports += import->left_out ? 0 : 1;
        if (import->left_out && how->left_out != NULL) {
            how->left_out(how->ctx, import);
        }
    }
    return ERR_OK;
}

static enum err list_issuers(struct building *building) {
    TRY(merge_open(building->folder, building->how->now_s, step, building, &building->merge));
    TRY(note_imports(building));
    return merge_each(building->merge, list_issuer, step, building);
}

static enum err list_bitstring(struct lists *lists, const struct bitstring *list, struct span address) {
    struct lists_status status = {.address = address,
                                  .purpose = list->purpose,
                                  .kind = list->kind,
                                  .issuer = list->issuer,
                                  .entries = list->entries,
                                  .bits = list->bits,
                                  .as_of_s = list->as_of_s,
                                  .expires_s = list->expires_s,
                                  .bitmap = room_span(&list->bitmap)};
    return lists_add_status(lists, &status);
}

static enum err list_signed_text(struct building *building, const char *path, const char *from,
                                 struct span address) {
    struct room text = {0};
    struct bitstring list = {0};
    TRY(file_read(path, BITSTRING_TEXT_MAX, &text));
    enum err err = read_status(building->merge, room_span(&text), from, building->how->shelf, &list);
    if (err == ERR_OK) {
        err = list_bitstring(building->lists, &list, address);
    }
    if (err == ERR_OK) {
        err = sources_add_status(&building->sources, &list, address, room_span(&text));
    }
    bitstring_close(&list);
    file_release(&text);
    return err;
}

/* status/NAME.json is the label of status/NAME.jwt. */
static enum err list_status(void *ctx, const char *path) {
    struct building *building = ctx;
    char text[PATH_MAX];
    json_t *label = NULL;
    struct span from = {0}, address = {0};
    snprintf(building->listing->trouble, sizeof building->listing->trouble, "%s", path);
    snprintf(text, sizeof text, "%.*s.jwt", (int)(strlen(path) - strlen(".json")), path);
    TRY(workspace_read_json(path, &label));
    enum err err = document_name(label, "from", &from) && document_name(label, "address", &address)
                       ? ERR_OK
                       : ERR_STATUS_SHAPE;
    if (err == ERR_OK) {
        err = list_signed_text(building, text, json_string_value(json_object_get(label, "from")), address);
    }
    building->listing->status_lists++;
    json_decref(label);
    return err;
}

static enum err list_all(struct building *building) {
    struct workspace workspace = {0};
    TRY(workspace_open(building->folder, &workspace));
    enum err err = lists_add_meta(building->lists, span_of_text("scheme"), workspace.scheme);
    workspace_close(&workspace);
    TRY(err);
    err = list_issuers(building);
    if (err != ERR_OK && building->merge != NULL) {
        snprintf(building->listing->trouble, sizeof building->listing->trouble, "%s",
                 merge_trouble(building->merge));
    }
    TRY(err);
    TRY(workspace_each(building->folder, "status", "json", list_status, building));
    TRY(context_file_list(building->folder, building->lists, &building->listing->contexts,
                          building->listing->trouble));
    building->sources.contexts = building->listing->contexts;
    TRY(hosted_file_list(building->folder, building->lists, &building->listing->hosted,
                         building->listing->trouble, sizeof building->listing->trouble));
    building->sources.hosted = building->listing->hosted;
    return sources_keep(&building->sources, building->lists);
}

enum err listing_build(const char *folder, const char *path, const struct listing_how *how,
                       struct listing *out) {
    *out = (struct listing){0};
    struct building building = {.folder = folder, .how = how, .listing = out};
    snprintf(out->trouble, sizeof out->trouble, "%s", folder);
    TRY(lists_create(path, &building.lists));
    enum err err = list_all(&building);
    sources_close(&building.sources);
    merge_close(building.merge);
    if (err != ERR_OK) {
        lists_close(building.lists);
        return err;
    }
    return lists_finish(building.lists);
}

enum err listing_try_issuer(const json_t *issuer) {
    struct lists *lists = NULL;
    TRY(lists_create(":memory:", &lists));
    enum err err = issuer_file_list(issuer, lists);
    lists_close(lists);
    return err;
}
