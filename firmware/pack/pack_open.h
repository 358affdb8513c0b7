/* pack_open: from a file or from descriptors to an opened, checked pack. Nothing is asked of the database
 * before it is checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_PACK_OPEN_H
#define PACK_PACK_OPEN_H

#include "pack/pack.h"
#include "pack/root.h"

/* How thoroughly the database is looked through, beside signature, size, hash and schema. */
enum pack_open_depth {
    PACK_OPEN_USE = 0, /* for lookups */
    PACK_OPEN_INSTALL  /* and SQLite's quick_check over every page: once, before a pack is taken in */
};

/*
 * Says that a database was hashed, and of which file that was true: the file's identity, size and times of
 * change at that moment. Plain data, so that a process may hand it to its child together with the descriptor;
 * all zero is none. A receipt replaces hashing only while the descriptor still leads to that unchanged file
 * and the manifest, whose signature is checked each time, names the same hash. It must come from a process
 * that is trusted to hash (face keeps the installer's), never from a file or a message of a reader.
 */
struct pack_receipt {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    uint64_t device, inode, bytes;
    int64_t modified_s, modified_ns, changed_s, changed_ns;
    uint64_t present; /* PACK_RECEIPT_PRESENT, else there is no receipt */
};
#define PACK_RECEIPT_PRESENT 0x7061636b72637074u

/*
 * Open a pack whose parts lie apart: an installed one, or descriptors that a child inherits.
 *
 * database  an open regular file or memfd, readable; duplicated, so the caller keeps and closes its own
 * manifest  the pack's first line, without the line feed; borrowed for the call
 * roots     the pack's second line, without the line feed; borrowed for the call
 * rules     what it must fulfil; borrowed for the call
 * receipt   of an earlier opening, or NULL: hash the whole database
 * depth     PACK_OPEN_USE, or PACK_OPEN_INSTALL
 * out       the caller's: pack_close it. All files are open and all statements prepared: lookups need no
 * system call but pread64 (and those of malloc), so a sandbox may close after this.
 *
 * ERR_ROOT_*              the provisioned root, or the pack's chain of roots (see root.h)
 * ERR_PACK_*              the manifest or the database (see err.def, and manifest.h)
 * ERR_PACK_FUTURE         iat lies above a finite rules->now.hi_s
 * ERR_JWS_*, ERR_JSON_*, ERR_BASE64URL, ERR_ALG_*, ERR_KEY_*, ERR_SIGNATURE_*, ERR_CRYPTO_FAILED   of the
 * signed documents ERR_NO_MEMORY
 */
MUST_USE enum err pack_open_descriptors(int database, struct span manifest, struct span roots,
                                        const struct pack_rules *rules, const struct pack_receipt *receipt,
                                        enum pack_open_depth depth, struct pack **out);

/*
 * Open a pack file (.tpk) where it lies, without copying it: the database is read at its place in the file.
 *
 * file  an open regular file, readable; duplicated
 * The others, and the errors, as above; and ERR_PACK_SHAPE (see container.h), ERR_PACK_READ.
 */
MUST_USE enum err pack_open_file(int file, const struct pack_rules *rules, enum pack_open_depth depth,
                                 struct pack **out);

/*
 * Check a pack's two lines alone, to learn how large its database is before it is copied. Nothing is known of
 * the database yet.
 *
 * out  the manifest's claims; `scheme` stays empty, nothing is counted
 * Errors as those of the documents in pack_open_descriptors.
 */
MUST_USE enum err pack_open_peek(struct span manifest, struct span roots, const struct pack_rules *rules,
                                 struct pack_info *out);

/*
 * Read the first bytes of a pack file, as many as out has room for: what container_split takes.
 * ERR_PACK_READ.
 */
MUST_USE enum err pack_open_head(int file, struct room *out);

/* The last root of an opened pack's chain, whose release keys sign packs and tokens. Lives as long as the pack. */
const struct root *pack_open_root(const struct pack *pack);

/* The receipt of an opened pack, to be passed on with the same descriptor. */
struct pack_receipt pack_open_receipt(const struct pack *pack);

#endif
