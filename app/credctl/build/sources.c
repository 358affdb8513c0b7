/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/sources.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "codec/jsontext.h"
#include "pack/database.h"
#include "pack/descriptor_vfs.h"
#include "pack/schema.h"

enum err sources_add_issuer(struct sources *sources, const char *origin, bool is_unsigned) {
    char name[LIMIT_NAME_BYTES + 16];
    int length = snprintf(name, sizeof name, "%s%s", origin, is_unsigned ? ", unsigned" : "");
    if (length <= 0 || (size_t)length >= sizeof name) {
        return ERR_ISSUER_FILE;
    }
    if (sources->origins == NULL) {
        sources->origins = json_object();
    }
    json_int_t count = json_integer_value(json_object_get(sources->origins, name));
    if (count == 0 && json_object_size(sources->origins) == SOURCES_ORIGINS_MAX) {
        return ERR_ISSUER_FILE;
    }
    return json_object_set_new(sources->origins, name, json_integer(count + 1)) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static json_t *entry_of_status(const struct statuslist *list, struct span address,
                               const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    char hex[2 * CRYPTO_SHA256_BYTES + 1], as_of[DATETIME_TEXT_SIZE];
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
    }
    datetime_text(list->as_of_s, as_of);
    return json_pack("{s:s%,s:o,s:s,s:s%,s:o}", "url", address.ptr, address.len, "format",
                     json_sprintf("%.*s", (int)list->format.len, (const char *)list->format.ptr), "sha256",
                     hex, "signer", list->issuer.ptr, list->issuer.len, "result",
                     json_sprintf("%s, as of %s", list->is_unsigned ? "unsigned" : "signature right", as_of));
}

static json_t *result_of_import(const struct merge_import *import) {
    char until[DATETIME_TEXT_SIZE];
    if (import->left_out) {
        datetime_text(import->source.next_update_s, until);
        return json_sprintf("left out, its next update was due at %s", until);
    }
    return json_sprintf("%" PRIu64 " issuers, %s", import->issuers,
                        import->source.is_signed ? "signature right" : "unsigned");
}

/* What the list does not say is left out. */
static json_t *entry_of_import(const struct merge_import *import) {
    const struct import_file_source *source = &import->source;
    json_t *entry = json_pack("{s:s,s:s,s:s,s:o}", "format", source->format, "name", source->name, "sha256",
                              source->sha256, "result", result_of_import(import));
    int failed = 0;
    if (source->url[0] != '\0') {
        failed |= json_object_set_new(entry, "url", json_string(source->url));
    }
    if (source->is_signed && source->signer[0] != '\0') {
        failed |= json_object_set_new(entry, "signer", json_string(source->signer));
    }
    if (source->seq != 0) {
        failed |= json_object_set_new(entry, "seq", json_integer(source->seq));
    }
    if (failed == 0) {
        return entry;
    }
    json_decref(entry);
    return NULL;
}

/* Append an entry, or count it where there is no more space. */
static enum err append(struct sources *sources, json_t **array, json_t *entry, uint64_t *further) {
    size_t bytes = json_dumpb(entry, NULL, 0, JSON_COMPACT) + 1;
    if (*array == NULL) {
        *array = json_array();
    }
    if (bytes > 1 && bytes > SOURCES_BYTES_MAX - sources->bytes) {
        ++*further;
        json_decref(entry);
        return ERR_OK;
    }
    sources->bytes += bytes;
    return json_array_append_new(*array, entry) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err sources_add_import(struct sources *sources, const struct merge_import *import) {
    return append(sources, &sources->imports, entry_of_import(import), &sources->further_imports);
}

enum err sources_add_status(struct sources *sources, const struct statuslist *list, struct span address,
                            struct span text) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    TRY(crypto_sha256(text, sha256));
    return append(sources, &sources->status, entry_of_status(list, address, sha256), &sources->further);
}

/* One array: where issuers come from, then the status lists, the contexts, and how many more lists there are. */
static int fill(const struct sources *sources, json_t *array) {
    int failed = 0;
    const char *origin = NULL;
    json_t *count = NULL;
    json_object_foreach(sources->origins, origin, count) {
        json_t *result = json_sprintf("%" JSON_INTEGER_FORMAT " issuers", json_integer_value(count));
        failed |= json_array_append_new(array, json_pack("{s:s,s:o}", "format", origin, "result", result));
    }
    if (sources->imports != NULL) {
        failed |= json_array_extend(array, sources->imports);
    }
    if (sources->further_imports > 0) {
        json_t *result = json_sprintf("%" PRIu64 " further imports", sources->further_imports);
        failed |= json_array_append_new(array, json_pack("{s:s,s:o}", "format", "imports", "result", result));
    }
    if (sources->status != NULL) {
        failed |= json_array_extend(array, sources->status);
    }
    if (sources->contexts > 0) {
        json_t *result = json_sprintf("%" PRIu64 " contexts", sources->contexts);
        failed |= json_array_append_new(array, json_pack("{s:s,s:o}", "format", "JSON-LD", "result", result));
    }
    if (sources->hosted > 0) {
        json_t *result = json_sprintf("%" PRIu64 " documents, unsigned", sources->hosted);
        failed |=
            json_array_append_new(array, json_pack("{s:s,s:o}", "format", "hosted badges", "result", result));
    }
    if (sources->further > 0) {
        json_t *result =
            json_sprintf("%" PRIu64 " further status lists, their signatures right", sources->further);
        failed |=
            json_array_append_new(array, json_pack("{s:s,s:o}", "format", "status lists", "result", result));
    }
    return failed;
}

enum err sources_keep(const struct sources *sources, struct lists *lists) {
    json_t *array = json_array();
    char *text = fill(sources, array) == 0 ? json_dumps(array, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    enum err err = ERR_NO_MEMORY;
    if (text != NULL) {
        err = lists_add_meta(lists, span_of_text(SCHEMA_META_SOURCES), span_of_text(text));
    }
    free(text);
    json_decref(array);
    return err;
}

static enum err read_meta(sqlite3 *database, json_t **out) {
    sqlite3_stmt *row = NULL;
    TRY(database_check_schema(database));
    TRY(database_prepare(database, "SELECT value FROM meta WHERE name = '" SCHEMA_META_SOURCES "'", &row));
    enum err err = ERR_OK;
    if (sqlite3_step(row) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        err = text == NULL ? ERR_PACK_DAMAGED : jsontext_parse(span_of_text(text), out);
    }
    sqlite3_finalize(row);
    return err;
}

enum err sources_read(int database, json_t **out) {
    struct stat file;
    struct descriptor_vfs vfs = {0};
    sqlite3 *opened = NULL;
    if (fstat(database, &file) != 0 || !S_ISREG(file.st_mode)) {
        return ERR_PACK_READ;
    }
    TRY(descriptor_vfs_register(&vfs, database, 0, (uint64_t)file.st_size));
    enum err err = database_open(vfs.name, &opened);
    if (err == ERR_OK) {
        err = read_meta(opened, out);
    }
    sqlite3_close_v2(opened);
    descriptor_vfs_drop(&vfs);
    return err;
}

void sources_close(struct sources *sources) {
    json_decref(sources->origins);
    json_decref(sources->imports);
    json_decref(sources->status);
    *sources = (struct sources){0};
}
