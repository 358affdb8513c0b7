/* policy: what the venue admits and how strict it is. Data that kiosk.ini fills; the rules over it are in
 * policy.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include <stdbool.h>

#include "base/span.h"

/* Entries of one admit list; a fair that needs more lists its issuer instead. */
#define POLICY_LIST_MAX 64u

/* Names compared whole, byte by byte; the spans are borrowed from whoever read the configuration. */
struct policy_list {
    size_t count;
    struct span names[POLICY_LIST_MAX];
};

/* A venue's rules. All zero admits every credential and keeps every strictness. */
struct policy {
    struct policy_list issuers;      /* issuer identifiers; an empty list admits all */
    struct policy_list types;        /* credential or achievement types */
    struct policy_list achievements; /* achievement ids */
    bool expired_is_note;            /* expired credentials are VALID, NOTE */
    bool clock_required;             /* with an unbounded clock: CANNOT CHECK */
};

#endif
