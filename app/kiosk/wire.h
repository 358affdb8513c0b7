/* wire: numbers and bytes of messages, little-endian, written and read one by one; a fault sticks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_WIRE_H
#define KIOSK_WIRE_H

#include "base/room.h"
#include "base/span.h"

/* A message under construction: `failed` once something did not fit. */
struct wire_out {
    struct room room;
    bool failed;
};

/* A message being read: `failed` once something was missing or out of range; reads then give zero. */
struct wire_in {
    struct span bytes;
    size_t at;
    bool failed;
};

void wire_put_u8(struct wire_out *out, uint8_t value);
void wire_put_u16(struct wire_out *out, uint16_t value);
void wire_put_u32(struct wire_out *out, uint32_t value);
void wire_put_u64(struct wire_out *out, uint64_t value);
void wire_put_i64(struct wire_out *out, int64_t value);
void wire_put_bool(struct wire_out *out, bool value);
/* A length of four bytes, then the bytes. */
void wire_put_bytes(struct wire_out *out, struct span bytes);

uint8_t wire_u8(struct wire_in *in);
uint16_t wire_u16(struct wire_in *in);
uint32_t wire_u32(struct wire_in *in);
uint64_t wire_u64(struct wire_in *in);
int64_t wire_i64(struct wire_in *in);
/* One byte, 0 or 1; anything else fails. */
bool wire_bool(struct wire_in *in);
/* A number of one byte, or of four, below `count`; anything else fails. */
uint32_t wire_enum32(struct wire_in *in, uint32_t count);
uint32_t wire_enum(struct wire_in *in, uint32_t count);
/* A length of four bytes, at most `max`, then the bytes; points into the message. */
struct span wire_bytes(struct wire_in *in, size_t max);

/* Nothing failed and nothing is left over. */
bool wire_done(const struct wire_in *in);

#endif
