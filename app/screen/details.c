/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon.h"
#include "screen/screens.h"

/* The least height of a check's row, in units: its name above its result. */
#define CHECK_ROW      39
#define CHECK_ROW_TALL 96

/* Rows flow over pages; only those of the wanted page are drawn. */
struct sheet {
    struct page *page;
    struct box whole, rest;
    unsigned wanted, current;
};

/* The place of a row `height` high; false when it is on another page. */
static bool take_row(struct sheet *sheet, int height, struct box *out) {
    if (height > sheet->rest.h && sheet->rest.h < sheet->whole.h) {
        sheet->current++;
        sheet->rest = sheet->whole;
    }
    *out = page_take_top(&sheet->rest, height < sheet->rest.h ? height : sheet->rest.h);
    return sheet->current == sheet->wanted;
}

static void rule(struct sheet *sheet, struct box row) {
    page_fill(sheet->page, (struct box){row.x, row.y + row.h - 1, row.w, 1}, PAGE_LINE, 0);
}

static const char *check_name(unsigned check) {
    static const char *const names[CHECK_COUNT] = {
        [CHECK_SIGNATURE] = tr("Signature"), [CHECK_ISSUER] = tr("Issuer"),
        [CHECK_DATES] = tr("Dates"),         [CHECK_STATUS] = tr("Revocation"),
        [CHECK_EVENT] = tr("This event"),    [CHECK_FRESHNESS] = tr("Age of the lists"),
        [CHECK_HOLDER] = tr("Its holder")};
    return names[check];
}

static const char *result_word(enum verdict_result result) {
    switch (result) {
    case RESULT_PASSED:
        return tr("passed");
    case RESULT_FAILED:
        return tr("failed");
    case RESULT_NOT_APPLICABLE:
        return tr("not needed");
    default:
        return tr("unknown");
    }
}

/* "passed", "passed, as of 11 Aug 22:00"; for the holder's signature "passed, just now" */
static void state_words(const struct page *page, unsigned kind, struct words *words) {
    const struct verdict_check *check = &screen_verdict(page->view)->checks[kind];
    struct words day = {0}, clock = {0}, age = {0};
    const struct span result = page_say(page, result_word(check->result));
    if (kind == CHECK_HOLDER && screens_holder_age(page, &age).len > 0) {
        const struct span args[] = {result, words_span(&age)};
        words_fill(words, page_say(page, tr("%1, %2")), args, 2);
        return;
    }
    if (!check->has_as_of || kind == CHECK_HOLDER) {
        words_put(words, result);
        return;
    }
    words_put_day(&day, page->view->catalogue, check->as_of_s, page->view->utc_offset_s);
    words_put_clock(&clock, check->as_of_s, page->view->utc_offset_s);
    const struct span args[] = {result, words_span(&day), words_span(&clock)};
    words_fill(words, page_say(page, tr("%1, as of %2 %3")), args, 3);
}

/* Name and result in a column of their own; upright, on a line of their own. */
static void check_head(struct page *page, struct box *row, unsigned kind) {
    static const int sizes[] = {18, 17, 16, 15, 14, 0}, tall[] = {28, 26, 24, 0};
    static const int small[] = {14, 13, 12, 11, 0}, small_tall[] = {26, 24, 22, 20, 0};
    struct words state = {0};
    struct box head = page->upright ? page_take_top(row, row->h * 46 / 100) : page_take_start(row, 216);
    struct box word =
        page->upright ? page_take_end(&head, head.w * 6 / 10) : page_take_bottom(&head, head.h * 46 / 100);
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 1};
    page_write(page, head, type, page_say(page, check_name(kind)));
    state_words(page, kind, &state);
    type = (struct page_type){page->upright ? small_tall : small,    false,         PAGE_QUIET,
                              page->upright ? PAGE_END : PAGE_START, page->upright, 1};
    page_write(page, word, type, words_span(&state));
}

static void check_row(struct sheet *sheet, unsigned kind, int height) {
    static const int sizes[] = {18, 17, 16, 15, 14, 0}, tall[] = {30, 28, 26, 24, 0};
    struct page *page = sheet->page;
    const struct verdict_check *check = &screen_verdict(page->view)->checks[kind];
    const char *sentence = verdict_sentence_text(check->sentence);
    struct box row;
    if (!take_row(sheet, height, &row)) {
        return;
    }
    rule(sheet, row);
    row.h -= 3;
    int side = page->upright ? 64 : 34;
    struct box icon = page_take_start(&row, side);
    icon_result(page, (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side}, check->result);
    (void)page_take_start(&row, page->upright ? 20 : 12);
    check_head(page, &row, kind);
    page_write(page, row,
               (struct page_type){page->upright ? tall : sizes, false, PAGE_INK, PAGE_START, true, 2},
               page_say(page, sentence != NULL ? sentence : tr("Not checked.")));
}

/* A label and all of its value, on as many lines as it takes. */
static void fact_row(struct sheet *sheet, const char *label, struct span value) {
    static const int sizes[] = {18, 0}, tall[] = {30, 0}, labels[] = {16, 15, 14, 13, 12, 0},
                     labels_tall[] = {28, 26, 24, 22, 20, 0};
    struct page *page = sheet->page;
    if (value.len == 0) {
        return;
    }
    int start = page->upright ? 200 : 190, pad = page->upright ? 8 : 4;
    struct page_type type = {page->upright ? tall : sizes, false, PAGE_INK, PAGE_START, false, 10};
    int height = page_height_of(page, sheet->whole.w - start, type, value) + 2 * pad;
    int least = page->upright ? 60 : 34;
    struct box row;
    if (!take_row(sheet, height < least ? least : height, &row)) {
        return;
    }
    rule(sheet, row);
    row = page_inset(row, 0, pad);
    struct box head = page_take_start(&row, start);
    head.w -= 12;
    struct page_type quiet = {page->upright ? labels_tall : labels, false, PAGE_QUIET, PAGE_START, false, 1};
    page_write(page, head, quiet, page_say(page, label));
    page_write_foreign(page, row, type, value);
}

static void date_row(struct sheet *sheet, const char *label, const struct shown_date *date) {
    const struct screen_view *view = sheet->page->view;
    struct words words = {0};
    if (date->present) {
        words_put_date(&words, view->catalogue, date->time_s, view->utc_offset_s);
        fact_row(sheet, label, words_span(&words));
    }
}

static void credential_rows(struct sheet *sheet) {
    const struct shown_credential *c = &screen_verdict(sheet->page->view)->credential;
    if (!c->present) {
        return;
    }
    fact_row(sheet, tr("Issuer's note"), screens_text(&c->status_message));
    fact_row(sheet, tr("Holder"), screens_text(&c->holder));
    fact_row(sheet, tr("Holder's address"), screens_text(&c->subject_id));
    fact_row(sheet, tr("Issuer"), screens_text(&c->issuer));
    fact_row(sheet, tr("Issuer's address"), screens_text(&c->issuer_id));
    fact_row(sheet, tr("Achievement"), screens_text(&c->achievement));
    fact_row(sheet, tr("Kind"), screens_text(&c->achievement_type));
    fact_row(sheet, tr("Description"), screens_text(&c->description));
    fact_row(sheet, tr("Criteria"), screens_text(&c->criteria));
    date_row(sheet, tr("Awarded"), &c->awarded);
    date_row(sheet, tr("Valid from"), &c->valid_from);
    date_row(sheet, tr("Valid until"), &c->valid_until);
    fact_row(sheet, tr("Achievement's id"), screens_text(&c->achievement_id));
    fact_row(sheet, tr("Credential's id"), screens_text(&c->id));
    fact_row(sheet, tr("Format"), screens_text(&c->format));
}

/* Every note that applies, the one in the band first. */
static void note_rows(struct sheet *sheet) {
    const struct verdict *verdict = screen_verdict(sheet->page->view);
    for (unsigned i = 0; i < REASON_OK - REASON_STATUS_UNKNOWN; i++) {
        const char *sentence = verdict_reason_sentence((enum verdict_reason)(REASON_STATUS_UNKNOWN + i));
        if (verdict->notes >> i & 1 && sentence != NULL) {
            fact_row(sheet, tr("Note"), page_say(sheet->page, sentence));
        }
    }
}

static void verdict_rows(struct sheet *sheet) {
    const struct verdict *verdict = screen_verdict(sheet->page->view);
    const char *sentence = verdict_reason_sentence(verdict->reason),
               *code = verdict_reason_code(verdict->reason);
    const char *cause = err_sentence(verdict->cause), *name = err_name(verdict->cause);
    if (verdict_class_of(verdict->reason) == VERDICT_VALID_NOTE) {
        note_rows(sheet);
    } else if (sentence != NULL) {
        fact_row(sheet, tr("Reason"), page_say(sheet->page, sentence));
    }
    if (verdict->cause != ERR_OK && cause != NULL && name != NULL) {
        fact_row(sheet, tr("Cause"), page_say(sheet->page, cause));
        fact_row(sheet, tr("Error"), span_of_text(name));
    }
    if (code != NULL) {
        fact_row(sheet, tr("Code"), span_of_text(code));
    }
    fact_row(sheet, tr("Trust list"), screens_text(&verdict->trust.scheme));
}

/* The checks have a page of their own, where a page holds them all; else the rest follows them. */
static void check_rows(struct sheet *sheet) {
    int fit = sheet->whole.h / (sheet->page->upright ? CHECK_ROW_TALL : CHECK_ROW);
    int rows = fit < 1 ? 1 : fit < CHECK_COUNT ? fit : CHECK_COUNT;
    for (unsigned i = 0; i < CHECK_COUNT; i++) {
        check_row(sheet, i, sheet->whole.h / rows);
    }
    if (rows == CHECK_COUNT) {
        sheet->current++;
        sheet->rest = sheet->whole;
    }
}

static void flow(struct sheet *sheet) {
    check_rows(sheet);
    verdict_rows(sheet);
    credential_rows(sheet);
}

/* "Page 2 of 3" at the end of the foot; of several credentials which, at its start. */
static void page_count(struct page *page, struct box box, unsigned shown, unsigned total) {
    static const int sizes[] = {20, 18, 16, 0}, tall[] = {32, 28, 0};
    struct words of = {0}, all = {0}, words = {0};
    words_put_number(&of, shown + 1);
    words_put_number(&all, total);
    const struct span args[] = {words_span(&of), words_span(&all)};
    words_fill(&words, page_say(page, tr("Page %1 of %2")), args, 2);
    struct words which = {0};
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_QUIET, PAGE_END, true, 1};
    if (screens_which(page, &which).len > 0) {
        struct page_type start = type;
        start.side = PAGE_START;
        page_write(page, page_take_start(&box, box.w / 2), start, words_span(&which));
    }
    page_write(page, box, type, words_span(&words));
}

unsigned screens_details(struct page *page) {
    struct page_button buttons[3] = {
        {.label = page_say(page, tr("Back")), .action = ACTION_BACK, .main = true}};
    int count = 1;
    screens_band(page, page->upright ? 140 : 60);
    struct box whole = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 10 : 2);
    struct box foot = page_take_bottom(&whole, page->upright ? 44 : 26);
    struct sheet sheet = {page, whole, whole, UINT32_MAX, 0};
    flow(&sheet);
    unsigned total = sheet.current + 1, shown = page->view->page < total ? page->view->page : total - 1;
    sheet = (struct sheet){page, whole, whole, shown, 0};
    flow(&sheet);
    page_count(page, foot, shown, total);
    if (shown > 0) {
        buttons[count++] = (struct page_button){.action = ACTION_PAGE_PREVIOUS, .arrow_back = true};
    }
    if (shown + 1 < total) {
        buttons[count++] = (struct page_button){.action = ACTION_PAGE_NEXT, .arrow_on = true};
    }
    page_end(page, buttons, count);
    return total;
}
