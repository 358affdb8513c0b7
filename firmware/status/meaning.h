/* meaning: what the value of an entry says of a credential. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STATUS_MEANING_H
#define STATUS_MEANING_H

#include "status/status.h"

/* Is this a purpose of a Bitstring Status List that is understood: revocation, suspension, message? */
bool meaning_understands(struct span purpose);

/*
 * By the entry's purpose (Bitstring Status List 1.0 sections 2.1 and 3.2): zero is good, and any other value what the purpose
 * says. Of purpose "message" every value has a text in the entry's statusMessage.
 *
 * message  receives the text; points into the entry's document
 *
 * STATUS_UNKNOWN: the purpose is not understood, or the value has no text, or two.
 */
enum status_answer meaning_by_purpose(const struct credential_status *entry, uint32_t value,
                                      struct span *message);

/* By itself (Token Status List section 7.1): 0 is valid, 1 invalid, 2 suspended; of any other nobody here knows more than
 * that it is not valid. */
enum status_answer meaning_by_value(uint32_t value);

#endif
