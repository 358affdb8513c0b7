/* pack_text: what trust show says of a pack, as lines for people. Names in a list are other people's: nothing in
 * them moves the cursor or turns the direction of the text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_PACK_TEXT_H
#define CREDCTL_BUILD_PACK_TEXT_H

#include <jansson.h>
#include <stdio.h>

/* Lines of what the functions of pack_json.h give, in the order of their names. */
void pack_text_head(FILE *out, const json_t *head);
void pack_text_issuer(FILE *out, const json_t *issuer);
void pack_text_anchor(FILE *out, const json_t *anchor);
void pack_text_context(FILE *out, const json_t *context);
void pack_text_status(FILE *out, const json_t *status);

#endif
