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
 * What says nothing of anybody is excepted: an @context that leaves the signed statements as they are, and one of
 * several independent proofs left out. Whatever is shown then must be as before.
 *
 * name       for messages
 * document   borrowed; as before afterwards
 * grounds    under which it is genuine
 */
void sealed_property_check(const char *name, json_t *document, const struct verify_grounds *grounds,
                           struct arena *arena);

#endif
