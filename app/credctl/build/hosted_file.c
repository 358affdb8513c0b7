/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/hosted_file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/workspace.h"
#include "pack/schema.h"

#define FOLDER    "hosted"
#define EXTENSION "json"

/* Types of documents; an issuer is a Profile of Open Badges 2.0 by either name. */
static const struct {
    const char *type, *kind;
} kinds[] = {{"Assertion", SCHEMA_DOCUMENT_ASSERTION},
             {"BadgeClass", SCHEMA_DOCUMENT_BADGE_CLASS},
             {"Issuer", SCHEMA_DOCUMENT_PROFILE},
             {"Profile", SCHEMA_DOCUMENT_PROFILE}};

/* A signed assertion proves itself; its copy on a server proves nothing. */
static bool is_hosted(const json_t *assertion) {
    const json_t *verification = json_object_get(assertion, "verification");
    return jsontext_names(verification, "type", "HostedBadge") ||
           jsontext_names(verification, "type", "hosted");
}

enum err hosted_file_read(const json_t *json, struct hosted_file *out) {
    struct hosted_file file = {.address = jsontext_span(json_object_get(json, "id"))};
    for (size_t i = 0; file.kind == NULL && i < sizeof kinds / sizeof *kinds; i++) {
        file.kind = jsontext_names(json, "type", kinds[i].type) ? kinds[i].kind : NULL;
    }
    bool named = issuer_file_may_name(file.address) && span_starts_with(file.address, "https://");
    if (file.kind == NULL || !named || (jsontext_names(json, "type", "Assertion") && !is_hosted(json))) {
        return ERR_HOSTED;
    }
    *out = file;
    return ERR_OK;
}

static enum err make_folder(const char *folder) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, FOLDER, path));
    return mkdir(path, S_IRWXU) == 0 || errno == EEXIST ? ERR_OK : ERR_FILE_WRITE;
}

enum err hosted_file_keep(const char *folder, struct span text, char place[PATH_MAX]) {
    json_t *json = NULL;
    struct hosted_file file = {0};
    TRY(jsontext_parse(text, &json));
    enum err err = hosted_file_read(json, &file);
    err = err == ERR_OK ? make_folder(folder) : err;
    err = err == ERR_OK ? workspace_entry_path(folder, FOLDER, file.address, EXTENSION, place) : err;
    err = err == ERR_OK ? file_write(place, text, (struct file_how){.replace = true}) : err;
    json_decref(json);
    return err;
}

/* A listing in progress. */
struct listing_hosted {
    struct lists *lists;
    uint64_t count;
    char *trouble;
    size_t trouble_size;
};

static enum err add_document(struct lists *lists, struct span text) {
    uint8_t memory[LIMIT_NAME_BYTES + 32];
    struct room address = room_over(memory, sizeof memory);
    struct lists_document document = {.bytes = text};
    struct hosted_file file = {0};
    json_t *json = NULL;
    TRY(jsontext_parse(text, &json));
    enum err err = hosted_file_read(json, &file);
    err = err == ERR_OK ? room_put_text(&address, file.kind) : err;
    err = err == ERR_OK ? room_put(&address, file.address) : err;
    err = err == ERR_OK ? crypto_sha256(text, document.sha256) : err;
    document.address = room_span(&address);
    err = err == ERR_OK ? lists_add_document(lists, &document) : err;
    json_decref(json);
    return err;
}

static enum err list_one(void *ctx, const char *path) {
    struct listing_hosted *listing = ctx;
    struct room text = {0};
    snprintf(listing->trouble, listing->trouble_size, "%s", path);
    TRY(listing->count < HOSTED_FILE_COUNT_MAX ? ERR_OK : ERR_HOSTED);
    TRY(file_read(path, HOSTED_FILE_BYTES_MAX, &text));
    enum err err = add_document(listing->lists, room_span(&text));
    listing->count++;
    file_release(&text);
    return err;
}

enum err hosted_file_list(const char *folder, struct lists *lists, uint64_t *count, char *trouble,
                          size_t trouble_size) {
    struct listing_hosted listing = {lists, 0, trouble, trouble_size};
    char path[PATH_MAX];
    *count = 0;
    TRY(workspace_path(folder, FOLDER, path));
    if (access(path, F_OK) != 0) {
        return ERR_OK;
    }
    enum err err = workspace_each(folder, FOLDER, EXTENSION, list_one, &listing);
    *count = listing.count;
    return err;
}
