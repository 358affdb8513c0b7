/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/clock_words.h"
#include "screen/icon_desk.h"
#include "screen/screens.h"

#define TILES 3
#define GAP   14

/* One tile: its sign, its name, and how it stands with it. */
struct tile {
    void (*icon)(struct page *page, struct box box, uint32_t ink, uint32_t ground);
    const char *name;
    enum action action;
};

static struct span list_state(const struct page *page, struct words *words) {
    const struct screen_view *view = page->view;
    if (!view->trust.present) {
        return page_say(page, tr("No trust list is installed"));
    }
    struct words seq = {0}, until = {0};
    words_put_number(&seq, view->trust.seq);
    words_put_day(&until, view->catalogue, view->trust.next_update_s, view->utc_offset_s);
    const struct span args[] = {words_span(&seq), words_span(&until)};
    words_fill(words, page_say(page, tr("#%1, good until %2")), args, 2);
    return words_span(words);
}

static struct span state_of(const struct page *page, enum action action, struct words *words) {
    switch (action) {
    case ACTION_TILE_TRUST:
        return list_state(page, words);
    case ACTION_TILE_CLOCK:
        return page_say(page, clock_words_state(&page->view->now));
    default:
        return page_say(page, page->view->desk.import.step == SCREEN_IMPORT_NO_STICK
                                  ? tr("no stick is in the port")
                                  : tr("there is a stick"));
    }
}

/* The sign above the words, or before them when upright. */
static void draw_tile(struct page *page, struct box box, const struct tile *tile) {
    static const int sizes[] = {26, 24, 22, 20, 18, 0}, tall[] = {46, 42, 38, 34, 0};
    static const int small[] = {18, 17, 16, 15, 14, 0}, small_tall[] = {30, 28, 26, 0};
    bool down = tile->action == page->view->pressed;
    uint32_t ground = down ? PAGE_PRESSED : PAGE_CARD, ink = down ? PAGE_WHITE : PAGE_INK;
    enum page_side side = page->upright ? PAGE_START : PAGE_MIDDLE;
    struct words words = {0};
    page_frame(page, box, PAGE_QUIET, ground, 2, 14);
    page_touch(page, box, tile->action);
    box = page_inset(box, 16, 14);
    int large = page->upright ? box.h * 8 / 10 : box.h * 38 / 100;
    large = large < box.w / 2 ? large : box.w / 2;
    struct box icon = page->upright ? page_take_start(&box, large) : page_take_top(&box, large);
    icon = (struct box){icon.x + (icon.w - large) / 2, icon.y + (icon.h - large) / 2, large, large};
    tile->icon(page, icon, down ? PAGE_WHITE : PAGE_ACCENT, ground);
    (void)(page->upright ? page_take_start(&box, 28) : page_take_top(&box, 10));
    page_write(page, page_take_top(&box, box.h / 2),
               (struct page_type){page->upright ? tall : sizes, true, ink, side, true, 2},
               page_say(page, tile->name));
    page_write(page, box,
               (struct page_type){page->upright ? small_tall : small, false, down ? PAGE_WHITE : PAGE_QUIET,
                                  side, true, 3},
               state_of(page, tile->action, &words));
}

void screens_admin(struct page *page) {
    static const struct tile tiles[TILES] = {{icon_desk_list, tr("Trust list"), ACTION_TILE_TRUST},
                                             {icon_desk_stick, tr("Update from a stick"), ACTION_TILE_IMPORT},
                                             {icon_desk_clock, tr("Clock"), ACTION_TILE_CLOCK}};
    const struct page_button buttons[] = {
        {.label = page_say(page, tr("Leave")), .action = ACTION_LEAVE, .main = true}};
    struct box rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 32 : 16);
    int along = page->upright ? rest.h : rest.w, each = (along - (TILES - 1) * GAP) / TILES;
    for (int i = 0; i < TILES; i++) {
        struct box place = page->upright ? page_take_top(&rest, each) : page_take_start(&rest, each);
        draw_tile(page, place, &tiles[i]);
        (void)(page->upright ? page_take_top(&rest, GAP) : page_take_start(&rest, GAP));
    }
    page_end(page, buttons, 1);
}
