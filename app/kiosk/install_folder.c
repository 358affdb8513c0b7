/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/install_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"

#define HEX_CHARS (2 * CRYPTO_SHA256_BYTES)
/* "packs/ID/manifest.jws" and its terminator. */
#define FILE_PATH_SIZE (INSTALL_FOLDER_PATH_SIZE + 16)

static const char *const names[] = {INSTALL_DATABASE, INSTALL_MANIFEST, INSTALL_ROOTS};

void install_folder_path(const uint8_t id[CRYPTO_SHA256_BYTES], char out[INSTALL_FOLDER_PATH_SIZE]) {
    memcpy(out, "packs/", 6);
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        out[6 + 2 * i] = "0123456789abcdef"[id[i] >> 4];
        out[6 + 2 * i + 1] = "0123456789abcdef"[id[i] & 15];
    }
    out[INSTALL_FOLDER_PATH_SIZE - 1] = '\0';
}

enum err install_folder_write(const struct store_port *store, const char *path, struct span bytes) {
    int descriptor = -1;
    TRY(store->create(store->ctx, path, &descriptor));
    enum err err = store->append(store->ctx, descriptor, bytes);
    if (err == ERR_OK) {
        err = store->sync(store->ctx, descriptor);
    }
    store->close(store->ctx, descriptor);
    return err;
}

enum err install_folder_open(const struct store_port *store, const char *folder, struct install_files *out) {
    int opened[3] = {-1, -1, -1};
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < 3; i++) {
        char path[FILE_PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        err = store->open(store->ctx, path, &opened[i]);
    }
    if (err == ERR_OK) {
        *out = (struct install_files){true, opened[0], opened[1], opened[2]};
        return ERR_OK;
    }
    for (size_t i = 0; i < 3; i++) {
        if (opened[i] >= 0) {
            close(opened[i]);
        }
    }
    return err;
}

enum err install_folder_remove(const struct store_port *store, const char *folder) {
    for (size_t i = 0; i < 3; i++) {
        char path[FILE_PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        TRY(store->remove(store->ctx, path));
    }
    return store->remove(store->ctx, folder);
}

enum err install_read(int descriptor, struct room *out) {
    struct room room = *out;
    for (;;) {
        uint8_t beyond;
        bool full = room.len == room.cap;
        ssize_t got = pread(descriptor, full ? &beyond : room.ptr + room.len, full ? 1 : room.cap - room.len,
                            (off_t)(room.len - out->len));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ERR_STORE_READ;
        }
        if (got == 0) {
            *out = room;
            return ERR_OK;
        }
        if (full) {
            return ERR_NO_ROOM;
        }
        room.len += (size_t)got;
    }
}

static enum err open_lines(const struct install_files *files, uint8_t *memory, const struct pack_rules *rules,
                           enum pack_open_depth depth, struct pack **out) {
    struct room manifest = room_over(memory, LIMIT_MANIFEST_BYTES);
    struct room roots = room_over(memory + LIMIT_MANIFEST_BYTES, LIMIT_ROOT_CHAIN_BYTES);
    TRY(install_read(files->manifest, &manifest));
    TRY(install_read(files->roots, &roots));
    return pack_open_descriptors(files->database, room_span(&manifest), room_span(&roots), rules, NULL, depth,
                                 out);
}

enum err install_folder_pack(const struct install_files *files, const struct pack_rules *rules,
                             enum pack_open_depth depth, struct pack **out) {
    uint8_t *memory = malloc(LIMIT_MANIFEST_BYTES + LIMIT_ROOT_CHAIN_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = open_lines(files, memory, rules, depth, out);
    free(memory);
    return err;
}

void install_files_close(struct install_files *files) {
    if (files->open) {
        close(files->database);
        close(files->manifest);
        close(files->roots);
    }
    *files = (struct install_files){0};
}

static bool is_id(const uint8_t *text) {
    for (size_t i = 0; i < HEX_CHARS; i++) {
        if (memchr("0123456789abcdef", text[i], 16) == NULL) {
            return false;
        }
    }
    return true;
}

/* "ID\n" or "ID\nID\n". */
enum err install_folder_current(const struct store_port *store, struct install_folder_current *out) {
    struct install_folder_current current = {.present = true};
    uint8_t bytes[2 * (HEX_CHARS + 1) + 1] = {0};
    struct room room = room_over(bytes, sizeof bytes);
    enum err err = store->read(store->ctx, "current", &room);
    if (err != ERR_OK && err != ERR_STORE_MISSING && err != ERR_NO_ROOM) {
        return err;
    }
    current.present = err != ERR_STORE_MISSING;
    if (err == ERR_OK && room.len > HEX_CHARS && is_id(bytes)) {
        memcpy(current.id, bytes, HEX_CHARS);
    }
    if (err == ERR_OK && room.len == 2 * (HEX_CHARS + 1) && is_id(bytes + HEX_CHARS + 1)) {
        memcpy(current.before, bytes + HEX_CHARS + 1, HEX_CHARS);
    }
    *out = current;
    return ERR_OK;
}

enum err install_folder_flip(const struct store_port *store, const struct install_folder_current *now) {
    char text[2 * (HEX_CHARS + 1) + 1];
    snprintf(text, sizeof text, "%s\n%s%s", now->id, now->before, now->before[0] == '\0' ? "" : "\n");
    TRY(install_folder_write(store, "current.new", span_of_text(text)));
    TRY(store->rename(store->ctx, "current.new", "current"));
    return store->sync_folder(store->ctx, "");
}

enum err install_folder_announce(const struct store_port *store, const char *folder) {
    return install_folder_write(store, INSTALL_FOLDER_PLACED, span_of_text(folder));
}

enum err install_folder_drop_orphan(const struct store_port *store, const char *const kept[3]) {
    uint8_t bytes[INSTALL_FOLDER_PATH_SIZE] = {0};
    struct room room = room_over(bytes, sizeof bytes - 1);
    enum err err = store->read(store->ctx, INSTALL_FOLDER_PLACED, &room);
    if (err != ERR_OK || room.len != sizeof bytes - 1 || memcmp(bytes, "packs/", 6) != 0 ||
        !is_id(bytes + 6)) {
        return err == ERR_STORE_READ ? err : ERR_OK;
    }
    for (size_t i = 0; i < 3; i++) {
        if (memcmp(bytes + 6, kept[i], HEX_CHARS) == 0) {
            return ERR_OK;
        }
    }
    return install_folder_remove(store, (const char *)bytes);
}
