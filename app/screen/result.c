/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/band.h"
#include "screen/icon.h"
#include "screen/screens.h"
#include "screen/top_bar.h"

/* A genuine credential of another event has its own word. */
struct screens_look screens_look_of(const struct verdict *verdict) {
    switch (verdict_class_of(verdict->reason)) {
    case VERDICT_VALID:
        return (struct screens_look){tr("VALID"), PAGE_GREEN, PAGE_WHITE};
    case VERDICT_VALID_NOTE:
        return (struct screens_look){tr("VALID, NOTE"), PAGE_AMBER, PAGE_BLACK};
    case VERDICT_NOT_VALID:
        return (struct screens_look){verdict->reason == REASON_WRONG_EVENT ? tr("NOT FOR THIS EVENT")
                                                                           : tr("NOT VALID"),
                                     PAGE_RED, PAGE_WHITE};
    default:
        return (struct screens_look){tr("CANNOT CHECK"), PAGE_GREY, PAGE_WHITE};
    }
}

/* The least height of a cell: its label, and one line of what it names. */
#define CELL_LEAST      40
#define CELL_TALL_LEAST 80

struct span screens_text(const struct shown *shown) {
    return span_of_bytes(shown->bytes, shown->len <= LIMIT_SHOWN_BYTES ? shown->len : 0);
}

/* Where icon and word of a band stand. */
struct band {
    struct box icon, word;
    struct page_type type;
};

static struct band beside(struct page *page, struct box box, struct page_type type) {
    /* upright the width is scarce: the word needs it more than the icon */
    int side = box.h * (page->upright ? 40 : 72) / 100, top = (box.h - side) / 2;
    int gap = page->upright ? 16 : top;
    struct band band = {{box.x + gap + 4, box.y + top, side, side}, box, type};
    (void)page_take_start(&band.word, side + 2 * gap + (page->upright ? 4 : 14));
    band.word = page_inset(band.word, 0, 4);
    band.word.w -= page->upright ? 12 : 20;
    return band;
}

static struct band below(struct box box, struct page_type type) {
    int side = box.h * 34 / 100;
    struct band band = {{box.x + (box.w - side) / 2, box.y + 10, side, side}, page_inset(box, 12, 4), type};
    (void)page_take_top(&band.word, side + 10);
    band.type.side = PAGE_MIDDLE;
    return band;
}

void screens_band(struct page *page, int height) {
    static const int sizes[] = {60, 54, 48, 44, 40, 36, 32, 28, 24, 0};
    static const int tall[] = {100, 96, 92, 88, 84, 80, 76, 72, 68, 64, 60, 56, 52, 48, 44, 40, 36, 32, 0};
    const struct verdict *verdict = screen_verdict(page->view);
    struct screens_look look = screens_look_of(verdict);
    struct box box = page_take_top(&page->body, height);
    struct page_type type = {page->upright ? tall : sizes, true, look.ink, PAGE_START, true, 2};
    struct span word = page_say(page, look.word);
    struct band band = beside(page, box, type), other = below(box, type);
    if (page->upright &&
        page_size_of(page, other.word, other.type, word) > page_size_of(page, band.word, band.type, word)) {
        band = other;
    }
    page_fill(page, box, look.ground, 0);
    icon_verdict(page, band.icon, verdict_class_of(verdict->reason), look.ink, look.ground);
    page_write(page, band.word, band.type, word);
}

/* The bar that runs out, or that it stands still. */
static void timer(struct page *page, struct box box) {
    static const int sizes[] = {16, 14, 0}, tall[] = {26, 24, 22, 20, 0};
    int thick = page->upright ? 14 : 8, left = page->view->timer_left_permille;
    if (!page->view->timer) {
        return;
    }
    if (page->view->paused) {
        struct box icon = page_take_start(&box, box.h);
        icon_pause(page, page_inset(icon, 1, 2), PAGE_INK);
        (void)page_take_start(&box, 6);
        page_write(page, box,
                   (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 1},
                   page_say(page, tr("This result stays. Touch it to let the time run on.")));
        return;
    }
    struct box track = {box.x, box.y + (box.h - thick) / 2, box.w, thick};
    page_fill(page, track, PAGE_LINE, thick / 2);
    track.w = track.w * (left > 1000 ? 1000 : left) / 1000;
    if (track.w >= thick) {
        page_fill(page, track, PAGE_ACCENT, thick / 2);
    }
}

/* A label and what it names, in a cell; an empty value is "not named". */
static void cell(struct page *page, struct box box, const char *label, struct span value) {
    static const int labels[] = {15, 14, 13, 0}, labels_tall[] = {26, 24, 22, 0};
    static const int values[] = {28, 26, 24, 22, 20, 18, 16, 15, 0},
                     values_tall[] = {46, 42, 38, 34, 30, 26, 24, 22, 20, 0};
    struct box head = page_take_top(&box, page->upright ? 32 : 19);
    int used = page_write(
        page, head,
        (struct page_type){page->upright ? labels_tall : labels, false, PAGE_QUIET, PAGE_START, false, 1},
        page_say(page, label));
    if (used > head.h) { /* on small screens a line is never lower than its rounding allows */
        (void)page_take_top(&box, used - head.h);
    }
    struct page_type type = {
        page->upright ? values_tall : values, value.len > 0, PAGE_INK, PAGE_START, false, 2};
    if (value.len > 0) {
        page_write_foreign(page, box, type, value);
    } else {
        page_write(page, box, type, page_say(page, tr("not named")));
    }
}

/* "12 August 2026", "until 12 August 2027", whichever matters. */
static struct span date_words(struct page *page, struct words *words) {
    const struct shown_credential *credential = &screen_verdict(page->view)->credential;
    const struct shown_date *from =
        credential->awarded.present ? &credential->awarded : &credential->valid_from;
    const struct shown_date *until = &credential->valid_until;
    struct words date = {0}, end = {0};
    words_put_date(&date, page->view->catalogue, from->time_s, page->view->utc_offset_s);
    words_put_date(&end, page->view->catalogue, until->time_s, page->view->utc_offset_s);
    const struct span args[] = {words_span(&date), words_span(&end)};
    if (from->present && until->present) {
        words_fill(words, page_say(page, tr("%1, valid until %2")), args, 2);
    } else if (until->present) {
        words_fill(words, page_say(page, tr("valid until %2")), args, 2);
    } else if (from->present) {
        words_put(words, args[0]);
    }
    return words_span(words);
}

/* Issuer and holder, achievement and date: two by two, or one below the other when upright; where room is scarce, those
 * that come first. */
static void facts(struct page *page, struct box box) {
    const struct shown_credential *credential = &screen_verdict(page->view)->credential;
    struct words date = {0};
    const struct {
        const char *label;
        struct span value;
    } rows[] = {{tr("Holder"), screens_text(&credential->holder)},
                {tr("Achievement"), screens_text(&credential->achievement)},
                {tr("Issuer, as named by the trust list"), screens_text(&credential->issuer)},
                {tr("Date"), date_words(page, &date)}};
    int columns = page->upright ? 1 : 2, most = 4 / columns,
        lines = box.h / (page->upright ? CELL_TALL_LEAST : CELL_LEAST);
    lines = lines < 1 ? 1 : lines > most ? most : lines;
    int width = (box.w - (columns - 1) * 20) / columns, height = box.h / lines;
    for (int i = 0; i < lines * columns; i++) {
        struct box place = {box.x + i % columns * (width + 20), box.y + i / columns * height, width, height};
        cell(page, page_inset(place, 0, page->upright ? 3 : 2), rows[i].label, rows[i].value);
    }
}

/* Heights of the sentence and of what to do; less where the screen is shared with other credentials. */
struct advice_heights {
    int sentence, line;
};

static struct advice_heights advice_heights(const struct page *page, const struct box *rest, bool alone) {
    bool several = page->view->verdicts.count > 1;
    if (page->upright) {
        return (struct advice_heights){alone ? 220 : several ? 88 : 134, several && !alone ? 72 : 98};
    }
    int share = rest->h * 58 / 100 < 104 ? rest->h * 58 / 100 : 104, row = several ? 32 : 40;
    return (struct advice_heights){alone ? share : row, !alone                 ? row
                                                        : rest->h - share < 70 ? rest->h - share
                                                                               : 70};
}

/* What to do now, behind its sign. */
static void what_to_do(struct page *page, struct box line, bool large) {
    static const int sizes[] = {26, 24, 22, 20, 18, 0}, tall[] = {42, 38, 34, 32, 28, 0};
    enum verdict_reason reason = screen_verdict(page->view)->reason;
    const char *what = verdict_reason_advice(reason);
    int side = page->upright ? 60 : 34;
    struct box icon = page_take_start(&line, side);
    icon = (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side};
    (void)page_take_start(&line, page->upright ? 20 : 12);
    if (reason == REASON_OK || reason == REASON_SEEN_BEFORE) {
        icon_person(page, icon, PAGE_ACCENT);
    } else {
        icon_next(page, icon, PAGE_ACCENT);
    }
    page_write(
        page, line,
        (struct page_type){page->upright ? tall : sizes, true, PAGE_ACCENT, PAGE_START, true, large ? 2 : 1},
        page_say(page, what != NULL ? what : tr("Ask staff to check it another way.")));
}

/* What is wrong or to be noted, and what to do now. */
static void advice(struct page *page, struct box *rest, bool alone) {
    static const int sizes[] = {40, 36, 32, 28, 24, 20, 0}, tall[] = {48, 44, 40, 36, 32, 28, 0};
    bool large = alone || page->upright;
    struct page_type type = {
        page->upright ? tall : sizes + (large ? 0 : 3), true, PAGE_INK, PAGE_START, true, large ? 3 : 1};
    const char *sentence = verdict_reason_sentence(screen_verdict(page->view)->reason);
    struct advice_heights heights = advice_heights(page, rest, alone);
    page_write(page, page_take_top(rest, heights.sentence), type,
               page_say(page, sentence != NULL ? sentence : tr("No answer was found.")));
    what_to_do(page, page_take_top(rest, heights.line), large);
}

/* The code that staff can name on the telephone. */
static void reason_code(struct page *page, struct box box) {
    static const int sizes[] = {16, 0}, tall[] = {26, 0};
    const char *code = verdict_reason_code(screen_verdict(page->view)->reason);
    const struct span args[] = {span_of_text(code != NULL ? code : "no_answer")};
    struct words words = {0};
    words_fill(&words, page_say(page, tr("Code: %1")), args, 1);
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, false, PAGE_QUIET, PAGE_START, true, 1},
               words_span(&words));
}

/* Facts are shown of what was checked, never of what breaks its format or was altered. */
static bool shows_facts(const struct verdict *verdict) {
    return verdict->credential.present && verdict_reason_code(verdict->reason) != NULL &&
           verdict->reason != REASON_ALTERED && verdict->reason != REASON_MALFORMED;
}

/* Who presented it and when, where its holder has signed that. */
static void holder_line(struct page *page, struct box *rest) {
    static const int sizes[] = {18, 17, 16, 15, 14, 0}, tall[] = {30, 28, 26, 24, 0};
    struct words words = {0};
    struct span text = screens_holder(page, &words);
    if (text.len > 0) {
        page_write(page, page_take_bottom(rest, page->upright ? 48 : 26),
                   (struct page_type){page->upright ? tall : sizes, false, PAGE_QUIET, PAGE_START, true, 1},
                   text);
    }
}

/* The band is lower where it shares its screen with other credentials. */
static int band_height(const struct page *page, bool with_facts) {
    bool several = page->view->verdicts.count > 1;
    return page->upright ? (several ? 200 : 240)
           : several     ? (page->body.h < 300 ? 72 : 80)
           : with_facts  ? 112
                         : 128;
}

/* Of the body, what does not lie under the lock. */
static struct box below_lock(const struct page *page) {
    struct box lock = top_bar_lock(page), touch = page->body;
    int over = lock.y + lock.h - touch.y;
    return over > 0 ? (struct box){touch.x, touch.y + over, touch.w, touch.h - over} : touch;
}

void screens_verdict(struct page *page) {
    const struct page_button buttons[] = {
        {.label = page_say(page, tr("Details")), .action = ACTION_DETAILS},
        {.label = page_say(page, tr("Done")), .action = ACTION_DONE, .main = true}};
    bool with_facts = shows_facts(screen_verdict(page->view));
    band_draw(page);
    screens_strip(page);
    struct box touch = below_lock(page);
    screens_band(page, band_height(page, with_facts));
    struct box rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 16 : 6);
    struct box strip = page_take_bottom(&rest, page->upright ? 36 : 20);
    if (!with_facts) {
        reason_code(page, page_take_bottom(&rest, page->upright ? 40 : 26));
    } else {
        holder_line(page, &rest);
    }
    advice(page, &rest, !with_facts);
    if (with_facts) {
        (void)page_take_top(&rest, page->upright ? 12 : 4);
        page_fill(page, page_take_top(&rest, 2), PAGE_LINE, 0);
        facts(page, page_inset(rest, 0, page->upright ? 10 : 3));
    }
    timer(page, strip);
    page_touch(page, touch, ACTION_PAUSE);
    page_end(page, buttons, 2);
}
