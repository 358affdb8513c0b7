/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/floor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/crc32.h"
#include "kiosk/kept.h"

#define FILE_NAME "floor"
/* "credkiosk-floor 1 TIME ROOT BOOT-ID UPTIME CRC\n", the numbers in 16 hexadecimal digits. */
#define HEAD       "credkiosk-floor 1"
#define FIELDS     4u
#define CRC_AT     (sizeof HEAD - 1 + FIELDS * 17u + 1)
#define TEXT_CHARS (CRC_AT + 8 + 1)

/* What the file says. */
struct record {
    uint64_t field[FIELDS]; /* time, root, boot id, uptime */
};

static void write_text(const struct record *record, char out[TEXT_CHARS + 1]) {
    int at = snprintf(out, TEXT_CHARS + 1, HEAD);
    for (size_t i = 0; i < FIELDS; i++) {
        at += snprintf(out + at, TEXT_CHARS + 1 - (size_t)at, " %016" PRIx64, record->field[i]);
    }
    out[at] = ' ';
    snprintf(out + CRC_AT, 10, "%08" PRIx32 "\n", crc32_of(span_of_bytes(out, CRC_AT)));
}

static bool read_hex(const char *text, uint64_t *out) {
    uint64_t number = 0;
    for (size_t i = 0; i < 16; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (digit == NULL) {
            return false;
        }
        number = number << 4 | (uint64_t)(digit - digits);
    }
    *out = number;
    return true;
}

/* A text is whole when writing what was read gives the same text again. */
static bool read_text(struct span text, struct record *out) {
    char read[TEXT_CHARS + 1] = "", again[TEXT_CHARS + 1];
    struct record record = {0};
    if (text.len != TEXT_CHARS) {
        return false;
    }
    memcpy(read, text.ptr, TEXT_CHARS);
    for (size_t i = 0; i < FIELDS; i++) {
        if (!read_hex(read + sizeof HEAD + i * 17u, &record.field[i])) {
            return false;
        }
    }
    write_text(&record, again);
    *out = record;
    return memcmp(read, again, TEXT_CHARS) == 0 && record.field[0] > FLOOR_RELEASE_S &&
           record.field[0] < FLOOR_MOST_S && record.field[3] < FLOOR_MOST_S;
}

static bool read_record(const struct store_port *store, struct record *out) {
    char text[TEXT_CHARS] = "";
    struct room room = room_over(text, sizeof text);
    return store->read(store->ctx, FILE_NAME, &room) == ERR_OK && read_text(room_span(&room), out);
}

/* The uptime since a record was written, as far as that is certain. */
static int64_t since(const struct record *record, uint64_t boot_id, int64_t boot_s) {
    int64_t then_s = (int64_t)record->field[3];
    if (record->field[2] == 0 || boot_id == 0 || boot_s < 0) {
        return 0;
    }
    if (record->field[2] != boot_id) {
        return boot_s;
    }
    return boot_s > then_s ? boot_s - then_s : 0;
}

static int64_t within(int64_t time_s) {
    return time_s < FLOOR_MOST_S ? time_s : FLOOR_MOST_S - 1;
}

void floor_open(const struct store_port *store, uint64_t boot_id, int64_t boot_s, int64_t least_s,
                struct floor *out) {
    struct record record = {0};
    *out = (struct floor){.time_s = FLOOR_RELEASE_S, .boot_s = boot_s, .tried_s = boot_s};
    if (read_record(store, &record)) {
        int64_t elapsed_s = since(&record, boot_id, boot_s);
        out->time_s =
            elapsed_s < FLOOR_MOST_S ? within((int64_t)record.field[0] + elapsed_s) : FLOOR_MOST_S - 1;
        out->root = record.field[1];
    }
    (void)floor_raise(out, least_s, boot_s);
}

int64_t floor_at(const struct floor *floor, int64_t boot_s) {
    if (boot_s <= floor->boot_s) {
        return floor->time_s;
    }
    int64_t elapsed_s = boot_s - floor->boot_s;
    return elapsed_s < FLOOR_MOST_S ? within(floor->time_s + elapsed_s) : FLOOR_MOST_S - 1;
}

static void set(struct floor *floor, int64_t time_s, int64_t boot_s) {
    floor->time_s = time_s;
    floor->boot_s = boot_s;
}

bool floor_raise(struct floor *floor, int64_t time_s, int64_t boot_s) {
    if (time_s <= floor_at(floor, boot_s) || time_s >= FLOOR_MOST_S) {
        return false;
    }
    set(floor, time_s, boot_s);
    return true;
}

bool floor_follow(struct floor *floor, uint64_t root, int64_t time_s, int64_t boot_s) {
    bool newer = root > floor->root, lowers = newer && floor->root != 0;
    floor->root = newer ? root : floor->root;
    if (lowers && time_s < floor_at(floor, boot_s)) {
        set(floor, time_s, boot_s);
    }
    return newer;
}

bool floor_is_due(const struct floor *floor, int64_t boot_s) {
    return boot_s - floor->tried_s >= FLOOR_KEEP_S;
}

enum err floor_keep(struct floor *floor, const struct store_port *store, uint64_t boot_id, int64_t boot_s) {
    char text[TEXT_CHARS + 1];
    struct record record = {
        {(uint64_t)floor_at(floor, boot_s), floor->root, boot_id, boot_s > 0 ? (uint64_t)boot_s : 0}};
    write_text(&record, text);
    floor->tried_s = boot_s;
    return kept_write(store, FILE_NAME, span_of_bytes(text, TEXT_CHARS));
}
