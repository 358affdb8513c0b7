/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/evidence.h"

#include <math.h>
#include <string.h>

#include "symbol/alignment.h"

/* What is known fades by this at each picture: a grid that lay wrong is outweighed soon. */
#define FADE 0.9F
/* Two samples are of the same code where their correlation is so many times what it is by chance, and so much at least. */
#define SURE_TIMES 7.0
#define SURE_PART  0.1
/* And so much of what it must be if they are, by how clear each of them is. Blur takes some away. */
#define SAME_PART 0.45
/* Of the kurtosis of noise, times the root of how many: twice the root of 24. */
#define TWICE_DEVIATION 9.8
/* Samples are told apart by the sum of their modules, each counting more than the one before, so many times. */
#define MARK_PERIOD 251

void evidence_begin(struct evidence *evidence, struct evidence_picture *out) {
    lock_take(&evidence->lock);
    *out = (struct evidence_picture){.number = ++evidence->pictures};
    for (int i = 0; i < EVIDENCE_CODES; i++) {
        struct evidence_code *code = &evidence->codes[i];
        if (out->number - code->last > EVIDENCE_PICTURES) {
            code->size = 0;
        }
    }
    lock_leave(&evidence->lock);
}

void evidence_forget(struct evidence *evidence) {
    lock_take(&evidence->lock);
    for (int i = 0; i < EVIDENCE_CODES; i++) {
        evidence->codes[i].size = 0;
    }
    lock_leave(&evidence->lock);
}

/* Mark what is the same in all codes of this size: finders, format and version bits, timing, alignment. */
static void map_data(struct evidence *e, int size) {
    int line[ALIGNMENT_LINES];
    int lines = alignment_lines((size - 17) / 4, line);
    if (e->data_size == size) {
        return;
    }
    e->data_size = size;
    for (int k = 0; k < size * size; k++) {
        int column = k % size, row = k / size;
        bool corner = (column < 9 && (row < 9 || row >= size - 8)) || (column >= size - 8 && row < 9);
        bool version = size >= version_size(VERSION_WRITTEN) &&
                       ((column < 6 && row >= size - 11) || (row < 6 && column >= size - 11));
        e->data[k] = !corner && !version && column != 6 && row != 6;
    }
    for (int k = 0; k < lines * lines; k++) {
        for (int i = 0; i < 25 && alignment_stands(lines, k % lines, k / lines); i++) {
            e->data[(line[k / lines] + i / 5 - 2) * size + line[k % lines] + i % 5 - 2] = 0;
        }
    }
}

/* Second and fourth moments of the data of one, and what two have in common. */
struct likeness {
    double aa, bb, aaaa, bbbb, ab;
    int count;
};

static struct likeness compare(const struct evidence *e, const struct evidence_code *code,
                               const float *relief) {
    struct likeness l = {0};
    for (int k = 0; k < code->size * code->size; k++) {
        if (e->data[k]) {
            double a = (double)code->sum[k], b = (double)relief[k];
            l.aa += a * a;
            l.bb += b * b;
            l.aaaa += a * a * a * a;
            l.bbbb += b * b * b * b;
            l.ab += a * b;
            l.count++;
        }
    }
    return l;
}

/* How well modules go together with what they are, squared, at least: dark and light alone have a kurtosis of 1, noise
 * alone of 3, and a mixture lies between. */
static double clearness(double second, double fourth, int count) {
    double kurtosis = fourth * count / (second * second) + TWICE_DEVIATION / sqrt(count);
    return kurtosis < 3 ? sqrt((3 - kurtosis) / 2) : 0;
}

/* The correlation of a sample with a code, or 0 where that may be chance, or is that of a code that is only similar. */
static double likeness(const struct evidence *e, const struct evidence_code *code, const float *relief) {
    struct likeness l = compare(e, code, relief);
    if (!(l.aa > 0 && l.bb > 0)) {
        return 0;
    }
    double like = l.ab / sqrt(l.aa * l.bb);
    double expected = sqrt(clearness(l.aa, l.aaaa, l.count) * clearness(l.bb, l.bbbb, l.count));
    return like > SURE_PART && like * sqrt(l.count) > SURE_TIMES && like > SAME_PART * expected ? like : 0;
}

static struct evidence_code *same_code(struct evidence *e, const float *relief, int size, bool inverted) {
    struct evidence_code *best = NULL;
    double most = 0;
    for (int i = 0; i < EVIDENCE_CODES; i++) {
        struct evidence_code *code = &e->codes[i];
        double like = code->size == size && code->inverted == inverted ? likeness(e, code, relief) : 0;
        if (like > most) {
            most = like;
            best = code;
        }
    }
    return best;
}

/* An unused place, else that of the code of the fewest pictures, the oldest of these. */
static struct evidence_code *place(struct evidence *e) {
    struct evidence_code *least = &e->codes[0];
    for (int i = 0; i < EVIDENCE_CODES; i++) {
        struct evidence_code *code = &e->codes[i];
        if (code->size == 0) {
            return code;
        }
        if (code->pictures < least->pictures ||
            (code->pictures == least->pictures && code->last < least->last)) {
            least = code;
        }
    }
    return least;
}

static void begin(struct evidence *e, uint64_t picture, const float *relief, int size, bool inverted) {
    struct evidence_code *code = place(e);
    code->size = size;
    code->inverted = inverted;
    code->pictures = 1;
    code->last = picture;
    code->weight = 1;
    memcpy(code->sum, relief, (size_t)(size * size) * sizeof *code->sum);
}

static void add(struct evidence_code *code, uint64_t picture, const float *relief) {
    code->pictures += code->last != picture;
    code->last = picture > code->last ? picture : code->last;
    code->weight = code->weight * FADE + 1;
    for (int k = 0; k < code->size * code->size; k++) {
        code->sum[k] = code->sum[k] * FADE + relief[k];
    }
}

/* Take note of a sample of this picture. Returns whether it is a new one, and there is room for it. */
static bool is_new(struct evidence_picture *picture, const float *relief, int size) {
    double mark = 0;
    for (int k = 0; k < size * size; k++) {
        mark += (double)relief[k] * (k % MARK_PERIOD + 1);
    }
    for (unsigned i = 0; i < picture->samples; i++) {
        if (!(mark < picture->marks[i] || mark > picture->marks[i])) {
            return false;
        }
    }
    if (picture->samples == EVIDENCE_SAMPLES) {
        return false;
    }
    picture->marks[picture->samples++] = mark;
    return true;
}

/* Add to the code that a sample is of, or begin one. Returns it where pictures before were of it. */
static const struct evidence_code *note(struct evidence *e, uint64_t picture, const float *relief, int size,
                                        bool inverted) {
    map_data(e, size);
    struct evidence_code *code = same_code(e, relief, size, inverted);
    if (code == NULL) {
        begin(e, picture, relief, size, inverted);
        return NULL;
    }
    add(code, picture, relief);
    return code->pictures > 1 ? code : NULL;
}

bool evidence_add(struct evidence *evidence, struct evidence_picture *picture, const float *relief, int size,
                  bool inverted, float *out) {
    if (!is_new(picture, relief, size)) {
        return false;
    }
    lock_take(&evidence->lock);
    const struct evidence_code *code = note(evidence, picture->number, relief, size, inverted);
    for (int k = 0; code != NULL && k < size * size; k++) {
        out[k] = code->sum[k] / code->weight;
    }
    lock_leave(&evidence->lock);
    return code != NULL;
}
