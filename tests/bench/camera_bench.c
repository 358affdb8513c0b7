/* SPDX-License-Identifier: Apache-2.0 */
/*
 * camera_bench: the reader at a camera's pace, 30 frames of 1920x1080 a second: how many hard ones it looks at, how soon
 * it hands over a code, and what an empty scene costs; with one and with two threads that look.
 *
 * Environment: SECONDS_EACH (3).
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "boards/sim/scenery.h"
#include "kiosk/reader.h"
#include "tests/lib/bench.h"
#include "tests/lib/reader_rig.h"
#include "tests/lib/render.h"
#include "tests/lib/scene.h"

#define WIDTH     1920u
#define HEIGHT    1080u
#define PERIOD_NS 33333333
#define HARD      8u
#define PAYLOAD   600u
/* So many codes, each shown for so many frames. */
#define CODES 21u
#define SHOWN 4u

/* A reader in a process of its own, with a pipe for a camera, as face runs it but not locked in. */
struct subject {
    struct reader_rig rig;
    int camera;
    struct timespec next; /* when the next frame is due */
    struct message_stats stats;
};

static void expect(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "camera_bench: %s\n", what);
        exit(1);
    }
}

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void start(struct subject *subject, unsigned lookers) {
    int sockets[2], ends[2];
    *subject = (struct subject){0};
    expect(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) == 0 && pipe(ends) == 0, "no sockets");
    subject->rig.child = fork();
    if (subject->rig.child == 0) {
        static struct reader reader;
        reader.socket = sockets[1];
        close(sockets[0]);
        close(ends[0]);
        close(ends[1]);
        _exit(reader_open(&reader, lookers) == ERR_OK && reader_start(&reader) == ERR_OK &&
                      reader_serve(&reader) == ERR_OK
                  ? 0
                  : 1);
    }
    close(sockets[1]);
    subject->rig.socket = sockets[0];
    subject->camera = ends[1];
    reader_rig_camera(&subject->rig, MESSAGE_READER_START, CAMERA_PIPE, ends[0], 0);
    close(ends[0]);
    clock_gettime(CLOCK_MONOTONIC, &subject->next);
}

/* End it; seconds of processor time that it took. */
static double stop(struct subject *subject) {
    struct rusage used;
    int status = 0;
    close(subject->camera);
    close(subject->rig.socket);
    expect(wait4(subject->rig.child, &status, 0, &used) == subject->rig.child && status == 0,
           "the reader failed");
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* One frame when it is due; when that was. */
static int64_t show(struct subject *subject, struct span jpeg) {
    subject->next.tv_nsec += PERIOD_NS;
    if (subject->next.tv_nsec >= 1000000000) {
        subject->next.tv_nsec -= 1000000000;
        subject->next.tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &subject->next, NULL);
    struct frame frame = {.format = FRAME_MJPEG, .bytes = jpeg, .captured_us = now_us()};
    expect(pipe_frame_write(subject->camera, &frame) == ERR_OK, "the reader is gone");
    return frame.captured_us;
}

/* All that it says until its camera is gone. */
static void hear_out(struct subject *subject) {
    close(subject->camera);
    subject->camera = -1;
    while (reader_rig_next(&subject->rig, 5000, &subject->stats).type != MESSAGE_CAMERA_LOST) {
    }
}

/* Codes in frames of the hard set, of the camera's size. */
static void make_hard(struct span out[HARD]) {
    unsigned made = 0;
    for (unsigned number = 0; made < HARD; number++) {
        struct render_stage stage;
        struct render_spec spec = render_sets_frame(RENDER_HARD, 5, number);
        if (spec.width_px != WIDTH) {
            continue;
        }
        render_open(&spec, &stage);
        struct grey picture = render_take(&stage, &spec);
        out[made++] = render_jpeg(&picture, spec.quality);
        free(picture.pixels);
        render_close(&stage);
    }
}

static void report(const char *what, unsigned lookers, double value, const char *unit) {
    char name[96];
    snprintf(name, sizeof name, "camera: %s, %s", what, lookers == 1 ? "one looker" : "two lookers");
    bench_report(name, value, unit, NULL, 0);
}

static void measure_hard(unsigned lookers, const struct span frames[HARD], unsigned seconds) {
    struct subject subject;
    start(&subject, lookers);
    int64_t began_us = now_us();
    for (unsigned i = 0; i < seconds * 30; i++) {
        (void)show(&subject, frames[i / 4 % HARD]);
    }
    double spent_s = (double)(now_us() - began_us) / 1e6;
    hear_out(&subject);
    double looked = (double)(subject.stats.frames - subject.stats.dropped - subject.stats.skipped);
    report("hard frames looked at a second", lookers, looked / spent_s, "");
    report("processor while they come", lookers, 100 * stop(&subject) / spent_s, "%");
}

static void measure_idle(unsigned lookers, struct span empty, unsigned seconds) {
    struct subject subject;
    start(&subject, lookers);
    int64_t began_us = now_us();
    for (unsigned i = 0; i < seconds * 30; i++) {
        (void)show(&subject, empty);
    }
    double spent_s = (double)(now_us() - began_us) / 1e6;
    report("processor for an empty scene", lookers, 100 * stop(&subject) / spent_s, "%");
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* From the moment in which a picture with a new code is handed to the pipe to that in which the code arrives. */
static void measure_latency(unsigned lookers, const struct span codes[CODES]) {
    struct subject subject;
    double took_ms[CODES];
    start(&subject, lookers);
    for (unsigned i = 0; i < CODES; i++) {
        int64_t shown_us = show(&subject, codes[i]);
        struct message message = reader_rig_next(&subject.rig, 5000, NULL);
        expect(message.type == MESSAGE_SYMBOL, "the code is not read");
        took_ms[i] = (double)(now_us() - shown_us) / 1e3;
        for (unsigned k = 1; k < SHOWN; k++) {
            (void)show(&subject, codes[i]);
        }
    }
    (void)stop(&subject);
    qsort(took_ms, CODES, sizeof *took_ms, by_value);
    report("frame to code, median", lookers, took_ms[CODES / 2], "ms");
}

static struct span scene_of(const struct grey *code) {
    struct scenery scenery = {.width_px = WIDTH, .height_px = HEIGHT};
    struct frame frame = {0};
    expect(scenery_show(&scenery, code, &frame) == ERR_OK, "no scene");
    uint8_t *bytes = malloc(frame.bytes.len);
    memcpy(bytes, frame.bytes.ptr, frame.bytes.len);
    scenery_close(&scenery);
    return span_of_bytes(bytes, frame.bytes.len);
}

static struct span code_scene(unsigned seed) {
    uint8_t payload[PAYLOAD];
    for (size_t i = 0; i < PAYLOAD; i++) {
        payload[i] = (uint8_t)("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"[(i * i + seed) % 31]);
    }
    struct grey code = scene_qr(span_of_bytes(payload, sizeof payload), 3);
    struct span scene = scene_of(&code);
    free(code.pixels);
    return scene;
}

int main(void) {
    const char *given = getenv("SECONDS_EACH");
    unsigned seconds = given == NULL ? 3 : (unsigned)strtoul(given, NULL, 10);
    struct span hard[HARD], empty = scene_of(NULL), codes[CODES];
    signal(SIGPIPE, SIG_IGN);
    make_hard(hard);
    for (unsigned i = 0; i < CODES; i++) {
        codes[i] = code_scene(i);
    }
    for (unsigned lookers = 1; lookers <= LOOKOUT_LOOKERS_MAX; lookers++) {
        measure_hard(lookers, hard, seconds);
        measure_idle(lookers, empty, seconds);
        measure_latency(lookers, codes);
    }
    for (unsigned i = 0; i < HARD; i++) {
        free((void *)(uintptr_t)hard[i].ptr);
    }
    free((void *)(uintptr_t)empty.ptr);
    for (unsigned i = 0; i < CODES; i++) {
        free((void *)(uintptr_t)codes[i].ptr);
    }
    return 0;
}
