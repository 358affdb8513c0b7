/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/text.h"

#include "base/utf8.h"
#include "verdict/shown.h"

#define ELLIPSIS "\xE2\x80\xA6"

struct range {
    uint32_t first, last;
};

static bool within(uint32_t code, const struct range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* Blocks of scripts written from right to left. */
static bool is_rtl(uint32_t code) {
    static const struct range blocks[] = {
        {0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
    return within(code, blocks, sizeof blocks / sizeof *blocks);
}

/* Letters from left to right, by blocks: what is neither digit, sign, mark nor of the other direction. */
static bool is_ltr(uint32_t code) {
    static const struct range blocks[] = {{'A', 'Z'},       {'a', 'z'},        {0x00C0, 0x00D6},
                                          {0x00D8, 0x00F6}, {0x00F8, 0x02B8},  {0x0370, 0x0482},
                                          {0x048A, 0x058F}, {0x0900, 0x1FFF},  {0x2C00, 0x2DFF},
                                          {0x3041, 0xD7FF}, {0x20000, 0x3FFFF}};
    return within(code, blocks, sizeof blocks / sizeof *blocks);
}

/* A mark or joiner that stands on the character before it. */
static bool is_mark(uint32_t code) {
    return shown_is_mark(code) || code == 0x200C || code == 0x200D;
}

enum draw_direction text_direction(struct span text, enum draw_direction otherwise) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (is_rtl(code) && !is_mark(code)) {
            return DRAW_RTL;
        }
        if (is_ltr(code)) {
            return DRAW_LTR;
        }
    }
    return otherwise;
}

size_t text_cluster_end(struct span text, size_t at) {
    if (at >= text.len) {
        return text.len;
    }
    (void)utf8_next(text, &at);
    while (at < text.len) {
        size_t next = at;
        if (!is_mark(utf8_next(text, &next))) {
            break;
        }
        at = next;
    }
    return at;
}

/* What stays the same while a text is broken. */
struct wrapping {
    const struct draw_measure *measure;
    struct span text;
    int size_px, width_px;
    bool bold;
};

static bool fits(const struct wrapping *w, struct span line) {
    return line.len < TEXT_LINE_BYTES &&
           w->measure->width_px(w->measure->ctx, line, w->size_px, w->bold) <= w->width_px;
}

static struct span from_to(const struct wrapping *w, size_t from, size_t to) {
    return span_slice(w->text, from, to - from);
}

static size_t without_spaces(struct span text, size_t from, size_t to) {
    while (to > from && text.ptr[to - 1] == ' ') {
        to--;
    }
    return to;
}

/* The end of the word that begins at `at`, with the spaces before it. */
static size_t word_end(struct span text, size_t at) {
    while (at < text.len && text.ptr[at] == ' ') {
        at++;
    }
    return span_find(text, ' ', at);
}

/* As many clusters from `from` as fit, at least one. */
static size_t clusters_that_fit(const struct wrapping *w, size_t from, size_t limit) {
    size_t end = text_cluster_end(w->text, from);
    for (size_t next = end; next < limit;) {
        next = text_cluster_end(w->text, next);
        if (!fits(w, from_to(w, from, next))) {
            break;
        }
        end = next;
    }
    return end;
}

/* The end of the line that begins at `from`: as many words as fit, or a part of the first. */
static size_t line_end(const struct wrapping *w, size_t from) {
    size_t end = from;
    for (size_t next = from; next < w->text.len;) {
        next = word_end(w->text, next);
        if (!fits(w, from_to(w, from, next))) {
            break;
        }
        end = next;
    }
    return end > from ? end : clusters_that_fit(w, from, word_end(w->text, from));
}

static void put_line(struct text_lines *out, struct span line) {
    struct text_line *to = &out->lines[out->count++];
    to->len = line.len < TEXT_LINE_BYTES ? line.len : 0;
    if (to->len > 0) {
        memcpy(to->bytes, line.ptr, to->len);
    }
}

/* The last line: as much of the rest as fits before an ellipsis. */
static void put_cut_line(const struct wrapping *w, size_t from, struct text_lines *out) {
    struct text_line *to = &out->lines[out->count++];
    size_t end = from, best = 0;
    out->cut = true;
    *to = (struct text_line){.len = sizeof ELLIPSIS - 1, .bytes = ELLIPSIS};
    while (end < w->text.len) {
        end = text_cluster_end(w->text, end);
        size_t len = without_spaces(w->text, from, end) - from;
        char candidate[TEXT_LINE_BYTES];
        if (len == best) {
            continue;
        }
        if (len >= sizeof candidate - sizeof ELLIPSIS) {
            return;
        }
        memcpy(candidate, w->text.ptr + from, len);
        memcpy(candidate + len, ELLIPSIS, sizeof ELLIPSIS - 1);
        if (!fits(w, span_of_bytes(candidate, len + sizeof ELLIPSIS - 1))) {
            return;
        }
        to->len = len + sizeof ELLIPSIS - 1;
        memcpy(to->bytes, candidate, to->len);
        best = len;
    }
}

void text_wrap(const struct draw_measure *measure, struct span text, int size_px, bool bold, int width_px,
               int max_lines, struct text_lines *out) {
    const struct wrapping w = {measure, text, size_px, width_px, bold};
    size_t from = 0;
    out->count = 0;
    out->cut = false;
    out->broken = false;
    max_lines = max_lines < TEXT_LINES_MAX ? max_lines : TEXT_LINES_MAX;
    while (from < text.len && out->count < max_lines) {
        size_t end = line_end(&w, from);
        bool last = out->count == max_lines - 1 && without_spaces(text, end, text.len) > end;
        if (last || !fits(&w, from_to(&w, from, end))) {
            put_cut_line(&w, from, out);
            return;
        }
        out->broken = out->broken || (end < text.len && text.ptr[end] != ' ');
        put_line(out, from_to(&w, from, without_spaces(text, from, end)));
        for (from = end; from < text.len && text.ptr[from] == ' ';) {
            from++;
        }
    }
}
