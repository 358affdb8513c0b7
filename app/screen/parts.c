/* SPDX-License-Identifier: Apache-2.0 */
/* parts: which parts of a code in several pictures were seen, as dots; for the scan and the checking screen. */
#include "screen/screens.h"

/* Dots in rows; beyond this many parts the count alone is shown. */
#define DOTS_MAX 36
#define DOTS_ROW 6

static bool is_seen(const struct screen_view *view, unsigned part) {
    return part < sizeof view->parts_seen * 8 && (view->parts_seen >> part & 1) != 0;
}

unsigned screens_parts_seen(const struct screen_view *view) {
    unsigned count = 0;
    for (unsigned part = 0; part < view->parts_total && part < DOTS_MAX; part++) {
        count += is_seen(view, part);
    }
    return count;
}

int screens_parts(struct page *page, struct box box) {
    unsigned total = page->view->parts_total;
    int most = page->upright ? 60 : 44, pitch = box.w / DOTS_ROW < most ? box.w / DOTS_ROW : most,
        radius = pitch * 3 / 8, lines = 0;
    int across = total < DOTS_ROW ? (int)total : DOTS_ROW;
    box.x += page->upright ? (box.w - across * pitch) / 2 : 0;
    for (unsigned i = 0; total <= DOTS_MAX && i < total; i++) {
        int x = box.x + (int)(i % DOTS_ROW) * pitch + radius,
            y = box.y + (int)(i / DOTS_ROW) * pitch + radius;
        lines = (int)(i / DOTS_ROW) + 1;
        page_circle(page, x, y, radius, PAGE_ACCENT);
        if (!is_seen(page->view, i)) {
            page_circle(page, x, y, radius - 3, PAGE_GROUND);
        }
    }
    return lines * pitch;
}

struct span screens_parts_count(struct page *page, const char *pattern, struct words *words) {
    struct words seen = {0}, total = {0};
    words_put_number(&seen, screens_parts_seen(page->view));
    words_put_number(&total, page->view->parts_total);
    const struct span args[] = {words_span(&seen), words_span(&total)};
    words_fill(words, page_say(page, pattern), args, 2);
    return words_span(words);
}
