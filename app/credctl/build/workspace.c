/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/workspace.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "crypto/crypto.h"
#include "pack/document.h"

/* scheme.json and files of issuers; a list of keys with all its scopes stays far below. */
#define JSON_BYTES_MAX (1024u * 1024u)
/* Characters of a name that its file keeps. */
#define SLUG_CHARS 60u
/* Bytes of its hash behind them: with four, a second name of the same path was a matter of minutes. */
#define HASH_BYTES 16u

enum err workspace_path(const char *folder, const char *name, char out[PATH_MAX]) {
    int length = snprintf(out, PATH_MAX, "%s/%s", folder, name);
    return length > 0 && length < PATH_MAX ? ERR_OK : ERR_NO_ROOM;
}

enum err workspace_entry_path(const char *folder, const char *kind, struct span name, const char *extension,
                              char out[PATH_MAX]) {
    char slug[SLUG_CHARS + 1];
    uint8_t hash[CRYPTO_SHA256_BYTES];
    size_t len = name.len < SLUG_CHARS ? name.len : SLUG_CHARS;
    for (size_t i = 0; i < len; i++) {
        uint8_t c = name.ptr[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == '.' && i > 0);
        slug[i] = plain ? (char)c : '_';
    }
    slug[len] = '\0';
    TRY(crypto_sha256(name, hash));
    char hex[2 * HASH_BYTES + 1];
    for (size_t i = 0; i < HASH_BYTES; i++) {
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    }
    int length = snprintf(out, PATH_MAX, "%s/%s/%s-%s.%s", folder, kind, slug, hex, extension);
    return length > 0 && length < PATH_MAX ? ERR_OK : ERR_NO_ROOM;
}

enum err workspace_read_json(const char *path, json_t **out) {
    struct room text = {0};
    TRY(file_read(path, JSON_BYTES_MAX, &text));
    enum err err = jsontext_parse(room_span(&text), out);
    file_release(&text);
    return err;
}

enum err workspace_write_json(const char *path, const json_t *json, bool replace) {
    char *text = json_dumps(json, JSON_INDENT(2) | JSON_SORT_KEYS);
    if (text == NULL) {
        return ERR_NO_MEMORY;
    }
    size_t len = strlen(text);
    text[len] = '\n'; /* in place of the terminator */
    enum err err = file_write(path, span_of_bytes(text, len + 1), (struct file_how){.replace = replace});
    free(text);
    return err;
}

enum err workspace_open(const char *folder, struct workspace *out) {
    char path[PATH_MAX];
    struct workspace workspace = {.folder = folder};
    TRY(workspace_path(folder, WORKSPACE_SCHEME, path));
    enum err err = workspace_read_json(path, &workspace.json);
    if (err != ERR_OK) {
        return err == ERR_FILE_MISSING ? ERR_WORKSPACE : err;
    }
    const json_t *demo = json_object_get(workspace.json, "demo");
    if (!document_name(workspace.json, "scheme", &workspace.scheme) || !json_is_boolean(demo) ||
        !document_number(workspace.json, "seq", 0, LIMIT_JSON_INTEGER, &workspace.seq)) {
        workspace_close(&workspace);
        return ERR_WORKSPACE;
    }
    workspace.demo = json_is_true(demo);
    *out = workspace;
    return ERR_OK;
}

enum err workspace_lock(const char *folder, int *lock) {
    enum err err = file_lock_folder(folder, lock);
    return err == ERR_FILE_MISSING ? ERR_WORKSPACE : err;
}

enum err workspace_keep_seq(struct workspace *workspace, int64_t seq) {
    char path[PATH_MAX];
    TRY(workspace_path(workspace->folder, WORKSPACE_SCHEME, path));
    if (json_object_set_new(workspace->json, "seq", json_integer(seq)) != 0) {
        return ERR_NO_MEMORY;
    }
    TRY(workspace_write_json(path, workspace->json, true));
    workspace->seq = seq;
    return ERR_OK;
}

void workspace_close(struct workspace *workspace) {
    json_decref(workspace->json);
    *workspace = (struct workspace){0};
}

static bool has_extension(const char *name, const char *extension) {
    const char *dot = strrchr(name, '.');
    return name[0] != '.' && dot != NULL && strcmp(dot + 1, extension) == 0;
}

enum err workspace_each(const char *folder, const char *kind, const char *extension,
                        enum err (*visit)(void *ctx, const char *path), void *ctx) {
    char path[PATH_MAX];
    struct dirent **entries = NULL;
    TRY(workspace_path(folder, kind, path));
    int count = scandir(path, &entries, NULL, alphasort);
    enum err err = count < 0 ? ERR_FILE_READ : ERR_OK;
    for (int i = 0; i < count; i++) {
        if (err == ERR_OK && has_extension(entries[i]->d_name, extension)) {
            int length = snprintf(path, sizeof path, "%s/%s/%s", folder, kind, entries[i]->d_name);
            err = length > 0 && (size_t)length < sizeof path ? visit(ctx, path) : ERR_NO_ROOM;
        }
        free(entries[i]);
    }
    free(entries);
    return err;
}
