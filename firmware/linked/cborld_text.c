/* SPDX-License-Identifier: Apache-2.0 */
#include "base/datetime.h"
#include "codec/base58.h"
#include "codec/base64.h"
#include "codec/base64url.h"
#include "linked/cborld_run.h"

/* Multibase's names for what is read: base58btc, base64url, base64 with padding. */
enum { BASE58 = 'z', BASE64URL = 'u', BASE64_PADDED = 'M' };

static enum err multibase_text(uint8_t base, struct span bytes, struct room *out) {
    switch (base) {
    case BASE58:
        return base58_encode(bytes, out);
    case BASE64URL:
        return base64url_encode(bytes, out);
    case BASE64_PADDED:
        return base64_encode(bytes, out);
    default:
        return ERR_CBORLD_VALUE;
    }
}

enum err cborld_multibase_read(struct cborld_run *run, struct span bytes, struct span *out) {
    struct room room = {0};
    if (bytes.len == 0) {
        return ERR_CBORLD_VALUE;
    }
    TRY(arena_room(run->arena, 8 + 2 * bytes.len, &room));
    TRY(room_put_byte(&room, bytes.ptr[0]));
    cborld_run_base58(run, bytes.ptr[0] == BASE58 ? bytes.len : 0);
    TRY(multibase_text(bytes.ptr[0], span_slice(bytes, 1, bytes.len), &room));
    *out = room_span(&room);
    return ERR_OK;
}

static bool multibase_bytes(uint8_t base, struct span text, struct room *out) {
    enum err err = base == BASE58          ? base58_decode(text, out)
                   : base == BASE64URL     ? base64url_decode(text, out)
                   : base == BASE64_PADDED ? base64_decode(text, out)
                                           : ERR_CBORLD_VALUE;
    return err == ERR_OK;
}

enum err cborld_multibase_write(struct cborld_run *run, struct span text, struct room *out, bool *done) {
    struct room room = {0};
    *done = false;
    if (text.len < 2) {
        return ERR_OK;
    }
    TRY(arena_room(run->arena, text.len, &room));
    TRY(room_put_byte(&room, text.ptr[0]));
    *done = multibase_bytes(text.ptr[0], span_slice(text, 1, text.len), &room);
    return *done ? cbor_put_string(out, CBOR_BYTES, room_span(&room)) : ERR_OK;
}

/* "2026-09-01", and "2026-09-01T10:00:00" without its zone. */
#define DATE_CHARS   10u
#define SECOND_CHARS 19u
#define MILLIS_MAX   999u

static void put_digits(uint8_t *out, unsigned value, unsigned count) {
    for (unsigned i = count; i > 0; i--) {
        out[i - 1] = (uint8_t)('0' + value % 10);
        value /= 10;
    }
}

/* The moment as text; false where its year has not four digits. */
static bool moment_text(int64_t seconds, uint8_t out[SECOND_CHARS]) {
    struct datetime when = {0};
    if (!datetime_civil(seconds, &when)) {
        return false;
    }
    memcpy(out, "0000-00-00T00:00:00", SECOND_CHARS);
    put_digits(out, (unsigned)when.year, 4);
    put_digits(out + 5, (unsigned)when.month, 2);
    put_digits(out + 8, (unsigned)when.day, 2);
    put_digits(out + 11, (unsigned)when.hour, 2);
    put_digits(out + 14, (unsigned)when.minute, 2);
    put_digits(out + 17, (unsigned)when.second, 2);
    return true;
}

/* Seconds since 1970 UTC. */
static bool seconds_of(const struct cbor_item *item, int64_t *out) {
    if ((item->kind != CBOR_UNSIGNED && item->kind != CBOR_NEGATIVE) || item->number > INT64_MAX / 2) {
        return false;
    }
    int64_t seconds = (int64_t)item->number;
    *out = item->kind == CBOR_NEGATIVE ? -1 - seconds : seconds;
    return true;
}

/* What follows the seconds: the zone, and milliseconds where they are said. */
static enum err put_rest(const struct cbor_item *millis, struct room *out) {
    uint8_t digits[4] = {'.'};
    if (millis != NULL) {
        put_digits(digits + 1, (unsigned)millis->number, 3);
        TRY(room_put(out, span_of_bytes(digits, sizeof digits)));
    }
    return room_put_byte(out, 'Z');
}

enum err cborld_date_read(struct cborld_run *run, enum cborld_codec codec, const struct cbor_item *seconds,
                          const struct cbor_item *millis, struct span *out) {
    uint8_t text[SECOND_CHARS];
    int64_t time_s = 0;
    struct room room = {0};
    bool whole = millis == NULL || (millis->kind == CBOR_UNSIGNED && millis->number <= MILLIS_MAX);
    if (!whole || !seconds_of(seconds, &time_s) || !moment_text(time_s, text)) {
        return ERR_CBORLD_VALUE;
    }
    TRY(arena_room(run->arena, SECOND_CHARS + sizeof ".000Z", &room));
    TRY(room_put(&room, span_of_bytes(text, codec == CBORLD_DATE ? DATE_CHARS : SECOND_CHARS)));
    if (codec == CBORLD_DATE_TIME) {
        TRY(put_rest(millis, &room));
    }
    *out = room_span(&room);
    return ERR_OK;
}

/* The number that `count` characters from `at` give; what is no digit makes it wrong. */
static int digits(struct span text, size_t at, size_t count) {
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

static bool day_may_be(struct datetime when) {
    return when.month >= 1 && when.month <= 12 && when.day >= 1 && when.day <= 31;
}

/* The seconds of a moment, where they give its first `chars` characters again. */
static bool same_seconds(struct span text, size_t chars, int64_t *out) {
    uint8_t again[SECOND_CHARS];
    bool time = chars == SECOND_CHARS;
    if (text.len < chars) {
        return false;
    }
    struct datetime when = {
        .year = digits(text, 0, 4), .month = digits(text, 5, 2), .day = digits(text, 8, 2)};
    when.hour = time ? digits(text, 11, 2) : 0;
    when.minute = time ? digits(text, 14, 2) : 0;
    when.second = time ? digits(text, 17, 2) : 0;
    if (!day_may_be(when)) {
        return false;
    }
    *out = datetime_seconds(when);
    return moment_text(*out, again) && memcmp(text.ptr, again, chars) == 0;
}

static enum err put_seconds(int64_t seconds, struct room *out) {
    return seconds < 0 ? cbor_put(out, CBOR_NEGATIVE, (uint64_t)(-1 - seconds))
                       : cbor_put(out, CBOR_UNSIGNED, (uint64_t)seconds);
}

static bool is_digit(uint8_t c) {
    return c >= '0' && c <= '9';
}

/* Milliseconds behind the seconds: a point, three digits and the zone. */
static bool millis_of(struct span text, uint64_t *out) {
    const uint8_t *c = text.ptr;
    if (text.len != 5 || c[0] != '.' || !is_digit(c[1]) || !is_digit(c[2]) || !is_digit(c[3])) {
        return false;
    }
    *out = (uint64_t)digits(text, 1, 3);
    return true;
}

static enum err write_moment(struct span text, struct room *out, bool *done) {
    struct span rest = span_slice(text, SECOND_CHARS, text.len);
    int64_t seconds = 0;
    uint64_t millis = 0;
    bool whole = rest.len == 1;
    *done = text.len > 0 && text.ptr[text.len - 1] == 'Z' && (whole || millis_of(rest, &millis)) &&
            same_seconds(text, SECOND_CHARS, &seconds);
    if (!*done || whole) {
        return *done ? put_seconds(seconds, out) : ERR_OK;
    }
    TRY(cbor_put(out, CBOR_ARRAY, 2));
    TRY(put_seconds(seconds, out));
    return cbor_put(out, CBOR_UNSIGNED, millis);
}

enum err cborld_date_write(enum cborld_codec codec, struct span text, struct room *out, bool *done) {
    int64_t seconds = 0;
    if (codec == CBORLD_DATE_TIME) {
        return write_moment(text, out, done);
    }
    *done = text.len == DATE_CHARS && same_seconds(text, DATE_CHARS, &seconds);
    return *done ? put_seconds(seconds, out) : ERR_OK;
}
