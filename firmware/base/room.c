/* SPDX-License-Identifier: Apache-2.0 */
#include "base/room.h"

enum err room_put(struct room *room, struct span bytes) {
    if (bytes.len > room->cap - room->len) {
        return ERR_NO_ROOM;
    }
    if (bytes.len > 0) {
        memcpy(room->ptr + room->len, bytes.ptr, bytes.len);
        room->len += bytes.len;
    }
    return ERR_OK;
}

enum err room_put_byte(struct room *room, uint8_t byte) {
    return room_put(room, (struct span){&byte, 1});
}

enum err room_put_text(struct room *room, const char *text) {
    return room_put(room, span_of_text(text));
}
