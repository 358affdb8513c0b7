/* outputs: the files that a command leaves of one credential: its text, the code's contents, a picture, a card. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_OUTPUTS_H
#define CREDCTL_OUTPUTS_H

#include "base/err.h"
#include "base/room.h"
#include "credctl/options.h"
#include "credctl/picture/card.h"
#include "credctl/picture/drawing.h"
#include "linked/context.h"

/* The options themselves, for a command's table; TEXT: what --out takes. */
#define OUTPUTS_OPTIONS(TEXT)                                                                                \
    {"out", 'o', "FILE", TEXT " goes; standard output where no file at all is named.", OPTION_ONCE},         \
        {"qr", 0, "FILE", "Where its QR code goes, as PNG.", OPTION_ONCE}, {                                 \
        "contents", 0, "FILE", "Where the exact contents of the code go.", OPTION_ONCE                       \
    }
#define OUTPUTS_CARD_OPTION                                                                                  \
    { "svg", 0, "FILE", "Where a printable card goes, as SVG of A6 size.", OPTION_ONCE }
#define OUTPUTS_FORCE_OPTION                                                                                 \
    { "force", 'f', NULL, "Replace existing files.", OPTION_ONCE }

/* What goes into the files. Rooms of the caller's. */
struct outputs {
    const struct options *options;
    const struct context_library *library; /* of the contexts that JSON names */
    struct drawing drawing;
    struct room text; /* the credential, without a line feed; with room for one */
    struct room held, svg;
    struct contents made;
};

/* No file is written where one of them could not be: a status of sysexits.h, after its message. */
int outputs_check(const struct options *options);

/* Make the code of the text where an option asks for one, and the card. Errors of contents_code and card_svg. */
MUST_USE enum err outputs_draw(struct outputs *outputs, const struct card *card);

/* Write the files, and say what the code came to. A status of sysexits.h, after its message. */
int outputs_write(struct outputs *outputs);

#endif
