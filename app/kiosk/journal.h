/* journal: one line for each event, each bound to the one before it by SHA-256; no name, no credential, no
 * picture. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_JOURNAL_H
#define KIOSK_JOURNAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/interval.h"
#include "crypto/crypto.h"

/* Bytes of one line with its line feed; longer details are cut. */
#define JOURNAL_LINE_MAX 512u
/* Where the next line might make it longer, a journal is put aside as journal.old, and the next one goes on. */
#define JOURNAL_BYTES_MAX (16ll * 1024 * 1024)

/* An open journal; all zero is none, to which writing does nothing. */
struct journal {
    bool open;
    int folder, descriptor;
    int64_t size; /* of the file, in bytes */
    uint64_t seq;
    uint8_t chain[CRYPTO_SHA256_BYTES]; /* SHA-256 of the chain before and the last line */
};

/*
 * Open DATA/journal/journal for appending, and go on where it ends. A line that a power cut left half is
 * ended, and the chain begins anew behind it.
 *
 * ERR_FILE_WRITE  the folder or file cannot be made or read
 */
MUST_USE enum err journal_open(const char *data, struct journal *out);

/*
 * Append "SEQ LO HI EVENT DETAILS CHAIN". Times are RFC 3339, "-" where nothing bounds the present. A line
 * that cannot be written is lost: the kiosk goes on. The first line of a journal that takes the place of a full
 * one is "continued chain=CHAIN", with the chain at which that ended.
 *
 * event    a word of ours
 * format   details, of our own words and numbers alone
 */
void journal_write(struct journal *journal, const struct interval *now, const char *event, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

/* Is this line, without its line feed, bound to the chain before it? Moves *chain on. */
MUST_USE bool journal_check(struct span line, uint8_t chain[CRYPTO_SHA256_BYTES]);

void journal_close(struct journal *journal);

#endif
