/* SPDX-License-Identifier: Apache-2.0 */
/* The reader, locked in as it ships, shown a message that was cut into several codes, one after the other. */
#include "tests/lib/check.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "tests/lib/reader_rig.h"
#include "tests/lib/scene.h"

/* Larger than any one code, and than what a packet took before messages were joined. */
#define WHOLE_BYTES 20000

static struct reader_rig rig;
static int camera;
static uint8_t bytes[WHOLE_BYTES];

static int start(void **state) {
    (void)state;
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    reader_rig_start(&rig);
    if (pipe(ends) != 0) {
        return -1;
    }
    reader_rig_camera(&rig, MESSAGE_READER_START, CAMERA_PIPE, ends[0], READER_EVERY_FRAME | READER_THOROUGH);
    close(ends[0]);
    camera = ends[1];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 31 + i / 251);
    }
    return 0;
}

static int stop(void **state) {
    (void)state;
    close(camera);
    return reader_rig_stop(&rig) == 0 ? 0 : -1;
}

static struct grey part_of(struct span whole, unsigned index) {
    return scene_qr_part_of(whole, 40, index, 3);
}

static unsigned count_parts(struct span whole) {
    unsigned total = 0;
    for (struct grey part; (part = part_of(whole, total)).pixels != NULL; total++) {
        free(part.pixels);
    }
    return total;
}

static void show(struct grey picture) {
    struct frame frame = {
        FRAME_GREY,
        picture.width_px,
        picture.height_px,
        picture.width_px,
        span_of_bytes(picture.pixels, (size_t)picture.width_px * picture.height_px),
        0,
    };
    assert_ok(pipe_frame_write(camera, &frame));
    free(picture.pixels);
}

/* Until then nothing is told but which parts are here. */
static void joins_a_message_of_several_pictures(void **state) {
    (void)state;
    struct span whole = span_of_bytes(bytes, sizeof bytes);
    struct message_symbol symbol = {0};
    unsigned total = count_parts(whole);
    assert_int_equal(total, 7);
    for (unsigned i = 0; i + 1 < total; i++) {
        struct message_stats stats = {0};
        unsigned index = (i * 3 + 1) % total;
        show(part_of(whole, index));
        while (stats.frames < i + 1) {
            assert_int_equal(reader_rig_next(&rig, 200, &stats).type, MESSAGE_NONE);
        }
        assert_int_equal(stats.parts_total, total);
        assert_int_equal(__builtin_popcount(stats.parts_seen), i + 1);
        assert_true((stats.parts_seen >> index & 1) != 0);
    }
    show(part_of(whole, ((total - 1) * 3 + 1) % total));
    struct message message = reader_rig_next(&rig, 5000, NULL);
    assert_int_equal(message.type, MESSAGE_SYMBOL);
    assert_ok(messages_get_symbol(message.body, &symbol));
    assert_true(span_equal(symbol.payload, whole));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(joins_a_message_of_several_pictures)};
    return cmocka_run_group_tests(tests, start, stop);
}
