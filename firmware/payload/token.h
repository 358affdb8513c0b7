/* token: texts of base64url parts with dots between: JWS, JWE, SD-JWT. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_TOKEN_H
#define PAYLOAD_TOKEN_H

#include "payload/payload.h"

/* Its kind by its first characters, dots and tildes; PAYLOAD_NONE for anything else. */
enum payload_kind token_kind(struct span text);

#endif
