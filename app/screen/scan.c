/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/band.h"
#include "screen/hint.h"
#include "screen/icon.h"
#include "screen/screens.h"

#define MARGIN 8

/* 480x360 beside the words, or 720x540 above them: always 4 to 3. */
struct box screens_picture(struct page *page, struct box *rest) {
    *rest = page->body;
    if (page->upright) {
        int height = page->width * 3 / 4, most = page->body.h * 6 / 10;
        struct box place = page_take_top(rest, height < most ? height : most);
        *rest = page_inset(*rest, 32, 16);
        return place;
    }
    int height = page->body.h - 10, width = height * 4 / 3;
    int most = page->width * 62 / 100;
    width = width < most ? width : most;
    struct box place = {MARGIN, page->body.y + (page->body.h - height) / 2, width, height};
    (void)page_take_start(rest, width + MARGIN);
    *rest = page_inset(*rest, 14, 5);
    return place;
}

/* Four corners of a square, `grow` units thicker on all sides. */
static void corners(struct page *page, struct box place, uint32_t colour, int grow) {
    int side = place.h * 7 / 10 + 2 * grow, arm = side / 5 + grow, thick = place.h / 90 + 2 * grow;
    int left = place.x + (place.w - side) / 2, top = place.y + (place.h - side) / 2;
    for (int corner = 0; corner < 4; corner++) {
        int x = corner % 2 == 0 ? left : left + side - arm, y = corner / 2 == 0 ? top : top + side - thick;
        page_fill(page, (struct box){x, y, arm, thick}, colour, 0);
        x = corner % 2 == 0 ? left : left + side - thick;
        y = corner / 2 == 0 ? top : top + side - arm;
        page_fill(page, (struct box){x, y, thick, arm}, colour, 0);
    }
}

/* They say where to hold the code, and are seen on light pictures and on dark ones. */
static void aim(struct page *page, struct box place) {
    corners(page, place, PAGE_INK, 2);
    corners(page, place, PAGE_WHITE, 0);
}

/* What stands in the picture's place when the camera sends none. */
static void no_picture(struct page *page, struct box place) {
    bool none = page->view->hint == SCREEN_HINT_NO_CAMERA;
    static const int sizes[] = {28, 24, 20, 0}, tall[] = {44, 38, 32, 0};
    int side = place.h / 4;
    struct box box = page_inset(place, place.w / 10, place.h / 8);
    struct box icon = page_take_top(&box, side);
    icon = (struct box){place.x + (place.w - side) / 2, icon.y, side, side};
    (void)page_take_top(&box, side / 5);
    icon_warning(page, icon, PAGE_DEMO, PAGE_NO_PHOTO);
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_WHITE, PAGE_MIDDLE, false, 3};
    (void)page_take_top(&box, page_write(page, box, type,
                                         page_say(page, none ? tr("No camera was found.")
                                                             : tr("The camera gives no picture."))));
    type.bold = false;
    page_write(page, box, type,
               page_say(page, none ? tr("It is being looked for. If this stays, call staff.")
                                   : tr("It is being started again. If this stays, call staff.")));
}

static bool picture_lacks(enum screen_hint hint) {
    return hint == SCREEN_HINT_CAMERA || hint == SCREEN_HINT_NO_CAMERA;
}

static const char *hint_text(enum screen_hint hint) {
    switch (hint) {
    case SCREEN_HINT_ONE_CODE:
        return tr("Show one code only.");
    case SCREEN_HINT_TAKE_AWAY:
        return tr("Thank you. Take the code away.");
    default:
        return NULL;
    }
}

/* A framed hint in place of the animation: a warning, or merely what comes next. */
static void hint_card(struct page *page, struct box box, const char *text, bool warning) {
    static const int sizes[] = {30, 26, 22, 20, 0}, tall[] = {50, 44, 38, 32, 0};
    int side = page->upright ? 96 : 56;
    page_frame(page, box, PAGE_INK, warning ? PAGE_DEMO : PAGE_CARD, 2, 12);
    box = page_inset(box, 12, 6);
    struct box icon = page_take_start(&box, side);
    (void)page_take_start(&box, 10);
    icon.y += (icon.h - side) / 2;
    icon.h = side;
    if (warning) {
        icon_warning(page, icon, PAGE_BLACK, PAGE_DEMO);
    } else {
        icon_next(page, icon, PAGE_ACCENT);
    }
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_BLACK, PAGE_START, true, 3},
               page_say(page, text));
}

/* The instruction, or the word that takes its place: on amber, that it is noticed. */
static void headline(struct page *page, struct box box, const char *text, bool hint) {
    static const int sizes[] = {44, 40, 36, 32, 28, 0}, tall[] = {70, 64, 56, 48, 0};
    struct page_type type = {
        page->upright ? tall : sizes, true, PAGE_INK, page->upright ? PAGE_MIDDLE : PAGE_START, true, 3};
    if (hint) {
        page_frame(page, box, PAGE_INK, PAGE_DEMO, 2, 12);
        box = page_inset(box, 10, 4);
    }
    page_write(page, box, type, page_say(page, text));
}

/* What is drawn, in the middle or at the start, and a sentence below. */
static void drawing(struct page *page, struct box box) {
    static const int small[] = {22, 20, 18, 16, 0}, small_tall[] = {38, 34, 30, 0};
    const struct screen_view *view = page->view;
    struct words words = {0};
    struct box foot = page_take_bottom(&box, box.h * 42 / 100);
    int width = box.h * 2 < box.w ? box.h * 2 : box.w;
    struct box icon = {page->upright ? box.x + (box.w - width) / 2 : box.x, box.y, width, box.h};
    struct page_type quiet = {page->upright ? small_tall : small,       false, PAGE_QUIET,
                              page->upright ? PAGE_MIDDLE : PAGE_START, true,  3};
    struct span text = page_say(page, tr("Hold it a hand's width from the camera."));
    if (hint_word(view->hint) != NULL) {
        hint_draw(page, icon, view->hint, view->beat / 2);
        text = page_say(page, hint_reason(view->hint));
    } else if (view->parts_total > 1) {
        (void)screens_parts(page, box);
        text = screens_parts_count(page, tr("%1 of %2 parts are read."), &words);
    } else {
        icon_show_code(page, icon, view->beat / 2);
    }
    page_write(page, foot, quiet, text);
}

static void words(struct page *page, struct box box) {
    enum screen_hint hint = page->view->hint;
    const char *word = hint_word(hint);
    struct box head = page_take_top(&box, box.h * (page->upright ? 38 : 46) / 100);
    if (picture_lacks(hint)) {
        headline(page, head, tr("One moment, please"), false);
        return;
    }
    if (word != NULL) {
        headline(page, head, word, true);
    } else {
        headline(page, head, page->view->parts_total > 1 ? tr("Show the next part") : tr("Show your QR code"),
                 false);
    }
    if (hint_text(hint) != NULL) {
        int height = page->upright ? 150 : 112;
        hint_card(page, page_take_top(&box, height < box.h ? height : box.h), hint_text(hint),
                  hint != SCREEN_HINT_TAKE_AWAY);
        return;
    }
    (void)page_take_top(&box, word != NULL ? 6 : 0);
    drawing(page, box);
}

/* The languages that are offered; where there is one, nothing is to be chosen. Gives how many. */
static int language_buttons(const struct screen_view *view, struct page_button buttons[LANGUAGE_COUNT]) {
    int count = 0;
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        enum language language = (enum language)i;
        if (view->languages == 0 || (view->languages & 1u << i) != 0) {
            buttons[count++] = (struct page_button){.label = span_of_text(language_name(language)),
                                                    .action = (enum action)(ACTION_LANGUAGE + i),
                                                    .selected = language == screen_language(view)};
        }
    }
    return count > 1 ? count : 0;
}

void screens_scan(struct page *page) {
    struct page_button buttons[LANGUAGE_COUNT] = {0};
    band_draw(page);
    struct box rest, place = screens_picture(page, &rest);
    page_fill(page, place, PAGE_NO_PHOTO, 0);
    if (picture_lacks(page->view->hint)) {
        no_picture(page, place);
    } else {
        page_preview(page, place);
        aim(page, place);
    }
    words(page, rest);
    page_end(page, buttons, language_buttons(page->view, buttons));
}
