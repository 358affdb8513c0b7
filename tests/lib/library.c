/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/library.h"

#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MEMORY (8u << 20)

/* The file of an address; false where the library holds none. */
static bool path_of(const struct library *library, struct span address, char *path, size_t cap) {
    char whole[1200];
    if (library->index != NULL) {
        const json_t *entry = json_object_getn(library->index, (const char *)address.ptr, address.len);
        snprintf(path, cap, "%s/%s", library->folder, json_string_value(json_object_get(entry, "file")));
        return entry != NULL;
    }
    if (!span_starts_with(address, library->prefix)) {
        return false;
    }
    struct span rest = span_slice(address, strlen(library->prefix), address.len);
    snprintf(path, cap, "%s/%.*s", library->folder, (int)rest.len, (const char *)rest.ptr);
    snprintf(whole, sizeof whole, "../shared/interop/%s", path);
    return access(whole, R_OK) == 0;
}

static const struct context_unit *unit_of(struct library *library, const struct context_document *document) {
    struct context_env env = {.arena = &library->arena, .library = &library->library};
    const struct context_unit *unit = NULL;
    if (!library->compile || document->context == NULL) {
        return NULL;
    }
    enum err err = context_unit_compile(&env, NULL, document->context, document->address, &unit);
    return err == ERR_OK ? unit : NULL;
}

static const struct context_document *find(void *ctx, struct span address) {
    struct library *library = ctx;
    char path[1024];
    for (int i = 0; i < library->count; i++) {
        if (span_equal(library->documents[i].address, address)) {
            return &library->documents[i];
        }
    }
    if (!path_of(library, address, path, sizeof path)) {
        return NULL;
    }
    assert_true(library->count < LIBRARY_DOCUMENTS);
    int at = library->count++;
    struct context_document *document = &library->documents[at];
    library->roots[at] = interop_json(path);
    library->addresses[at] = strndup((const char *)address.ptr, address.len);
    document->address = span_of_text(library->addresses[at]);
    document->context = json_object_get(library->roots[at], "@context");
    document->unit = unit_of(library, document);
    return document;
}

void library_open(struct library *out, const char *prefix, const char *folder, const char *index,
                  bool compile) {
    char path[1024];
    *out = (struct library){.prefix = prefix, .folder = folder, .compile = compile};
    out->library = (struct context_library){.find = find, .ctx = out};
    out->arena = arena_over(malloc(MEMORY), MEMORY);
    if (index != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder, index);
        out->index = interop_json(path);
    }
}

void library_close(struct library *library) {
    for (int i = 0; i < library->count; i++) {
        json_decref(library->roots[i]);
        free(library->addresses[i]);
    }
    json_decref(library->index);
    free(library->arena.base);
    *library = (struct library){0};
}
