/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/diagnosis.h"

#include <math.h>

#include "symbol/histogram.h"

/* Every bound below lies between what was measured of codes and of other things, on rendered frames of several seeds
 * (tests/lib/guidance_frames.h) and on photographs. */

/* Sides of cells, px, in the order in which they are tried: usual codes, small ones, those larger than the picture. */
#define CELL_USUAL_PX 8
#define CELL_SMALL_PX 4
#define CELL_LARGE_PX 24
/* Fewer neighbouring cells do not make a texture. */
#define PAIRS_LEAST       100
#define PAIRS_SMALL_LEAST 45
/* A code fills half of its box when it is turned by 45 degrees, less where a lamp stands in it. */
#define FILL_LEAST 0.25
/* So well filled, and on no border, it is all of one code. */
#define FILL_WHOLE 0.7
/* Cells change sides by chance, as often along as down. Barcodes and blinds do in one direction only. */
#define TURNS_LEAST  0.22
#define TURNS_MOST   0.58
#define TURNS_DIFFER 2.2
/* Few cells that are much darker are text; some that are much lighter are the paper at the edges of a code. On a dark
 * screen it is the other way round. */
#define SKEW_MOST   1.3
#define SKEW_AROUND 3
/* The mean of dark and light lies so much below the paper around, as a part of it; or above a dark screen. */
#define BELOW_PAPER  0.14
#define ABOVE_SCREEN 0.3
/* Where a code is cut by the border, a quarter of what is around it is no further off to the other side than this
 * part; and so many of its pixels at most are neither dark nor light. */
#define AROUND_SAME   0.2
#define MIDDLING_MOST 0.25
/* Grey levels: nothing in the picture, or of the code, is lighter. */
#define DARK_PICTURE 40
#define DARK_CODE    60
/* A camera that has this little light adds noise as fine as small modules. */
#define DIM_CODE 100
/* So much of a code is as bright as can be, in its midst or in a corner; less is chance where modules are large. */
#define CLIPPED_LEAST 0.05
#define WASHED_LEAST  0.15
/* Steps of two pixels rise to so much of the contrast: less in one direction is blur, unless it is sharp in the
 * other one, as bars are. */
#define STEEP_BLURRED    0.42
#define STEEPEST_BLURRED 0.70
/* Or so many pixels are neither dark nor light. */
#define MIDDLING_BLURRED 0.33
/* Steps of one pixel are so much of those of eight where a module has less than one pixel and a half. */
#define FINE_FAR 0.42
/* A code of so few pixels that is not read is too far away, whatever else; one of version 40 has no more than so many
 * at two pixels a module, turned by 20 degrees. */
#define SIDE_FAR_PX  140
#define SIDE_FINE_PX 460
/* A code changes as often, and as steeply, along as down, but for chance; text and bars do not. */
#define ALIKE      1.35
#define BLUR_ALIKE 1.15
/* A part no larger than this is looked at in smaller cells; one that takes so much of the picture, in larger ones. */
#define SIDE_SMALL_PX      420
#define NEAR_PERCENT       85
#define NEAR_WHOLE_PERCENT 92

static bool is_on_paper(const struct patch *patch) {
    return patch->lighter - patch->median >= BELOW_PAPER * patch->lighter;
}

static bool is_on_screen(const struct patch *patch) {
    return patch->median - patch->darker >= ABOVE_SCREEN * patch->median;
}

static bool is_code(const struct patch *patch, int pairs_least) {
    double least = fmin(patch->along, patch->down), most = fmax(patch->along, patch->down);
    return patch->pairs >= pairs_least && patch->fill >= FILL_LEAST && least >= TURNS_LEAST &&
           most <= TURNS_MOST && most <= TURNS_DIFFER * least &&
           ((is_on_paper(patch) && patch->skew >= -SKEW_MOST && patch->skew <= SKEW_AROUND) ||
            (is_on_screen(patch) && patch->skew <= SKEW_MOST && patch->skew >= -SKEW_AROUND));
}

/* Brick, cloth and leather reach the border as well; but what there is to see around them is both lighter and darker
 * than they are, and few of their pixels are plainly dark or light. */
static bool is_cut(const struct patch *patch) {
    bool on_paper = is_on_paper(patch) && patch->median - patch->darker <= AROUND_SAME * patch->median;
    bool on_screen = is_on_screen(patch) && patch->lighter - patch->median <= AROUND_SAME * patch->lighter;
    return patch->middling <= MIDDLING_MOST && (on_paper || on_screen);
}

static bool spans(unsigned borders) {
    return (borders & (PATCH_LEFT | PATCH_RIGHT)) == (PATCH_LEFT | PATCH_RIGHT) ||
           (borders & (PATCH_TOP | PATCH_BOTTOM)) == (PATCH_TOP | PATCH_BOTTOM);
}

static int longest(const struct patch *patch) {
    return patch->box.width > patch->box.height ? patch->box.width : patch->box.height;
}

static enum guidance judge_cut(const struct patch *patch) {
    if (!is_cut(patch)) {
        return GUIDANCE_NOTHING;
    }
    return spans(patch->borders) ? GUIDANCE_NEAR : GUIDANCE_PARTLY_OUT;
}

/* How much more cells change sides in one direction than in the other: text does, and what moved. */
static double turns_ratio(const struct patch *patch) {
    return fmax(patch->along, patch->down) / fmin(patch->along, patch->down);
}

/* A code that moved has lost its steps in the direction in which it has lost its changes; text has not. */
static bool is_blurred(const struct patch *patch) {
    bool flat = patch->steep <= STEEP_BLURRED || patch->middling >= MIDDLING_BLURRED;
    return flat && patch->steepest <= STEEPEST_BLURRED &&
           turns_ratio(patch) * patch->steep <= BLUR_ALIKE * patch->steepest;
}

/* Modules of less than one pixel and a half do not make a larger code than this. */
static bool is_far(const struct patch *patch) {
    bool small = longest(patch) <= SIDE_FAR_PX;
    bool fine = patch->fineness >= FINE_FAR && longest(patch) <= SIDE_FINE_PX;
    bool alike = turns_ratio(patch) <= ALIKE && patch->steepest <= ALIKE * patch->steep;
    return (small || fine) && alike;
}

static bool is_glared(const struct patch *patch) {
    bool bright = patch->clipped >= CLIPPED_LEAST || patch->washed >= WASHED_LEAST;
    return bright && turns_ratio(patch) <= ALIKE;
}

/* What is wrong with a code that was not read. */
static enum guidance judge(const struct patch *patch) {
    bool noisy = patch->fineness >= FINE_FAR && patch->light <= DIM_CODE;
    if (patch->light <= DARK_CODE || noisy) {
        return GUIDANCE_DARK;
    }
    if (patch->borders != 0) {
        return judge_cut(patch);
    }
    if (is_glared(patch)) {
        return GUIDANCE_GLARE;
    }
    if (is_blurred(patch) && patch->fineness < FINE_FAR) {
        return GUIDANCE_BLURRED;
    }
    return is_far(patch) ? GUIDANCE_FAR : GUIDANCE_NOTHING;
}

static bool is_dark(const struct cells *cells) {
    struct histogram levels = {0};
    for (int i = 0; i < cells->columns * cells->rows; i++) {
        histogram_add(&levels, cells->mean[i]);
    }
    return levels.count > 0 && histogram_level(&levels, 990) <= DARK_PICTURE;
}

/* Modules that are larger than cells show their texture in larger ones only. */
static bool is_near(struct cells *cells, const struct view *view, const struct patch *usual) {
    int side = view->width_px < view->height_px ? view->width_px : view->height_px;
    struct patch large;
    int percent = usual->borders == 0 && usual->fill >= FILL_WHOLE ? NEAR_WHOLE_PERCENT : NEAR_PERCENT;
    bool may_be = usual->pairs == 0 || longest(usual) * 100 >= side * percent;
    return may_be && patch_find(cells, view, CELL_LARGE_PX, &large) && is_code(&large, PAIRS_LEAST) &&
           spans(large.borders) && is_cut(&large);
}

/* The borders of the picture that a part of it lies on. */
static unsigned borders_of(struct box part, const struct view *view) {
    return (part.left <= 0 ? PATCH_LEFT : 0) | (part.top <= 0 ? PATCH_TOP : 0) |
           (part.left + part.width >= view->width_px ? PATCH_RIGHT : 0) |
           (part.top + part.height >= view->height_px ? PATCH_BOTTOM : 0);
}

/* Small codes show their texture in smaller cells only. */
static bool look_closer(struct cells *cells, const struct view *view, struct box busiest, struct patch *out) {
    if (busiest.width > SIDE_SMALL_PX || busiest.height > SIDE_SMALL_PX || busiest.width <= 0) {
        return false;
    }
    struct view part = view_part(view, busiest);
    struct patch small;
    if (!patch_find(cells, &part, CELL_SMALL_PX, &small) || !is_code(&small, PAIRS_SMALL_LEAST)) {
        return false;
    }
    small.borders &= borders_of(busiest, view);
    *out = small;
    return true;
}

enum guidance diagnosis_of(struct cells *cells, const struct view *view, struct box busiest) {
    struct patch patch;
    bool usual = patch_find(cells, view, CELL_USUAL_PX, &patch) && is_code(&patch, PAIRS_LEAST);
    if (is_dark(cells)) {
        return GUIDANCE_DARK;
    }
    if (is_near(cells, view, &patch)) {
        return GUIDANCE_NEAR;
    }
    return look_closer(cells, view, busiest, &patch) || usual ? judge(&patch) : GUIDANCE_NOTHING;
}
