/* pack_serve: an installed pack handed to the verifier's program, for benches. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_PACK_SERVE_H
#define TESTS_LIB_PACK_SERVE_H

#include "base/room.h"
#include "pack/pack_open.h"

/* The parts of an installed pack, and the provisioned root. */
struct pack_serve {
    int files[3]; /* database, manifest, roots */
    struct room root, manifest, roots;
};

/* What it costs until a verifier waits for a payload: the median of several, and the memory that is its own. */
struct pack_serve_cost {
    double ms, private_kb;
};

struct pack_serve_cost pack_serve_start(const struct pack_serve *serve, const struct pack_receipt *receipt);

#endif
