/* SPDX-License-Identifier: Apache-2.0 */
/* strip: the credentials of a presentation side by side, each a tile in the colour and with the sign of its class; the
 * one that is shown grows together with the band below it. */
#include "screen/icon.h"
#include "screen/screens.h"

/* Units: above a tile, below one that is not shown, between two, and of a tile's corners. */
#define ABOVE  6
#define BELOW  6
#define GAP    6
#define CORNER 8
/* The least height of a tile, and the height of the words above the tiles when upright. */
#define TILE_LEAST  48
#define WORDS_ABOVE 96
/* What the words beside the tiles get at least, where there are few tiles. */
#define WORDS 250

/* How many verdicts of each kind there are. */
struct tally {
    unsigned all, good, noted, not_valid, elsewhere, unchecked;
};

static unsigned count_of(const struct screen_view *view) {
    return view->verdicts.count < LIMIT_PRESENTED ? view->verdicts.count : LIMIT_PRESENTED;
}

static struct tally tally_of(const struct screen_view *view) {
    struct tally tally = {.all = count_of(view)};
    for (unsigned i = 0; i < tally.all; i++) {
        enum verdict_reason reason = view->verdicts.list[i].reason;
        enum verdict_class class = verdict_class_of(reason);
        tally.good += class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
        tally.noted += class == VERDICT_VALID_NOTE;
        tally.not_valid += class == VERDICT_NOT_VALID && reason != REASON_WRONG_EVENT;
        tally.elsewhere += reason == REASON_WRONG_EVENT;
    }
    tally.unchecked = tally.all - tally.good - tally.not_valid - tally.elsewhere;
    return tally;
}

/* The sentence for the worst that is among them, and how many it is about. */
static struct span worst_pattern(const struct page *page, const struct tally *tally, unsigned *some) {
    const struct catalogue *in = page->view->catalogue;
    if (tally->not_valid > 0) {
        *some = tally->not_valid;
        return catalogue_plural(in, tr_plural("%1 of %2 is not valid", "%1 of %2 are not valid"), *some);
    }
    if (tally->elsewhere > 0) {
        *some = tally->elsewhere;
        return catalogue_plural(
            in, tr_plural("%1 of %2 is not for this event", "%1 of %2 are not for this event"), *some);
    }
    if (tally->unchecked > 0) {
        *some = tally->unchecked;
        return catalogue_plural(in, tr_plural("%1 of %2 cannot be checked", "%1 of %2 cannot be checked"),
                                *some);
    }
    *some = tally->noted;
    if (tally->noted > 0) {
        return catalogue_plural(
            in, tr_plural("%2 of %2 are valid, %1 with a note", "%2 of %2 are valid, %1 with notes"), *some);
    }
    return page_say(page, tr("%2 of %2 are valid"));
}

static struct span summary(const struct page *page, const struct tally *tally, struct words *words) {
    struct words count = {0}, all = {0};
    unsigned some = 0;
    struct span pattern = worst_pattern(page, tally, &some);
    words_put_number(&count, some);
    words_put_number(&all, tally->all);
    const struct span args[] = {words_span(&count), words_span(&all)};
    words_fill(words, pattern, args, 2);
    return words_span(words);
}

struct span screens_which(const struct page *page, struct words *words) {
    struct words which = {0}, all = {0};
    if (count_of(page->view) < 2) {
        return (struct span){0};
    }
    words_put_number(&which, (uint64_t)page->view->credential + 1);
    words_put_number(&all, count_of(page->view));
    const struct span args[] = {words_span(&which), words_span(&all)};
    words_fill(words, page_say(page, tr("Credential %1 of %2")), args, 2);
    return words_span(words);
}

/* One tile: the shown one reaches down to the band and has its colour. */
static void tile(struct page *page, struct box box, unsigned index) {
    const struct verdict *verdict = &page->view->verdicts.list[index];
    struct screens_look look = screens_look_of(verdict);
    bool shown = index == page->view->credential;
    struct box face = {box.x + GAP / 2, box.y + ABOVE, box.w - GAP, box.h - ABOVE};
    int side = face.h - 2 * BELOW - 4 < face.w - 8 ? face.h - 2 * BELOW - 4 : face.w - 8;
    page_touch(page, box, (enum action)(ACTION_CREDENTIAL + index));
    if (shown) {
        page_fill(page, (struct box){face.x, face.y + face.h / 2, face.w, face.h - face.h / 2}, look.ground,
                  0);
        page_fill(page, face, look.ground, CORNER);
    } else {
        face.h -= BELOW;
        page_fill(page, face, look.ground, CORNER);
    }
    struct box icon = {face.x + (face.w - side) / 2, face.y + (box.h - ABOVE - BELOW - side) / 2, side, side};
    icon_verdict(page, icon, verdict_class_of(verdict->reason), look.ink, look.ground);
}

/* Tiles as wide as is comfortable, narrower where there are many; never too small to touch. */
static int tile_width(const struct page *page, int row, int count) {
    int widest = page->touch * 3 / 2, left = page->upright ? row : row - WORDS;
    int width = left / count < widest ? left / count : widest;
    int least = page->touch_least < row / count ? page->touch_least : row / count;
    return width < least ? least : width;
}

/* The colours in which it is said how it stands with all of them: also beside a green band nobody misses a red one. */
static struct screens_look look_of_all(const struct tally *tally) {
    bool red = tally->not_valid > 0 || tally->elsewhere > 0;
    struct verdict like = {.reason = red ? REASON_ALTERED : REASON_UNSUPPORTED};
    return tally->good == tally->all ? (struct screens_look){NULL, PAGE_GROUND, PAGE_INK}
                                     : screens_look_of(&like);
}

/* How it stands with all of them, and which one is shown. */
static void words_beside(struct page *page, struct box box) {
    static const int sizes[] = {24, 22, 20, 18, 16, 15, 14, 13, 0}, tall[] = {42, 38, 34, 30, 28, 26, 24, 0};
    static const int small[] = {16, 15, 14, 13, 12, 11, 0}, small_tall[] = {28, 26, 24, 22, 20, 0};
    struct tally tally = tally_of(page->view);
    struct words all = {0}, which = {0};
    struct screens_look look = look_of_all(&tally);
    struct page_type type = {page->upright ? tall : sizes, true, look.ink, PAGE_START, true, 1};
    struct box second = page_take_bottom(&box, box.h * 40 / 100);
    page_fill(page, box, look.ground, CORNER);
    page_write(page, look.word == NULL ? box : page_inset(box, 10, 0), type, summary(page, &tally, &all));
    type = (struct page_type){page->upright ? small_tall : small, false, PAGE_QUIET, PAGE_START, true, 1};
    page_write(page, second, type, screens_which(page, &which));
}

void screens_strip(struct page *page) {
    int count = (int)count_of(page->view);
    int high = page->touch_least > TILE_LEAST ? page->touch_least : TILE_LEAST;
    if (count < 2) {
        return;
    }
    struct box strip = page_take_top(&page->body, page->upright ? page->touch + WORDS_ABOVE : high + ABOVE);
    strip = page_inset(strip, page->upright ? 32 : 20, 0);
    if (page->upright) {
        words_beside(page, page_inset(page_take_top(&strip, WORDS_ABOVE), 0, 6));
    }
    int width = tile_width(page, strip.w, count);
    for (int i = 0; i < count; i++) {
        tile(page, page_take_start(&strip, width), (unsigned)i);
    }
    if (!page->upright) {
        (void)page_take_start(&strip, 12);
        words_beside(page, page_inset(strip, 0, 4));
    }
}
