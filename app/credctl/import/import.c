/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/import.h"

#include <stdio.h>

#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/line_file.h"
#include "credctl/build/shown_text.h"

static const struct import_format *const formats[] = {
#define IMPORT_FORMAT(name) &import_##name,
#include "credctl/import/formats.def"
#undef IMPORT_FORMAT
};

const struct import_format *import_nth(size_t n) {
    return n < sizeof formats / sizeof *formats ? formats[n] : NULL;
}

static size_t bytes_so_far(const struct import_job *job) {
    size_t bytes = 0;
    for (size_t i = 0; i < job->input_count; i++) {
        bytes += job->inputs[i].text.len;
    }
    return bytes;
}

enum err import_text(struct import_job *job, size_t input, struct span *out) {
    struct import_input *in = &job->inputs[input];
    if (!in->read) {
        TRY(file_read(in->path, IMPORT_TEXT_MAX - bytes_so_far(job), &in->text));
        TRY(crypto_sha256(room_span(&in->text), in->sha256));
        in->read = true;
    }
    *out = room_span(&in->text);
    return ERR_OK;
}

enum err import_json(struct import_job *job, size_t input, json_t **out) {
    struct span text = {0};
    TRY(import_text(job, input, &text));
    return jsontext_parse_large(text, IMPORT_JSON_VALUES_MAX, out);
}

static enum err each_line(struct import_job *job, struct line_file *lines,
                          enum err (*visit)(struct import_job *job, struct span line)) {
    for (;;) {
        bool found = false;
        struct span line = {0};
        TRY(line_file_next(lines, &found, &line));
        if (!found) {
            return ERR_OK;
        }
        if (line.len > 0) {
            TRY(visit(job, line));
        }
    }
}

enum err import_lines(struct import_job *job, size_t input,
                      enum err (*visit)(struct import_job *job, struct span line)) {
    struct import_input *in = &job->inputs[input];
    struct line_file lines = {0};
    struct crypto_hash *hash = NULL;
    TRY(crypto_hash_start(&hash));
    enum err err = line_file_open(in->path, &lines);
    if (err == ERR_OK) {
        lines.hash = hash;
        err = each_line(job, &lines, visit);
    }
    line_file_close(&lines);
    if (err != ERR_OK) {
        crypto_hash_close(hash);
        return err;
    }
    TRY(crypto_hash_finish(hash, in->sha256));
    in->read = true;
    return ERR_OK;
}

enum err import_option_file(const struct import_job *job, const char *option, size_t n, bool *given,
                            struct room *out) {
    const char *path = options_nth(job->options, option, n);
    *given = path != NULL;
    return path == NULL ? ERR_OK : file_read(path, LIMIT_CONTEXT_BYTES, out);
}

void import_at(struct import_job *job, struct span name, size_t number) {
    if (name.len == 0) {
        snprintf(job->entry, sizeof job->entry, "entry %zu", number);
        return;
    }
    struct room room = room_over(job->entry, sizeof job->entry - 1);
    shown_text_put(name, &room);
    job->entry[room.len] = '\0';
}

void import_note(struct import_job *job, const char *sentence) {
    if (job->notes < IMPORT_NOTES_MAX) {
        fprintf(stderr, "credctl: %s: %s\n", job->entry, sentence);
    } else if (job->notes == IMPORT_NOTES_MAX) {
        fputs("credctl: and so on\n", stderr);
    }
    job->notes++;
}

void import_pass_over(struct import_job *job, enum err err) {
    char sentence[IMPORT_ENTRY_SIZE];
    snprintf(sentence, sizeof sentence, "passed over: %s", err_sentence(err));
    import_note(job, sentence);
    job->passed_over++;
}

enum err import_not_ahead(const struct import_job *job, int64_t time_s) {
    return interval_has_come(&job->now, time_s) == ANSWER_YES ? ERR_OK : ERR_IMPORT_AHEAD;
}

/* What may be signed, for keys or certificates of which the list says nothing. */
static enum err narrow(const json_t *entries, const json_t *types) {
    for (size_t i = 0; i < json_array_size(entries); i++) {
        json_t *entry = json_array_get(entries, i);
        if (json_array_size(json_object_get(entry, "types")) == 0 &&
            json_object_set_new(entry, "types", json_copy((json_t *)types)) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

/* --type */
static enum err narrow_issuer(const struct import_job *job, const json_t *issuer) {
    const char *name = NULL;
    json_t *types = json_array();
    enum err err = types == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; err == ERR_OK && (name = options_nth(job->options, "type", i)) != NULL; i++) {
        err = json_array_append_new(types, json_string(name)) == 0 ? ERR_OK : ERR_IMPORT_SHAPE; /* no UTF-8 */
    }
    if (err == ERR_OK && json_array_size(types) > 0) {
        err = narrow(json_object_get(issuer, "keys"), types);
        err = err == ERR_OK ? narrow(json_object_get(issuer, "certificates"), types) : err;
    }
    json_decref(types);
    return err;
}

enum err import_add(struct import_job *job, json_t *issuer) {
    bool is_unsigned = !job->source.is_signed || json_is_true(json_object_get(issuer, "unsigned"));
    if (is_unsigned) {
        TRY(issuer_file_mark_unsigned(issuer));
    } else if (json_object_set_new(issuer, "unsigned", json_false()) != 0) {
        return ERR_NO_MEMORY;
    }
    if (json_object_set_new(issuer, "source", json_string(job->name)) != 0) {
        return ERR_NO_MEMORY;
    }
    TRY(narrow_issuer(job, issuer));
    TRY(issuer_file_check(issuer));
    TRY(import_file_add(job->file, issuer));
    job->unsigned_issuers += is_unsigned ? 1 : 0;
    job->issuers++;
    job->keys += issuer_file_keys(issuer);
    job->keyless += issuer_file_keys(issuer) == 0 ? 1 : 0;
    return progress_step(&job->progress, job->issuers, 0);
}
