/* lote_extension: extensions of lists of trusted entities: which may be passed over, and which may not. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_EXTENSION_H
#define CREDCTL_IMPORT_LOTE_EXTENSION_H

#include <jansson.h>

#include "base/err.h"

/* Where extensions stand; each place has those that are understood there. */
enum lote_extension_place { LOTE_EXTENSION_OF_LIST = 0, LOTE_EXTENSION_OF_ENTITY, LOTE_EXTENSION_OF_SERVICE };

/* The member in which our lists carry a scope: {"types": [], "achievements": []}. It is marked critical: a reader that leaves it out
 * would trust the keys for more than the list does. */
#define LOTE_EXTENSION_SCOPE "CredentialScope"
/* The service's identifier, a URI. */
#define LOTE_EXTENSION_IDENTIFIER "ServiceUniqueIdentifier"

/*
 * Look for critical extensions. An extension is an object of one member that names it, and "critical": true or false beside that or
 * inside its value.
 *
 * extensions  an array, or NULL: none
 *
 * ERR_LOTE_EXTENSION  one that is critical and not understood at this place
 * ERR_IMPORT_SHAPE    "critical" is neither true nor false
 */
MUST_USE enum err lote_extension_check(const json_t *extensions, enum lote_extension_place place);

/* The value of the first extension of this name; NULL: there is none. */
const json_t *lote_extension_find(const json_t *extensions, const char *name);

#endif
