/* contents: what a QR code holds for a credential: its text, or base45 of the compressed text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_CONTENTS_H
#define CREDCTL_PICTURE_CONTENTS_H

#include "base/err.h"
#include "base/room.h"
#include "credctl/picture/matrix.h"

enum contents_form { CONTENTS_SMALLEST = 0, CONTENTS_PLAIN, CONTENTS_BASE45 };

/* Room for the contents of any code. */
#define CONTENTS_BYTES 8192u

/* The form of a name: "smallest", "plain" or "base45". False: another name. */
bool contents_form_of(const char *name, enum contents_form *out);

/*
 * Make the code of a text.
 *
 * level  'L', 'M', 'Q' or 'H'
 * code   the code
 * held   appended: the exact bytes that the code holds
 *
 * ERR_QR_EMPTY, ERR_QR_TOO_LARGE, ERR_NO_MEMORY, ERR_NO_ROOM
 */
MUST_USE enum err contents_code(struct span text, enum contents_form form, char level, struct matrix *code,
                                struct room *held);

#endif
