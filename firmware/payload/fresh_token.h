/* fresh_token: tells a freshness token, which is no credential, from other compact JWS. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_FRESH_TOKEN_H
#define PAYLOAD_FRESH_TOKEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/span.h"

/* The header's `typ` is that of a freshness token; nothing is checked. The arena has afterwards what it had before. */
bool fresh_token_is(struct span text, struct arena *arena);

#endif
