/* assets: what ships beside credctl: the vocabulary by which it judges and signs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_ASSETS_H
#define CREDCTL_ASSETS_H

#include "credctl/options.h"
#include "vocabulary/vocabulary.h"

/* Where they are where nothing says otherwise. */
#define ASSETS_FOLDER "/usr/share/credkiosk"
/* The option of every command that opens them. */
#define ASSETS_OPTION                                                                                        \
    { "assets", 0, "FOLDER", "What ships with credctl: contexts; found beside it unless told.", OPTION_ONCE }

/*
 * Open the contexts of --assets, or else of ../share/credkiosk beside this program's folder, or else of
 * ASSETS_FOLDER.
 *
 * An error is said on standard error, and its status of sysexits.h given back; 0: it is open.
 *
 * out  vocabulary_close it
 */
int assets_vocabulary(const struct options *options, struct vocabulary *out);

/* The same, and the contexts of a workspace behind them. */
int assets_workspace_vocabulary(const struct options *options, const char *folder, struct vocabulary *out);

#endif
