/* sealed_property: what must hold for every genuine document with its proof inside, whatever its suite. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SEALED_PROPERTY_H
#define TESTS_LIB_SEALED_PROPERTY_H

#include <jansson.h>

#include "verify.h"

/*
 * A genuine document is VALID, with or without a note, and gets the same answer twice. It is neither once any member of
 * it, at any depth, has another value, another name, or is gone; once an object has a member or an array an item more;
 * once any one bit of its text is flipped; or once it is cut anywhere. Bits and cuts: every one up to 256, else 256
 * seeded ones with both ends; FULL=1 in the environment: all.
 *
 * Excepted is what changes nothing that was signed: a context that nothing is named by, what is said twice (not where
 * the text itself is signed); and of several proofs one that is left out, or names a key that nobody here knows. Then
 * the document still makes the same statements, and whatever is shown is as before.
 *
 * name       for messages
 * document   borrowed; as before afterwards
 * grounds    under which it is genuine
 */
void sealed_property_check(const char *name, json_t *document, const struct verify_grounds *grounds,
                           struct arena *arena);

/*
 * The same of a code of CBOR-LD: any bit flipped in its text or in its bytes, or cut. Excepted is what says nothing of the
 * credential, as the name of a presentation that nobody signed: what is shown is then as before.
 *
 * prefix  "VP1-R" or "VC1-R"
 * bytes   CBOR-LD; genuine under grounds
 */
void sealed_property_check_code(const char *name, const char *prefix, struct span bytes,
                                const struct verify_grounds *grounds, struct arena *arena);

/* Both show the same: names, dates and addresses. */
bool sealed_property_same_shown(const struct shown_credential *a, const struct shown_credential *b);

#endif
