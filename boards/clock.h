/* clock: the port through which face asks the machine's clocks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_CLOCK_H
#define BOARDS_CLOCK_H

#include "base/interval.h"

/*
 * Read all clocks of the machine at one moment; what cannot be read is left unset.
 *
 * boot_id  tells this boot from every other one; 0: it cannot be told
 */
struct clock_port {
    void *ctx;
    void (*read)(void *ctx, struct clock_reading *out);
    uint64_t boot_id;
};

/* The system clock of the machine this runs on, without a board: what credctl goes by. */
struct clock_port clock_of_machine(void);

#endif
