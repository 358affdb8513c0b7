/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/store.h"

#include "boards/linux/linux_store.h"
#include "boards/sim/faulty_store.h"

enum err store_open(int folder, struct store_port *out) {
    struct sim_state *state = NULL;
    struct faulty_plan none = {0};
    enum err err = sim_state_attach(folder, &state);
    return err == ERR_OK ? faulty_store_open(folder, &none, state, out) : linux_store_open(folder, out);
}

void store_close(struct store_port *store) {
    if (faulty_store_is(store)) {
        faulty_store_close(store);
    } else {
        linux_store_close(store);
    }
}
