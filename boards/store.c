/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

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

/* Opened anew: a lock belongs to an opening, and the one that is given may be shared with another process. */
enum err store_lock(int folder, int *lock) {
    int opened = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = -1;
    if (opened < 0) {
        return ERR_STORE_READ;
    }
    do {
        result = flock(opened, LOCK_EX);
    } while (result != 0 && errno == EINTR);
    if (result != 0) {
        close(opened);
        return ERR_STORE_READ;
    }
    *lock = opened;
    return ERR_OK;
}
