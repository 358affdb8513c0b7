/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/pin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/crc32.h"
#include "kiosk/kept.h"

#define FILE_NAME "pin-tries"
/* "credkiosk-pin 1 WRONG CRC\n", both in eight hexadecimal digits. */
#define HEAD       "credkiosk-pin 1 "
#define CRC_AT     (sizeof HEAD - 1 + 9)
#define TEXT_CHARS (CRC_AT + 9)
/* More are not counted: the wait has long been at its most. */
#define WRONG_MAX 1000u

static void write_text(uint32_t wrong, char out[TEXT_CHARS + 1]) {
    snprintf(out, TEXT_CHARS + 1, HEAD "%08" PRIx32 " ", wrong);
    snprintf(out + CRC_AT, 10, "%08" PRIx32 "\n", crc32_of(span_of_bytes(out, CRC_AT)));
}

/* A text is whole when writing what was read gives the same text again. */
static uint32_t read_text(struct span text) {
    char read[TEXT_CHARS + 1] = "", again[TEXT_CHARS + 1];
    if (text.len != TEXT_CHARS) {
        return PIN_FREE;
    }
    memcpy(read, text.ptr, TEXT_CHARS);
    unsigned long wrong = strtoul(read + sizeof HEAD - 1, NULL, 16);
    write_text((uint32_t)(wrong <= WRONG_MAX ? wrong : PIN_FREE), again);
    return memcmp(read, again, TEXT_CHARS) == 0 ? (uint32_t)wrong : PIN_FREE;
}

static enum err keep(const struct pin_guard *guard, const struct store_port *store) {
    char text[TEXT_CHARS + 1];
    write_text(guard->wrong, text);
    return kept_write(store, FILE_NAME, span_of_bytes(text, TEXT_CHARS));
}

/* How long after so many wrong ones. */
static int64_t wait_ms(uint32_t wrong) {
    int64_t wait_s = PIN_WAIT_S;
    for (uint32_t more = PIN_FREE; more < wrong && wait_s < PIN_WAIT_MAX_S; more++) {
        wait_s *= 2;
    }
    wait_s = wait_s < PIN_WAIT_MAX_S ? wait_s : PIN_WAIT_MAX_S;
    return wrong < PIN_FREE ? 0 : wait_s * 1000;
}

void pin_guard_open(const struct store_port *store, int64_t now_ms, struct pin_guard *out) {
    char text[TEXT_CHARS] = "";
    struct room room = room_over(text, sizeof text);
    enum err err = store->read(store->ctx, FILE_NAME, &room);
    uint32_t wrong = err == ERR_STORE_MISSING ? 0 : err == ERR_OK ? read_text(room_span(&room)) : PIN_FREE;
    *out = (struct pin_guard){wrong, now_ms + wait_ms(wrong)};
}

uint32_t pin_guard_wait_s(const struct pin_guard *guard, int64_t now_ms) {
    int64_t left_ms = guard->until_ms - now_ms;
    return left_ms <= 0 ? 0 : (uint32_t)((left_ms + 999) / 1000);
}

enum pin_answer pin_guard_try(struct pin_guard *guard, const struct store_port *store,
                              const struct pin_hash *pin, struct span digits, int64_t now_ms) {
    if (!pin->set) {
        return PIN_NONE;
    }
    if (now_ms < guard->until_ms) {
        return PIN_WAIT;
    }
    guard->wrong += guard->wrong < WRONG_MAX;
    if (keep(guard, store) != ERR_OK && guard->wrong < PIN_FREE) {
        guard->wrong = PIN_FREE;
    }
    if (pin_hash_is(pin, digits)) {
        guard->wrong = 0;
        (void)!keep(guard, store);
        return PIN_RIGHT;
    }
    guard->until_ms = now_ms + wait_ms(guard->wrong);
    return PIN_WRONG;
}
