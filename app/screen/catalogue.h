/* catalogue: translations out of a .mo file (gettext manual, "The Format of GNU MO Files"). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_CATALOGUE_H
#define SCREEN_CATALOGUE_H

#include "base/err.h"
#include "base/span.h"
#include "screen/language.h"

/* A catalogue of 400 sentences takes 60 KB; a file that is larger is none of ours. */
#define CATALOGUE_BYTES_MAX (1024u * 1024u)

/* All zero is the empty catalogue: every sentence stays English. */
struct catalogue {
    enum language language;
    struct span file; /* borrowed by catalogue_read, owned after catalogue_load */
    void *owned;
    uint32_t count, keys_at, texts_at;
    bool swapped;
};

/*
 * Check a .mo file in memory, every offset and length of it.
 *
 * language  whose plural rule it follows
 * file      borrowed for as long as the catalogue is used
 *
 * ERR_CATALOGUE_DAMAGED  not a .mo file, a table or text that reaches outside, a key out of order, text that
 * is no UTF-8
 */
MUST_USE enum err catalogue_read(enum language language, struct span file, struct catalogue *out);

/*
 * Load FOLDER/CODE.mo; English needs no file and is empty.
 *
 * ERR_FILE_READ          it cannot be read, or is larger than CATALOGUE_BYTES_MAX
 * ERR_CATALOGUE_DAMAGED  as above
 * ERR_NO_MEMORY
 */
MUST_USE enum err catalogue_load(const char *folder, enum language language, struct catalogue *out);
void catalogue_close(struct catalogue *catalogue);

/* The translation of an English sentence, or the sentence itself. Points into the file, or to `english`. */
struct span catalogue_text(const struct catalogue *catalogue, const char *english);

/* The form for n things of a counted sentence; `one` is also its key. */
struct span catalogue_plural(const struct catalogue *catalogue, const char *one, const char *many,
                             uint64_t n);

#endif
