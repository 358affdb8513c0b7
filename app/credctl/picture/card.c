/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/card.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "credctl/picture/bitmap.h"

/* The page in hundredths of a millimetre: A6 across, the code with its quiet zone on the left. */
#define PAGE_WIDTH  14800
#define PAGE_HEIGHT 10500
#define CODE_LEFT   400
#define CODE_SIDE   8200
#define TEXT_LEFT   9000
#define TEXT_RIGHT  14300
#define TEXT_TOP    1300
#define TEXT_BOTTOM 9700

/* No font is asked: letters are taken to be this wide, in hundredths of their size; wide scripts take all. */
#define LETTER_WIDTH 56
#define WIDE_WIDTH   100

struct page {
    struct room *out;
    int y;
    bool full;
};

__attribute__((format(printf, 2, 3))) static enum err put(struct room *out, const char *format, ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return room_put_text(out, text);
}

static enum err put_escaped(struct room *out, struct span text) {
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            TRY(room_put_text(out, "&amp;"));
            break;
        case '<':
            TRY(room_put_text(out, "&lt;"));
            break;
        case '>':
            TRY(room_put_text(out, "&gt;"));
            break;
        case '"':
            TRY(room_put_text(out, "&quot;"));
            break;
        default:
            TRY(room_put_byte(out, text.ptr[i]));
        }
    }
    return ERR_OK;
}

static bool runs_from_right(struct span text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if ((code >= 0x590 && code <= 0x8FF) || (code >= 0xFB1D && code <= 0xFDFF) ||
            (code >= 0xFE70 && code <= 0xFEFF)) {
            return true;
        }
        if ((code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') || code >= 0xC0) {
            return false;
        }
    }
    return false;
}

static int width_of(uint32_t code) {
    bool mark = (code >= 0x300 && code <= 0x36F) || (code >= 0x610 && code <= 0x61A) ||
                (code >= 0x64B && code <= 0x65F);
    return mark ? 0 : code >= 0x1100 && (code < 0x1E00 || code >= 0x2E80) ? WIDE_WIDTH : LETTER_WIDTH;
}

/* Bytes of text that fit into one line: up to a space, or within a word that is longer than a line. */
static size_t line_bytes(struct span text, int size) {
    int used = 0;
    size_t space = 0;
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t code = utf8_next(text, &at);
        used += width_of(code) * size / 100;
        if (used > TEXT_RIGHT - TEXT_LEFT) {
            return space > 0 ? space : here > 0 ? here : at;
        }
        space = code == ' ' ? here : space;
    }
    return text.len;
}

static enum err put_line(struct page *page, struct span line, int size, const char *weight, bool from_right,
                         bool cut) {
    /* Not every program that draws SVG knows `direction`: all know anchors and isolates (U+2067, U+2069). */
    TRY(put(page->out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" font-weight=\"%s\" text-anchor=\"%s\">%s",
            from_right ? TEXT_RIGHT : TEXT_LEFT, page->y, size, weight, from_right ? "end" : "start",
            from_right ? "\xE2\x81\xA7" : ""));
    TRY(put_escaped(page->out, line));
    TRY(room_put_text(page->out, cut ? "\xE2\x80\xA6" : ""));
    return room_put_text(page->out, from_right ? "\xE2\x81\xA9</text>\n" : "</text>\n");
}

static enum err put_part(struct page *page, struct span text, int size, const char *weight) {
    bool from_right = runs_from_right(text);
    if (text.len == 0 || page->full) {
        return ERR_OK;
    }
    page->y += size / 3;
    while (text.len > 0 && !page->full) {
        size_t len = line_bytes(text, size);
        struct span rest = span_slice(text, len, text.len);
        page->y += size * 5 / 4;
        page->full = page->y + size * 5 / 4 > TEXT_BOTTOM;
        TRY(put_line(page, span_slice(text, 0, len), size, weight, from_right, page->full && rest.len > 0));
        text = rest.len > 0 && rest.ptr[0] == ' ' ? span_slice(rest, 1, rest.len) : rest;
    }
    return ERR_OK;
}

static enum err put_modules(struct room *out, const struct matrix *code) {
    unsigned side = code->side + 2 * BITMAP_QUIET_MODULES;
    TRY(put(out,
            "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %u %u\" "
            "shape-rendering=\"crispEdges\">\n<path d=\"",
            CODE_LEFT, (PAGE_HEIGHT - CODE_SIDE) / 2, CODE_SIDE, CODE_SIDE, side, side));
    for (unsigned row = 0; row < code->side; row++) {
        for (unsigned column = 0; column < code->side;) {
            unsigned end = column;
            while (end < code->side && code->dark[row][end] == 1) {
                end++;
            }
            if (end > column) {
                TRY(put(out, "M%u %uh%uv1h-%uz", column + BITMAP_QUIET_MODULES, row + BITMAP_QUIET_MODULES,
                        end - column, end - column));
            }
            column = end + 1;
        }
    }
    return room_put_text(out, "\"/>\n</svg>\n");
}

static enum err put_page(const struct card *card, const struct matrix *code, struct room *out) {
    struct page page = {.out = out, .y = TEXT_TOP};
    TRY(put(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dmm\" height=\"%dmm\" "
            "viewBox=\"0 0 %d %d\" font-family=\"Noto Sans, Noto Sans Arabic, sans-serif\">\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            PAGE_WIDTH / 100, PAGE_HEIGHT / 100, PAGE_WIDTH, PAGE_HEIGHT));
    TRY(put_modules(out, code));
    TRY(put_part(&page, card->title, 640, "bold"));
    TRY(put_part(&page, card->holder, 520, "bold"));
    TRY(put_part(&page, card->issuer, 380, "normal"));
    TRY(put_part(&page, card->dates, 340, "normal"));
    TRY(put_part(&page, card->description, 320, "normal"));
    TRY(put_part(&page, card->id, 240, "normal"));
    return room_put_text(out, "</svg>\n");
}

enum err card_svg(const struct card *card, const struct matrix *code, struct room *out) {
    size_t before = out->len;
    enum err err = put_page(card, code, out);
    if (err != ERR_OK) {
        out->len = before;
    }
    return err;
}
