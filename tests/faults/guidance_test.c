/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader and the screen say of a code that is shown and not read. */
#include "tests/lib/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "tests/lib/plate.h"
#include "tests/lib/reader_rig.h"
#include "tests/lib/rig.h"
#include "tests/lib/scene.h"

/* ---- the reader alone */

/* A reader with a pipe for a camera, which answers every frame. */
struct sight {
    struct reader_rig reader;
    int camera;
};

static int start_reader(void **state) {
    static struct sight sight;
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) != 0) {
        return -1;
    }
    reader_rig_start(&sight.reader);
    reader_rig_camera(&sight.reader, MESSAGE_READER_START, CAMERA_PIPE, ends[0], READER_EVERY_FRAME);
    close(ends[0]);
    sight.camera = ends[1];
    *state = &sight;
    return 0;
}

static int stop_reader(void **state) {
    struct sight *sight = *state;
    close(sight->camera);
    return reader_rig_stop(&sight->reader) == 0 ? 0 : -1;
}

/* The same picture at 30 a second of its own clock, beginning at *now_us. */
static void send_for(struct sight *rig, const struct grey *picture, int64_t *now_us, unsigned frames) {
    for (unsigned i = 0; i < frames; i++, *now_us += 33333) {
        struct frame frame = {
            FRAME_GREY,
            picture->width_px,
            picture->height_px,
            picture->width_px,
            span_of_bytes(picture->pixels, (size_t)picture->width_px * picture->height_px),
            *now_us,
        };
        assert_ok(pipe_frame_write(rig->camera, &frame));
    }
}

/* What it said when it had answered so many frames. */
static struct message_stats stats_after(struct sight *rig, uint64_t frames) {
    struct message_stats stats = {0};
    for (int i = 0; i < 100 && stats.frames < frames; i++) {
        (void)reader_rig_next(&rig->reader, 100, &stats);
    }
    assert_int_equal(stats.frames, frames);
    return stats;
}

/* Half a second of pictures is 15. */
static void a_blurred_code_is_said_within_half_a_second_and_a_read_one_at_once(void **state) {
    static struct render_code code;
    plate_code(16, &code);
    struct plate plate = {.code = &code, .module_px = 4.5, .middle = {320, 240}, .blur_px = 6.5};
    struct grey blurred = plate_draw(&plate, 640, 480), empty = scene_blank(640, 480);
    plate.blur_px = 0;
    struct grey sharp = plate_draw(&plate, 640, 480);
    assert_int_equal(start_reader(state),
                     0); /* now: a camera that shows nothing while pictures are drawn has stalled */
    struct sight *rig = *state;
    int64_t now_us = 1000000;
    send_for(rig, &empty, &now_us, 10);
    assert_int_equal(stats_after(rig, 10).advice, GUIDANCE_NOTHING);
    send_for(rig, &blurred, &now_us, 3);
    struct message_stats stats = stats_after(rig, 13);
    assert_int_equal(stats.sees, GUIDANCE_BLURRED);
    assert_int_equal(stats.advice, GUIDANCE_NOTHING);
    send_for(rig, &blurred, &now_us, 9);
    assert_int_equal(stats_after(rig, 22).advice, GUIDANCE_BLURRED);
    send_for(rig, &sharp, &now_us, 1);
    struct message message = reader_rig_next(&rig->reader, 5000, NULL);
    assert_int_equal(message.type, MESSAGE_SYMBOL);
    stats = stats_after(rig, 23);
    assert_int_equal(stats.sees, GUIDANCE_READ);
    assert_int_equal(stats.advice, GUIDANCE_READ);
    free(blurred.pixels);
    free(empty.pixels);
    free(sharp.pixels);
    assert_int_equal(stop_reader(state), 0);
}

/* ---- the whole kiosk */

static int start_kiosk(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    rig_start(rig);
    rig_put_badge(rig, "good", &(struct rig_badge){.status_index = 1});
    *state = rig;
    return 0;
}

static int stop_kiosk(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}

/* A code in the camera's picture, as far away and as sharp as is said. */
static void put_plate(const struct rig *rig, const char *file, unsigned version, double module_px,
                      double blur_px) {
    static struct render_code code;
    plate_code(version, &code);
    struct plate plate = {.code = &code, .module_px = module_px, .middle = {320, 240}, .blur_px = blur_px};
    struct grey picture = plate_draw(&plate, 640, 480);
    rig_put_picture(rig, file, &picture);
    free(picture.pixels);
}

static bool has_picture(const struct rig *rig, const char *name) {
    char path[PATH_MAX];
    testpack_path(&rig->pack, name, path);
    return access(path, R_OK) == 0;
}

static void assert_row(const char *table, const char *row) {
    if (strstr(table, row) == NULL) {
        fail_msg("\"%s\" is not in\n%s", row, table);
    }
}

static void the_screen_says_what_is_wrong_with_a_code_in_view(void **state) {
    struct rig *rig = *state;
    put_plate(rig, "blurred", 16, 4.5, 6.5);
    put_plate(rig, "far", 30, 0.8, 0.3);
    rig_put_script(rig, RIG_CLOCK "empty 10\nscene blurred\nframe blurred.jpg for 2500 ms\nempty 30\n"
                                  "scene far\nframe far.jpg for 2500 ms\nempty 30\n"
                                  "scene good\nframe good.jpg for 1200 ms\nempty 50\n");
    char table[4096];
    (void)rig_tour(rig, table, sizeof table);
    assert_row(table, "blurred\t-\tblurred\t");
    assert_row(table, "far\t-\ttoo-far\t");
    assert_row(table, "good\tvalid\tok\t");
    assert_true(has_picture(rig, "tour/scan-blurred-en.png"));
    assert_true(has_picture(rig, "tour/pin-en.png") && has_picture(rig, "tour/admin-ru.png"));
    assert_true(has_picture(rig, "tour/trust-ar.png") && has_picture(rig, "tour/import-en.png"));
    assert_true(has_picture(rig, "tour/clock-ru.png"));
    assert_true(has_picture(rig, "tour/scan-too-far-ar.png"));
    assert_true(has_picture(rig, "tour/scan-partly-out-ru.png"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blurred_code_is_said_within_half_a_second_and_a_read_one_at_once),
        cmocka_unit_test_setup_teardown(the_screen_says_what_is_wrong_with_a_code_in_view, start_kiosk,
                                        stop_kiosk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
