/* fields: the small file from which a badge is made: "key = value" lines, "#" begins a comment line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BADGE_FIELDS_H
#define CREDCTL_BADGE_FIELDS_H

#include <stdbool.h>

#include "base/span.h"

/* Largest file, and longest value: a badge beyond it would not fit into a QR code. */
#define FIELDS_FILE_BYTES  65536u
#define FIELDS_VALUE_BYTES 2000u

/* What a badge is made of. */
enum fields_name {
#define FIELD(name, key, kind, required, sentence) name,
#include "credctl/badge/fields.def"
#undef FIELD
    FIELD_COUNT
};

/* Values point into the text; empty where a field is absent. */
struct fields {
    struct span values[FIELD_COUNT];
    unsigned lines[FIELD_COUNT]; /* where each stands, from 1; 0 where absent */
};

/*
 * Read the text. On a mistake, what is wrong stands in `wrong` (with line and field), and false comes back.
 *
 * Refused: an unknown or repeated field, an empty or over-long value, invalid UTF-8, control characters, a
 * required field that is absent, and values that are not what their field takes.
 */
bool fields_parse(struct span text, struct fields *out, char wrong[300]);

/* The key of a field as it stands in a file; static. */
const char *fields_key(enum fields_name name);

/* What it holds, one sentence; static. */
const char *fields_sentence(enum fields_name name);

/* Must it be there? */
bool fields_required(enum fields_name name);

#endif
