/* root_text: what a root says and who has yet to sign it, as lines for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_ROOT_TEXT_H
#define CREDCTL_BUILD_ROOT_TEXT_H

#include <stdio.h>

#include "credctl/build/root_draft.h"

/* A root: scheme, version, threshold, the ids of its keys. Errors of packer_kid. */
MUST_USE enum err root_text_root(FILE *out, const struct root *root);

/* A draft: the same, which keys are new, which go, who has signed. Errors of packer_kid. */
MUST_USE enum err root_text_draft(FILE *out, const struct root_draft *draft);

/* Two lines: how many signatures there are of either root's keys, and whose could be added. Errors of packer_kid. */
MUST_USE enum err root_text_missing(FILE *out, const struct root_draft *draft);

#endif
