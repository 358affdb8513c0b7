/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/passes.h"

#include <stdlib.h>

#include "symbol/decoding.h"
#include "symbol/locate.h"
#include "symbol/noise.h"
#include "symbol/region.h"
#include "symbol/rescale.h"
#include "symbol/turns.h"
#include "symbol/unblur.h"

/* Pixels of a version of the picture: half of the largest frame, or a region of a megapixel at double size. */
#define VERSION_PX (LIMIT_FRAME_SIDE_PX / 2 * (LIMIT_FRAME_SIDE_PX / 2))
/* No view is wider or higher: lines are searched in memory of this size. */
#define SIDE_MOST_PX ((int)LIMIT_FRAME_SIDE_PX)
/* A picture of no more pixels is one region: what surrounds a code says little there. */
#define SMALL_PX (400 * 400)

/* From this mean step of two pixels on, noise hides what is small: softened pictures show more. */
#define NOISY 6.0
/* How often a noisy picture is softened, where it is worth a moment. */
#define NOISE_ROUNDS 2
/* The blur may be a little larger or smaller than the picture says. */
#define UNBLURS 3
static const double UNBLUR_REACH[UNBLURS] = {1, 1.04, 0.96};

/* So many pixels are a code of version 40 with 6 px a module. */
#define UNBLUR_PX (1100 * 1100)

/* What is doubled at once, pixels a side, and what its parts share: a code of version 40 with 1.7 px a module. */
#define DOUBLE_SIDE_PX    1000
#define DOUBLE_OVERLAP_PX 300

/* How much larger drawings are made, how large at most, and their frame. */
#define DRAWING_TIMES    3
#define DRAWING_SIDE_PX  900
#define DRAWING_FRAME_PX 12

struct passes {
    struct turns turns;
    struct effort effort; /* of the picture that is looked at */
    struct box busiest;   /* its best region; no width: none */
    struct region_blocks blocks;
    struct locate locate;
    struct decoding decoding;
    struct evidence own;
    struct evidence *evidence; /* its own, or shared */
    struct blur_memory blur;
    struct unblur unblur;
    uint8_t version[VERSION_PX];
    uint8_t spare[VERSION_PX];
};

/* One picture on its way through the passes. */
struct look {
    struct passes *passes;
    struct scanner *scanner;
    struct harvest *harvest;
    const struct view *view;
    bool is_noisy;
    bool every;       /* all passes are wanted */
    struct view half; /* in passes->version until another version is made there; no pixels: not made yet */
    int region_count;
    int region; /* the one to look at */
    struct box regions[REGION_MAX];
    size_t found; /* codes seen so far */
    enum pass won;
    enum err err;
};

enum err passes_start(struct passes **out) {
    struct passes *passes = calloc(1, sizeof *passes);
    if (passes == NULL) {
        return ERR_NO_MEMORY;
    }
    passes->evidence = &passes->own;
    *out = passes;
    return ERR_OK;
}

void passes_stop(struct passes *passes) {
    free(passes);
}

void passes_stagger(struct passes *passes, unsigned index, unsigned count) {
    turns_stagger(&passes->turns, index, count);
}

static size_t pixels_of(const struct view *view) {
    return (size_t)view->width_px * (size_t)view->height_px;
}

/* zbar, for codes that are read already. */
static enum err check(void *ctx, const uint8_t *pixels, uint32_t side_px, struct span bytes,
                      enum decoding_opinion *out) {
    struct look *look = ctx;
    effort_spend(look->view->effort, (uint64_t)side_px * side_px * EFFORT_DRAWN);
    return scanner_check(look->scanner, pixels, side_px, bytes, out);
}

static bool decode(void *ctx, const uint8_t *modules, const float *margins, int size) {
    struct look *look = ctx;
    bool read = false;
    effort_spend(look->view->effort, (uint64_t)size * (uint64_t)size * EFFORT_MODULE);
    if (look->err == ERR_OK) {
        look->err =
            decoding_take(&look->passes->decoding, modules, margins, size, check, look, look->harvest, &read);
    }
    look->found += read;
    effort_spend(look->view->effort, (uint64_t)look->passes->decoding.bitstream.work.tries * EFFORT_BLOCK);
    return read;
}

static void locate(struct look *look, const struct view *view) {
    locate_codes(&look->passes->locate, view, decode, look);
}

static void find_regions(struct look *look) {
    const struct view *view = look->view;
    look->region_count = region_find(&look->passes->blocks, view, look->regions);
    if (pixels_of(view) <= SMALL_PX) {
        look->region_count = 1;
        look->regions[0] = (struct box){0, 0, view->width_px, view->height_px};
    }
    look->passes->busiest = look->region_count > 0 ? look->regions[0] : (struct box){0};
}

static struct view chosen_region(const struct look *look) {
    return view_part(look->view, look->regions[look->region]);
}

static void look_at_regions(struct look *look) {
    for (int i = 0; i < look->region_count; i++) {
        struct view region = view_part(look->view, look->regions[i]);
        locate(look, &region);
    }
}

/* The half is made for the first of the two passes that want it; nothing else is made between them. */
static void look_at_half(struct look *look, bool again) {
    if (look->half.pixels == NULL) {
        look->half = rescale_half(look->view, look->passes->version);
    }
    struct view smaller = again ? rescale_half(&look->half, look->passes->spare) : look->half;
    locate(look, &smaller);
}

/* A region that is too large is doubled in parts: all of them, or one each time. */
static void look_at_double(struct look *look) {
    struct view region = chosen_region(look);
    int count = region_parts(&region, DOUBLE_SIDE_PX, DOUBLE_OVERLAP_PX);
    int from = look->every ? 0 : (int)(turns_round(&look->passes->turns) % (unsigned)count);
    int to = look->every ? count : from + 1;
    for (int i = from; i < to && look->found == 0 && effort_is_left(region.effort); i++) {
        struct box box = region_part(&region, DOUBLE_SIDE_PX, DOUBLE_OVERLAP_PX, i);
        struct view part = view_part(&region, box);
        struct view large = rescale_double(&part, look->passes->spare, look->passes->version);
        locate(look, &large);
    }
}

/* Noise hides where a code is as well as its finders: regions are those of the softened picture. Each round softens
 * as much again, for larger modules. */
static void look_through_noise(struct look *look, int rounds) {
    struct passes *passes = look->passes;
    struct view soft = *look->view;
    for (int round = 0; round < rounds && look->found == 0; round++) {
        struct box regions[REGION_MAX];
        struct view once = rescale_blurred(&soft, passes->spare);
        soft = rescale_blurred(&once, passes->version);
        int count = region_find(&passes->blocks, &soft, regions);
        for (int i = 0; i < count && effort_is_left(soft.effort); i++) {
            struct view region = view_part(&soft, regions[i]);
            locate(look, &region);
        }
    }
}

/* Noise may hide where a picture is busy: then all of it. */
static void look_at_blurred(struct look *look) {
    struct view region = look->region_count > 0 ? chosen_region(look) : *look->view;
    bool fits = pixels_of(look->view) <= VERSION_PX;
    if (look->is_noisy && fits && look->view->width_px > 2 && look->view->height_px > 2) {
        look_through_noise(look, look->every ? NOISE_ROUNDS : 1);
    }
    if (look->found == 0 && pixels_of(&region) <= VERSION_PX && region.width_px > 2 && region.height_px > 2) {
        struct view blurred = rescale_blurred(&region, look->passes->version);
        locate(look, &blurred);
    }
}

/* A code larger than that is undone at half size: its modules have pixels to spare. */
static void look_at_unblurred(struct look *look) {
    struct passes *passes = look->passes;
    struct view region = chosen_region(look);
    struct blur blurs[BLUR_KINDS];
    if (pixels_of(&region) > UNBLUR_PX) {
        region = rescale_half(&region, passes->spare);
    }
    blur_estimate(&passes->blur, &region, blurs);
    const struct blur *likely = blur_choose(blurs);
    int from = look->every ? 0 : (int)(turns_round(&passes->turns) % UNBLURS);
    int to = look->every ? UNBLURS : from + 1;
    for (int i = from; i < to && likely != NULL && look->found == 0 &&
                       effort_affords(region.effort, pixels_of(&region) * EFFORT_UNBLURRED);
         i++) {
        struct blur blur = *likely;
        blur.reach_px *= UNBLUR_REACH[i];
        struct view clear = unblur_view(&passes->unblur, &region, &blur, passes->version);
        locate(look, &clear);
    }
}

/* Pixels are made so large that one a module is enough; what is large already is made so small that modules are no
 * larger than those that finders are looked for with. */
static void look_at_drawing(struct look *look) {
    uint8_t *room = look->passes->version, *next = look->passes->spare;
    struct view view = *look->view;
    while (view.width_px > DRAWING_SIDE_PX || view.height_px > DRAWING_SIDE_PX) {
        view = rescale_half(&view, room);
        uint8_t *used = room;
        room = next;
        next = used;
    }
    int times = 1;
    while (times < DRAWING_TIMES && (times + 1) * view.width_px <= DRAWING_SIDE_PX &&
           (times + 1) * view.height_px <= DRAWING_SIDE_PX) {
        times++;
    }
    struct view framed = rescale_framed(&view, times, DRAWING_FRAME_PX, room);
    locate(look, &framed);
}

static void look_at_version(struct look *look, enum pass pass) {
    if (pass == PASS_DOUBLE) {
        look_at_double(look);
    } else if (pass == PASS_UNBLURRED) {
        look_at_unblurred(look);
    } else {
        look_at_blurred(look);
    }
}

/* Versions of one region, or of all, one after the other. */
static void look_closer(struct look *look, enum pass pass) {
    bool anywhere = pass == PASS_BLURRED && look->is_noisy;
    if (anywhere || (look->region_count > 0 && !look->every)) {
        look->region = turns_region(&look->passes->turns, look->regions, look->region_count);
        look_at_version(look, pass);
        return;
    }
    for (int i = 0; i < look->region_count && look->found == 0 && effort_is_left(&look->passes->effort);
         i++) {
        look->region = i;
        look_at_version(look, pass);
    }
}

static void make_pass(struct look *look, enum pass pass) {
    if (pass == PASS_REGIONS) {
        look_at_regions(look);
    } else if (pass == PASS_HALF || pass == PASS_QUARTER) {
        look_at_half(look, pass == PASS_QUARTER);
    } else if (pass == PASS_WHOLE) {
        locate(look, look->view);
    } else if (pass == PASS_DOUBLE || pass == PASS_UNBLURRED || pass == PASS_BLURRED) {
        look_closer(look, pass);
    } else if (pass == PASS_DRAWING) {
        look_at_drawing(look);
    }
    if (look->found > 0 && look->won == PASS_COUNT) {
        look->won = pass;
    }
}

const struct effort *passes_effort(const struct passes *passes) {
    return &passes->effort;
}

void passes_share(struct passes *passes, struct passes *with, const struct lock *lock) {
    with->own.lock = *lock;
    passes->evidence = &with->own;
}

void passes_forget(struct passes *passes) {
    evidence_forget(passes->evidence);
    turns_forget(&passes->turns);
}

struct box passes_busiest(const struct passes *passes) {
    return passes->busiest;
}

const char *passes_name(enum pass pass) {
    static const char *const names[PASS_COUNT] = {"regions",   "half",    "quarter", "double",
                                                  "unblurred", "blurred", "whole",   "drawing"};
    return pass < PASS_COUNT ? names[pass] : NULL;
}

/* One of the ways that take turns, or the one that is kept. */
static void take_turn(struct look *look) {
    struct passes *passes = look->passes;
    unsigned before = passes->locate.picture.samples;
    enum pass pass = turns_choose(&passes->turns);
    make_pass(look, pass);
    bool hopeful = look->found > 0 || passes->locate.picture.samples > before;
    turns_note(&passes->turns, pass, hopeful ? &look->regions[look->region] : NULL);
}

enum err passes_read(struct passes *passes, struct scanner *scanner, const struct view *view, bool every,
                     struct harvest *out, enum pass *won) {
    struct view counted = *view;
    struct look look = {.passes = passes,
                        .scanner = scanner,
                        .harvest = out,
                        .view = &counted,
                        .every = every,
                        .err = ERR_OK,
                        .won = PASS_COUNT};
    passes->effort = (struct effort){.most = every ? PASSES_EFFORT_THOROUGH : PASSES_EFFORT_FRAME};
    counted.effort = &passes->effort;
    passes->busiest = (struct box){0};
    *won = PASS_COUNT;
    out->count = 0;
    out->part_count = 0;
    out->passed_over = 0;
    if (view->width_px < 2 || view->height_px < 2) {
        return ERR_OK;
    }
    passes->locate.evidence = NULL;
    if (!every) {
        passes->locate.evidence = passes->evidence;
        evidence_begin(passes->evidence, &passes->locate.picture);
    }
    look.is_noisy = noise_of(&counted) >= NOISY;
    find_regions(&look);
    for (int pass = 0; pass < (every ? PASS_COUNT : TURNS_FROM); pass++) {
        if (effort_is_left(&passes->effort) && (look.found == 0 || (every && pass == PASS_WHOLE))) {
            make_pass(&look, (enum pass)pass);
        }
    }
    if (!every && look.found >= REGION_MAX) {
        make_pass(&look, PASS_WHOLE); /* a code in each of the regions: there may be more */
    }
    if (!every && look.is_noisy && look.found == 0 && effort_is_left(&passes->effort)) {
        make_pass(&look, PASS_BLURRED);
    }
    if (!every && look.found == 0 && effort_is_left(&passes->effort)) {
        take_turn(&look);
    }
    *won = look.won;
    return look.err;
}
