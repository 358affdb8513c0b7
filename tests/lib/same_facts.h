/* same_facts: do two readings of a credential claim the same? */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SAME_FACTS_H
#define TESTS_LIB_SAME_FACTS_H

#include "credential/credential.h"

/*
 * The first fact that differs, or NULL. Types count as the same whatever their order, and by the last part of their
 * address; AchievementCredential is another name of OpenBadgeCredential.
 */
const char *same_facts_difference(const struct claimed_credential *a, const struct claimed_credential *b);

#endif
