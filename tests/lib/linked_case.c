/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/linked_case.h"

#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "crypto/crypto.h"

#define MEMORY (2u << 20)

void linked_case_open(struct linked_case *c) {
    *c = (struct linked_case){0};
    assert_ok(crypto_start());
    c->kept = arena_over(malloc(MEMORY), MEMORY);
    c->scan = arena_over(malloc(MEMORY), MEMORY);
    c->shelf.arena = &c->kept;
    c->view.shelf = &c->shelf;
    c->library = shelf_view_library(&c->view);
}

void linked_case_close(struct linked_case *c) {
    json_decref(c->document);
    shelf_close(&c->shelf);
    free(c->kept.base);
    free(c->scan.base);
}

void linked_case_shelve(struct linked_case *c, const char *address, const char *context) {
    char text[4096];
    snprintf(text, sizeof text, "{\"@context\": %s}", context);
    assert_ok(shelf_add_json(&c->shelf, span_of_text(address), span_of_text(text)));
}

static void read_document(struct linked_case *c, const char *text) {
    json_decref(c->document);
    c->document = NULL;
    arena_wipe(&c->scan);
    assert_ok(jsontext_parse(span_of_text(text), &c->document));
}

enum err linked_case_expand(struct linked_case *c, const char *text, bool lenient) {
    const struct expand_options options = {.library = &c->library,
                                           .base = lenient ? span_of_text("https://example.org/d")
                                                           : (struct span){0},
                                           .lenient = lenient};
    read_document(c, text);
    return expand_document(c->document, &options, &c->scan, &c->items);
}

enum err linked_case_canonize(struct linked_case *c, const char *text) {
    struct linked_document found = {0};
    read_document(c, text);
    TRY(linked_canonize(c->document, &c->library, RDFC_SHA256, &c->scan, &found));
    c->set = found.set;
    c->form = found.form;
    return ERR_OK;
}

void linked_case_refused(const char *text, enum err expected) {
    struct linked_case c;
    linked_case_open(&c);
    enum err err = linked_case_canonize(&c, text);
    if (err != expected) {
        fail_msg("%s gives %s, not %s", text, err_name(err), err_name(expected));
    }
    linked_case_close(&c);
}
