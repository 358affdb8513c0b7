/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/wire.h"

static void put_number(struct wire_out *out, uint64_t value, size_t bytes) {
    for (size_t i = 0; i < bytes && !out->failed; i++) {
        out->failed = room_put_byte(&out->room, (uint8_t)(value >> (8 * i))) != ERR_OK;
    }
}

void wire_put_u8(struct wire_out *out, uint8_t value) {
    put_number(out, value, 1);
}

void wire_put_u16(struct wire_out *out, uint16_t value) {
    put_number(out, value, 2);
}

void wire_put_u32(struct wire_out *out, uint32_t value) {
    put_number(out, value, 4);
}

void wire_put_u64(struct wire_out *out, uint64_t value) {
    put_number(out, value, 8);
}

void wire_put_i64(struct wire_out *out, int64_t value) {
    put_number(out, (uint64_t)value, 8);
}

void wire_put_bool(struct wire_out *out, bool value) {
    put_number(out, value ? 1 : 0, 1);
}

void wire_put_bytes(struct wire_out *out, struct span bytes) {
    if (bytes.len > UINT32_MAX) {
        out->failed = true;
        return;
    }
    put_number(out, bytes.len, 4);
    out->failed = out->failed || room_put(&out->room, bytes) != ERR_OK;
}

static uint64_t get_number(struct wire_in *in, size_t bytes) {
    if (in->failed || bytes > in->bytes.len - in->at) {
        in->failed = true;
        return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value |= (uint64_t)in->bytes.ptr[in->at + i] << (8 * i);
    }
    in->at += bytes;
    return value;
}

uint8_t wire_u8(struct wire_in *in) {
    return (uint8_t)get_number(in, 1);
}

uint16_t wire_u16(struct wire_in *in) {
    return (uint16_t)get_number(in, 2);
}

uint32_t wire_u32(struct wire_in *in) {
    return (uint32_t)get_number(in, 4);
}

uint64_t wire_u64(struct wire_in *in) {
    return get_number(in, 8);
}

int64_t wire_i64(struct wire_in *in) {
    return (int64_t)get_number(in, 8);
}

bool wire_bool(struct wire_in *in) {
    return wire_enum(in, 2) == 1;
}

static uint32_t below(struct wire_in *in, uint32_t value, uint32_t count) {
    if (value >= count) {
        in->failed = true;
        return 0;
    }
    return value;
}

uint32_t wire_enum(struct wire_in *in, uint32_t count) {
    return below(in, wire_u8(in), count);
}

uint32_t wire_enum32(struct wire_in *in, uint32_t count) {
    return below(in, wire_u32(in), count);
}

struct span wire_bytes(struct wire_in *in, size_t max) {
    size_t len = (size_t)get_number(in, 4);
    if (in->failed || len > max || len > in->bytes.len - in->at) {
        in->failed = true;
        return (struct span){0};
    }
    struct span bytes = {in->bytes.ptr + in->at, len};
    in->at += len;
    return bytes;
}

bool wire_done(const struct wire_in *in) {
    return !in->failed && in->at == in->bytes.len;
}
