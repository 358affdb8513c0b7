/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/contents_linked.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/limits.h"
#include "codec/base45.h"
#include "codec/jcs.h"
#include "codec/jsontext.h"
#include "credential/member.h"
#include "credctl/picture/contents.h"
#include "linked/cborld.h"

static const struct cborld_form form = {.header = CBORLD_SINGLETON, .entry = 1};

/* What is read back says the same, whatever its order and however its numbers are written. */
static enum err check_same(const json_t *back, const json_t *document, struct arena *arena) {
    struct span one = {0}, other = {0};
    TRY(jcs_text(back, arena, &one));
    TRY(jcs_text(document, arena, &other));
    return span_equal(one, other) ? ERR_OK : ERR_CBORLD_VALUE;
}

static enum err check_back(struct span bytes, const struct context_library *library, struct arena *arena,
                           const json_t *document) {
    json_t *back = NULL;
    TRY(cborld_decode(bytes, NULL, library, arena, &back));
    enum err err = check_same(back, document, arena);
    json_decref(back);
    return err;
}

static enum err write(const json_t *document, const struct context_library *library, struct arena *arena,
                      struct room *out) {
    uint8_t memory[CONTENTS_BYTES];
    struct room bytes = room_over(memory, sizeof memory);
    bool shown = member_says(document, "type", "VerifiablePresentation");
    if (library == NULL || (!shown && !member_says(document, "type", "VerifiableCredential"))) {
        return ERR_QR_LINKED;
    }
    TRY(cborld_encode(document, form, NULL, library, arena, &bytes));
    TRY(check_back(room_span(&bytes), library, arena, document));
    TRY(room_put_text(out, shown ? "VP1-R" : "VC1-R"));
    return base45_encode(room_span(&bytes), out);
}

enum err contents_linked(struct span text, const struct context_library *library, struct room *out) {
    json_t *document = NULL;
    if (text.len == 0 || text.ptr[0] != '{') {
        return ERR_QR_LINKED;
    }
    TRY(jsontext_parse(text, &document));
    void *memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    struct arena arena = arena_over(memory, LIMIT_SCAN_ARENA_BYTES);
    enum err err = memory == NULL ? ERR_NO_MEMORY : write(document, library, &arena, out);
    free(memory);
    json_decref(document);
    return err;
}
