/* script: which writing system a character belongs to, as far as shaping needs to know. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_SCRIPT_H
#define PAINT_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

/* ISO 15924 code of a letter's script, "Arab"; NULL for what all scripts share, or that is not listed.
 * Static. */
const char *script_of(uint32_t code);

/* A joiner or variation selector: it belongs to the letter before it. */
bool script_joins(uint32_t code);

#endif
