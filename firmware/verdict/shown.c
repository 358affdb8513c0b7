/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict/shown.h"

#include "base/utf8.h"

#define ELLIPSIS_BYTES 3u

struct range {
    uint32_t first, last;
};

/* Controls, characters that turn or hide text, fillers that draw nothing, private use, and no characters at
 * all (Unicode 15.1: Cc, Cf, Co, Default_Ignorable_Code_Point, Noncharacter_Code_Point). */
static const struct range boxed[] = {
    {0x0000, 0x0008},   {0x000B, 0x000C},   {0x000E, 0x001F},   {0x007F, 0x0084},      {0x0086, 0x009F},
    {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x0600, 0x0605},   {0x061C, 0x061C},      {0x06DD, 0x06DD},
    {0x070F, 0x070F},   {0x0890, 0x0891},   {0x08E2, 0x08E2},   {0x115F, 0x1160},      {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x206F},      {0x2800, 0x2800},
    {0x3164, 0x3164},   {0xD800, 0xDFFF},   {0xE000, 0xF8FF},   {0xFDD0, 0xFDEF},      {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFC},   {0xFFFE, 0xFFFF},   {0x110BD, 0x110BD},    {0x110CD, 0x110CD},
    {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0x1FFFE, 0x1FFFF},    {0x2FFFE, 0x2FFFF},
    {0x3FFFE, 0x3FFFF}, {0x4FFFE, 0x4FFFF}, {0x5FFFE, 0x5FFFF}, {0x6FFFE, 0x6FFFF},    {0x7FFFE, 0x7FFFF},
    {0x8FFFE, 0x8FFFF}, {0x9FFFE, 0x9FFFF}, {0xAFFFE, 0xAFFFF}, {0xBFFFE, 0xBFFFF},    {0xCFFFE, 0xCFFFF},
    {0xDFFFE, 0xDFFFF}, {0xE0000, 0xE00FF}, {0xE01F0, 0xE0FFF}, {0xEFFFE, 0xFFFFFFFF},
};

/* Line and paragraph ends, tabs, and spaces of odd widths. */
static const struct range spaces[] = {
    {0x0009, 0x000A}, {0x000D, 0x000D}, {0x0085, 0x0085}, {0x00A0, 0x00A0}, {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

/* Marks that stack without end upon one character. The vowel signs of the scripts of India are left out:
 * shapers give each superfluous one a place of its own. */
static const struct range marks[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD},   {0x05BF, 0x05BF},   {0x05C1, 0x05C2},
    {0x05C4, 0x05C5},   {0x05C7, 0x05C7},   {0x0610, 0x061A},   {0x064B, 0x065F},   {0x0670, 0x0670},
    {0x06D6, 0x06DC},   {0x06DF, 0x06E4},   {0x06E7, 0x06E8},   {0x06EA, 0x06ED},   {0x0711, 0x0711},
    {0x0730, 0x074A},   {0x07A6, 0x07B0},   {0x07EB, 0x07F3},   {0x07FD, 0x07FD},   {0x0816, 0x0819},
    {0x081B, 0x0823},   {0x0825, 0x0827},   {0x0829, 0x082D},   {0x0859, 0x085B},   {0x0898, 0x089F},
    {0x08CA, 0x08E1},   {0x08E3, 0x08FF},   {0x0E31, 0x0E31},   {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},
    {0x0EB1, 0x0EB1},   {0x0EB4, 0x0EBC},   {0x0EC8, 0x0ECE},   {0x0F18, 0x0F19},   {0x0F35, 0x0F35},
    {0x0F37, 0x0F37},   {0x0F39, 0x0F39},   {0x0F71, 0x0F7E},   {0x0F80, 0x0F84},   {0x0F86, 0x0F87},
    {0x0F8D, 0x0FBC},   {0x135D, 0x135F},   {0x1A7F, 0x1A7F},   {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF},   {0x2CEF, 0x2CF1},   {0x2DE0, 0x2DFF},   {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xA66F, 0xA672},   {0xA674, 0xA67D},   {0xA69E, 0xA69F},   {0xA6F0, 0xA6F1},   {0xFB1E, 0xFB1E},
    {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},   {0x101FD, 0x101FD}, {0x1D165, 0x1D169}, {0x1D16D, 0x1D172},
    {0x1D17B, 0x1D182}, {0x1D185, 0x1D18B}, {0x1D1AA, 0x1D1AD}, {0x1E8D0, 0x1E8D6}, {0xE0100, 0xE01EF},
};

static bool within(const struct range *ranges, size_t count, uint32_t code) {
    for (size_t i = 0; i < count && ranges[i].first <= code; i++) {
        if (code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

uint32_t shown_character(uint32_t code) {
    if (within(spaces, sizeof spaces / sizeof *spaces, code)) {
        return ' ';
    }
    return within(boxed, sizeof boxed / sizeof *boxed, code) ? SHOWN_BOX : code;
}

bool shown_is_mark(uint32_t code) {
    return within(marks, sizeof marks / sizeof *marks, code);
}

/* The next character to draw, with marks beyond SHOWN_MARKS_MAX passed over; false at the end. */
static bool next_shown(struct span text, size_t *at, size_t *marks_kept, uint32_t *code) {
    while (*at < text.len) {
        *code = shown_character(utf8_next(text, at));
        *marks_kept = shown_is_mark(*code) ? *marks_kept + 1 : 0;
        if (*marks_kept <= SHOWN_MARKS_MAX) {
            return true;
        }
    }
    return false;
}

void shown_set(struct shown *out, struct span text) {
    *out = (struct shown){0};
    size_t len = 0;
    size_t cut = 0;
    size_t at = 0;
    size_t marks_kept = 0;
    uint32_t code = 0;
    while (next_shown(text, &at, &marks_kept, &code)) {
        uint8_t bytes[4];
        size_t more = utf8_encode(code, bytes);
        if (more > LIMIT_SHOWN_BYTES - len) {
            memcpy(out->bytes + cut, "\xE2\x80\xA6", ELLIPSIS_BYTES);
            len = cut + ELLIPSIS_BYTES;
            break;
        }
        memcpy(out->bytes + len, bytes, more);
        len += more;
        cut = len <= LIMIT_SHOWN_BYTES - ELLIPSIS_BYTES ? len : cut;
    }
    out->len = (uint16_t)len;
    memset(out->bytes + len, 0,
           LIMIT_SHOWN_BYTES - len); /* a cut character leaves bytes behind the ellipsis */
}
