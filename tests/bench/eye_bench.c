/* SPDX-License-Identifier: Apache-2.0 */
/*
 * eye_bench [FOLDER...]: how well codes are read, beside zbar and the zxing-cpp that are installed: rendered
 * frames, sequences, pictures without codes, and photographs where ../shared/qr/images is there. Folders of
 * pictures with expected/NAME.bin beside them may be named.
 *
 * Environment: FRAMES (rendered kiosk frames, 300; the other sets follow), SEED, EYE_SAVE (a folder for the
 * rendered JPEGs and their payloads),
 * EYE_LIST (eye_tally.h).
 */
#include <glob.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "frame/decode.h"
#include "tests/lib/bench.h"
#include "tests/lib/eye_photos.h"
#include "tests/lib/eye_tally.h"
#include "tests/lib/render_ahead.h"
#include "tests/lib/render_held.h"

#define FRAMES_USUAL 300u
#define IDLE_FRAMES  24u
#define PHOTOS       "../shared/qr/images"

extern char **environ;

struct show;

/* All that takes part. */
struct bench {
    struct eye eyes[EYES_MAX];
    unsigned eye_count;
    unsigned frames;
    uint64_t seed;
    const struct show *show; /* of the sequences */
    enum render_set set;     /* of the frames that are being rendered */
    struct decoder decoder;
    double decode_ms;
    unsigned decoded;
    size_t wrong; /* of ours, where there must be none */
};

static unsigned number_of(const char *name, unsigned otherwise) {
    const char *text = getenv(name);
    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

static struct grey decode(struct bench *bench, struct span jpeg) {
    struct grey picture = {0};
    struct frame frame = {.format = FRAME_MJPEG, .bytes = jpeg};
    double before_ms = eye_cpu_ms();
    if (decode_frame(&bench->decoder, &frame, &picture) != ERR_OK) {
        fputs("eye_bench: a rendered frame is not decoded\n", stderr);
        exit(1);
    }
    bench->decode_ms += eye_cpu_ms() - before_ms;
    bench->decoded++;
    return picture;
}

static void save_bytes(const char *folder, const char *name, const char *end, struct span bytes) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, end);
    FILE *file = fopen(path, "wb");
    if (file != NULL) {
        fwrite(bytes.ptr, 1, bytes.len, file);
        fclose(file);
    }
}

/* What a frame is called: set, place and conditions. */
static void call(const char *set, unsigned place, const struct render_spec *spec, char name[NAME_MAX]) {
    snprintf(name, NAME_MAX, "%s-%04u-%s-v%u%c-%up", set, place, spec->condition, spec->version, spec->level,
             spec->height_px);
    for (char *c = name; *c != 0; c++) {
        *c = *c == ' ' ? '-' : *c;
    }
}

static void save(const char *name, const struct render_ahead_frame *frame) {
    const char *folder = getenv("EYE_SAVE");
    if (folder != NULL) {
        save_bytes(folder, name, ".jpg", frame->jpeg);
        save_bytes(folder, name, ".bin", frame->payload);
    }
}

static struct render_spec frame_of_set(void *ctx, unsigned place) {
    const struct bench *bench = ctx;
    return render_sets_frame(bench->set, bench->seed, place);
}

static void show_set(struct bench *bench, enum render_set set, unsigned count) {
    struct eye_tally tally = {.eyes = bench->eyes, .eye_count = bench->eye_count};
    struct render_ahead ahead;
    struct render_ahead_frame frame;
    char name[NAME_MAX];
    bench->set = set;
    render_ahead_open(frame_of_set, bench, count, &ahead);
    while (render_ahead_next(&ahead, &frame)) {
        struct grey picture = decode(bench, frame.jpeg);
        call(render_sets_name(set), ahead.place - 1, &frame.spec, name);
        save(name, &frame);
        eye_tally_show(&tally, frame.spec.condition, name, &picture, frame.payload);
    }
    render_ahead_close(&ahead);
    bench->wrong += eye_tally_sum(&tally, 0, NULL).wrong;
    eye_tally_print(&tally, render_sets_name(set));
    eye_tally_close(&tally);
}

/* Sequences of one kind. */
struct show {
    const char *name;
    unsigned frames; /* of one sequence */
    struct render_spec (*step)(uint64_t seed, unsigned number, unsigned step);
};

static const struct show SHOWN = {"sequences", RENDER_SEQUENCE_FRAMES, render_sets_step};
static const struct show HELD = {"held still", RENDER_HELD_FRAMES, render_held_step};

static struct render_spec step_of_sequence(void *ctx, unsigned place) {
    const struct bench *bench = ctx;
    const struct show *show = bench->show;
    return show->step(bench->seed, place / show->frames, place % show->frames);
}

/* Frame of first decode, from 1; one more than there are: never. */
struct firsts {
    const struct show *show;
    unsigned count;
    unsigned *of[EYES_MAX];
};

static void see_step(struct bench *bench, struct firsts *firsts, unsigned sequence, unsigned step,
                     const struct render_ahead_frame *frame) {
    struct grey picture = decode(bench, frame->jpeg);
    for (unsigned i = 0; i < bench->eye_count; i++) {
        struct eye_answer answer;
        if (step == 0) {
            eye_forget(&bench->eyes[i]);
            firsts->of[i][sequence] = firsts->show->frames + 1;
        }
        if (firsts->of[i][sequence] <= step) {
            continue;
        }
        eye_look(&bench->eyes[i], &picture, &answer);
        enum eye_outcome outcome = eye_tally_judge(&answer, frame->payload);
        bench->wrong += i == 0 && outcome == EYE_WRONG;
        if (outcome == EYE_READ) {
            firsts->of[i][sequence] = step + 1;
        }
    }
}

/* Mean frame of an eye's first decode over those sequences that another misses at frame one. */
static double mean_first(const struct firsts *firsts, unsigned eye, unsigned missed_by) {
    double sum = 0;
    unsigned count = 0;
    for (unsigned i = 0; i < firsts->count; i++) {
        if (firsts->of[missed_by][i] > 1) {
            sum += firsts->of[eye][i];
            count++;
        }
    }
    return count == 0 ? 1 : sum / count;
}

static void print_firsts(const struct bench *bench, const struct firsts *firsts) {
    char name[96];
    printf("\n%s, %u frames each: the frame at which each eye reads the code; %u is never\n",
           firsts->show->name, firsts->show->frames, firsts->show->frames + 1);
    for (unsigned i = 0; i < bench->eye_count; i++) {
        unsigned read = 0;
        printf("  %-34s", bench->eyes[i].name);
        for (unsigned j = 0; j < firsts->count; j++) {
            read += firsts->of[i][j] <= firsts->show->frames;
            printf(" %2u", firsts->of[i][j]);
        }
        printf("  reads %u of %u\n", read, firsts->count);
    }
    for (unsigned i = 1; i < bench->eye_count; i++) {
        snprintf(name, sizeof name, "eye, %s: first read, of those it misses at 1", firsts->show->name);
        bench_report(name, mean_first(firsts, 0, i), "frame", bench->eyes[i].name, mean_first(firsts, i, i));
        snprintf(name, sizeof name, "eye, %s: first read, of those we miss at 1", firsts->show->name);
        bench_report(name, mean_first(firsts, 0, 0), "frame", bench->eyes[i].name, mean_first(firsts, i, 0));
    }
}

static void show_sequences(struct bench *bench, const struct show *show, unsigned count) {
    struct firsts firsts = {.show = show, .count = count};
    struct render_ahead ahead;
    struct render_ahead_frame frame;
    char name[NAME_MAX];
    bench->show = show;
    for (unsigned i = 0; i < bench->eye_count; i++) {
        firsts.of[i] = calloc(count, sizeof *firsts.of[i]);
    }
    render_ahead_open(step_of_sequence, bench, count * show->frames, &ahead);
    while (render_ahead_next(&ahead, &frame)) {
        unsigned place = ahead.place - 1;
        call(show->name, place, &frame.spec, name);
        save(name, &frame);
        see_step(bench, &firsts, place / show->frames, place % show->frames, &frame);
    }
    render_ahead_close(&ahead);
    print_firsts(bench, &firsts);
    for (unsigned i = 0; i < bench->eye_count; i++) {
        free(firsts.of[i]);
    }
}

/* Beside ourselves without what frames before have shown. */
static void show_all_sequences(struct bench *bench) {
    unsigned count = (bench->frames + 24) / 25;
    bench->eyes[bench->eye_count++] = eye_ours(EYE_CAMERA_FORGETS);
    show_sequences(bench, &SHOWN, count);
    show_sequences(bench, &HELD, count);
    eye_close(&bench->eyes[--bench->eye_count]);
}

/* The room alone: the panel lies far out of the picture. */
static struct render_spec empty_room(void *ctx, unsigned place) {
    struct render_spec spec = frame_of_set(ctx, place);
    spec.x_px = 1e5;
    spec.width_px = 1280;
    spec.height_px = 720;
    return spec;
}

static void show_empty_rooms(struct bench *bench) {
    struct eye_tally tally = {.eyes = bench->eyes, .eye_count = bench->eye_count};
    struct render_ahead ahead;
    struct render_ahead_frame frame;
    bench->set = RENDER_KIOSK;
    void (*forget)(void *) = bench->eyes[0].forget; /* one camera, so that all ways take their turn */
    bench->eyes[0].forget = NULL;
    render_ahead_open(empty_room, bench, IDLE_FRAMES, &ahead);
    while (render_ahead_next(&ahead, &frame)) {
        struct grey picture = decode(bench, frame.jpeg);
        eye_tally_show(&tally, "empty room, 720p", "", &picture, (struct span){0});
    }
    render_ahead_close(&ahead);
    bench->wrong += eye_tally_sum(&tally, 0, NULL).wrong;
    bench->eyes[0].forget = forget;
    eye_tally_print(&tally, "idle");
    eye_tally_close(&tally);
}

static void convert_webp(const char *to) {
    pid_t pid = 0;
    char *arguments[] = {(char *)(uintptr_t) "tests/bench/peers/webp.sh", (char *)(uintptr_t)PHOTOS,
                         (char *)(uintptr_t)to, NULL};
    if (posix_spawn(&pid, arguments[0], NULL, NULL, arguments, environ) == 0) {
        (void)waitpid(pid, NULL, 0);
    }
}

/* Photographs may hold what an eye may read in more than one way: what is wrong there is printed only. */
static void show_photos(struct bench *bench, int folder_count, char **folders) {
    struct eye_tally tally = {.eyes = bench->eyes, .eye_count = bench->eye_count};
    const char *build = getenv("BUILD");
    char converted[PATH_MAX];
    glob_t found = {0};
    snprintf(converted, sizeof converted, "%s/photos", build == NULL ? "build" : build);
    if (glob(PHOTOS "/*", GLOB_ONLYDIR, NULL, &found) == 0) {
        convert_webp(converted);
    } else {
        puts("\nphotographs: skipped, there is no " PHOTOS);
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        eye_photos_show(found.gl_pathv[i], converted, &tally);
    }
    for (int i = 0; i < folder_count; i++) {
        eye_photos_show(folders[i], NULL, &tally);
    }
    puts("\nwhere a set publishes text, payloads in another character set than UTF-8 count as wrong:");
    eye_tally_print(&tally, "photographs");
    eye_tally_close(&tally);
    globfree(&found);
}

static void open_eyes(struct bench *bench) {
    static const char *const peers[] = {"tests/bench/peers/zxing_wasm.sh", "tests/bench/peers/zxing_cpp.sh"};
    bench->eyes[bench->eye_count++] = eye_ours(EYE_ALONE);
    bench->eyes[bench->eye_count++] = eye_zbar(false);
    bench->eyes[bench->eye_count++] = eye_zbar(true);
    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
        bench->eye_count += eye_peer(peers[i], &bench->eyes[bench->eye_count]);
    }
}

int main(int argc, char **argv) {
    struct bench bench = {.frames = number_of("FRAMES", FRAMES_USUAL), .seed = number_of("SEED", 1)};
    open_eyes(&bench);
    show_set(&bench, RENDER_KIOSK, bench.frames);
    show_set(&bench, RENDER_HARD, bench.frames * 11 / 30);
    show_set(&bench, RENDER_NEGATIVE, bench.frames * 7 / 50);
    struct eye alone = bench.eyes[0];
    bench.eyes[0] = eye_ours(EYE_CAMERA);
    show_empty_rooms(&bench);
    show_all_sequences(&bench);
    eye_close(&bench.eyes[0]);
    bench.eyes[0] = alone;
    show_photos(&bench, argc - 1, argv + 1);
    bench_report("eye: JPEG of a rendered frame to grey", bench.decode_ms / bench.decoded, "ms", NULL, 0);
    bench_report("eye: wrong payloads of rendered frames", (double)bench.wrong, "", NULL, 0);
    for (unsigned i = 0; i < bench.eye_count; i++) {
        eye_close(&bench.eyes[i]);
    }
    decode_close(&bench.decoder);
    return bench.wrong == 0 ? 0 : 1;
}
