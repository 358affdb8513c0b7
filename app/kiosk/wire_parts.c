/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/wire_parts.h"

void wire_put_interval(struct wire_out *wire, const struct interval *now) {
    wire_put_i64(wire, now->lo_s);
    wire_put_i64(wire, now->hi_s);
    wire_put_u8(wire, (uint8_t)now->source);
    wire_put_i64(wire, now->horizon_s);
}

struct interval wire_interval(struct wire_in *wire) {
    struct interval now = {0};
    now.lo_s = wire_i64(wire);
    now.hi_s = wire_i64(wire);
    now.source = (enum interval_source)wire_enum(wire, INTERVAL_SOURCES);
    now.horizon_s = wire_i64(wire);
    return now;
}

void wire_put_shown(struct wire_out *wire, const struct shown *text) {
    wire_put_bytes(wire, span_of_bytes(text->bytes, text->len));
}

void wire_shown(struct wire_in *wire, struct shown *out) {
    struct span text = wire_bytes(wire, LIMIT_SHOWN_BYTES);
    struct shown shown = {0};
    shown_set(&shown, text);
    if (!span_equal(text, span_of_bytes(shown.bytes, shown.len))) {
        wire->failed = true;
        return;
    }
    *out = shown;
}

void wire_put_trust(struct wire_out *wire, const struct shown_trust *trust) {
    wire_put_bool(wire, trust->present);
    wire_put_bool(wire, trust->demo);
    wire_put_bool(wire, trust->unsigned_source);
    wire_put_shown(wire, &trust->scheme);
    wire_put_u64(wire, trust->seq);
    wire_put_i64(wire, trust->issued_s);
    wire_put_i64(wire, trust->next_update_s);
    wire_put_i64(wire, trust->expires_s);
    wire_put_u32(wire, trust->status_lists);
    wire_put_u32(wire, trust->status_in_force);
    wire_put_i64(wire, trust->status_as_of_s);
    wire_put_i64(wire, trust->confirmed_s);
    wire_put_u32(wire, trust->revoked_since);
    wire_put_bool(wire, trust->revocations_lost);
}

void wire_trust(struct wire_in *wire, struct shown_trust *out) {
    struct shown_trust trust = {0};
    trust.present = wire_bool(wire);
    trust.demo = wire_bool(wire);
    trust.unsigned_source = wire_bool(wire);
    wire_shown(wire, &trust.scheme);
    trust.seq = wire_u64(wire);
    trust.issued_s = wire_i64(wire);
    trust.next_update_s = wire_i64(wire);
    trust.expires_s = wire_i64(wire);
    trust.status_lists = wire_u32(wire);
    trust.status_in_force = wire_u32(wire);
    trust.status_as_of_s = wire_i64(wire);
    trust.confirmed_s = wire_i64(wire);
    trust.revoked_since = wire_u32(wire);
    trust.revocations_lost = wire_bool(wire);
    *out = trust;
}

void wire_put_receipt(struct wire_out *wire, const struct pack_receipt *receipt) {
    wire_put_bytes(wire, span_of_bytes(receipt->sha256, sizeof receipt->sha256));
    wire_put_u64(wire, receipt->device);
    wire_put_u64(wire, receipt->inode);
    wire_put_u64(wire, receipt->bytes);
    wire_put_i64(wire, receipt->modified_s);
    wire_put_i64(wire, receipt->modified_ns);
    wire_put_i64(wire, receipt->changed_s);
    wire_put_i64(wire, receipt->changed_ns);
    wire_put_u64(wire, receipt->present);
}

struct pack_receipt wire_receipt(struct wire_in *wire) {
    struct pack_receipt receipt = {0};
    struct span sha256 = wire_bytes(wire, sizeof receipt.sha256);
    if (sha256.len != sizeof receipt.sha256) {
        wire->failed = true;
        return receipt;
    }
    memcpy(receipt.sha256, sha256.ptr, sizeof receipt.sha256);
    receipt.device = wire_u64(wire);
    receipt.inode = wire_u64(wire);
    receipt.bytes = wire_u64(wire);
    receipt.modified_s = wire_i64(wire);
    receipt.modified_ns = wire_i64(wire);
    receipt.changed_s = wire_i64(wire);
    receipt.changed_ns = wire_i64(wire);
    receipt.present = wire_u64(wire);
    return receipt;
}
