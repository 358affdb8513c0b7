/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/segments.h"

#include <string.h>

/* Mode indicators (ISO/IEC 18004, table 2). */
enum mode {
    MODE_END = 0,
    MODE_NUMERIC = 1,
    MODE_ALPHANUMERIC = 2,
    MODE_PART = 3,
    MODE_BYTE = 4,
    MODE_FNC1_FIRST = 5,
    MODE_ECI = 7,
    MODE_KANJI = 8,
    MODE_FNC1_SECOND = 9
};
#define MODE_BITS 4

/* What stands for FNC1 between GS1's fields. */
#define SEPARATOR 29

/* Reading on its way: bits that are left, and what came before. */
struct reading {
    struct span data;
    size_t bit;
    int version;
    int count; /* segments */
    bool fnc1;
    struct segments *out;
};

static size_t left(const struct reading *reading) {
    return 8 * reading->data.len - reading->bit;
}

/* At most 16 bits; the caller has seen that they are there. */
static unsigned take(struct reading *reading, int count) {
    unsigned value = 0;
    for (int i = 0; i < count; i++, reading->bit++) {
        unsigned byte = reading->data.ptr[reading->bit / 8];
        value = value << 1 | (byte >> (7 - reading->bit % 8) & 1);
    }
    return value;
}

static enum err put(struct reading *reading, unsigned byte) {
    if (reading->out->len == sizeof reading->out->bytes) {
        return ERR_SYMBOL_LENGTH;
    }
    reading->out->bytes[reading->out->len++] = (uint8_t)byte;
    return ERR_OK;
}

/* The characters of a segment, by the bits that count them in this version (table 3). */
static enum err take_count(struct reading *reading, const uint8_t bits[3], size_t *out) {
    int width = bits[reading->version < 10 ? 0 : reading->version < 27 ? 1 : 2];
    if (left(reading) < (size_t)width) {
        return ERR_SYMBOL_LENGTH;
    }
    *out = take(reading, width);
    reading->count++;
    reading->out->plain = reading->out->plain && *out > 0 && reading->count <= SEGMENTS_PLAIN_MAX;
    return ERR_OK;
}

static enum err need(const struct reading *reading, size_t bits) {
    return left(reading) < bits ? ERR_SYMBOL_LENGTH : ERR_OK;
}

/* Three digits in ten bits, two in seven, one in four (7.4.3). */
static enum err read_numeric(struct reading *reading) {
    static const uint8_t counts[3] = {10, 12, 14};
    static const uint8_t rest_bits[3] = {0, 4, 7};
    static const unsigned ranges[4] = {1, 10, 100, 1000};
    size_t digits;
    TRY(take_count(reading, counts, &digits));
    TRY(need(reading, digits / 3 * 10 + rest_bits[digits % 3]));
    while (digits > 0) {
        size_t group = digits < 3 ? digits : 3;
        unsigned value = take(reading, group == 3 ? 10 : rest_bits[group]);
        if (value >= ranges[group]) {
            return ERR_SYMBOL_CHARACTER;
        }
        for (size_t i = group; i > 0; i--) {
            TRY(put(reading, '0' + value / ranges[i - 1] % 10));
        }
        digits -= group;
    }
    return ERR_OK;
}

/* In a code with FNC1, a percent sign stands for it and two for one percent sign (7.4.8.2). */
static void fold_percents(struct reading *reading, size_t from) {
    struct segments *out = reading->out;
    size_t to = from;
    for (size_t i = from; i < out->len; i++) {
        bool percent = out->bytes[i] == '%';
        bool twice = percent && i + 1 < out->len && out->bytes[i + 1] == '%';
        out->bytes[to++] = percent && !twice ? SEPARATOR : out->bytes[i];
        i += twice;
    }
    out->len = to;
}

/* Two characters in eleven bits, one in six (7.4.4). */
static enum err read_alphanumeric(struct reading *reading) {
    static const uint8_t counts[3] = {9, 11, 13};
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    size_t characters, from = reading->out->len;
    TRY(take_count(reading, counts, &characters));
    TRY(need(reading, characters / 2 * 11 + characters % 2 * 6));
    for (size_t i = 0; i < characters / 2; i++) {
        unsigned value = take(reading, 11);
        if (value >= 45 * 45) {
            return ERR_SYMBOL_CHARACTER;
        }
        TRY(put(reading, (unsigned char)letters[value / 45]));
        TRY(put(reading, (unsigned char)letters[value % 45]));
    }
    if (characters % 2 == 1) {
        unsigned value = take(reading, 6);
        if (value >= 45) {
            return ERR_SYMBOL_CHARACTER;
        }
        TRY(put(reading, (unsigned char)letters[value]));
    }
    if (reading->fnc1) {
        fold_percents(reading, from);
    }
    return ERR_OK;
}

static enum err read_bytes(struct reading *reading) {
    static const uint8_t counts[3] = {8, 16, 16};
    size_t bytes;
    TRY(take_count(reading, counts, &bytes));
    TRY(need(reading, 8 * bytes));
    for (size_t i = 0; i < bytes; i++) {
        TRY(put(reading, take(reading, 8)));
    }
    return ERR_OK;
}

/* Thirteen bits to two bytes of Shift JIS from 8140 to 9FFC or E040 to EBBF (7.4.6). */
static enum err read_kanji(struct reading *reading) {
    static const uint8_t counts[3] = {8, 10, 12};
    size_t characters;
    TRY(take_count(reading, counts, &characters));
    TRY(need(reading, 13 * characters));
    for (size_t i = 0; i < characters; i++) {
        unsigned value = take(reading, 13);
        unsigned packed = value / 0xC0 << 8 | value % 0xC0;
        unsigned both = packed + (packed < 0x1F00 ? 0x8140 : 0xC140);
        unsigned second = both & 0xFF;
        if (second == 0x7F || second > 0xFC) {
            return ERR_SYMBOL_CHARACTER;
        }
        TRY(put(reading, both >> 8));
        TRY(put(reading, second));
    }
    return ERR_OK;
}

/* One to three bytes, told apart by their first bits (table 4). What it names changes no byte. */
static enum err read_eci(struct reading *reading) {
    reading->out->plain = false;
    TRY(need(reading, 8));
    unsigned first = take(reading, 8);
    if (first < 0x80) {
        return ERR_OK;
    }
    if (first < 0xC0) {
        TRY(need(reading, 8));
        take(reading, 8);
        return ERR_OK;
    }
    if (first >= 0xE0) {
        return ERR_SYMBOL_ECI;
    }
    TRY(need(reading, 16));
    unsigned long designator = (first & 0x1Ful) << 16 | take(reading, 16);
    return designator > 999999 ? ERR_SYMBOL_ECI : ERR_OK;
}

/* Index and last index in four bits each, then the parity (8.2 and 8.3). */
static enum err read_part(struct reading *reading) {
    reading->out->plain = false;
    if (reading->bit != MODE_BITS) {
        return ERR_SYMBOL_PART;
    }
    TRY(need(reading, 16));
    unsigned index = take(reading, 4);
    unsigned last = take(reading, 4);
    if (index > last) {
        return ERR_SYMBOL_PART;
    }
    reading->out->part =
        (struct segments_part){(uint8_t)(last + 1), (uint8_t)index, (uint8_t)take(reading, 8)};
    return ERR_OK;
}

/* GS1 (first position), or another body's application (second), whose indicator comes first: two digits, or a
 * letter as its number and 100 (7.4.8). */
static enum err read_fnc1(struct reading *reading, bool second) {
    reading->out->plain = false;
    if (reading->fnc1 || reading->count > 0) {
        return ERR_SYMBOL_FNC1;
    }
    reading->fnc1 = true;
    if (!second) {
        return ERR_OK;
    }
    TRY(need(reading, 8));
    unsigned indicator = take(reading, 8);
    unsigned letter = indicator - 100;
    if (indicator < 100) {
        TRY(put(reading, '0' + indicator / 10));
        return put(reading, '0' + indicator % 10);
    }
    bool is_letter = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    return is_letter ? put(reading, letter) : ERR_SYMBOL_FNC1;
}

static enum err read_segment(struct reading *reading, unsigned mode) {
    switch (mode) {
    case MODE_NUMERIC:
        return read_numeric(reading);
    case MODE_ALPHANUMERIC:
        return read_alphanumeric(reading);
    case MODE_BYTE:
        return read_bytes(reading);
    case MODE_KANJI:
        return read_kanji(reading);
    case MODE_ECI:
        return read_eci(reading);
    case MODE_PART:
        return read_part(reading);
    case MODE_FNC1_FIRST:
    case MODE_FNC1_SECOND:
        return read_fnc1(reading, mode == MODE_FNC1_SECOND);
    default:
        return ERR_SYMBOL_MODE;
    }
}

enum err segments_read(struct span data, int version, struct segments *out) {
    struct segments read = {.plain = true};
    struct reading reading = {.data = data, .version = version, .out = &read};
    while (left(&reading) >= MODE_BITS) {
        unsigned mode = take(&reading, MODE_BITS);
        if (mode == MODE_END) {
            break;
        }
        TRY(read_segment(&reading, mode));
    }
    *out = read;
    return ERR_OK;
}
