/* SPDX-License-Identifier: Apache-2.0 */
/*
 * soak_bench: memory of the reader's work, JPEG to codes on all of its threads, over many frames of all kinds.
 *
 * Environment: SOAK (frames, 1000; 100000 for the whole soak, some ten minutes on two cores), SEED.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/lookout.h"
#include "symbol/symbol.h"
#include "tests/lib/bench.h"
#include "tests/lib/eye.h"
#include "tests/lib/render.h"

#define FRAMES_USUAL  1000u
#define DISTINCT      36u
#define REPORTS       10u
#define REPORTS_EARLY 4u
/* Pictures go around the boxes and threads of the lookout, so that one of their buffers may meet the largest picture late,
 * once: a picture or two, and the allocator's slack. What grows with each frame is far more in a whole soak. */
#define GROWTH_MAX_MB 4.0

struct soak {
    struct span frames[DISTINCT];
    struct lookout *lookout;
    struct symbol_reader *readers[LOOKOUT_LOOKERS_MAX];
    int begun[2]; /* a pipe: a byte for each look that has begun */
    unsigned offered, begun_count, returned, failed, read;
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

/* On a thread of the lookout. */
static enum err look(void *ctx, unsigned looker, const struct grey *picture, uint32_t flags,
                     struct symbols *out) {
    const struct soak *soak = ctx;
    (void)!write(soak->begun[1], "", 1);
    return symbol_read(soak->readers[looker], picture, flags != 0, out);
}

static void start(struct soak *soak) {
    bool good = pipe(soak->begun) == 0;
    for (unsigned i = 0; i < LOOKOUT_LOOKERS_MAX; i++) {
        good = good && symbol_start(&soak->readers[i]) == ERR_OK;
    }
    if (!good || lookout_start(LOOKOUT_LOOKERS_MAX, look, soak, &soak->lookout) != ERR_OK) {
        fputs("soak_bench: no threads\n", stderr);
        exit(1);
    }
}

/* Take what is done, and note who has begun. */
static void wait_a_moment(struct soak *soak) {
    struct lookout_result result;
    char bytes[16];
    struct pollfd pollers[] = {{.fd = lookout_descriptor(soak->lookout), .events = POLLIN},
                               {.fd = soak->begun[0], .events = POLLIN}};
    (void)poll(pollers, 2, -1);
    if (pollers[1].revents != 0) {
        soak->begun_count += (unsigned)read(soak->begun[0], bytes, sizeof bytes);
    }
    while (lookout_take(soak->lookout, &result)) {
        soak->returned++;
        soak->failed += result.err != ERR_OK;
        soak->read += result.symbols.count > 0;
        lookout_release(soak->lookout, &result);
    }
}

/* So many frames at first are looked at in all ways, which touches all memory that there is. */
#define THOROUGH (2 * DISTINCT)

/* One frame more, and wait until it is looked at or turned out to be damaged: none is skipped. */
static void show(struct soak *soak) {
    struct lookout_frame frame = {
        .frame = {.format = FRAME_MJPEG, .bytes = soak->frames[soak->offered % DISTINCT]},
        .number = soak->offered + 1,
        .flags = soak->offered < THOROUGH};
    if (lookout_offer(soak->lookout, &frame) != ERR_OK) {
        exit(1);
    }
    soak->offered++;
    while (soak->begun_count + soak->failed < soak->offered) {
        wait_a_moment(soak);
    }
}

int main(void) {
    struct soak soak = {0};
    unsigned count = number_of("SOAK", FRAMES_USUAL);
    double early_mb = 0, before_ms = 0;
    unsigned reports = 0;
    make_frames(&soak, number_of("SEED", 1));
    start(&soak);
    before_ms = eye_cpu_ms();
    for (unsigned i = 1; i <= count; i++) {
        show(&soak);
        if (i % (count / REPORTS + 1) == 0 || i == count) {
            printf("  after %6u frames: %.1f MB resident, %u read\n", i, resident_mb(), soak.read);
            early_mb = ++reports <= REPORTS_EARLY ? resident_mb() : early_mb;
        }
    }
    while (soak.returned < soak.offered) {
        wait_a_moment(&soak);
    }
    double late_mb = resident_mb();
    bench_report("soak: frames", soak.returned, "", NULL, 0);
    bench_report("soak: CPU a frame, decoding and reading", (eye_cpu_ms() - before_ms) / soak.returned, "ms",
                 NULL, 0);
    bench_report("soak: resident at the end", late_mb, "MB", "after four tenths", early_mb);
    lookout_stop(soak.lookout);
    for (unsigned i = 0; i < LOOKOUT_LOOKERS_MAX; i++) {
        symbol_stop(soak.readers[i]);
    }
    for (unsigned i = 0; i < DISTINCT; i++) {
        free((void *)(uintptr_t)soak.frames[i].ptr);
    }
    return late_mb - early_mb <= GROWTH_MAX_MB ? 0 : 1;
}
