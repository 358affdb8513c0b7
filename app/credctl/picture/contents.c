/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/contents.h"

#include "codec/base45.h"
#include "codec/deflate.h"
#include "credctl/picture/contents_linked.h"

static const char *const names[CONTENTS_FORMS] = {[CONTENTS_SMALLEST] = "smallest",
                                                  [CONTENTS_PLAIN] = "plain",
                                                  [CONTENTS_BASE45] = "base45",
                                                  [CONTENTS_CBOR_LD] = "cbor-ld"};

bool contents_form_of(const char *name, enum contents_form *out) {
    for (size_t i = 0; i < CONTENTS_FORMS; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum contents_form)i;
            return true;
        }
    }
    return false;
}

const char *contents_form_name(enum contents_form form) {
    return names[form];
}

static enum err compress(struct span text, struct room *out) {
    uint8_t bytes[CONTENTS_BYTES];
    struct room stream = room_over(bytes, sizeof bytes);
    TRY(deflate_bytes(INFLATE_ZLIB, text, &stream));
    return base45_encode(room_span(&stream), out);
}

static enum err write_form(struct span text, enum contents_form form, const struct context_library *library,
                           struct room *out) {
    enum err err = form == CONTENTS_PLAIN    ? room_put(out, text)
                   : form == CONTENTS_BASE45 ? compress(text, out)
                                             : contents_linked(text, library, out);
    return err == ERR_NO_ROOM ? ERR_QR_TOO_LARGE : err;
}

/* What is being looked for, and the best so far. */
struct search {
    struct contents_how how;
    struct contents found;
    struct room held;
};

static enum err try_form(struct span text, enum contents_form form, struct search *search,
                         struct contents_try *out) {
    uint8_t bytes[CONTENTS_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    struct matrix made;
    TRY(write_form(text, form, search->how.library, &room));
    TRY(matrix_make(room_span(&room), search->how.level, &made));
    *out = (struct contents_try){.chars = room.len, .version = made.version};
    bool smaller = search->found.code.side == 0 || made.version < search->found.code.version;
    if (search->how.form == CONTENTS_SMALLEST ? smaller : search->how.form == form) {
        search->found.form = form;
        search->found.code = made;
        search->held.len = 0;
        return room_put(&search->held, room_span(&room));
    }
    return ERR_OK;
}

enum err contents_code(struct span text, struct contents_how how, struct contents *out, struct room *held) {
    uint8_t bytes[CONTENTS_BYTES];
    struct search search = {.how = how, .held = room_over(bytes, sizeof bytes)};
    if (text.len == 0) {
        return ERR_QR_EMPTY;
    }
    for (size_t i = CONTENTS_PLAIN; i < CONTENTS_FORMS; i++) {
        struct contents_try *each = &search.found.tries[i];
        each->err = try_form(text, (enum contents_form)i, &search, each);
    }
    if (search.found.code.side == 0) {
        return search.found.tries[how.form == CONTENTS_SMALLEST ? CONTENTS_BASE45 : how.form].err;
    }
    TRY(room_put(held, room_span(&search.held)));
    *out = search.found;
    return ERR_OK;
}
