/* trust_add_context: "credctl trust add FOLDER --context FILE". */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_TRUST_ADD_CONTEXT_H
#define CREDCTL_TRUST_ADD_CONTEXT_H

#include "credctl/options.h"

/*
 * Check the context that --context names (a JSON-LD document with --address, or a table of terms) and keep it in a
 * workspace. The exit status, after its message.
 */
int trust_add_context(const struct options *options, const char *folder);

/*
 * The same for a file that is named otherwise.
 *
 * options  for --source and --assets
 * address  of a JSON-LD document; NULL for a table of terms
 */
int trust_add_context_file(const struct options *options, const char *folder, const char *path,
                           const char *address);

#endif
