/* releasing: a workspace's last root, and one of the release keys it names: what signs packs and tokens. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_RELEASING_H
#define CREDCTL_BUILD_RELEASING_H

#include "credctl/options.h"
#include "credctl/sign/signer.h"
#include "pack/root.h"

/* The option that releasing_open reads. */
#define RELEASING_OPTION                                                                                     \
    {                                                                                                        \
        "key", 'k', "FILE", "The release key; the one in keys/ that the root names, where it is not given.", \
            OPTION_ONCE                                                                                      \
    }

/* All zero is none. */
struct releasing {
    struct room roots; /* the chain, as packs carry it; its own memory */
    struct root root;  /* the last one; its scheme points into `scheme` */
    char scheme[LIMIT_NAME_BYTES];
    struct signer *key;
};

/*
 * Open both. Whether the root names a key that --key gives is found where what it signed is checked.
 *
 * Gives a status of sysexits.h, after its message; 0: good. releasing_close it in either case; it may not be moved.
 */
int releasing_open(const struct options *options, const char *folder, struct releasing *out);

/* Release them. */
void releasing_close(struct releasing *releasing);

#endif
