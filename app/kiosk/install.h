/* install: take a pack in so that a kill leaves the old or the new one whole, and find the one that was taken
 * in. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALL_H
#define KIOSK_INSTALL_H

#include "boards/store.h"
#include "pack/pack_open.h"

/*
 * The data folder:
 *   incoming/next/      where a pack is put together; nothing in it counts
 *   incoming/placed     the folder that was about to get its place, so that one left without a record is found again
 *   packs/ID/           lists.db, manifest.jws, roots.jws; ID is pack_info.id in hex
 *   slots/a, slots/b    the accepted (root, seq, id, chain of roots), with a counter and a CRC-32; written one after
 *                       another
 *   current             ID of the pack in use and, on the next line, of the one before it
 *
 * The newer whole slot decides which pack is in use; `current` repeats it for people, and is written anew
 * whenever the pack in use was replaced or mended. It also tells that the kiosk was provisioned: when it is
 * there, or both slots are, and no slot can be read, nothing is opened or installed until somebody with
 * access to the folder removes them.
 *
 * The pack before stays until the next installation for one reason: verifiers that face has started with it
 * go on reading it until face has taken over the new one, and their receipt holds only while its files are
 * not touched. It never comes back into use, for its number is below the recorded one: where the pack in use
 * is damaged, nothing is trusted until the same pack, or a newer one, is installed again.
 *
 * Whoever calls install_pack or install_current holds store_lock of the folder, so that two of them never
 * work in it at once.
 */
#define INSTALL_DATABASE "lists.db"
#define INSTALL_MANIFEST "manifest.jws"
#define INSTALL_ROOTS    "roots.jws"

enum install_outcome {
    INSTALL_NOT_DONE = 0,
    INSTALL_DONE,     /* another pack is in use than before */
    INSTALL_UNCHANGED /* the very pack that is in use, and it is whole */
};

/* Descriptors of an installed pack's files, read-only; zero descriptors are none unless `open`. */
struct install_files {
    bool open;
    int database, manifest, roots;
};

/*
 * Install a pack file.
 *
 * store  the data folder
 * file   the pack file, open for reading; the caller closes it
 * rules  what it must fulfil; rules->now decides on expired packs and those of the future
 *
 * Every error of pack_open_file, pack_admit, and of the store; and
 * ERR_INSTALL_ROLLBACK  an earlier root than the accepted pack's, or a lower sequence number under the same root
 * ERR_INSTALL_ROOTS     its chain of roots does not go on from the accepted one
 * ERR_INSTALL_FORKED    the accepted sequence number with other contents: somebody signs two lists (an alarm)
 * ERR_INSTALL_SLOTS     the kiosk was provisioned and its record of the accepted pack is gone
 */
MUST_USE enum err install_pack(const struct store_port *store, int file, const struct pack_rules *rules,
                               enum install_outcome *out);

/*
 * Say whether install_pack would begin with a pack file, as far as its first two lines tell; nothing is changed.
 *
 * same  whether it is the pack in use
 *
 * The errors of install_pack that do not come from the database.
 */
MUST_USE enum err install_examine(const struct store_port *store, int file, const struct pack_rules *rules,
                                  bool *same);

/*
 * Find and open the installed pack: which the slots name, whose hash is checked, never one below the recorded
 * sequence.
 *
 * out    pack_close it
 * files  its descriptors, for a process that hands them on with pack_open_receipt(*out): install_files_close
 * them; NULL: not wanted
 *
 * ERR_INSTALL_NONE   no pack was installed yet
 * ERR_INSTALL_SLOTS  as above, or the pack found is not the one recorded
 * and those of pack_open_descriptors and of the store
 */
MUST_USE enum err install_current(const struct store_port *store, const struct pack_rules *rules,
                                  struct pack **out, struct install_files *files);

/*
 * Read an installed pack's manifest or roots from its descriptor, whole.
 *
 * ERR_STORE_READ, ERR_NO_ROOM
 */
MUST_USE enum err install_read(int descriptor, struct room *out);

/* Close the descriptors, and zero them. */
void install_files_close(struct install_files *files);

#endif
