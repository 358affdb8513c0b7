/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/install_slots.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/crc32.h"

static const char *const paths[2] = {"slots/a", "slots/b"};

/* "credkiosk-slot 2 COUNTER ROOT SEQ ROOTS_BYTES ROOTS_SHA256 ID CRC\n", the numbers in 16 hexadecimal digits. */
#define HEAD       "credkiosk-slot 2 "
#define HEAD_CHARS (sizeof HEAD - 1)
#define FIELD      17u
#define NUMBERS    4u
#define HASH_CHARS (2 * INSTALL_SLOTS_HASH_BYTES)
#define ROOTS_AT   (HEAD_CHARS + NUMBERS * FIELD)
#define ID_AT      (ROOTS_AT + HASH_CHARS + 1)
#define CRC_AT     (ID_AT + HASH_CHARS + 1)
#define TEXT_CHARS (CRC_AT + 8 + 1)

static int write_hash(const uint8_t hash[INSTALL_SLOTS_HASH_BYTES], char *out) {
    for (size_t i = 0; i < INSTALL_SLOTS_HASH_BYTES; i++) {
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
    }
    out[HASH_CHARS] = ' ';
    return (int)HASH_CHARS + 1;
}

static void write_text(const struct install_slots_record *record, char out[TEXT_CHARS + 1]) {
    int at =
        snprintf(out, TEXT_CHARS + 1, HEAD "%016" PRIx64 " %016" PRIx64 " %016" PRIx64 " %016" PRIx64 " ",
                 record->counter, record->root, record->seq, record->roots_bytes);
    at += write_hash(record->roots_sha256, out + at);
    at += write_hash(record->id, out + at);
    snprintf(out + at, 10, "%08" PRIx32 "\n", crc32_of(span_of_bytes(out, CRC_AT)));
}

static bool read_digits(const uint8_t *text, size_t digits, uint64_t *out) {
    uint64_t number = 0;
    for (size_t i = 0; i < digits; i++) {
        const char *digit = memchr("0123456789abcdef", text[i], 16);
        if (digit == NULL) {
            return false;
        }
        number = number << 4 | (uint64_t)(strchr("0123456789abcdef", text[i]) - "0123456789abcdef");
    }
    *out = number;
    return true;
}

static bool read_hash(const uint8_t *text, uint8_t out[INSTALL_SLOTS_HASH_BYTES]) {
    for (size_t i = 0; i < INSTALL_SLOTS_HASH_BYTES; i++) {
        uint64_t byte = 0;
        if (!read_digits(text + 2 * i, 2, &byte)) {
            return false;
        }
        out[i] = (uint8_t)byte;
    }
    return true;
}

/* A text is whole when writing what was read gives the same text again. */
static bool read_text(struct span text, struct install_slots_record *out) {
    struct install_slots_record record = {0};
    uint64_t *const numbers[NUMBERS] = {&record.counter, &record.root, &record.seq, &record.roots_bytes};
    char again[TEXT_CHARS + 1];
    if (text.len != TEXT_CHARS) {
        return false;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        if (!read_digits(text.ptr + HEAD_CHARS + i * FIELD, 16, numbers[i])) {
            return false;
        }
    }
    if (!read_hash(text.ptr + ROOTS_AT, record.roots_sha256) || !read_hash(text.ptr + ID_AT, record.id)) {
        return false;
    }
    write_text(&record, again);
    if (!span_equal_text(text, again)) {
        return false;
    }
    *out = record;
    return true;
}

enum err install_slots_read(const struct store_port *store, struct install_slots *out) {
    struct install_slots slots = {0};
    for (size_t i = 0; i < 2; i++) {
        uint8_t bytes[TEXT_CHARS + 1];
        struct room room = room_over(bytes, sizeof bytes);
        enum err err = store->read(store->ctx, paths[i], &room);
        slots.present[i] = err != ERR_STORE_MISSING;
        if (err == ERR_OK) {
            slots.whole[i] = read_text(room_span(&room), &slots.records[i]);
        } else if (err != ERR_STORE_MISSING && err != ERR_NO_ROOM) {
            return err;
        }
    }
    *out = slots;
    return ERR_OK;
}

/* Which of both is the newest whole one; 2: neither. */
static size_t newest(const struct install_slots *slots) {
    if (slots->whole[0] && slots->whole[1]) {
        return slots->records[1].counter > slots->records[0].counter ? 1 : 0;
    }
    return slots->whole[0] ? 0 : slots->whole[1] ? 1 : 2;
}

const struct install_slots_record *install_slots_newest(const struct install_slots *slots) {
    size_t which = newest(slots);
    return which == 2 ? NULL : &slots->records[which];
}

static enum err write_slot(const struct store_port *store, const char *path, struct span text) {
    int descriptor = -1;
    TRY(store->create(store->ctx, path, &descriptor));
    enum err err = store->append(store->ctx, descriptor, text);
    if (err == ERR_OK) {
        err = store->sync(store->ctx, descriptor);
    }
    store->close(store->ctx, descriptor);
    return err;
}

enum err install_slots_write(const struct store_port *store, struct install_slots *slots,
                             const struct install_slots_record *record) {
    size_t last = newest(slots), which = last == 0 ? 1 : 0;
    struct install_slots_record next = *record;
    char text[TEXT_CHARS + 1];
    next.counter = last == 2 ? 1 : slots->records[last].counter + 1;
    write_text(&next, text);
    TRY(store->make_folder(store->ctx, "slots"));
    slots->whole[which] = false;
    TRY(write_slot(store, paths[which], span_of_text(text)));
    TRY(store->sync_folder(store->ctx, "slots"));
    slots->present[which] = slots->whole[which] = true;
    slots->records[which] = next;
    return ERR_OK;
}
