/* contents: what a QR code holds for a credential, in each of the forms that kiosks read, and which is smallest. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_CONTENTS_H
#define CREDCTL_PICTURE_CONTENTS_H

#include "base/err.h"
#include "base/room.h"
#include "credctl/picture/matrix.h"
#include "linked/context.h"

/*
 * The text itself; base45 of the compressed text, as PixelPass has it; or, of a credential or presentation as JSON,
 * "VC1-R" or "VP1-R" and base45 of its CBOR-LD.
 *
 * CBOR-LD begins with tag 0x0501: of the three headers it is the one that every published reader takes, and it has
 * numbers for the usual contexts.
 */
enum contents_form { CONTENTS_SMALLEST = 0, CONTENTS_PLAIN, CONTENTS_BASE45, CONTENTS_CBOR_LD };
#define CONTENTS_FORMS 4

/* Room for the contents of any code. */
#define CONTENTS_BYTES 8192u

/* How a code is made. */
struct contents_how {
    enum contents_form form;
    char level;                            /* of error correction: 'L', 'M', 'Q' or 'H' */
    const struct context_library *library; /* the contexts for CBOR-LD; NULL: that form is not tried */
};

/* What a form came to. */
struct contents_try {
    enum err err; /* ERR_OK: the following is filled in; ERR_QR_LINKED: the form is not for such a text */
    size_t chars;
    unsigned version;
};

/* A code, and what it could have been. All zero is none. */
struct contents {
    enum contents_form form; /* the one that was taken */
    struct matrix code;
    struct contents_try tries[CONTENTS_FORMS]; /* by form; CONTENTS_SMALLEST is none */
};

/* The form of a name: "smallest", "plain", "base45" or "cbor-ld". False: another name. */
bool contents_form_of(const char *name, enum contents_form *out);

/* The name of a form; static. */
const char *contents_form_name(enum contents_form form);

/*
 * Make the code of a text: in the form that is asked for, or the one of the lowest version; of several, the first.
 *
 * held  appended: the exact bytes that the code holds
 *
 * ERR_QR_EMPTY, ERR_QR_TOO_LARGE, ERR_NO_MEMORY, ERR_NO_ROOM
 * ERR_QR_LINKED  CBOR-LD is asked for, and the text is no credential or presentation as JSON
 * and, where CBOR-LD is asked for, those of jsontext_parse, cborld_encode and cborld_decode
 */
MUST_USE enum err contents_code(struct span text, struct contents_how how, struct contents *out,
                                struct room *held);

#endif
