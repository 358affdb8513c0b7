/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/contents.h"

#include "codec/base45.h"
#include "codec/deflate.h"

bool contents_form_of(const char *name, enum contents_form *out) {
    static const char *const names[] = {
        [CONTENTS_SMALLEST] = "smallest", [CONTENTS_PLAIN] = "plain", [CONTENTS_BASE45] = "base45"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum contents_form)i;
            return true;
        }
    }
    return false;
}

static enum err compress(struct span text, struct room *out) {
    uint8_t bytes[CONTENTS_BYTES];
    struct room stream = room_over(bytes, sizeof bytes);
    TRY(deflate_bytes(INFLATE_ZLIB, text, &stream));
    return base45_encode(room_span(&stream), out);
}

static enum err compressed_code(struct span text, char level, struct matrix *code, struct room *held) {
    uint8_t bytes[CONTENTS_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    enum err err = compress(text, &room);
    if (err != ERR_OK) {
        return err == ERR_NO_ROOM ? ERR_QR_TOO_LARGE : err;
    }
    struct matrix made;
    TRY(matrix_make(room_span(&room), level, &made));
    TRY(room_put(held, room_span(&room)));
    *code = made;
    return ERR_OK;
}

static enum err plain_code(struct span text, char level, struct matrix *code, struct room *held) {
    struct matrix made;
    TRY(matrix_make(text, level, &made));
    TRY(room_put(held, text));
    *code = made;
    return ERR_OK;
}

enum err contents_code(struct span text, enum contents_form form, char level, struct matrix *code,
                       struct room *held) {
    if (text.len == 0) {
        return ERR_QR_EMPTY;
    }
    if (form == CONTENTS_PLAIN) {
        return plain_code(text, level, code, held);
    }
    if (form == CONTENTS_BASE45) {
        return compressed_code(text, level, code, held);
    }
    struct matrix plain;
    size_t before = held->len;
    enum err plain_err = plain_code(text, level, &plain, held);
    size_t after = held->len;
    enum err err = compressed_code(text, level, code, held);
    bool keep_plain = plain_err == ERR_OK && (err != ERR_OK || code->version >= plain.version);
    if (keep_plain) {
        *code = plain;
        held->len = after;
        return ERR_OK;
    }
    if (err == ERR_OK && plain_err == ERR_OK) {
        memmove(held->ptr + before, held->ptr + after, held->len - after);
        held->len -= after - before;
    }
    return err;
}
