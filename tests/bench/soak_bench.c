/* SPDX-License-Identifier: Apache-2.0 */
/*
 * soak_bench: memory of the reader's work, JPEG to codes, over many frames of all kinds.
 *
 * Environment: SOAK (frames, 1000; 100000 for the whole soak), SEED.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "frame/decode.h"
#include "symbol/symbol.h"
#include "tests/lib/bench.h"
#include "tests/lib/eye.h"
#include "tests/lib/render.h"

#define FRAMES_USUAL  1000u
#define DISTINCT      36u
#define REPORTS       10u
#define REPORTS_EARLY 4u
/* The first reports may still grow to what the largest frame needs in the rarest pass; later ones no more than the
 * allocator's slack. */
#define GROWTH_MAX_MB 2.0

struct soak {
    struct span frames[DISTINCT];
    struct decoder decoder;
    struct symbol_reader *reader;
    unsigned read;
};

static unsigned number_of(const char *name, unsigned otherwise) {
    const char *text = getenv(name);
    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

static double resident_mb(void) {
    unsigned long pages[2] = {0, 0};
    char text[128] = "", *end = text;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fgets(text, sizeof text, file) == NULL) {
        fputs("soak_bench: no /proc/self/statm\n", stderr);
        exit(1);
    }
    fclose(file);
    for (unsigned i = 0; i < 2; i++) {
        pages[i] = strtoul(end, &end, 10);
    }
    return (double)pages[1] * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

/* Frames of each set in turn; every sixth is cut in its middle. */
static void make_frames(struct soak *soak, uint64_t seed) {
    for (unsigned i = 0; i < DISTINCT; i++) {
        struct render_stage stage;
        struct render_spec spec = render_sets_frame((enum render_set)(i % RENDER_SETS), seed, i);
        render_open(&spec, &stage);
        struct grey picture = render_take(&stage, &spec);
        soak->frames[i] = render_jpeg(&picture, spec.quality);
        soak->frames[i].len /= i % 6 == 5 ? 2 : 1;
        free(picture.pixels);
        render_close(&stage);
    }
}

static void look(struct soak *soak, unsigned number) {
    struct frame frame = {.format = FRAME_MJPEG, .bytes = soak->frames[number % DISTINCT]};
    struct grey picture = {0};
    struct symbols symbols = {0};
    if (decode_frame(&soak->decoder, &frame, &picture) == ERR_OK &&
        symbol_read(soak->reader, &picture, false, &symbols) == ERR_OK) {
        soak->read += symbols.count > 0;
    }
}

int main(void) {
    struct soak soak = {0};
    unsigned count = number_of("SOAK", FRAMES_USUAL);
    double early_mb = 0, before_ms = 0;
    unsigned reports = 0;
    make_frames(&soak, number_of("SEED", 1));
    if (symbol_start(&soak.reader) != ERR_OK) {
        return 1;
    }
    before_ms = eye_cpu_ms();
    for (unsigned i = 1; i <= count; i++) {
        look(&soak, i - 1);
        if (i % (count / REPORTS + 1) == 0 || i == count) {
            printf("  after %6u frames: %.1f MB resident, %u read\n", i, resident_mb(), soak.read);
            early_mb = ++reports <= REPORTS_EARLY ? resident_mb() : early_mb;
        }
    }
    double late_mb = resident_mb();
    bench_report("soak: frames", count, "", NULL, 0);
    bench_report("soak: CPU a frame, decoding and reading", (eye_cpu_ms() - before_ms) / count, "ms", NULL,
                 0);
    bench_report("soak: resident at the end", late_mb, "MB", "after four tenths", early_mb);
    symbol_stop(soak.reader);
    decode_close(&soak.decoder);
    for (unsigned i = 0; i < DISTINCT; i++) {
        free((void *)(uintptr_t)soak.frames[i].ptr);
    }
    return late_mb - early_mb <= GROWTH_MAX_MB ? 0 : 1;
}
