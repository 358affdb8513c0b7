/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/hint.h"

#include "screen/icon.h"

/* A drawing is so many units high, and twice as wide; the card with the code is 23 modules of a unit. */
#define UNITS_HIGH   24
#define CARD_MODULES ICON_CARD_MODULES

const char *hint_word(enum screen_hint hint) {
    static const char *const words[SCREEN_HINTS] = {
        [SCREEN_HINT_FAR] = tr("Bring it closer"),    [SCREEN_HINT_NEAR] = tr("Move it away"),
        [SCREEN_HINT_BLURRED] = tr("Hold still"),     [SCREEN_HINT_DARK] = tr("More light, please"),
        [SCREEN_HINT_GLARE] = tr("Tilt it a little"), [SCREEN_HINT_PARTLY_OUT] = tr("Show the whole code"),
    };
    return (unsigned)hint < SCREEN_HINTS ? words[hint] : NULL;
}

const char *hint_reason(enum screen_hint hint) {
    static const char *const reasons[SCREEN_HINTS] = {
        [SCREEN_HINT_FAR] = tr("The code is too far away."),
        [SCREEN_HINT_NEAR] = tr("The code is too close."),
        [SCREEN_HINT_BLURRED] = tr("The picture is blurred."),
        [SCREEN_HINT_DARK] = tr("Make the screen brighter, or find more light."),
        [SCREEN_HINT_GLARE] = tr("A light is reflected in the code."),
        [SCREEN_HINT_PARTLY_OUT] = tr("Part of the code is outside the picture."),
    };
    return (unsigned)hint < SCREEN_HINTS ? reasons[hint] : NULL;
}

/* An arrow as long as its box, pointing on where reading goes, or back. */
static void arrow(struct page *page, struct box box, bool back) {
    int points[7][2] = {{0, 36}, {60, 36}, {60, 8}, {100, 50}, {60, 92}, {60, 64}, {0, 64}};
    for (int i = 0; i < 7; i++) {
        int x = back ? 100 - points[i][0] : points[i][0];
        points[i][0] = box.x + box.w * x / 100;
        points[i][1] = box.y + box.h * points[i][1] / 100;
    }
    page_polygon(page, (const int(*)[2])points, 7, PAGE_ACCENT);
}

/* A small card moves towards the lens. */
static void draw_far(struct page *page, struct box box, int unit, unsigned step) {
    static const int way[8] = {0, 1, 2, 3, 4, 4, 2, 0};
    int module = unit / 2 > 0 ? unit / 2 : 1, side = CARD_MODULES * module, radius = box.h / 4;
    int travel = box.w - side - 2 * radius - 10 * unit;
    int x = box.x + travel * way[step % 8] / 8;
    icon_card(page, x, box.y + (box.h - side) / 2, module, PAGE_WHITE);
    arrow(page, (struct box){x + side + unit, box.y + box.h / 2 - 4 * unit, 9 * unit, 8 * unit}, false);
    icon_lens(page, box.x + box.w - radius, box.y + box.h / 2, radius);
}

/* A card that hides the lens moves back. */
static void draw_near(struct page *page, struct box box, int unit, unsigned step) {
    static const int way[8] = {4, 4, 3, 2, 1, 0, 0, 2};
    int side = CARD_MODULES * unit, radius = box.h / 4;
    int x = box.x + box.w - side - 2 * unit * (5 - way[step % 8]);
    icon_lens(page, box.x + box.w - radius, box.y + box.h / 2, radius);
    icon_card(page, x, box.y + (box.h - side) / 2, unit, PAGE_WHITE);
    arrow(page, (struct box){x - 10 * unit, box.y + box.h / 2 - 4 * unit, 9 * unit, 8 * unit}, true);
}

/* A card between where it was and where it will be. */
static void draw_blurred(struct page *page, struct box box, int unit, unsigned step) {
    int side = CARD_MODULES * unit, x = box.x + (box.w - side) / 2, y = box.y + (box.h - side) / 2;
    int away = (step % 2 == 0 ? 4 : 6) * unit;
    for (int way = -2; way <= 2; way++) {
        int off = way * away / 2;
        struct box ghost = {x + off, y + (way < 0 ? -way : way) * unit, side,
                            side - 2 * (way < 0 ? -way : way) * unit};
        if (way != 0) {
            page_frame(page, ghost, PAGE_QUIET, PAGE_GROUND, 2, 2 * unit);
        }
    }
    icon_card(page, x, y, unit, PAGE_WHITE);
}

/* A dark card beside a lamp. */
static void draw_dark(struct page *page, struct box box, int unit, unsigned step) {
    int side = CARD_MODULES * unit;
    icon_card(page, box.x, box.y + (box.h - side) / 2, unit, PAGE_GREY);
    icon_sun(page, box.x + box.w - box.h / 2, box.y + box.h / 2, box.h / 2, step);
}

/* A lamp on a card that turns. */
static void draw_glare(struct page *page, struct box box, int unit, unsigned step) {
    int side = CARD_MODULES * unit, y = box.y + (box.h - side) / 2;
    icon_card(page, box.x, y, unit, PAGE_WHITE);
    icon_sun(page, box.x + side * 6 / 10, y + side * 4 / 10, side * 4 / 10, step);
    icon_turn(page, (struct box){box.x + side + 2 * unit, box.y + box.h / 6, box.h * 2 / 3, box.h * 2 / 3},
              PAGE_ACCENT);
}

/* A card across the border of a picture, and where it belongs. */
static void draw_partly_out(struct page *page, struct box box, int unit, unsigned step) {
    int side = CARD_MODULES * unit, thick = unit > 1 ? unit : 2, left = box.x + side / 2;
    struct box frame = {left, box.y, box.w - side / 2, box.h};
    page_frame(page, frame, PAGE_INK, PAGE_CARD, thick, 2 * unit);
    icon_card(page, box.x + (step % 8 < 4 ? 0 : unit), box.y + (box.h - side) / 2, unit, PAGE_WHITE);
    page_fill(page, (struct box){left, box.y, thick, box.h}, PAGE_RED, 0);
    arrow(page, (struct box){box.x + side + 2 * unit, box.y + box.h / 2 - 4 * unit, 10 * unit, 8 * unit},
          false);
}

void hint_draw(struct page *page, struct box box, enum screen_hint hint, unsigned step) {
    static void (*const drawings[SCREEN_HINTS])(struct page *, struct box, int, unsigned) = {
        [SCREEN_HINT_FAR] = draw_far,         [SCREEN_HINT_NEAR] = draw_near,
        [SCREEN_HINT_BLURRED] = draw_blurred, [SCREEN_HINT_DARK] = draw_dark,
        [SCREEN_HINT_GLARE] = draw_glare,     [SCREEN_HINT_PARTLY_OUT] = draw_partly_out,
    };
    int unit = box.h / UNITS_HIGH > 0 ? box.h / UNITS_HIGH : 1;
    if ((unsigned)hint < SCREEN_HINTS && drawings[hint] != NULL) {
        drawings[hint](page, box, unit, step);
    }
}
