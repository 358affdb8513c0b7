/* prefix: kinds that their first characters name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_PREFIX_H
#define PAYLOAD_PREFIX_H

#include "payload/payload.h"

/* Its kind by its first characters, in capitals or not (codes of capitals are smaller); else PAYLOAD_NONE. */
enum payload_kind prefix_kind(struct span text);

#endif
