/* lock: how readers on several threads take turns at what they share; made by who has threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_LOCK_H
#define SYMBOL_LOCK_H

#include <stddef.h>

/* A lock of the caller's, as a port. All zero: none is needed, there is one thread. */
struct lock {
    void *ctx;
    void (*take)(void *ctx);  /* wait until nobody else has it */
    void (*leave)(void *ctx); /* let the next one have it */
};

static inline void lock_take(const struct lock *lock) {
    if (lock->take != NULL) {
        lock->take(lock->ctx);
    }
}

static inline void lock_leave(const struct lock *lock) {
    if (lock->leave != NULL) {
        lock->leave(lock->ctx);
    }
}

#endif
