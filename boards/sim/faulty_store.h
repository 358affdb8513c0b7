/* faulty_store: real files whose steps fail, tear or kill the process, as a test or a script asks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_FAULTY_STORE_H
#define BOARDS_SIM_FAULTY_STORE_H

#include "boards/sim/sim_state.h"
#include "boards/store.h"

/*
 * At which step something happens; steps that change something (make_folder, create, append, sync,
 * sync_folder, rename, remove) count from 1. 0: at none. All zero: no faults.
 */
struct faulty_plan {
    unsigned fail_at; /* this step, and all after it, give ERR_STORE_WRITE */
    unsigned kill_at; /* SIGKILL before this step is done */
    unsigned tear_at; /* of an append: half is written, then SIGKILL; of any other step: as kill_at */
};

/*
 * A store over `folder` (a descriptor, duplicated).
 *
 * state  a script's disk faults too; the port's to close, NULL for none
 *
 * ERR_STORE_READ (not a folder), ERR_NO_MEMORY; `state` is closed then too
 */
MUST_USE enum err faulty_store_open(int folder, const struct faulty_plan *plan, struct sim_state *state,
                                    struct store_port *out);

/* The port is one of these. */
bool faulty_store_is(const struct store_port *store);

/* Changing steps so far. */
unsigned faulty_store_steps(const struct store_port *store);

/* Release ctx; takes one that is all zero. */
void faulty_store_close(struct store_port *store);

#endif
