/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/statuslist.h"

#include <stdlib.h>

#include "credctl/build/bitstring.h"
#include "credctl/build/revocationlist.h"
#include "credctl/build/tokenlist.h"

/* How a list is written. */
enum form { FORM_TOKEN = 0, FORM_DOCUMENT, FORM_BINARY };

/* Kinds of list by form; of one form the first that recognises its own. */
static const struct reader {
    enum form form;
    bool (*recognises)(struct span text); /* NULL: whatever is left */
    enum err (*read)(const struct statuslist_source *source, struct statuslist *list);
} readers[] = {
    {FORM_TOKEN, tokenlist_is_jwt, tokenlist_read_jwt},
    {FORM_TOKEN, NULL, bitstring_read_token},
    {FORM_DOCUMENT, revocationlist_is, revocationlist_read},
    {FORM_DOCUMENT, NULL, bitstring_read_document},
    {FORM_BINARY, NULL, tokenlist_read_cwt},
};

/* CBOR of a signature begins with an array or a tag, which no text does. */
static enum form form_of(struct span text) {
    if (text.len > 0 && text.ptr[0] >= 0x80) {
        return FORM_BINARY;
    }
    return text.len > 0 && text.ptr[0] == '{' ? FORM_DOCUMENT : FORM_TOKEN;
}

static struct span without_line_ends(struct span text) {
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
        text.len--;
    }
    return text;
}

static enum err read_by(const struct reader *reader, const struct statuslist_source *source,
                        struct statuslist *out) {
    struct statuslist list = {0};
    enum err err = reader->read(source, &list);
    if (err != ERR_OK) {
        statuslist_close(&list);
        return err;
    }
    *out = list;
    return ERR_OK;
}

enum err statuslist_read(const struct statuslist_source *source, struct statuslist *out) {
    struct statuslist_source own = *source;
    enum form form = form_of(own.text);
    own.text = form == FORM_BINARY ? own.text : without_line_ends(own.text);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const struct reader *reader = &readers[i];
        if (reader->form == form && (reader->recognises == NULL || reader->recognises(own.text))) {
            return read_by(reader, &own, out);
        }
    }
    return ERR_STATUS_SHAPE;
}

void statuslist_end_at(struct statuslist *list, int64_t time_s) {
    if (time_s != 0 && (list->expires_s == 0 || time_s < list->expires_s)) {
        list->expires_s = time_s;
    }
}

enum err statuslist_make_room(struct statuslist *list) {
    uint8_t *memory = malloc(STATUSLIST_BYTES_MAX);
    list->bitmap = room_over(memory, memory == NULL ? 0 : STATUSLIST_BYTES_MAX);
    return memory == NULL ? ERR_NO_MEMORY : ERR_OK;
}

void statuslist_close(struct statuslist *list) {
    json_decref(list->claims);
    free(list->memory);
    free(list->bitmap.ptr);
    free(list->hashes.ptr);
    *list = (struct statuslist){0};
}
