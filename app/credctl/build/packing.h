/* packing: a pack and its root as the options of trust verify, show and install name them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_PACKING_H
#define CREDCTL_BUILD_PACKING_H

#include "base/room.h"
#include "credctl/build/moment.h"
#include "pack/pack_open.h"

/* The options that packing_open reads. */
#define PACKING_OPTIONS                                                                                      \
    {"root", 'r', "FILE", "The provisioned root, root.jwt; a pack without it proves nothing.",               \
     OPTION_REQUIRED},                                                                                       \
        {"audience", 0, "NAME", "The site or group that is asked for.", OPTION_ONCE}, MOMENT_OPTION

/* A pack file that is open, not checked. All zero is none. */
struct packing {
    bool open;
    int file;
    struct room root;
    struct pack_rules rules; /* points into root and the options */
};

/* Open what the options name. A status of sysexits.h, after its message; 0: good. packing_close it in either
 * case. */
int packing_open(const struct options *options, const char *path, struct packing *out);

/* Release it. */
void packing_close(struct packing *packing);

#endif
