/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "codec/jsontext.h"
#include "crypto/crypto.h"
#include "linked/expand.h"
#include "linked/rdfc.h"
#include "linked/shelf.h"
#include "linked/termtable.h"
#include "linked/tordf.h"

#include <stdlib.h>

#define MEMORY (4u << 20)

/* What a document may refer to: protected terms, scopes of both kinds, containers, one that loads another. */
static const char *const shelved[][2] = {
    {"urn:c:a",
     "{\"@context\":{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"p\":\"urn:p\",\"x\":\"urn:x#\","
     "\"T\":{\"@id\":\"urn:T\",\"@context\":{\"@protected\":true,\"id\":\"@id\",\"q\":{\"@id\":\"x:q\","
     "\"@type\":\"@id\"}}},\"s\":{\"@id\":\"urn:s\",\"@context\":{\"t\":{\"@id\":\"x:t\",\"@container\":"
     "\"@language\"}}}}}"},
    {"urn:c:b",
     "{\"@context\":[\"urn:c:a\",{\"l\":{\"@id\":\"urn:l\",\"@container\":\"@list\"},\"g\":{\"@id\":\"urn:"
     "g\","
     "\"@container\":[\"@graph\",\"@id\"]},\"i\":{\"@id\":\"urn:i\",\"@container\":\"@index\",\"@index\":"
     "\"p\"},"
     "\"r\":{\"@reverse\":\"urn:r\"},\"j\":{\"@id\":\"urn:j\",\"@type\":\"@json\"},\"n\":\"@nest\"}]}"},
    {"urn:c:c",
     "{\"@context\":{\"@vocab\":\"urn:v#\",\"y\":{\"@type\":\"@vocab\",\"@container\":\"@type\"}}}"},
};

/* Two shelves of the same contexts; those of the second are not compiled. */
struct scan {
    struct shelf shelf[2];
    struct shelf_view view[2];
    struct context_library library[2];
    struct arena kept, memory;
};

static enum err fill(struct shelf *shelf, bool compiled) {
    for (size_t i = 0; i < sizeof shelved / sizeof *shelved; i++) {
        TRY(shelf_add_json(shelf, span_of_text(shelved[i][0]), span_of_text(shelved[i][1])));
        if (!compiled) {
            shelf->entries[i].document.unit = NULL;
        }
    }
    return ERR_OK;
}

static struct scan *open_scan(void) {
    static struct scan scan;
    if (scan.memory.base == NULL) {
        scan.kept = arena_over(malloc(MEMORY), MEMORY);
        scan.memory = arena_over(malloc(MEMORY), MEMORY);
        enum err err = crypto_start();
        for (int i = 0; i < 2 && err == ERR_OK; i++) {
            scan.shelf[i].arena = &scan.kept;
            scan.view[i].shelf = &scan.shelf[i];
            scan.library[i] = shelf_view_library(&scan.view[i]);
            err = fill(&scan.shelf[i], i == 0);
        }
        if (err != ERR_OK) {
            abort();
        }
    }
    return &scan;
}

static enum err canonize(struct scan *scan, const json_t *document, int library, bool lenient,
                         struct rdfc_form *form) {
    const struct expand_options how = {.library = &scan->library[library], .lenient = lenient};
    const struct tordf_options to = {.lenient = lenient};
    struct tree_items items = {0};
    struct rdf_dataset set = {0};
    TRY(expand_document(document, &how, &scan->memory, &items));
    TRY(rdf_open(&scan->memory, &set));
    TRY(tordf_statements(items, &to, &set));
    return rdfc_canonize(&set, RDFC_SHA256, &scan->memory, form);
}

/* Compiled contexts count work and layers otherwise. */
static bool beyond(enum err err) {
    return err == ERR_CONTEXT_WORK || err == ERR_CONTEXT_DEPTH;
}

/* What is safe says the same leniently, and with contexts that are not compiled. */
static void judge_document(struct scan *scan, const json_t *document) {
    struct rdfc_form safe = {0};
    struct rdfc_form plain = {0};
    struct rdfc_form lenient = {0};
    scan->memory.used = 0;
    enum err err = canonize(scan, document, 0, false, &safe);
    size_t used = scan->memory.used;
    enum err err_plain = canonize(scan, document, 1, false, &plain);
    enum err err_lenient = canonize(scan, document, 0, true, &lenient);
    bool room = used < MEMORY / 4; /* else one of the later ones may run out of it */
    if (room && !beyond(err) && !beyond(err_plain) &&
        (err != err_plain || (err == ERR_OK && err_lenient != ERR_OK))) {
        abort();
    }
    if (room && err == ERR_OK && err_plain == ERR_OK &&
        !(span_equal(safe.text, plain.text) && span_equal(safe.text, lenient.text))) {
        abort();
    }
}

/* A table that is read is written, and reads back as the same. */
static void judge_table(struct span text) {
    struct termtable_head head = {0};
    json_t *context = NULL;
    json_t *again = NULL;
    static uint8_t memory[1u << 20];
    struct room room = room_over(memory, sizeof memory);
    if (termtable_read(text, &head, &context) != ERR_OK) {
        return;
    }
    enum err err = termtable_write(&head, context, &room);
    if (err == ERR_OK &&
        (termtable_read(room_span(&room), &head, &again) != ERR_OK || !json_equal(context, again))) {
        abort();
    }
    json_decref(context);
    json_decref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    json_t *document = NULL;
    struct scan *scan = open_scan();
    struct span text = span_of_bytes(data, size);
    if (span_starts_with(text, "credkiosk")) {
        judge_table(text);
        return 0;
    }
    if (jsontext_parse(text, &document) == ERR_OK) {
        judge_document(scan, document);
        json_decref(document);
    }
    return 0;
}
