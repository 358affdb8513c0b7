/* release: the signature of a release key, which a root names, on a document of our own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_RELEASE_H
#define PACK_RELEASE_H

#include "pack/document.h"
#include "pack/root.h"

/*
 * Check that one of the root's release keys signed a document.
 *
 * stranger  what comes back when its key id names none of them
 * wrong     what comes back when the signature is not that key's over these bytes
 *
 * stranger, wrong, ERR_KEY_MISMATCH, ERR_SIGNATURE_SHAPE, ERR_KEY_SHAPE, ERR_CRYPTO_FAILED
 */
MUST_USE enum err release_check(const struct document *document, const struct root *root, enum err stranger,
                                enum err wrong);

#endif
