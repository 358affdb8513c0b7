/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/import_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/since.h"
#include "credctl/file.h"

/* Bytes copied at once. */
#define PIECE_BYTES 65536u

struct import_file {
    char path[PATH_MAX], name[IMPORT_FILE_NAME_MAX + 1];
    int64_t imported_s;
    FILE *body; /* the issuers, in a file that has no name: the first line is known last */
    bool had_before;
    struct import_file_source before;
    uint64_t issuers_before;
    struct since since;
};

bool import_file_may_be_called(struct span name) {
    bool good = name.len > 0 && name.len <= IMPORT_FILE_NAME_MAX && name.ptr[0] != '.';
    for (size_t i = 0; good && i < name.len; i++) {
        uint8_t c = name.ptr[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_';
    }
    return good;
}

enum err import_file_path(const char *folder, const char *name, char out[PATH_MAX]) {
    int length = snprintf(out, PATH_MAX, "%s/" IMPORT_FILE_FOLDER "/%s.jsonl", folder, name);
    return length > 0 && length < PATH_MAX ? ERR_OK : ERR_NO_ROOM;
}

/* The kept keys, and how many issuers have them. */
static enum err note_issuer(struct import_file *file, const json_t *issuer) {
    struct span first = issuer_file_first(issuer);
    struct issuer_file_key *key = malloc(sizeof *key);
    enum err err = key == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < issuer_file_keys(issuer); i++) {
        int64_t since_s = 0;
        err = issuer_file_key(issuer, i, key);
        if (err == ERR_OK) {
            err = issuer_file_since(issuer, i, &since_s);
        }
        if (err == ERR_OK) {
            err = since_note(&file->since, first, &key->key.key, since_s);
        }
    }
    free(key);
    file->issuers_before++;
    return err;
}

static enum err note_before(struct import_file *file, struct import_file_reading *reading) {
    file->before = reading->source;
    file->had_before = true;
    for (;;) {
        json_t *issuer = NULL;
        TRY(import_file_next(reading, &issuer));
        if (issuer == NULL) {
            return ERR_OK;
        }
        enum err err = note_issuer(file, issuer);
        json_decref(issuer);
        TRY(err);
    }
}

static enum err read_before(struct import_file *file) {
    struct import_file_reading reading = {0};
    enum err err = import_file_open(file->path, &reading);
    if (err == ERR_OK) {
        err = note_before(file, &reading);
    }
    import_file_end(&reading);
    return err == ERR_FILE_MISSING ? ERR_OK : err;
}

/* A file that never had a name; or, where the file system has none such, one that has lost it. */
static int open_nameless(const char *folder, const char *path) {
    char temporary[PATH_MAX];
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        return descriptor;
    }
    int length = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    descriptor = length > 0 && length < PATH_MAX ? mkostemp(temporary, O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        (void)unlink(temporary);
    }
    return descriptor;
}

/* In the folder where the list will be: there is space for it, or it fails early. */
static enum err open_body(struct import_file *file, const char *folder) {
    int descriptor = open_nameless(folder, file->path);
    if (descriptor < 0) {
        return ERR_FILE_WRITE;
    }
    file->body = fdopen(descriptor, "w+");
    if (file->body == NULL) {
        close(descriptor);
        return ERR_NO_MEMORY;
    }
    return ERR_OK;
}

static enum err make_folder(const char *folder, char path[PATH_MAX]) {
    int length = snprintf(path, PATH_MAX, "%s/" IMPORT_FILE_FOLDER, folder);
    bool there = length > 0 && length < PATH_MAX && (mkdir(path, 0755) == 0 || errno == EEXIST);
    return there ? ERR_OK : ERR_FILE_WRITE;
}

static enum err begin(struct import_file *file, const char *folder, const char *name, int64_t imported_s) {
    char imports[PATH_MAX];
    snprintf(file->name, sizeof file->name, "%s", name);
    file->imported_s = imported_s;
    TRY(import_file_path(folder, name, file->path));
    TRY(make_folder(folder, imports));
    TRY(read_before(file));
    return open_body(file, imports);
}

enum err import_file_begin(const char *folder, const char *name, int64_t imported_s,
                           struct import_file **out) {
    struct import_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = begin(file, folder, name, imported_s);
    if (err != ERR_OK) {
        import_file_close(file);
        return err;
    }
    *out = file;
    return ERR_OK;
}

static enum err mark_keys(struct import_file *file, json_t *issuer) {
    struct span first = issuer_file_first(issuer);
    struct issuer_file_key *key = malloc(sizeof *key);
    enum err err = key == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < issuer_file_keys(issuer); i++) {
        int64_t since_s = 0;
        err = issuer_file_key(issuer, i, key);
        if (err == ERR_OK) {
            err = since_find(&file->since, first, &key->key.key, file->imported_s, &since_s);
        }
        if (err == ERR_OK) {
            err = issuer_file_mark_key(issuer, i, file->name, since_s);
        }
    }
    free(key);
    return err;
}

/* Whether it can be read again: a value takes two bytes at least, so that short lines need no look. */
static enum err check_line(struct span line) {
    json_t *issuer = NULL;
    if (line.len > LINE_FILE_MAX) {
        return ERR_FILE_LARGE;
    }
    if (line.len <= 2 * LIMIT_JSON_VALUES) {
        return ERR_OK;
    }
    TRY(import_file_line(line, &issuer));
    json_decref(issuer);
    return ERR_OK;
}

enum err import_file_add(struct import_file *file, json_t *issuer) {
    if (json_object_set_new(issuer, "source", json_string(file->name)) != 0) {
        return ERR_NO_MEMORY;
    }
    TRY(mark_keys(file, issuer));
    char *line = json_dumps(issuer, JSON_COMPACT | JSON_SORT_KEYS);
    if (line == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = check_line(span_of_text(line));
    if (err == ERR_OK && fprintf(file->body, "%s\n", line) < 0) {
        err = ERR_FILE_WRITE;
    }
    free(line);
    return err;
}

const struct import_file_source *import_file_before(const struct import_file *file) {
    return file->had_before ? &file->before : NULL;
}

uint64_t import_file_issuers_before(const struct import_file *file) {
    return file->issuers_before;
}

/* May the list take the place of the kept one? */
static enum err compare_with_before(const struct import_file *file, const struct import_file_source *source) {
    const struct import_file_source *before = &file->before;
    if (!file->had_before) {
        return ERR_OK;
    }
    bool elsewhere =
        source->url[0] != '\0' && before->url[0] != '\0' && strcmp(source->url, before->url) != 0;
    if (elsewhere || strcmp(source->format, before->format) != 0) {
        return ERR_IMPORT_TAKEN;
    }
    return source->seq < before->seq || source->issued_s < before->issued_s ? ERR_IMPORT_OLDER : ERR_OK;
}

static json_t *json_of_time(int64_t time_s) {
    char text[DATETIME_TEXT_SIZE] = "";
    if (time_s != 0) {
        datetime_text(time_s, text);
    }
    return json_string(text);
}

static enum err append_head(struct file_draft *draft, const struct import_file *file,
                            const struct import_file_source *source) {
    json_t *head = json_pack("{s:s,s:s,s:s,s:s,s:s,s:b,s:I,s:o,s:o,s:o}", "format", source->format, "name",
                             file->name, "url", source->url, "sha256", source->sha256, "signer",
                             source->signer, "unsigned", !source->is_signed, "seq", (json_int_t)source->seq,
                             "issued", json_of_time(source->issued_s), "next_update",
                             json_of_time(source->next_update_s), "imported", json_of_time(file->imported_s));
    char *line = head == NULL ? NULL : json_dumps(head, JSON_COMPACT);
    json_decref(head);
    if (line == NULL) {
        return ERR_NO_MEMORY;
    }
    size_t len = strlen(line);
    line[len] = '\n'; /* in place of the terminator */
    enum err err = file_draft_append(draft, span_of_bytes(line, len + 1));
    free(line);
    return err;
}

static enum err append_body(struct file_draft *draft, FILE *body) {
    uint8_t piece[PIECE_BYTES];
    rewind(body);
    for (;;) {
        size_t got = fread(piece, 1, sizeof piece, body);
        if (got == 0) {
            return ferror(body) ? ERR_FILE_READ : ERR_OK;
        }
        TRY(file_draft_append(draft, span_of_bytes(piece, got)));
    }
}

enum err import_file_finish(struct import_file *file, const struct import_file_source *source) {
    struct file_draft draft = {0};
    TRY(compare_with_before(file, source));
    if (fflush(file->body) != 0) {
        return ERR_FILE_WRITE;
    }
    TRY(file_draft_open(file->path, (struct file_how){.replace = true}, &draft));
    enum err err = append_head(&draft, file, source);
    err = err == ERR_OK ? append_body(&draft, file->body) : err;
    if (err != ERR_OK) {
        file_draft_drop(&draft);
        return err;
    }
    return file_draft_commit(&draft);
}

void import_file_close(struct import_file *file) {
    if (file == NULL) {
        return;
    }
    if (file->body != NULL) {
        fclose(file->body);
    }
    since_close(&file->since);
    free(file);
}
