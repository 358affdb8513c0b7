/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "codec/jcs.h"
#include "codec/jsontext.h"
#include "tests/lib/cborld_case.h"

#include <stdlib.h>

#define OUTPUT (1u << 20)

static struct cborld_case *open_case(void) {
    static void *opened;
    if (opened == NULL && cborld_case_open(&opened) != 0) {
        abort();
    }
    return opened;
}

static enum err decode(struct cborld_case *f, struct span bytes, json_t **out) {
    struct arena arena = arena_over(f->memory, f->memory_size);
    return cborld_decode(bytes, NULL, &f->library, &arena, out);
}

/* Limits of the one direction that the other does not have: a decoded document may be larger than its bytes. */
static bool beyond(enum err err) {
    return err == ERR_CONTEXT_WORK || err == ERR_NO_ROOM || err == ERR_JSON_TOO_MANY ||
           err == ERR_CBOR_TOO_MANY || err == ERR_CBOR_DEPTH || err == ERR_CONTEXT_DEPTH;
}

/* The same in their canonical form, which does not tell 2.0 from 2. */
static bool same(const json_t *a, const json_t *b) {
    static uint8_t texts[2][OUTPUT];
    struct room rooms[2] = {room_over(texts[0], OUTPUT), room_over(texts[1], OUTPUT)};
    enum err err_a = jcs_write(a, &rooms[0]);
    enum err err_b = jcs_write(b, &rooms[1]);
    return err_a == err_b && span_equal(room_span(&rooms[0]), room_span(&rooms[1]));
}

/* What is written is read back as it was. */
static void written_and_read(struct cborld_case *f, const json_t *document, struct cborld_form form) {
    static uint8_t output[OUTPUT];
    struct arena arena = arena_over(f->memory, f->memory_size);
    struct room room = room_over(output, sizeof output);
    json_t *back = NULL;
    if (cborld_encode(document, form, NULL, &f->library, &arena, &room) != ERR_OK) {
        return;
    }
    enum err err = decode(f, room_span(&room), &back);
    if (!beyond(err) && (err != ERR_OK || !same(back, document))) {
        abort();
    }
    json_decref(back);
}

/* Bytes that begin as CBOR-LD are read, and the document written again in each way; text is a document. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct cborld_form forms[] = {
        {CBORLD_1_0, 0}, {CBORLD_1_0, 1}, {CBORLD_1_0, 100}, {CBORLD_RANGE, 1}, {CBORLD_SINGLETON, 1},
    };
    struct cborld_case *f = open_case();
    struct span bytes = span_of_bytes(data, size);
    json_t *document = NULL;
    bool text = size > 0 && (data[0] == '{' || data[0] == '[');
    enum err err = text ? jsontext_parse(bytes, &document) : decode(f, bytes, &document);
    for (size_t i = 0; err == ERR_OK && i < sizeof forms / sizeof *forms; i++) {
        written_and_read(f, document, forms[i]);
    }
    json_decref(document);
    return 0;
}
