/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/status_listing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/workspace.h"
#include "credctl/file.h"
#include "pack/document.h"

/* A list as it was published, and the label beside it: who made it, where credentials say it is, and of one that nobody
 * signed when it was fetched. */
#define LIST_EXTENSION  "list"
#define LABEL_EXTENSION "json"

/* The keys of an issuer that may sign status lists. */
struct signers {
    const json_t *issuer;
    bool any; /* those of lists that nobody signed, too */
    struct issuer_file_key key;
};

/* What a label says. `from` lives as long as its JSON. */
struct label {
    const char *from;
    struct span address;
    bool accept_unsigned;
    int64_t fetched_s;
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
        may_sign_lists(&signers->key.key) && (signers->any || !signers->key.key.unsigned_source)) {
        *kid = signers->key.key.kid;
        *alg = signers->key.key.alg;
        *key = signers->key.key.key;
    }
    return true;
}

/* By the issuer's keys that somebody vouches for; else by all of them, and then the list is worth no more than they are. */
static enum err read_signed(struct signers *signers, const struct statuslist_source *source,
                            struct statuslist *out) {
    enum err err = statuslist_read(source, out);
    if (err == ERR_STATUS_ISSUER) {
        signers->any = true;
        err = statuslist_read(source, out);
        out->is_unsigned = out->is_unsigned || err == ERR_OK;
    }
    return err;
}

/* Read a list by the keys that its issuer has in the workspace. */
static enum err read_list(struct merge *merge, const struct label *label, struct span text,
                          const struct shelf *shelf, struct statuslist *out) {
    struct statuslist_source source = {.text = text,
                                       .issuer = span_of_text(label->from),
                                       .shelf = shelf,
                                       .accept_unsigned = label->accept_unsigned,
                                       .fetched_s = label->fetched_s};
    json_t *issuer = NULL;
    TRY(merge_find(merge, source.issuer, NULL, NULL, &issuer));
    if (issuer == NULL) {
        return ERR_STATUS_ISSUER;
    }
    struct signers *signers = calloc(1, sizeof *signers);
    enum err err = signers == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK) {
        signers->issuer = issuer;
        struct statuslist_keys keys = {signers, next_signer};
        source.keys = &keys;
        err = read_signed(signers, &source, out);
    }
    free(signers);
    json_decref(issuer);
    return err;
}

static enum err read_label(const json_t *json, struct label *out) {
    struct span from = {0}, fetched = {0};
    struct label label = {.accept_unsigned = json_is_true(json_object_get(json, "unsigned"))};
    if (!document_name(json, "from", &from) || !document_name(json, "address", &label.address) ||
        jsontext_optional_string(json, "fetched", &fetched) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    label.from = json_string_value(json_object_get(json, "from"));
    if (fetched.len > 0) {
        TRY(datetime_parse(fetched, &label.fetched_s));
    }
    *out = label;
    return ERR_OK;
}

/* A list that is being kept. */
struct keeping {
    const struct status_listing_order *order;
    struct merge *merge;
    const struct statuslist *list;
    struct span address;
    char label[PATH_MAX];
};

/* A list that is kept gives way to a younger one of the same issuer. One that cannot be read any more, for its
 * key was withdrawn, gives way to any. */
static enum err compare_with_kept(const struct keeping *keeping, const char *place, const json_t *json) {
    struct label label = {0};
    struct room text = {0};
    struct statuslist kept = {0};
    if (read_label(json, &label) != ERR_OK || strcmp(label.from, keeping->order->from) != 0) {
        return ERR_STATUS_TAKEN;
    }
    enum err err = file_read(place, STATUSLIST_TEXT_MAX, &text);
    if (err == ERR_OK) {
        err = read_list(keeping->merge, &label, room_span(&text), keeping->order->shelf, &kept);
    }
    bool older = err == ERR_OK && keeping->list->as_of_s < kept.as_of_s;
    statuslist_close(&kept);
    file_release(&text);
    return older ? ERR_STATUS_OLDER : ERR_OK;
}

static enum err check_kept(const struct keeping *keeping, const char *place) {
    json_t *json = NULL;
    enum err err = workspace_read_json(keeping->label, &json);
    if (err == ERR_OK) {
        err = compare_with_kept(keeping, place, json);
    }
    json_decref(json);
    return err == ERR_FILE_MISSING ? ERR_OK : err;
}

static json_t *label_of(const struct keeping *keeping) {
    char fetched[DATETIME_TEXT_SIZE];
    json_t *json = json_pack("{s:s,s:s%}", "from", keeping->order->from, "address", keeping->address.ptr,
                             keeping->address.len);
    if (json != NULL && keeping->list->is_unsigned && keeping->order->accept_unsigned) {
        datetime_text(keeping->list->as_of_s, fetched);
        (void)json_object_set_new(json, "unsigned", json_true());
        (void)json_object_set_new(json, "fetched", json_string(fetched));
    }
    return json;
}

/* One address may have a list of each kind, and of each purpose. */
static enum err put_name(const struct keeping *keeping, struct room *name) {
    const struct statuslist *list = keeping->list;
    TRY(room_put(name, keeping->address));
    for (size_t i = 0; i < list->purpose_count; i++) {
        struct span part = list->purposes[i].len > 0 ? list->purposes[i] : list->kind;
        if (list->purpose_count > 1 || !span_equal_text(part, "revocation")) {
            TRY(room_put_byte(name, '#'));
            TRY(room_put(name, part));
        }
    }
    return ERR_OK;
}

static enum err keep(struct keeping *keeping, char place[PATH_MAX]) {
    const char *folder = keeping->order->folder;
    uint8_t memory[(STATUSLIST_PURPOSES_MAX + 2) * (LIMIT_NAME_BYTES + 1)];
    struct room name = room_over(memory, sizeof memory);
    TRY(put_name(keeping, &name));
    TRY(workspace_entry_path(folder, "status", room_span(&name), LIST_EXTENSION, place));
    TRY(workspace_entry_path(folder, "status", room_span(&name), LABEL_EXTENSION, keeping->label));
    TRY(check_kept(keeping, place));
    json_t *json = label_of(keeping);
    if (json == NULL) {
        return ERR_STATUS_SHAPE;
    }
    enum err err = file_write(place, keeping->order->text, (struct file_how){.replace = true});
    if (err == ERR_OK) {
        err = workspace_write_json(keeping->label, json, true);
    }
    json_decref(json);
    return err;
}

/* Where credentials say that it is. */
static enum err choose_address(struct keeping *keeping) {
    const char *told = keeping->order->address;
    keeping->address = told != NULL ? span_of_text(told) : keeping->list->id;
    if (keeping->address.len == 0 || keeping->address.len > LIMIT_NAME_BYTES) {
        return ERR_STATUS_SHAPE;
    }
    bool there = !keeping->list->only_there || span_equal(keeping->address, keeping->list->id);
    return there ? ERR_OK : ERR_STATUS_ADDRESS;
}

static enum err add(const struct status_listing_order *order, struct merge *merge, char place[PATH_MAX]) {
    struct label label = {
        .from = order->from, .accept_unsigned = order->accept_unsigned, .fetched_s = order->fetched_s};
    struct statuslist list = {0};
    TRY(read_list(merge, &label, order->text, order->shelf, &list));
    struct keeping keeping = {.order = order, .merge = merge, .list = &list};
    enum err err = choose_address(&keeping);
    err = err == ERR_OK ? keep(&keeping, place) : err;
    statuslist_close(&list);
    return err;
}

enum err status_listing_add(const struct status_listing_order *order, char place[PATH_MAX]) {
    struct merge *merge = NULL;
    enum err err = merge_open(order->folder, 0, NULL, NULL, &merge);
    err = err == ERR_OK ? add(order, merge, place) : err;
    merge_close(merge);
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

enum err status_listing_needs_contexts(const char *folder, bool *needs) {
    struct workspace workspace = {0};
    *needs = false;
    TRY(workspace_open(folder, &workspace));
    workspace_close(&workspace);
    return workspace_each(folder, "status", LIST_EXTENSION, note_document, needs);
}

static enum err put_list(struct status_listing *listing, const struct statuslist *list, struct span address) {
    struct lists_status status = {.address = address,
                                  .purpose = list->purposes[0],
                                  .also = list->purposes + 1,
                                  .also_count = list->purpose_count - 1,
                                  .kind = list->kind,
                                  .issuer = list->issuer,
                                  .is_unsigned = list->is_unsigned,
                                  .entries = list->entries,
                                  .bits = list->bits,
                                  .as_of_s = list->as_of_s,
                                  .expires_s = list->expires_s,
                                  .bitmap = room_span(&list->bitmap),
                                  .hashes = room_span(&list->hashes)};
    return lists_add_status(listing->lists, &status);
}

static void tell_of_end(const struct status_listing *listing, const struct statuslist *list) {
    bool ended = list->expires_s != 0 && listing->now_s != 0 && list->expires_s <= listing->now_s;
    if (ended && listing->ended != NULL) {
        listing->ended(listing->ctx, listing->trouble, list->expires_s);
    }
}

static enum err list_text(struct status_listing *listing, const char *path, const struct label *label) {
    struct room text = {0};
    struct statuslist list = {0};
    TRY(file_read(path, STATUSLIST_TEXT_MAX, &text));
    enum err err = read_list(listing->merge, label, room_span(&text), listing->shelf, &list);
    if (err == ERR_OK) {
        err = put_list(listing, &list, label->address);
    }
    if (err == ERR_OK) {
        err = sources_add_status(listing->sources, &list, label->address, room_span(&text));
    }
    if (err == ERR_OK) {
        tell_of_end(listing, &list);
    }
    statuslist_close(&list);
    file_release(&text);
    return err;
}

/* Each label has its list beside it. */
static enum err write_one(void *ctx, const char *path) {
    struct status_listing *listing = ctx;
    char text[PATH_MAX];
    json_t *json = NULL;
    struct label label = {0};
    size_t stem = strlen(path) - strlen(LABEL_EXTENSION);
    snprintf(listing->trouble, sizeof listing->trouble, "%s", path);
    snprintf(text, sizeof text, "%.*s" LIST_EXTENSION, (int)stem, path);
    TRY(workspace_read_json(path, &json));
    enum err err = read_label(json, &label);
    err = err == ERR_OK ? list_text(listing, text, &label) : err;
    listing->count++;
    json_decref(json);
    return err;
}

enum err status_listing_write(struct status_listing *listing) {
    return workspace_each(listing->folder, "status", LABEL_EXTENSION, write_one, listing);
}
