/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/locate.h"

#include "symbol/covered.h"
#include "symbol/format.h"
#include "symbol/regrow.h"

/* Lines between those that are searched for finders. */
#define LINE_STEP_PX 2
/* The least picture: a code of version 1 with a pixel a module. */
#define SIDE_LEAST_PX 21

/* One of so many alignment patterns must be seen. */
#define ALIGNED_PART 5

/* So much of the timing patterns is none by chance. */
#define TIMING_SURE 0.85

/* Finders that are tried as two of a code whose third is hidden, and how much their sizes may differ. */
#define PAIRED_FINDERS  6
#define PAIR_RATIO_MOST 1.6

/* Finders are looked at closely in two rounds: most codes are read after the first. */
#define ROUNDS 2
static const int ROUND_LOOKS[ROUNDS] = {60, FINDERS_LOOKS_MAX};

/* Finders so near to a code that was read are its own, or none. */
#define BESIDE_MODULES 2.0

/* How much neighbours are taken off a module, in the order of how often it helps. */
static const double SHARPEN[] = {0.35, 0, 0.8};

/* Decode with one sharpening. Of a code in a mirror, the format information only fits mirrored. */
static bool try_sharpened(struct locate *m, const struct view *view, const float *brightness, double sharpen,
                          locate_decode *decode, void *ctx) {
    int size = m->mesh.size;
    effort_spend(view->effort, (uint64_t)(size * size) * EFFORT_MODULE);
    canonical_modules(&m->canonical, brightness, size, sharpen, m->modules, m->margins);
    if (format_errors(m->modules, size, true) < format_errors(m->modules, size, false)) {
        canonical_mirror(m->modules, m->margins, size);
    }
    return decode(ctx, m->modules, m->margins, size);
}

/* Of the alignment patterns that a code of this version has, enough were seen; few are by chance. */
static bool is_aligned(const struct warp *warp) {
    int patterns = warp->lines * warp->lines - 3;
    return warp->lines <= 2 || warp->found * ALIGNED_PART >= patterns;
}

/* A small size is found by chance more often than a larger one, which must have said its version. */
static bool is_worth_more(const struct geometry *geometry) {
    return geometry->timing >= TIMING_SURE || geometry->size >= version_size(VERSION_WRITTEN);
}

/* Try a relief after what blurs it is undone. */
static bool try_equalised(struct locate *m, const struct view *view, const float *relief,
                          locate_decode *decode, void *ctx) {
    int size = m->mesh.size;
    effort_spend(view->effort, EQUALISER_EFFORT + (uint64_t)(size * size) * EFFORT_EQUALISED);
    equaliser_apply(&m->equaliser, relief, size, m->tried);
    relief_light(m->tried, 1, size, m->tried);
    return try_sharpened(m, view, m->tried, 0, decode, ctx);
}

/* Try what this picture and those before show together. */
static bool try_evidence(struct locate *m, const struct view *view, locate_decode *decode, void *ctx) {
    int size = m->mesh.size;
    effort_spend(view->effort, (uint64_t)(size * size) * EFFORT_EVIDENCE);
    if (!evidence_add(m->evidence, &m->picture, m->relief, size, view->inverted, m->relief)) {
        return false;
    }
    if (try_equalised(m, view, m->relief, decode, ctx)) {
        return true;
    }
    relief_light(m->relief, 1, size, m->tried);
    return try_sharpened(m, view, m->tried, SHARPEN[0], decode, ctx);
}

/* Sample, and try with more or less sharpening. */
static bool try_samples(struct locate *m, const struct view *view, locate_decode *decode, void *ctx) {
    sampling_read(view, &m->mesh, m->brightness);
    for (size_t i = 0; i < sizeof SHARPEN / sizeof *SHARPEN && effort_is_left(view->effort); i++) {
        if (try_sharpened(m, view, m->brightness, SHARPEN[i], decode, ctx)) {
            return true;
        }
    }
    return false;
}

/* Try what was sampled with blur undone, and together with pictures before. */
static bool try_harder(struct locate *m, const struct view *view, locate_decode *decode, void *ctx) {
    if (!effort_is_left(view->effort)) {
        return false;
    }
    relief_measure(&m->contrast, m->brightness, m->mesh.size, m->relief);
    return try_equalised(m, view, m->relief, decode, ctx) ||
           (m->evidence != NULL && try_evidence(m, view, decode, ctx));
}

/* Lay a mesh over a code that lies in a plane. Returns whether it is one. */
static bool lay_flat(struct locate *m, const struct view *view) {
    alignment_find(view, &m->geometry, &m->warp);
    alignment_mesh(&m->warp, m->geometry.size, &m->mesh);
    return is_aligned(&m->warp);
}

/* Let the modules pull a flat mesh, and lay one over paper that is bent: the one that fits the modules better. */
static bool lay_bent(struct locate *m, const struct view *view, bool flat, double rough) {
    double flat_fit = flat ? settle_mesh(view, &m->bent.settle, &m->mesh, SETTLE_ROUNDS) : 0;
    double bent_fit = 0;
    bool bent = bent_find(view, m->geometry.corners, rough, &m->bent, &m->bent_mesh, &bent_fit);
    if (bent && bent_fit > flat_fit) {
        m->mesh = m->bent_mesh;
    } else if (bent) {
        settle_mesh(view, &m->bent.settle, &m->mesh, 1);
    }
    return flat || bent;
}

/* Where a part of the mesh lies right, lay the rest anew and sample again. */
static bool try_regrown(struct locate *m, const struct view *view, locate_decode *decode, void *ctx) {
    return effort_is_left(view->effort) && regrow_mesh(view, &m->bent.settle, &m->mesh) &&
           try_samples(m, view, decode, ctx);
}

/* Read the code between three finders. Returns whether it was read; *tried counts how often it was sampled. */
static bool read_triple(struct locate *m, const struct view *view, const struct triple *triple, int *tried,
                        locate_decode *decode, void *ctx) {
    bool solved = geometry_solve(view, &m->finders, triple, &m->geometry);
    bool flat = solved && lay_flat(m, view);
    if (flat) {
        *tried += 1;
        if (try_samples(m, view, decode, ctx)) {
            return true;
        }
    }
    if ((solved && !is_worth_more(&m->geometry)) || !effort_is_left(view->effort) ||
        !lay_bent(m, view, flat, solved ? m->geometry.size : triple->size)) {
        return false;
    }
    *tried += 1;
    return try_samples(m, view, decode, ctx) || try_regrown(m, view, decode, ctx) ||
           try_harder(m, view, decode, ctx);
}

/* A finder belongs to one code only, and a place in its midst to none. */
static void take_finders(struct locate *m) {
    for (int i = 0; i < m->finders.count; i++) {
        struct finder *finder = &m->finders.found[i];
        finder->taken = finder->taken || mesh_holds(&m->mesh, finder->centre, BESIDE_MODULES);
    }
}

static bool is_free(const struct locate *m, const struct triple *triple) {
    const struct finder *found = m->finders.found;
    return !found[triple->finder[0]].taken && !found[triple->finder[1]].taken &&
           !found[triple->finder[2]].taken;
}

/* Read a code of which two finders are seen, in any of the six ways that they can be its corners. */
static bool read_pair(struct locate *m, const struct view *view, const struct finder *a,
                      const struct finder *b, locate_decode *decode, void *ctx) {
    double fit;
    for (int way = 0; way < 2 * CORNERS && effort_is_left(view->effort); way++) {
        bool swapped = way >= CORNERS;
        if (bent_find_pair(view, swapped ? b : a, swapped ? a : b, way % CORNERS, &m->bent, &m->mesh, &fit) &&
            (try_samples(m, view, decode, ctx) || try_harder(m, view, decode, ctx))) {
            return true;
        }
    }
    return false;
}

/* Read a code one of whose finders is hidden. Returns whether there is one. */
static bool read_pairs(struct locate *m, const struct view *view, locate_decode *decode, void *ctx) {
    int count = m->finders.count < PAIRED_FINDERS ? m->finders.count : PAIRED_FINDERS;
    for (int k = 0; k < count * count && effort_is_left(view->effort); k++) {
        const struct finder *a = &m->finders.found[k % count], *b = &m->finders.found[k / count];
        struct view polar = *view;
        polar.inverted = a->inverted;
        bool alike = a->inverted == b->inverted && a->module_px < PAIR_RATIO_MOST * b->module_px &&
                     b->module_px < PAIR_RATIO_MOST * a->module_px;
        if (k % count < k / count && alike && a->votes > 0 && b->votes > 0 && !a->taken && !b->taken &&
            read_pair(m, &polar, a, b, decode, ctx)) {
            take_finders(m);
            return true;
        }
    }
    return false;
}

/* Read the codes that the listed finders make, `most` at most. Returns how many. */
static int read_triples(struct locate *m, const struct view *view, int count, int most, locate_decode *decode,
                        void *ctx) {
    int codes = 0;
    int failures = 0;
    for (int i = 0;
         i < count && failures < LOCATE_FAILURES_MAX && codes < most && effort_is_left(view->effort); i++) {
        const struct triple *triple = &m->triples[i];
        struct view polar = *view;
        int tried = 0;
        polar.inverted = m->finders.found[triple->finder[CORNER_ORIGIN]].inverted;
        if (!is_free(m, triple)) {
            continue;
        }
        if (read_triple(m, &polar, triple, &tried, decode, ctx)) {
            codes++;
            take_finders(m);
        } else {
            failures += tried;
        }
    }
    m->failures += failures;
    return codes;
}

/* Whether there may be more codes: finders that stand elsewhere. One alone is a sign or a button. */
static bool others_stand(const struct locate *m) {
    int others = 0;
    for (int i = 0; i < m->finders.count; i++) {
        others += !m->finders.found[i].taken;
    }
    return others > 1;
}

int locate_codes(struct locate *memory, const struct view *view, locate_decode *decode, void *ctx) {
    int codes = 0;
    if (view->width_px < SIDE_LEAST_PX || view->height_px < SIDE_LEAST_PX) {
        return 0;
    }
    memory->failures = 0;
    threshold_map(&memory->threshold, view);
    finders_guess(&memory->finders, view, &memory->threshold, LINE_STEP_PX);
    for (int round = 0; round < ROUNDS && (codes == 0 || others_stand(memory)); round++) {
        if (finders_confirm(&memory->finders, view, &memory->threshold, ROUND_LOOKS[round])) {
            int count = triples_rank(view, &memory->finders, memory->triples);
            codes += read_triples(memory, view, count, LOCATE_CODES_MAX - codes, decode, ctx);
        }
    }
    if (codes == 0 && effort_is_left(view->effort)) {
        int count = covered_triples(view, &memory->finders, memory->triples);
        codes = read_triples(memory, view, count, 1, decode, ctx);
    }
    if (codes == 0 && memory->failures == 0 && read_pairs(memory, view, decode, ctx)) {
        codes = 1;
    }
    return codes;
}
