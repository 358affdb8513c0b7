/* sealed_change: everything that can be changed about a JSON document, one after the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SEALED_CHANGE_H
#define TESTS_LIB_SEALED_CHANGE_H

#include <jansson.h>

/*
 * Change a document in one place, call visit, and change it back: each member and item at any depth to other values,
 * away, and to another name; each object by a member more, each array by an item more.
 *
 * document  an object; as before afterwards, but for the order of members
 * visit     change and member are for messages
 */
void sealed_change_each(json_t *document, void (*visit)(void *ctx, const char *change, const char *member),
                        void *ctx);

#endif
