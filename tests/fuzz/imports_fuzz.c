/* SPDX-License-Identifier: Apache-2.0 */
/* Two imported lists as a workspace keeps them, cut at the first NUL, merged and listed. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "credctl/build/issuer_file.h"
#include "credctl/build/merge.h"
#include "crypto/crypto.h"
#include "tests/lib/temp_folder.h"

/* What is merged. */
struct run {
    bool all_unsigned;
    struct lists *lists;
};

/* A workspace without a file by hand; it is removed with the machine's temporary files when the run ends. */
static const char *workspace(void) {
    static char folder[TEMP_FOLDER_SIZE];
    char path[PATH_MAX];
    if (folder[0] != '\0') {
        return folder;
    }
    if (crypto_start() != ERR_OK || !temp_folder_make(folder)) {
        abort();
    }
    snprintf(path, sizeof path, "%s/issuers", folder);
    int failed = mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/imports", folder);
    if ((failed | mkdir(path, 0700)) != 0) {
        abort();
    }
    return folder;
}

static void drop_workspace(void) {
    (void)temp_folder_remove(workspace());
}

static void put(const char *name, struct span text) {
    char path[PATH_MAX];
    if (import_file_path(workspace(), name, path) != ERR_OK) {
        abort();
    }
    FILE *file = fopen(path, "we");
    if (file == NULL || (text.len > 0 && fwrite(text.ptr, text.len, 1, file) != 1) || fclose(file) != 0) {
        abort();
    }
}

/* Where nobody signed anything, no issuer and no key passes for signed. */
static enum err list(void *ctx, const json_t *issuer, bool by_hand) {
    struct run *run = ctx;
    struct issuer_file_key *key = malloc(sizeof *key);
    if (by_hand || (run->all_unsigned && !json_is_true(json_object_get(issuer, "unsigned")))) {
        abort();
    }
    for (size_t i = 0; i < issuer_file_keys(issuer); i++) {
        if (issuer_file_key(issuer, i, key) == ERR_OK && run->all_unsigned && !key->key.unsigned_source) {
            abort();
        }
    }
    free(key);
    enum err err = issuer_file_list(issuer, run->lists);
    return err == ERR_NO_MEMORY ? err : ERR_OK;
}

static void merge_both(void) {
    struct merge *merge = NULL;
    struct run run = {.all_unsigned = true};
    const struct merge_import *import = NULL;
    enum err err = merge_open(workspace(), 1788000000, NULL, NULL, &merge);
    for (size_t i = 0; err == ERR_OK && (import = merge_import_nth(merge, i)) != NULL; i++) {
        run.all_unsigned = run.all_unsigned && !import->source.is_signed;
    }
    if (err == ERR_OK) {
        err = lists_create(":memory:", &run.lists);
    }
    if (err == ERR_OK) {
        (void)!merge_each(merge, list, NULL, &run);
    }
    if (merge_trouble(merge) == NULL) {
        abort();
    }
    lists_close(run.lists);
    merge_close(merge);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool begun;
    if (!begun) {
        (void)workspace();
        begun = atexit(drop_workspace) == 0;
    }
    struct span text = span_of_bytes(data, size);
    size_t cut = span_find(text, 0, 0);
    put("a", span_slice(text, 0, cut));
    put("b", span_slice(text, cut + 1, size));
    merge_both();
    return 0;
}
