/* install_folder: where the files of packs lie in the data folder, made, opened and removed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALL_FOLDER_H
#define KIOSK_INSTALL_FOLDER_H

#include "kiosk/install.h"

/* "packs/" and an id in hex, with its terminator. */
#define INSTALL_FOLDER_PATH_SIZE (6 + 2 * CRYPTO_SHA256_BYTES + 1)

/* Where a pack is put together. */
#define INSTALL_FOLDER_NEXT "incoming/next"

/* The folder of a pack. */
void install_folder_path(const uint8_t id[CRYPTO_SHA256_BYTES], char out[INSTALL_FOLDER_PATH_SIZE]);

/* Write a file and sync it. ERR_STORE_WRITE. */
MUST_USE enum err install_folder_write(const struct store_port *store, const char *path, struct span bytes);

/* Open the three files of a pack folder. ERR_STORE_MISSING, ERR_STORE_READ. */
MUST_USE enum err install_folder_open(const struct store_port *store, const char *folder,
                                      struct install_files *out);

/* Remove a pack folder with its files; fine where it is absent. ERR_STORE_WRITE. */
MUST_USE enum err install_folder_remove(const struct store_port *store, const char *folder);

/*
 * Open a pack from its files.
 *
 * receipt  or NULL
 * Errors of install_read and pack_open_descriptors.
 */
MUST_USE enum err install_folder_pack(const struct install_files *files, const struct pack_rules *rules,
                                      enum pack_open_depth depth, struct pack **out);

/* Names the folder that was about to get its place: a kill may leave it there without a record. */
#define INSTALL_FOLDER_PLACED "incoming/placed"

/* Write down which folder is about to get its place. ERR_STORE_WRITE. */
MUST_USE enum err install_folder_announce(const struct store_port *store, const char *folder);

/*
 * Remove the folder that was announced last, unless it is one of those that are kept.
 *
 * kept  three ids in hex, 64 characters each, or texts that begin with NUL
 * ERR_STORE_READ, ERR_STORE_WRITE
 */
MUST_USE enum err install_folder_drop_orphan(const struct store_port *store, const char *const kept[3]);

/* What the file `current` says: the id in use and the one before, in hex with terminators; "" where there is
 * none. */
struct install_folder_current {
    bool present;
    char id[2 * CRYPTO_SHA256_BYTES + 1], before[2 * CRYPTO_SHA256_BYTES + 1];
};

/* Read `current`; a damaged one is present and names nothing. ERR_STORE_READ. */
MUST_USE enum err install_folder_current(const struct store_port *store, struct install_folder_current *out);

/* Make `current` name another pack, at once, and sync it. ERR_STORE_WRITE. */
MUST_USE enum err install_folder_flip(const struct store_port *store,
                                      const struct install_folder_current *now);

#endif
