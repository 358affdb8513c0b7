/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/floor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_NAME      "floor"
#define TEMPORARY_NAME "floor.next"

int64_t floor_read(const struct store_port *store) {
    char text[32] = "";
    struct room room = room_over(text, sizeof text - 1);
    if (store->read(store->ctx, FILE_NAME, &room) != ERR_OK) {
        return FLOOR_RELEASE_S;
    }
    char *end = NULL;
    long long floor_s = strtoll(text, &end, 10);
    bool whole = end != text && *end == '\n' && end[1] == '\0';
    return whole && floor_s > FLOOR_RELEASE_S && floor_s < FLOOR_MOST_S ? floor_s : FLOOR_RELEASE_S;
}

static enum err write_whole(const struct store_port *store, struct span text) {
    int file = 0;
    TRY(store->create(store->ctx, TEMPORARY_NAME, &file));
    enum err err = store->append(store->ctx, file, text);
    if (err == ERR_OK) {
        err = store->sync(store->ctx, file);
    }
    store->close(store->ctx, file);
    return err;
}

enum err floor_write(const struct store_port *store, int64_t floor_s) {
    char text[32];
    snprintf(text, sizeof text, "%" PRId64 "\n", floor_s);
    TRY(write_whole(store, span_of_text(text)));
    TRY(store->rename(store->ctx, TEMPORARY_NAME, FILE_NAME));
    return store->sync_folder(store->ctx, "");
}
