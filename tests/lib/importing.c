/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/importing.h"

#include <stdio.h>
#include <stdlib.h>

#include "credctl/build/import_file.h"
#include "credctl/sign/public_form.h"
#include "tests/lib/check.h"

#define TEXT_BYTES 65536u

void importing_open(struct importing *importing) {
    *importing = (struct importing){.now_s = IMPORTING_NOW_S};
    assert_ok(crypto_start());
    assert_true(temp_folder_make(importing->folder));
}

static void forget_inputs(struct importing *importing) {
    for (size_t i = 0; i < importing->input_count; i++) {
        file_release(&importing->inputs[i].text);
        importing->inputs[i] = (struct import_input){.path = importing->inputs[i].path};
    }
}

void importing_again(struct importing *importing) {
    forget_inputs(importing);
    importing->input_count = importing->path_count = 0;
    importing->options = (struct options){0};
}

void importing_close(struct importing *importing) {
    importing_again(importing);
    json_decref(importing->issuers);
    importing->issuers = NULL;
    assert_true(temp_folder_remove(importing->folder));
}

static const char *put_file(struct importing *importing, struct span bytes) {
    assert_true(importing->path_count < IMPORTING_FILES);
    char name[PATH_MAX], *path = importing->paths[importing->path_count++];
    int length = snprintf(name, sizeof name, "%s/file-%zu", importing->folder, importing->path_count);
    memcpy(path, name, (size_t)length + 1);
    assert_ok(file_write(path, bytes, (struct file_how){.replace = true}));
    return path;
}

void importing_bytes(struct importing *importing, struct span bytes) {
    importing->inputs[importing->input_count++].path = put_file(importing, bytes);
}

void importing_text(struct importing *importing, const char *text) {
    importing_bytes(importing, span_of_text(text));
}

void importing_path(struct importing *importing, const char *path) {
    assert_true(importing->path_count < IMPORTING_FILES);
    char *kept = importing->paths[importing->path_count++];
    snprintf(kept, PATH_MAX, "%s", path);
    importing->inputs[importing->input_count++].path = kept;
}

void importing_option(struct importing *importing, const char *name, const char *value) {
    static const struct option_spec specs[] = {{.name = "pin"}, {.name = "signature"}, {.name = "type"}};
    size_t n = importing->options.given_count++;
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        if (strcmp(specs[i].name, name) == 0) {
            importing->options.given[n].spec = &specs[i];
        }
    }
    importing->options.given[n].value = value;
    assert_non_null(importing->options.given[n].spec);
}

void importing_option_bytes(struct importing *importing, const char *name, struct span bytes) {
    importing_option(importing, name, put_file(importing, bytes));
}

static void take_issuers(struct importing *importing, const char *name) {
    char path[PATH_MAX];
    struct import_file_reading reading = {0};
    json_t *issuer = NULL;
    json_decref(importing->issuers);
    importing->issuers = json_array();
    assert_ok(import_file_path(importing->folder, name, path));
    assert_ok(import_file_open(path, &reading));
    do {
        assert_ok(import_file_next(&reading, &issuer));
        if (issuer != NULL) {
            assert_int_equal(json_array_append_new(importing->issuers, issuer), 0);
        }
    } while (issuer != NULL);
    import_file_end(&reading);
}

enum err importing_run(struct importing *importing, const struct import_format *format) {
    struct import_job job = {.options = &importing->options,
                             .now = interval_at(importing->now_s),
                             .name = format->name,
                             .url = "",
                             .input_count = importing->input_count,
                             .inputs = importing->inputs};
    forget_inputs(importing);
    assert_ok(import_file_begin(importing->folder, job.name, importing->now_s, &job.file));
    enum err err = format->read(&job);
    if (err == ERR_OK) {
        snprintf(job.source.format, sizeof job.source.format, "%s", format->name);
        memset(job.source.sha256, '0', sizeof job.source.sha256 - 1);
        err = import_file_finish(job.file, &job.source);
    }
    import_file_close(job.file);
    importing->source = job.source;
    importing->keyless = job.keyless;
    importing->passed_over = job.passed_over;
    importing->revocations = job.revocations;
    importing->unsigned_issuers = job.unsigned_issuers;
    memcpy(importing->entry, job.entry, sizeof job.entry);
    if (err == ERR_OK) {
        take_issuers(importing, job.name);
    }
    return err;
}

const json_t *importing_issuer(const struct importing *importing, size_t n) {
    const json_t *issuer = json_array_get(importing->issuers, n);
    assert_non_null(issuer);
    return issuer;
}

struct signer *importing_signer(enum crypto_alg alg) {
    struct signer *signer = NULL;
    assert_ok(signer_make(alg, &signer));
    return signer;
}

static char *text_of(struct room *room) {
    assert_ok(room_put_byte(room, 0));
    return (char *)room->ptr;
}

char *importing_jwk(const struct signer *signer, const char *kid) {
    struct room room = room_over(malloc(PUBLIC_FORM_BYTES), PUBLIC_FORM_BYTES);
    assert_ok(public_form_jwk(signer_alg(signer), signer_public(signer), span_of_text(kid), &room));
    return text_of(&room);
}

char *importing_token(const struct signer *signer, const char *typ, const char *kid, const char *payload) {
    struct room room = room_over(malloc(TEXT_BYTES), TEXT_BYTES);
    assert_ok(signer_jws(signer, span_of_text(typ), span_of_text(kid), span_of_text(payload), &room));
    return text_of(&room);
}

char *importing_document(const struct signer *signer, const char *did) {
    char kid[512];
    struct room room = room_over(malloc(PUBLIC_FORM_BYTES), PUBLIC_FORM_BYTES);
    snprintf(kid, sizeof kid, "%s#1", did);
    assert_ok(public_form_document(signer_alg(signer), signer_public(signer), span_of_text(did),
                                   span_of_text(kid), &room));
    return text_of(&room);
}
