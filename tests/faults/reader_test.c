/* SPDX-License-Identifier: Apache-2.0 */
/* The reader, locked in as it ships, fed with good, odd and hostile pictures. */
#include "tests/lib/check.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "kiosk/ending.h"
#include "tests/lib/reader_scene.h"
#include "tests/lib/scene.h"

static int start(void **state) {
    return reader_scene_start(state, 0);
}

static int start_every(void **state) {
    return reader_scene_start(state, READER_EVERY_FRAME | READER_THOROUGH);
}

static void hands_over_the_exact_bytes_once(void **state) {
    struct reader_scene *rig = *state;
    uint8_t all[256];
    for (size_t i = 0; i < sizeof all; i++) {
        all[i] = (uint8_t)i;
    }
    struct grey picture = scene_qr(span_of_bytes(all, sizeof all), 4);
    for (unsigned i = 0; i < 20; i++) {
        reader_scene_show(rig, &picture);
    }
    free(picture.pixels);
    reader_scene_expect(rig, span_of_bytes(all, sizeof all));
    reader_scene_reads_on(rig, "the next one");
}

static void says_that_there_are_two_codes(void **state) {
    struct reader_scene *rig = *state;
    struct grey one = scene_qr(span_of_text("one"), 5);
    struct grey two = scene_qr(span_of_text("two"), 5);
    reader_scene_show_and_free(rig, scene_beside(&one, &two));
    assert_int_equal(reader_rig_next(&rig->reader, 5000, NULL).type, MESSAGE_TWO_CODES);
    free(one.pixels);
    free(two.pixels);
    reader_scene_reads_on(rig, "three");
}

static void damaged_pictures_are_dropped_and_counted(void **state) {
    struct reader_scene *rig = *state;
    struct message_stats stats = {0};
    struct grey qr = scene_qr(span_of_text("cut"), 4);
    struct span jpeg = scene_jpeg(&qr);
    for (size_t len = 1; len < jpeg.len; len += jpeg.len / 20) {
        struct frame frame = {.format = FRAME_MJPEG, .bytes = span_of_bytes(jpeg.ptr, len)};
        assert_ok(pipe_frame_write(rig->camera, &frame));
    }
    reader_scene_reads_on(rig, "whole");
    while (stats.frames < 21) {
        assert_int_equal(reader_rig_next(&rig->reader, 300, &stats).type, MESSAGE_NONE);
    }
    assert_int_equal(stats.dropped, stats.frames - 1);
    free(qr.pixels);
    free((void *)(uintptr_t)jpeg.ptr);
}

/* zbar asks iconv for character sets by what a stranger's code says; the lock must not kill for it. */
static void no_character_set_kills_it(void **state) {
    struct reader_scene *rig = *state;
    static const unsigned sets[] = {0,  1,  2,  3,  4,  9,  11, 12,  13,  14,  15,
                                    16, 17, 18, 20, 25, 26, 28, 170, 899, 5000};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        reader_scene_show_and_free(rig, scene_qr_eci(sets[i], span_of_text("\xE1\xE2\xFF\x81"), 4));
    }
    reader_scene_show_and_free(rig, scene_qr(span_of_text("\x83\x65\x83\x58\x83\x67"), 4));
    reader_scene_show_and_free(rig, scene_qr(span_of_text("\xB4\xFA\xB8\xD5"), 4));
    struct message message;
    do {
        message = reader_rig_next(&rig->reader, 1500, NULL);
    } while (message.type == MESSAGE_SYMBOL);
    assert_int_equal(message.type, MESSAGE_NONE);
    reader_scene_reads_on(rig, "alive");
}

static void odd_sizes_do_not_matter(void **state) {
    struct reader_scene *rig = *state;
    static const uint32_t sizes[][2] = {{1, 1}, {1, 4096}, {4096, 1}, {3, 5}, {4096, 300}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        reader_scene_show_and_free(rig, scene_blank(sizes[i][0], sizes[i][1]));
    }
    reader_scene_reads_on(rig, "alive");
}

static enum err lost(struct reader_scene *rig, int timeout_ms) {
    struct message message = reader_rig_next(&rig->reader, timeout_ms, NULL);
    struct message_lost cause = {0};
    assert_int_equal(message.type, MESSAGE_CAMERA_LOST);
    assert_ok(messages_get_lost(message.body, &cause));
    return cause.cause;
}

static void a_camera_that_goes_away_is_said_and_another_taken(void **state) {
    struct reader_scene *rig = *state;
    for (unsigned i = 0; i < 3; i++) {
        reader_scene_reads_on(rig, i == 0 ? "a" : i == 1 ? "b" : "c");
        close(rig->camera);
        assert_int_equal(lost(rig, 5000), ERR_CAMERA_GONE);
        assert_int_equal(reader_scene_plug(rig, MESSAGE_CAMERA, 0), 0);
    }
    reader_scene_reads_on(rig, "d");
}

static void a_stall_is_a_camera_lost(void **state) {
    struct reader_scene *rig = *state;
    reader_scene_reads_on(rig, "a");
    assert_int_equal(lost(rig, 5000), ERR_CAMERA_TIMEOUT);
    close(rig->camera);
    assert_int_equal(reader_scene_plug(rig, MESSAGE_CAMERA, 0), 0);
    reader_scene_reads_on(rig, "b");
}

static void garbage_on_the_pipe_is_a_camera_lost(void **state) {
    struct reader_scene *rig = *state;
    static const uint8_t garbage[300] = {1, 2, 3};
    assert_int_equal(write(rig->camera, garbage, sizeof garbage), sizeof garbage);
    assert_int_equal(lost(rig, 5000), ERR_CAMERA_GONE);
    close(rig->camera);
    assert_int_equal(reader_scene_plug(rig, MESSAGE_CAMERA, 0), 0);
    reader_scene_reads_on(rig, "alive");
}

static void something_that_is_no_camera_is_refused(void **state) {
    struct reader_scene *rig = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    reader_rig_camera(&rig->reader, MESSAGE_CAMERA, CAMERA_V4L2, ends[0], 0);
    assert_int_equal(lost(rig, 5000), ERR_CAMERA_REFUSED);
    close(ends[0]);
    close(ends[1]);
    close(rig->camera);
    assert_int_equal(reader_scene_plug(rig, MESSAGE_CAMERA, 0), 0);
    reader_scene_reads_on(rig, "alive");
}

static void every_frame_is_told_where_that_is_asked(void **state) {
    struct reader_scene *rig = *state;
    struct grey same = scene_qr(span_of_text("same"), 4);
    struct grey inverted = scene_inverted(&same);
    for (unsigned i = 0; i < 4; i++) {
        reader_scene_show(rig, &same);
    }
    reader_scene_show(rig, &inverted);
    close(rig->camera);
    rig->camera = -1;
    struct message_stats stats = {0};
    unsigned codes = 0;
    struct message message;
    while ((message = reader_rig_next(&rig->reader, 5000, &stats)).type == MESSAGE_SYMBOL) {
        codes++;
    }
    assert_int_equal(message.type, MESSAGE_CAMERA_LOST);
    assert_int_equal(codes, 5);
    assert_int_equal(stats.frames, 5);
    free(same.pixels);
    free(inverted.pixels);
}

/* What one picture alone gives with these flags. */
static unsigned codes_of_one(void **state, uint32_t flags, const struct grey *picture) {
    struct message_stats stats = {0};
    struct message message = {0};
    unsigned codes = 0;
    assert_int_equal(reader_scene_start(state, flags), 0);
    struct reader_scene *rig = *state;
    reader_scene_show(rig, picture);
    while (message.type != MESSAGE_NONE || stats.frames == 0) {
        message = reader_rig_next(&rig->reader, 300, &stats);
        codes += message.type == MESSAGE_SYMBOL;
    }
    assert_int_equal(stats.codes, codes);
    assert_int_equal(reader_scene_stop(state), 0);
    return codes;
}

static void a_picture_without_a_code_is_looked_at_again_where_that_is_asked(void **state) {
    struct grey picture =
        scene_beside_a_wall(span_of_text("persist 0123456789 abcdefghijklmnopqrstuvwxyz 0123456789"));
    assert_int_equal(codes_of_one(state, READER_EVERY_FRAME, &picture), 0);
    assert_int_equal(codes_of_one(state, READER_EVERY_FRAME | READER_PERSIST, &picture), 1);
    free(picture.pixels);
}

static void a_message_that_it_does_not_know_ends_it(void **state) {
    (void)state;
    struct reader_rig reader;
    reader_rig_start(&reader);
    assert_int_equal(write(reader.socket, "hello", 5), 5);
    assert_int_equal(reader_rig_next(&reader, 5000, NULL).type, MESSAGE_NONE);
    int status = reader_rig_stop(&reader);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == ENDING_WORK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hands_over_the_exact_bytes_once, start, reader_scene_stop),
        cmocka_unit_test_setup_teardown(says_that_there_are_two_codes, start, reader_scene_stop),
        cmocka_unit_test_setup_teardown(damaged_pictures_are_dropped_and_counted, start_every,
                                        reader_scene_stop),
        cmocka_unit_test_setup_teardown(no_character_set_kills_it, start_every, reader_scene_stop),
        cmocka_unit_test_setup_teardown(odd_sizes_do_not_matter, start_every, reader_scene_stop),
        cmocka_unit_test_setup_teardown(a_camera_that_goes_away_is_said_and_another_taken, start,
                                        reader_scene_stop),
        cmocka_unit_test_setup_teardown(a_stall_is_a_camera_lost, start, reader_scene_stop),
        cmocka_unit_test_setup_teardown(garbage_on_the_pipe_is_a_camera_lost, start, reader_scene_stop),
        cmocka_unit_test_setup_teardown(something_that_is_no_camera_is_refused, start, reader_scene_stop),
        cmocka_unit_test_setup_teardown(every_frame_is_told_where_that_is_asked, start_every,
                                        reader_scene_stop),
        cmocka_unit_test(a_picture_without_a_code_is_looked_at_again_where_that_is_asked),
        cmocka_unit_test(a_message_that_it_does_not_know_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
