/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/joining.h"

#include <string.h>

#include "base/room.h"

static void forget(struct joining *joining) {
    joining->total = 0;
    joining->parity = 0;
    joining->seen = 0;
    joining->joined_len = 0;
}

static void forget_absent(struct joining *joining, int64_t now_ms) {
    if (joining->pictures - joining->last_picture > JOINING_ABSENT_PICTURES &&
        now_ms - joining->last_ms > JOINING_ABSENT_MS) {
        forget(joining);
    }
}

static bool is_sound(const struct symbol_part *part) {
    return part->total > 0 && part->total <= LIMIT_SYMBOL_PARTS && part->index < part->total &&
           part->bytes.len <= LIMIT_SYMBOL_BYTES;
}

static bool is_here(const struct joining *joining, unsigned index) {
    return (joining->seen >> index & 1) != 0;
}

/* It contradicts what is here. */
static bool contradicts(const struct joining *joining, const struct symbol_part *part) {
    if (part->total != joining->total || part->parity != joining->parity) {
        return true;
    }
    struct span before = span_of_bytes(joining->parts[part->index], joining->lengths[part->index]);
    return is_here(joining, part->index) && !span_equal(before, part->bytes);
}

static void add(struct joining *joining, const struct symbol_part *part) {
    if (contradicts(joining, part)) {
        forget(joining);
        joining->total = part->total;
        joining->parity = part->parity;
    }
    if (!is_here(joining, part->index)) {
        joining->seen = (uint16_t)(joining->seen | 1u << part->index);
        joining->lengths[part->index] = part->bytes.len;
        if (part->bytes.len > 0) {
            memcpy(joining->parts[part->index], part->bytes.ptr, part->bytes.len);
        }
    }
}

static bool is_complete(const struct joining *joining) {
    return joining->total > 0 && joining->seen == (1u << joining->total) - 1;
}

/* All parts in their order. Returns false where they are too long, or the parity is not theirs. */
static bool join(struct joining *joining) {
    struct room out = room_over(joining->joined, sizeof joining->joined);
    unsigned parity = 0;
    for (unsigned i = 0; i < joining->total; i++) {
        if (room_put(&out, span_of_bytes(joining->parts[i], joining->lengths[i])) != ERR_OK) {
            return false;
        }
    }
    for (size_t i = 0; i < out.len; i++) {
        parity ^= out.ptr[i];
    }
    joining->joined_len = out.len;
    return parity == joining->parity && out.len > 0;
}

/* Show a complete message, once it is joined. */
static void show(struct joining *joining, struct symbols *symbols) {
    if (joining->joined_len == 0 && !join(joining)) {
        forget(joining);
        symbols->passed_over++;
    } else if (symbols->count == SYMBOL_MAX) {
        symbols->passed_over++;
    } else {
        symbols->payloads[symbols->count++] = span_of_bytes(joining->joined, joining->joined_len);
    }
}

void joining_note(struct joining *joining, struct symbols *symbols, int64_t now_ms) {
    bool any = false;
    joining->pictures++;
    forget_absent(joining, now_ms);
    for (size_t i = 0; i < symbols->part_count; i++) {
        if (is_sound(&symbols->parts[i])) {
            add(joining, &symbols->parts[i]);
            any = true;
        }
    }
    if (!any) {
        return;
    }
    joining->last_picture = joining->pictures;
    joining->last_ms = now_ms;
    if (is_complete(joining)) {
        show(joining, symbols);
    }
}
