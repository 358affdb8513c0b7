/* policy: what the venue admits and how strict it is. Data that kiosk.ini fills; the rules over it are in
 * policy.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include <stdbool.h>

#include "base/interval.h"
#include "base/span.h"
#include "credential/credential.h"

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
    struct span language;            /* BCP 47: of the list's names for an issuer; empty is English */
};

/* Does the event admit it? Zero is a question that nobody asked. */
enum policy_event { POLICY_EVENT_UNASKED = 0, POLICY_NO_RULES, POLICY_ADMITTED, POLICY_NOT_ADMITTED };

/* Is it in force? Zero is "the clock cannot tell". */
enum policy_dates {
    POLICY_DATES_UNKNOWN = 0,
    POLICY_DATES_NONE, /* it carries none */
    POLICY_DATES_IN_FORCE,
    POLICY_DATES_EXPIRED,
    POLICY_DATES_NOT_YET_VALID
};

/* Each list that is not empty must hold the credential's issuer, one of its types (or its achievement's), its
 * achievement. */
enum policy_event policy_event_of(const struct policy *policy, const struct claimed_credential *claimed);

/* Compare the dates with the present, as far as the clock can tell. */
enum policy_dates policy_dates_of(const struct claimed_credential *claimed, const struct interval *now);

#endif
