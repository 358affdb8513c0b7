/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/interop.h"

#include "tests/lib/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define ROOT "../shared/interop/"

void interop_open(struct interop *interop, const char *suite, const char *folder) {
    char path[1024];
    struct stat info;
    snprintf(path, sizeof path, ROOT "%s", folder);
    if (stat(path, &info) != 0) {
        printf("# %s: skipped, no vectors\n", suite);
        skip();
    }
    *interop = (struct interop){.suite = suite, .excluded = json_array()};
}

static struct span read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fail_msg("cannot read %s", path);
    }
    size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(size + 1);
    size_t got = fread(bytes, 1, size, file);
    fclose(file);
    assert_int_equal(got, size);
    /* the very size, so that a sanitizer sees a reading behind the end */
    return span_of_bytes(realloc(bytes, size > 0 ? size : 1), size);
}

struct span interop_read(const char *path) {
    char whole[1024];
    snprintf(whole, sizeof whole, ROOT "%s", path);
    return read_file(whole);
}

void interop_free(struct span bytes) {
    free((void *)(uintptr_t)bytes.ptr);
}

json_t *interop_json(const char *path) {
    struct span bytes = interop_read(path);
    json_error_t error;
    json_t *value = json_loadb((const char *)bytes.ptr, bytes.len, JSON_ALLOW_NUL, &error);
    interop_free(bytes);
    if (value == NULL) {
        fail_msg("%s is no JSON: %s", path, error.text);
    }
    return value;
}

void interop_each_file(const char *folder, void (*visit)(void *ctx, const char *name, struct span bytes),
                       void *ctx) {
    char path[1024];
    struct dirent **entries = NULL;
    snprintf(path, sizeof path, ROOT "%s", folder);
    int count = scandir(path, &entries, NULL, alphasort);
    assert_true(count > 2);
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.' && entries[i]->d_type != DT_DIR) {
            snprintf(path, sizeof path, ROOT "%s/%s", folder, entries[i]->d_name);
            struct span bytes = read_file(path);
            visit(ctx, entries[i]->d_name, bytes);
            interop_free(bytes);
        }
        free(entries[i]);
    }
    free(entries);
}

struct span interop_unhex(const char *text) {
    size_t len = strlen(text) / 2;
    uint8_t *bytes = malloc(len > 0 ? len : 1);
    for (size_t i = 0; i < len; i++) {
        const char digits[3] = {text[2 * i], text[2 * i + 1], 0};
        char *end = NULL;
        bytes[i] = (uint8_t)strtoul(digits, &end, 16);
        assert_ptr_equal(end, digits + 2);
    }
    return span_of_bytes(bytes, len);
}

void interop_case(struct interop *interop, const char *name, bool passed, const char *got) {
    interop->total++;
    interop->passed += passed ? 1 : 0;
    interop->failed += passed ? 0 : 1;
    if (!passed) {
        fprintf(stderr, "%s: %s gives %s\n", interop->suite, name, got);
    }
}

void interop_exclude(struct interop *interop, const char *name, unsigned cases, const char *reason) {
    interop->total += cases;
    const json_t *last = json_array_get(interop->excluded, json_array_size(interop->excluded) - 1);
    json_t *entry = json_pack("{s:s,s:s}", "case", name, "reason", reason);
    if (json_equal(last, entry)) {
        json_decref(entry);
    } else {
        json_array_append_new(interop->excluded, entry);
    }
}

static void write_piece(struct interop *interop) {
    const char *build = getenv("BUILD");
    const char *mode = getenv("MODE");
    char path[1024];
    snprintf(path, sizeof path, "%s/%s/interop", build == NULL ? "build" : build,
             mode == NULL ? "check" : mode);
    mkdir(path, 0777);
    size_t len = strlen(path);
    snprintf(path + len, sizeof path - len, "/%s.json", interop->suite);
    json_t *piece =
        json_pack("{s:s,s:i,s:i,s:i,s:o}", "suite", interop->suite, "total", (int)interop->total, "passed",
                  (int)interop->passed, "failed", (int)interop->failed, "excluded", interop->excluded);
    if (json_dump_file(piece, path, 0) != 0) {
        fail_msg("cannot write %s", path);
    }
    json_decref(piece);
}

void interop_close(struct interop *interop) {
    unsigned failed = interop->failed;
    unsigned passed = interop->passed;
    unsigned total = interop->total;
    printf("# %s: %u of %u passed, %u failed, %u excluded\n", interop->suite, passed, total, failed,
           total - passed - failed);
    write_piece(interop);
    *interop = (struct interop){0};
    if (failed > 0 || total == 0) {
        fail_msg("%u cases failed, %u passed", failed, passed);
    }
}
