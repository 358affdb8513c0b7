/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/fresh_file.h"

#include "credctl/build/freshener.h"
#include "credctl/build/workspace.h"
#include "pack/document.h"

static json_t *hex_of(const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    char text[2 * CRYPTO_SHA256_BYTES];
    struct room room = room_over(text, sizeof text);
    return freshener_put_hex(sha256, &room) == ERR_OK ? json_stringn(text, room.len) : NULL;
}

static json_t *revoked_json(const struct fresh_file *file) {
    json_t *list = json_array();
    for (size_t i = 0; i < file->count; i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:o}", "kind", freshener_kind_name(file->revoked[i].kind),
                                        "sha256", hex_of(file->revoked[i].sha256)));
    }
    return list;
}

enum err fresh_file_write(const char *folder, const struct fresh_file *file) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, FRESH_FILE, path));
    json_t *json = json_pack("{s:I, s:I, s:o, s:I, s:I, s:I, s:o}", "root", (json_int_t)file->root, "seq",
                             (json_int_t)file->seq, "sha256", hex_of(file->id), "issued",
                             (json_int_t)file->issued_s, "expires", (json_int_t)file->expires_s, "iat",
                             (json_int_t)file->iat_s, "revoked", revoked_json(file));
    enum err err = json == NULL ? ERR_NO_MEMORY : workspace_write_json(path, json, true);
    json_decref(json);
    return err;
}

static enum fresh_kind kind_of(const json_t *entry) {
    struct span name = {0};
    for (int i = FRESH_NOTHING + 1; i < FRESH_KINDS; i++) {
        if (document_name(entry, "kind", &name) &&
            span_equal_text(name, freshener_kind_name((enum fresh_kind)i))) {
            return (enum fresh_kind)i;
        }
    }
    return FRESH_NOTHING;
}

static enum err read_json(const json_t *json, struct fresh_file *out) {
    int64_t root = 0, seq = 0;
    struct fresh_file file = {0};
    const json_t *list = json_object_get(json, "revoked");
    bool whole = document_number(json, "root", 1, INT32_MAX, &root) &&
                 document_number(json, "seq", 1, LIMIT_JSON_INTEGER, &seq) &&
                 document_sha256(json, "sha256", file.id) &&
                 document_number(json, "issued", 0, INTERVAL_LAST_S, &file.issued_s) &&
                 document_number(json, "expires", 0, INTERVAL_LAST_S, &file.expires_s) &&
                 document_number(json, "iat", 0, INTERVAL_LAST_S, &file.iat_s) && json_is_array(list);
    for (size_t i = 0; whole && i < json_array_size(list); i++) {
        uint8_t sha256[CRYPTO_SHA256_BYTES];
        const json_t *entry = json_array_get(list, i);
        whole = kind_of(entry) != FRESH_NOTHING && document_sha256(entry, "sha256", sha256) &&
                fresh_file_revoke(&file, kind_of(entry), sha256) == ERR_OK;
    }
    if (!whole) {
        return ERR_FRESH_SHAPE;
    }
    file.root = (uint64_t)root;
    file.seq = (uint64_t)seq;
    *out = file;
    return ERR_OK;
}

enum err fresh_file_read(const char *folder, struct fresh_file *out) {
    char path[PATH_MAX];
    json_t *json = NULL;
    TRY(workspace_path(folder, FRESH_FILE, path));
    TRY(workspace_read_json(path, &json));
    enum err err = read_json(json, out);
    json_decref(json);
    return err;
}

enum err fresh_file_begin(const char *folder, const struct pack_info *info) {
    struct fresh_file before = {0};
    bool known = fresh_file_read(folder, &before) == ERR_OK;
    struct fresh_file file = {.root = info->root_version,
                              .seq = info->seq,
                              .issued_s = info->iat_s,
                              .expires_s = info->expires_s,
                              .iat_s = known ? before.iat_s : 0};
    memcpy(file.id, info->id, sizeof file.id);
    return fresh_file_write(folder, &file);
}

enum err fresh_file_revoke(struct fresh_file *file, enum fresh_kind kind,
                           const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    for (size_t i = 0; i < file->count; i++) {
        if (file->revoked[i].kind == kind &&
            memcmp(file->revoked[i].sha256, sha256, CRYPTO_SHA256_BYTES) == 0) {
            return ERR_OK;
        }
    }
    if (file->count == LIMIT_FRESH_REVOKED) {
        return ERR_FRESH_MANY;
    }
    struct fresh_revocation *added = &file->revoked[file->count++];
    *added = (struct fresh_revocation){.kind = kind};
    memcpy(added->sha256, sha256, CRYPTO_SHA256_BYTES);
    return ERR_OK;
}
