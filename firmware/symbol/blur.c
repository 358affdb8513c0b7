/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/blur.h"

#include <math.h>
#include <string.h>

/* Squares along and down that are measured, two at a time. */
#define SQUARES 4
/* Waves outside are the light's and the page's, or noise. */
#define CYCLES_LEAST 0.03
#define CYCLES_MOST  0.36
/* Blurs that are told from none and that leave anything to read. */
#define RADIUS_LEAST 1.2
#define RADIUS_MOST  7.5
#define RADIUS_RATIO 1.05
#define LENGTH_LEAST 3.0
#define LENGTH_MOST  15.0
#define LENGTH_RATIO 1.1
#define ANGLES       20
/* What noise adds to the square of what a blur leaves. */
#define NOISE 0.02
/* Refinements of a line's length and angle, each by half of the last one's step. */
#define REFINEMENTS 2
/* Reaches that are tried: 38 and 17. */
#define TRIED_MAX 40
/* How near a longer reach's likeness must come to the highest; a line has few overtones, so the highest it is. */
#define DISC_PART   0.5
#define STREAK_PART 1
/* What an estimate costs, whatever the picture: units of symbol/effort.h. */
#define EFFORT 3000000
/* Pages of text and shelves look like lines up to 0.65, noise like discs up to 0.2; likeness at the end of a range is
 * to something else. */
#define STREAK_SURE 0.65
#define DISC_SURE   0.2
/* Curves are looked up at steps of so much; the longest line at the shortest wave is at 346. */
#define LOOKUP_STEP (1.0 / 64)
#define LOOKUPS     400

/* Logarithms of what a blur leaves, by reach times cycles. */
struct curve {
    float at[LOOKUPS];
};

/* The Fourier transform of a disc is J1 (Airy), of a line sinc. */
static double leaves(enum blur_kind kind, double product) {
    double x = M_PI * product * (kind == BLUR_DISC ? 2 : 1);
    if (x < 1e-6) {
        return 1;
    }
    return kind == BLUR_DISC ? 2 * j1(x) / x : sin(x) / x;
}

double blur_leaves(const struct blur *blur, double x_cycles, double y_cycles) {
    double along = blur->kind == BLUR_DISC ? hypot(x_cycles, y_cycles)
                                           : fabs(x_cycles * cos(blur->angle) + y_cycles * sin(blur->angle));
    return leaves(blur->kind, along * blur->reach_px);
}

static void draw_curve(enum blur_kind kind, struct curve *out) {
    for (int i = 0; i < LOOKUPS; i++) {
        double left = leaves(kind, i * LOOKUP_STEP);
        out->at[i] = (float)log(left * left + NOISE);
    }
}

/* Hann's window: a square's borders are no edges. */
static float window(int i) {
    return (float)(0.5 - 0.5 * cos(2 * M_PI * (i + 0.5) / BLUR_SIDE));
}

/* A square less its mean, as the real or the imaginary part. */
static void take_square(const struct view *view, int left, int top, float *to) {
    float weight[BLUR_SIDE];
    int sum = 0;
    for (int y = 0; y < BLUR_SIDE; y++) {
        const uint8_t *line = view->pixels + (ptrdiff_t)(top + y) * view->stride_px + left;
        weight[y] = window(y);
        for (int x = 0; x < BLUR_SIDE; x++) {
            sum += line[x];
        }
    }
    float mean = (float)sum / (BLUR_SIDE * BLUR_SIDE);
    for (int y = 0; y < BLUR_SIDE; y++) {
        const uint8_t *line = view->pixels + (ptrdiff_t)(top + y) * view->stride_px + left;
        for (int x = 0; x < BLUR_SIDE; x++) {
            to[y * BLUR_SIDE + x] = ((float)line[x] - mean) * weight[x] * weight[y];
        }
    }
}

/* Squares spread over the view; power of two real squares comes of one transform (their parts even out where
 * opposite waves are added, which is done when they are read). */
static void measure(struct blur_memory *m, const struct view *view) {
    int spread_x = view->width_px - BLUR_SIDE;
    int spread_y = view->height_px - BLUR_SIDE;
    memset(m->power, 0, sizeof m->power);
    for (int k = 0; k < SQUARES * SQUARES; k += 2) {
        int top = spread_y * (k / SQUARES) / (SQUARES - 1);
        take_square(view, spread_x * (k % SQUARES) / (SQUARES - 1), top, m->fourier.real);
        take_square(view, spread_x * (k % SQUARES + 1) / (SQUARES - 1), top, m->fourier.imaginary);
        fourier_forward(&m->fourier, BLUR_SIDE);
        for (int i = 0; i < BLUR_SIDE * BLUR_SIDE; i++) {
            float r = m->fourier.real[i];
            float j = m->fourier.imaginary[i];
            m->power[i] += r * r + j * j;
        }
    }
}

static float power_at(const struct blur_memory *m, int x, int y) {
    return m->power[(y & (BLUR_SIDE - 1)) * BLUR_SIDE + (x & (BLUR_SIDE - 1))];
}

/* Of a wave, its neighbours and their opposites. */
static float power_around(const struct blur_memory *m, int x, int y) {
    float sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
            sum += power_at(m, x + dx, y + dy) + power_at(m, -x - dx, -y - dy);
        }
    }
    return sum;
}

static void list_waves(struct blur_memory *m) {
    m->count = 0;
    for (int y = 0; y < BLUR_SIDE / 2; y++) {
        for (int x = 1 - BLUR_SIDE / 2; x < BLUR_SIDE / 2; x++) {
            struct blur_wave wave = {.x = (float)x / BLUR_SIDE, .y = (float)y / BLUR_SIDE};
            wave.distance = hypotf(wave.x, wave.y);
            bool twice = y == 0 && x < 0;
            if (!twice && wave.distance > CYCLES_LEAST && wave.distance < CYCLES_MOST &&
                m->count < BLUR_WAVES) {
                wave.strength = logf(power_around(m, x, y) + 1);
                m->waves[m->count++] = wave;
            }
        }
    }
}

/* Powers of the wave's length, made to stand at right angles to each other (Gram and Schmidt). */
static void make_terms(struct blur_memory *m) {
    for (int t = 0; t < BLUR_TERMS; t++) {
        double part[BLUR_TERMS] = {0};
        double squares = 0;
        for (int i = 0; i < m->count; i++) {
            struct blur_wave *wave = &m->waves[i];
            wave->term[t] = t == 0 ? 1 : wave->term[t - 1] * wave->distance;
            for (int k = 0; k < t; k++) {
                part[k] += wave->term[k] * wave->term[t];
            }
        }
        for (int i = 0; i < m->count; i++) {
            struct blur_wave *wave = &m->waves[i];
            for (int k = 0; k < t; k++) {
                wave->term[t] -= (float)part[k] * wave->term[k];
            }
            squares += wave->term[t] * wave->term[t];
        }
        for (int i = 0; i < m->count; i++) {
            m->waves[i].term[t] /= (float)sqrt(squares);
        }
    }
}

/* Take the smooth curve off the strengths. Returns whether anything is left. */
static bool flatten(struct blur_memory *m) {
    double part[BLUR_TERMS] = {0};
    double squares = 0;
    for (int i = 0; i < m->count; i++) {
        for (int k = 0; k < BLUR_TERMS; k++) {
            part[k] += m->waves[i].term[k] * m->waves[i].strength;
        }
    }
    for (int i = 0; i < m->count; i++) {
        struct blur_wave *wave = &m->waves[i];
        for (int k = 0; k < BLUR_TERMS; k++) {
            wave->strength -= (float)part[k] * wave->term[k];
        }
        squares += wave->strength * wave->strength;
    }
    for (int i = 0; i < m->count && squares > 0; i++) {
        m->waves[i].strength /= (float)sqrt(squares);
    }
    return squares > 0;
}

/* Correlation of the strengths with what a blur would leave, both less their smooth curves. */
static double likeness(const struct blur_memory *m, const struct curve *curve, const struct blur *blur,
                       int step) {
    float cosine = (float)(blur->reach_px * cos(blur->angle) / LOOKUP_STEP);
    float sine = (float)(blur->reach_px * sin(blur->angle) / LOOKUP_STEP);
    float reach = (float)(blur->reach_px / LOOKUP_STEP);
    float alike = 0, squares = 0, part[BLUR_TERMS] = {0};
    for (int i = 0; i < m->count; i += step) {
        const struct blur_wave *wave = &m->waves[i];
        float place =
            blur->kind == BLUR_DISC ? wave->distance * reach : fabsf(wave->x * cosine + wave->y * sine);
        float left = curve->at[(int)(place + 0.5f)];
        alike += wave->strength * left;
        squares += left * left;
        for (int k = 0; k < BLUR_TERMS; k++) {
            part[k] += wave->term[k] * left;
        }
    }
    for (int k = 0; k < BLUR_TERMS; k++) {
        squares -= (float)step * part[k] * part[k];
    }
    return squares > 0 ? alike * sqrtf((float)step) / sqrtf(squares) : 0;
}

static struct blur surer(const struct blur_memory *m, const struct curve *curve, struct blur best,
                         struct blur blur, int step) {
    blur.sure = likeness(m, curve, &blur, step);
    return blur.sure > best.sure ? blur : best;
}

/*
 * Modules are squares that leave out waves as well, where nothing else did: such a likeness is at a shorter reach
 * than the blur's, and a blur's own overtones are too. So the longest reach counts whose likeness is higher than its
 * neighbours', if it is near the highest.
 */
static struct blur longest_peak(const struct blur *tried, int count, double part) {
    struct blur best = {.kind = tried[0].kind};
    for (int i = 0; i < count; i++) {
        best = tried[i].sure > best.sure ? tried[i] : best;
    }
    for (int i = count - 2; i > 0; i--) {
        if (tried[i].sure >= part * best.sure && tried[i].sure > tried[i - 1].sure &&
            tried[i].sure >= tried[i + 1].sure) {
            return tried[i];
        }
    }
    return best;
}

static struct blur find_disc(const struct blur_memory *m) {
    struct curve curve;
    struct blur tried[TRIED_MAX];
    int count = 0;
    draw_curve(BLUR_DISC, &curve);
    for (double radius = RADIUS_LEAST; radius < RADIUS_MOST && count < TRIED_MAX; radius *= RADIUS_RATIO) {
        struct blur blur = {.kind = BLUR_DISC, .reach_px = radius};
        tried[count++] = surer(m, &curve, (struct blur){.kind = BLUR_DISC}, blur, 1);
    }
    return longest_peak(tried, count, DISC_PART);
}

/* The likeliest direction of a line of that length; every other wave is enough for that. */
static struct blur turn(const struct blur_memory *m, const struct curve *curve, double length) {
    struct blur best = {.kind = BLUR_STREAK};
    for (int i = 0; i < ANGLES; i++) {
        struct blur blur = {.kind = BLUR_STREAK, .reach_px = length, .angle = i * M_PI / ANGLES};
        best = surer(m, curve, best, blur, 2);
    }
    return best;
}

static struct blur refine(const struct blur_memory *m, const struct curve *curve, struct blur best) {
    double ratio = sqrt(LENGTH_RATIO);
    double angle = M_PI / ANGLES / 2;
    best.sure = 0;
    for (int round = 0; round < REFINEMENTS; round++, ratio = sqrt(ratio), angle /= 2) {
        struct blur middle = best;
        for (int k = 0; k < 9; k++) {
            struct blur blur = middle;
            blur.reach_px = fmin(middle.reach_px * pow(ratio, k % 3 - 1), LENGTH_MOST);
            blur.angle += (k / 3 - 1) * angle;
            best = surer(m, curve, best, blur, 1);
        }
    }
    return best;
}

static struct blur find_streak(const struct blur_memory *m) {
    struct curve curve;
    struct blur tried[TRIED_MAX];
    int count = 0;
    draw_curve(BLUR_STREAK, &curve);
    for (double length = LENGTH_LEAST; length < LENGTH_MOST && count < TRIED_MAX; length *= LENGTH_RATIO) {
        tried[count++] = turn(m, &curve, length);
    }
    return refine(m, &curve, longest_peak(tried, count, STREAK_PART));
}

void blur_estimate(struct blur_memory *memory, const struct view *view, struct blur out[BLUR_KINDS]) {
    out[BLUR_DISC] = (struct blur){.kind = BLUR_DISC};
    out[BLUR_STREAK] = (struct blur){.kind = BLUR_STREAK};
    if (view->width_px < BLUR_SIDE || view->height_px < BLUR_SIDE) {
        return;
    }
    effort_spend(view->effort, EFFORT);
    measure(memory, view);
    list_waves(memory);
    make_terms(memory);
    if (flatten(memory)) {
        out[BLUR_DISC] = find_disc(memory);
        out[BLUR_STREAK] = find_streak(memory);
    }
}

const struct blur *blur_choose(const struct blur estimates[BLUR_KINDS]) {
    const struct blur *disc = &estimates[BLUR_DISC];
    const struct blur *streak = &estimates[BLUR_STREAK];
    if (streak->sure >= STREAK_SURE && streak->reach_px < LENGTH_MOST / LENGTH_RATIO) {
        return streak;
    }
    return disc->sure >= DISC_SURE && disc->reach_px < RADIUS_MOST / RADIUS_RATIO ? disc : NULL;
}
