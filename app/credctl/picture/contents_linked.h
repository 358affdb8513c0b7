/* contents_linked: a credential or presentation as CBOR-LD in the characters of a QR code: VC1-R, VP1-R. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_CONTENTS_LINKED_H
#define CREDCTL_PICTURE_CONTENTS_LINKED_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "linked/context.h"

/*
 * Append "VC1-R" or "VP1-R" and base45 of CBOR-LD that reads back to the same document.
 *
 * text     JSON
 * library  the contexts that it names; NULL: none
 *
 * ERR_QR_LINKED     neither a credential nor a presentation, or there is no library
 * ERR_CBORLD_VALUE  what is read back is not the document
 * ERR_NO_ROOM, ERR_NO_MEMORY, and those of jsontext_parse, cborld_encode and cborld_decode
 */
MUST_USE enum err contents_linked(struct span text, const struct context_library *library, struct room *out);

#endif
