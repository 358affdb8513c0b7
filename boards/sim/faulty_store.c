/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/faulty_store.h"

#include <signal.h>
#include <stdlib.h>

#include "boards/linux/linux_store.h"

struct faulty_store {
    struct store_port real;
    struct faulty_plan plan;
    struct sim_state *state;
    unsigned steps;
};

/* Count a step, and let happen what is planned for it. */
static enum err step(struct faulty_store *store) {
    store->steps++;
    if (store->plan.kill_at == store->steps || store->plan.tear_at == store->steps) {
        raise(SIGKILL);
    }
    bool fails = store->plan.fail_at != 0 && store->steps >= store->plan.fail_at;
    bool full = store->state != NULL && sim_state_disk(store->state) == SIM_DISK_FULL;
    return fails || full ? ERR_STORE_WRITE : ERR_OK;
}

static enum err faulty_read(void *ctx, const char *path, struct room *out) {
    struct faulty_store *store = ctx;
    return store->real.read(store->real.ctx, path, out);
}

static enum err faulty_make_folder(void *ctx, const char *path) {
    struct faulty_store *store = ctx;
    TRY(step(store));
    return store->real.make_folder(store->real.ctx, path);
}

static enum err faulty_create(void *ctx, const char *path, int *descriptor) {
    struct faulty_store *store = ctx;
    TRY(step(store));
    return store->real.create(store->real.ctx, path, descriptor);
}

static enum err append_half(struct faulty_store *store, int descriptor, struct span bytes) {
    return store->real.append(store->real.ctx, descriptor, span_slice(bytes, 0, bytes.len / 2));
}

static enum err faulty_append(void *ctx, int descriptor, struct span bytes) {
    struct faulty_store *store = ctx;
    if (store->plan.tear_at == store->steps + 1) {
        enum err torn = append_half(store, descriptor, bytes);
        raise(SIGKILL);
        return torn;
    }
    TRY(step(store));
    if (store->state != NULL && sim_state_disk(store->state) == SIM_DISK_TORN) {
        TRY(append_half(store, descriptor, bytes));
        return ERR_STORE_WRITE;
    }
    return store->real.append(store->real.ctx, descriptor, bytes);
}

static enum err faulty_sync(void *ctx, int descriptor) {
    struct faulty_store *store = ctx;
    TRY(step(store));
    return store->real.sync(store->real.ctx, descriptor);
}

static void faulty_close(void *ctx, int descriptor) {
    struct faulty_store *store = ctx;
    store->real.close(store->real.ctx, descriptor);
}

static enum err faulty_sync_folder(void *ctx, const char *path) {
    struct faulty_store *store = ctx;
    TRY(step(store));
    return store->real.sync_folder(store->real.ctx, path);
}

static enum err faulty_rename(void *ctx, const char *from, const char *to) {
    struct faulty_store *store = ctx;
    TRY(step(store));
    return store->real.rename(store->real.ctx, from, to);
}

static enum err faulty_remove(void *ctx, const char *path) {
    struct faulty_store *store = ctx;
    TRY(step(store));
    return store->real.remove(store->real.ctx, path);
}

static enum err faulty_open(void *ctx, const char *path, int *descriptor) {
    struct faulty_store *store = ctx;
    return store->real.open(store->real.ctx, path, descriptor);
}

enum err faulty_store_open(int folder, const struct faulty_plan *plan, struct sim_state *state,
                           struct store_port *out) {
    struct faulty_store *store = calloc(1, sizeof *store);
    enum err err = store == NULL ? ERR_NO_MEMORY : linux_store_open(folder, &store->real);
    if (err != ERR_OK) {
        free(store);
        sim_state_close(state);
        return err;
    }
    store->plan = *plan;
    store->state = state;
    *out = (struct store_port){.ctx = store,
                               .read = faulty_read,
                               .make_folder = faulty_make_folder,
                               .create = faulty_create,
                               .append = faulty_append,
                               .sync = faulty_sync,
                               .close = faulty_close,
                               .sync_folder = faulty_sync_folder,
                               .rename = faulty_rename,
                               .remove = faulty_remove,
                               .open = faulty_open};
    return ERR_OK;
}

bool faulty_store_is(const struct store_port *store) {
    return store->read == faulty_read;
}

unsigned faulty_store_steps(const struct store_port *store) {
    const struct faulty_store *faulty = store->ctx;
    return faulty->steps;
}

void faulty_store_close(struct store_port *store) {
    struct faulty_store *faulty = store->ctx;
    if (faulty != NULL) {
        linux_store_close(&faulty->real);
        sim_state_close(faulty->state);
        free(faulty);
    }
    *store = (struct store_port){0};
}
