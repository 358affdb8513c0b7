/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/datetime.h"
#include "base/room.h"

#define CHAIN_TEXT (2u * CRYPTO_SHA256_BYTES)
/* Chain, and the space before it, and the line feed. */
#define TAIL_BYTES (CHAIN_TEXT + 2u)
#define NAME       "journal"
#define NAME_OLD   "journal.old"

static void put_hex(const uint8_t bytes[CRYPTO_SHA256_BYTES], char out[CHAIN_TEXT + 1]) {
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    }
}

/* SHA-256 of the chain before and a line's text, without its own chain. */
static enum err next_chain(const uint8_t before[CRYPTO_SHA256_BYTES], struct span text,
                           uint8_t out[CRYPTO_SHA256_BYTES]) {
    uint8_t bytes[CRYPTO_SHA256_BYTES + JOURNAL_LINE_MAX];
    struct room room = room_over(bytes, sizeof bytes);
    TRY(room_put(&room, span_of_bytes(before, CRYPTO_SHA256_BYTES)));
    TRY(room_put(&room, text));
    return crypto_sha256(room_span(&room), out);
}

bool journal_check(struct span line, uint8_t chain[CRYPTO_SHA256_BYTES]) {
    char hex[CHAIN_TEXT + 1];
    uint8_t next[CRYPTO_SHA256_BYTES];
    if (line.len < CHAIN_TEXT + 1 ||
        next_chain(chain, span_slice(line, 0, line.len - CHAIN_TEXT - 1), next) != ERR_OK) {
        return false;
    }
    put_hex(next, hex);
    if (!span_equal_text(span_slice(line, line.len - CHAIN_TEXT, CHAIN_TEXT), hex)) {
        return false;
    }
    memcpy(chain, next, sizeof next);
    return true;
}

static bool read_hex(struct span text, uint8_t out[CRYPTO_SHA256_BYTES]) {
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        char digits[3] = {(char)text.ptr[2 * i], (char)text.ptr[2 * i + 1], '\0'};
        char *end = NULL;
        out[i] = (uint8_t)strtoul(digits, &end, 16);
        if (*end != '\0') {
            return false;
        }
    }
    return true;
}

/* Take number and chain from the last line; an unfinished one gets its line feed. */
static void go_on(struct journal *journal, off_t size) {
    char tail[JOURNAL_LINE_MAX + 1];
    journal->size = size;
    size_t want = size < (off_t)JOURNAL_LINE_MAX ? (size_t)size : JOURNAL_LINE_MAX;
    ssize_t got = pread(journal->descriptor, tail, want, size - (off_t)want);
    if (got != (ssize_t)want || want == 0) {
        return;
    }
    if (tail[want - 1] != '\n') {
        journal->size += write(journal->descriptor, "\n", 1) == 1;
        return;
    }
    tail[want - 1] = '\0';
    const char *feed = strrchr(tail, '\n');
    struct span line = span_of_text(feed != NULL ? feed + 1 : tail);
    journal->seq = strtoull((const char *)line.ptr, NULL, 10);
    if (line.len < CHAIN_TEXT ||
        !read_hex(span_slice(line, line.len - CHAIN_TEXT, CHAIN_TEXT), journal->chain)) {
        memset(journal->chain, 0, sizeof journal->chain);
    }
}

static int open_file(int folder) {
    return openat(folder, NAME, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
}

enum err journal_open(const char *data, struct journal *out) {
    char folder[PATH_MAX];
    struct stat found;
    if (snprintf(folder, sizeof folder, "%s/journal", data) >= (int)sizeof folder) {
        return ERR_FILE_WRITE;
    }
    (void)mkdir(folder, 0700);
    struct journal journal = {.open = true};
    journal.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (journal.folder < 0) {
        return ERR_FILE_WRITE;
    }
    journal.descriptor = open_file(journal.folder);
    if (journal.descriptor < 0 || fstat(journal.descriptor, &found) != 0) {
        close(journal.folder);
        return ERR_FILE_WRITE;
    }
    go_on(&journal, found.st_size);
    *out = journal;
    return ERR_OK;
}

static void put_time(char out[DATETIME_TEXT_SIZE], int64_t time_s) {
    if (time_s == INTERVAL_UNBOUNDED) {
        snprintf(out, DATETIME_TEXT_SIZE, "-");
    } else {
        datetime_text(time_s, out);
    }
}

/* End the line with its chain and write it at once; what a full disk took of it is taken back. */
static void append(struct journal *journal, char *line, size_t len) {
    uint8_t chain[CRYPTO_SHA256_BYTES];
    if (next_chain(journal->chain, span_of_bytes(line, len), chain) != ERR_OK) {
        return;
    }
    line[len] = ' ';
    put_hex(chain, line + len + 1);
    line[len + 1 + CHAIN_TEXT] = '\n';
    if (write(journal->descriptor, line, len + TAIL_BYTES) == (ssize_t)(len + TAIL_BYTES)) {
        memcpy(journal->chain, chain, sizeof chain);
        journal->seq++;
        journal->size += (int64_t)(len + TAIL_BYTES);
    } else {
        (void)!ftruncate(journal->descriptor, journal->size);
    }
}

__attribute__((format(printf, 4, 0))) static void write_line(struct journal *journal,
                                                             const struct interval *now, const char *event,
                                                             const char *format, va_list arguments) {
    char line[JOURNAL_LINE_MAX], lo[DATETIME_TEXT_SIZE], hi[DATETIME_TEXT_SIZE];
    put_time(lo, now->lo_s);
    put_time(hi, now->hi_s);
    const size_t cap = sizeof line - TAIL_BYTES;
    int len = snprintf(line, cap, "%" PRIu64 " %s %s %s ", journal->seq + 1, lo, hi, event);
    if (len > 0 && len < (int)cap) {
        len += vsnprintf(line + len, cap - (size_t)len, format, arguments);
    }
    append(journal, line, len < (int)cap ? (size_t)len : cap - 1);
}

/* The first line of a journal that goes on tells the chain before it, so that it can be checked by itself. */
__attribute__((format(printf, 3, 4))) static void
say_chain(struct journal *journal, const struct interval *now, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    write_line(journal, now, "continued", format, arguments);
    va_end(arguments);
}

/* Put a full journal aside and begin the next. False: there is no room for a line. */
static bool make_room(struct journal *journal, const struct interval *now) {
    if (journal->size + JOURNAL_LINE_MAX <= JOURNAL_BYTES_MAX) {
        return true;
    }
    if (renameat(journal->folder, NAME, journal->folder, NAME_OLD) != 0 && errno != ENOENT) {
        return false;
    }
    int descriptor = open_file(journal->folder);
    if (descriptor < 0) {
        return false;
    }
    close(journal->descriptor);
    journal->descriptor = descriptor;
    journal->size = 0;
    char before[CHAIN_TEXT + 1];
    put_hex(journal->chain, before);
    say_chain(journal, now, "chain=%s", before);
    return true;
}

void journal_write(struct journal *journal, const struct interval *now, const char *event, const char *format,
                   ...) {
    if (!journal->open || !make_room(journal, now)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    write_line(journal, now, event, format, arguments);
    va_end(arguments);
}

void journal_close(struct journal *journal) {
    if (journal->open) {
        close(journal->descriptor);
        close(journal->folder);
    }
    *journal = (struct journal){0};
}
