/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/desk_rows.h"
#include "screen/icon.h"
#include "screen/icon_desk.h"
#include "screen/screens.h"

#define ROWS 4

static struct span with_number(const struct page *page, const char *pattern, uint64_t number,
                               struct words *words) {
    struct words text = {0};
    words_put_number(&text, number);
    const struct span args[] = {words_span(&text)};
    words_fill(words, page_say(page, pattern), args, 1);
    return words_span(words);
}

/* The sign of what goes on, a headline beside it, and a sentence below: steps in which nothing is to be decided. */
static void tell(struct page *page, struct box box, const char *headline, const char *sentence) {
    static const int sizes[] = {40, 36, 32, 28, 24, 0}, tall[] = {64, 56, 48, 42, 0};
    static const int small[] = {24, 22, 20, 18, 0}, small_tall[] = {40, 36, 32, 0};
    bool busy = page->view->desk.import.step != SCREEN_IMPORT_NO_STICK;
    int side = page->upright ? 200 : 130;
    struct box icon = page->upright ? page_take_top(&box, side + 40) : page_take_start(&box, side);
    icon = (struct box){icon.x + (icon.w - side) / 2, icon.y + (icon.h - side) / 2, side, side};
    (void)page_take_start(&box, page->upright ? 0 : 28);
    if (busy) {
        icon_busy(page, icon, page->view->beat, PAGE_ACCENT);
    } else {
        icon_desk_stick(page, icon, PAGE_ACCENT, PAGE_GROUND);
    }
    enum page_side lean = page->upright ? PAGE_MIDDLE : PAGE_START;
    struct box head = page_take_top(&box, box.h * (page->upright ? 35 : 50) / 100);
    page_write(page, head, (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, lean, true, 3},
               page_say(page, headline));
    page_write(page, box,
               (struct page_type){page->upright ? small_tall : small, false, PAGE_INK, lean, false, 5},
               page_say(page, sentence));
}

/* "12 added, 3 removed, 1 changed" */
static void difference(const struct page *page, struct words *words) {
    const struct screen_pack *pack = &page->view->desk.import.candidate;
    struct words numbers[3] = {{0}, {0}, {0}};
    if (!pack->compared) {
        (void)with_number(page, tr("%1, with nothing to compare"), pack->issuers, words);
        return;
    }
    words_put_number(&numbers[0], pack->added);
    words_put_number(&numbers[1], pack->removed);
    words_put_number(&numbers[2], pack->changed);
    const struct span args[] = {words_span(&numbers[0]), words_span(&numbers[1]), words_span(&numbers[2])};
    words_fill(words, page_say(page, tr("%1 added, %2 removed, %3 changed")), args, 3);
}

static void rows(struct page *page, struct box box) {
    const struct screen_pack *pack = &page->view->desk.import.candidate;
    struct desk_row all[ROWS] = {{.label = tr("Made on")},
                                 {.label = tr("Good until")},
                                 {.label = tr("Ends on")},
                                 {.label = tr("Issuers")}};
    desk_rows_put_moment(page->view, &all[0].value, pack->issued_s);
    desk_rows_put_moment(page->view, &all[1].value, pack->next_update_s);
    desk_rows_put_moment(page->view, &all[2].value, pack->expires_s);
    difference(page, &all[3].value);
    desk_rows_draw(page, box, all, ROWS);
}

/* "The freshness code of the stick was not taken: The trust pack is dated in the future." */
static struct span token_words(const struct page *page, struct words *words) {
    const struct screen_import *import = &page->view->desk.import;
    const char *why = err_sentence(import->token_err);
    if (import->token == SCREEN_TOKEN_TAKEN) {
        return page_say(page, tr("The freshness code of the stick is in force."));
    }
    const struct span args[] = {page_say(page, why != NULL ? why : "")};
    words_fill(words, page_say(page, tr("The freshness code of the stick was not taken: %1")), args, 1);
    return words_span(words);
}

/* What became of the token that lay beside the list; nothing without one. */
static void token(struct page *page, struct box *rest) {
    static const int sizes[] = {18, 17, 16, 15, 14, 13, 12, 0}, tall[] = {30, 28, 26, 24, 22, 0};
    const struct screen_import *import = &page->view->desk.import;
    if (import->token == SCREEN_TOKEN_NONE) {
        return;
    }
    bool taken = import->token == SCREEN_TOKEN_TAKEN;
    struct words words = {0};
    struct box line = page_take_bottom(rest, page->upright ? 76 : 44);
    int side = page->upright ? 48 : 28;
    struct box icon = page_take_start(&line, side);
    icon_result(page, (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side},
                taken ? RESULT_PASSED : RESULT_FAILED);
    (void)page_take_start(&line, 12);
    page_write(page, line,
               (struct page_type){page->upright ? tall : sizes, false, PAGE_INK, PAGE_START, true, 2},
               token_words(page, &words));
}

/* Said last, where a hand looks for it: whether the stick is needed any more. */
static void removal(struct page *page, struct box *rest) {
    static const int sizes[] = {22, 20, 18, 16, 0}, tall[] = {38, 34, 30, 28, 0};
    bool safe = page->view->desk.import.safe_to_remove;
    struct box line = page_take_bottom(rest, page->upright ? 90 : 46);
    int side = page->upright ? 64 : 36;
    struct box icon = page_take_start(&line, side);
    icon = (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side};
    (void)page_take_start(&line, 12);
    if (safe) {
        icon_result(page, icon, RESULT_PASSED);
    } else {
        icon_warning(page, icon, PAGE_INK, PAGE_GROUND);
    }
    page_write(page, line,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 2},
               page_say(page, safe ? tr("The stick may be removed.") : tr("Leave the stick in the port.")));
}

/* Somebody signs two lists under one number: said louder than any other refusal. */
static void alarm(struct page *page, struct box *rest) {
    static const int sizes[] = {30, 26, 24, 22, 20, 18, 0}, tall[] = {46, 42, 38, 34, 30, 0};
    struct box band = page_take_top(rest, page->upright ? 220 : 92);
    int side = page->upright ? 110 : 60;
    page_fill(page, band, PAGE_RED, 8);
    band = page_inset(band, 14, 4);
    struct box icon = page_take_start(&band, side);
    icon_warning(page, (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side}, PAGE_WHITE, PAGE_RED);
    (void)page_take_start(&band, 16);
    page_write(
        page, band, (struct page_type){page->upright ? tall : sizes, true, PAGE_WHITE, PAGE_START, true, 3},
        page_say(page, tr("ALARM: two different lists carry this number. Tell headquarters at once.")));
    (void)page_take_top(rest, 8);
}

/* Why, that nothing changed, and a code for the telephone. */
static void refused(struct page *page, struct box rest) {
    static const int small[] = {22, 20, 18, 16, 0}, small_tall[] = {38, 34, 30, 0};
    const struct screen_import *import = &page->view->desk.import;
    const char *why = err_sentence(import->err), *name = err_name(import->err);
    struct page_type quiet = {page->upright ? small_tall : small, false, PAGE_QUIET, PAGE_START, true, 2};
    if (import->err == ERR_INSTALL_FORKED) {
        alarm(page, &rest);
    }
    const struct span args[] = {span_of_text(name != NULL ? name : "")};
    struct words code = {0};
    words_fill(&code, page_say(page, tr("Code: %1")), args, 1);
    desk_rows_result(page, page_take_top(&rest, rest.h * 50 / 100), RESULT_FAILED,
                     page_say(page, why != NULL ? why : tr("This list was not taken.")));
    page_write(page, page_take_top(&rest, rest.h * 60 / 100), quiet,
               page_say(page, tr("Nothing was changed: the list that was in use stays in use.")));
    quiet.max_lines = 1;
    page_write(page, rest, quiet, words_span(&code));
}

/* A token alone: what became of it is all there is to say. */
static void token_alone(struct page *page, struct box rest) {
    struct words words = {0};
    bool none = page->view->desk.import.token == SCREEN_TOKEN_NONE;
    bool taken = page->view->desk.import.token == SCREEN_TOKEN_TAKEN;
    desk_rows_result(page, page_take_top(&rest, rest.h * 60 / 100),
                     none    ? RESULT_UNKNOWN
                     : taken ? RESULT_PASSED
                             : RESULT_FAILED,
                     none ? page_say(page, tr("A freshness code lies on the stick, and no list."))
                          : token_words(page, &words));
}

/* A headline with its sign, and what is known of the list. */
static void about(struct page *page, struct box rest, const char *pattern) {
    struct words words = {0};
    struct span text = with_number(page, pattern, page->view->desk.import.candidate.seq, &words);
    desk_rows_result(page, page_take_top(&rest, page->upright ? 150 : 72), RESULT_PASSED, text);
    (void)page_take_top(&rest, page->upright ? 16 : 6);
    rows(page, rest);
}

static void step(struct page *page, struct box rest) {
    switch (page->view->desk.import.step) {
    case SCREEN_IMPORT_READING:
        tell(page, rest, tr("Reading the stick…"), tr("This takes up to a minute."));
        break;
    case SCREEN_IMPORT_FOUND:
        about(page, rest, tr("List #%1 is signed as it should be. Install it?"));
        break;
    case SCREEN_IMPORT_INSTALLING:
        tell(page, rest, tr("Installing…"), tr("The list that was in use stays in use until this is done."));
        break;
    case SCREEN_IMPORT_DONE:
        about(page, rest, tr("List #%1 is in use now."));
        break;
    case SCREEN_IMPORT_UNCHANGED:
        about(page, rest, tr("List #%1 was in use already. Nothing was changed."));
        break;
    case SCREEN_IMPORT_REFUSED:
        refused(page, rest);
        break;
    case SCREEN_IMPORT_TOKEN:
        token_alone(page, rest);
        break;
    default:
        tell(page, rest, tr("Put the stick into the port"),
             tr("The list is a file whose name ends in .tpk. It must lie on the stick itself, not in a "
                "folder."));
        break;
    }
}

void screens_import(struct page *page) {
    enum screen_import_step now = page->view->desk.import.step;
    bool found = now == SCREEN_IMPORT_FOUND, working = now == SCREEN_IMPORT_INSTALLING;
    const struct page_button ask[] = {
        {.label = page_say(page, tr("Leave it")), .action = ACTION_CANCEL},
        {.label = page_say(page, tr("Install")), .action = ACTION_CONFIRM, .main = true}};
    const struct page_button back[] = {{.label = page_say(page, tr("Back")), .action = ACTION_BACK}};
    struct box rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 24 : 8);
    if (now != SCREEN_IMPORT_NO_STICK) {
        removal(page, &rest);
    }
    if (now != SCREEN_IMPORT_TOKEN) {
        token(page, &rest);
    }
    step(page, rest);
    page_end(page, found ? ask : back, found ? 2 : working ? 0 : 1);
}
