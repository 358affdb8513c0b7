/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/kept.h"

#include <stdio.h>

static enum err write_whole(const struct store_port *store, const char *name, struct span text) {
    int file = 0;
    TRY(store->create(store->ctx, name, &file));
    enum err err = store->append(store->ctx, file, text);
    if (err == ERR_OK) {
        err = store->sync(store->ctx, file);
    }
    store->close(store->ctx, file);
    return err;
}

enum err kept_write(const struct store_port *store, const char *name, struct span text) {
    char next[KEPT_NAME_MAX + sizeof ".next"];
    snprintf(next, sizeof next, "%.*s.next", (int)KEPT_NAME_MAX, name);
    TRY(write_whole(store, next, text));
    TRY(store->rename(store->ctx, next, name));
    return store->sync_folder(store->ctx, "");
}
