/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/reader_scene.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "tests/lib/check.h"
#include "tests/lib/scene.h"

int reader_scene_plug(struct reader_scene *scene, enum message_type type, uint32_t flags) {
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    reader_rig_camera(&scene->reader, type, CAMERA_PIPE, ends[0], flags);
    close(ends[0]);
    scene->camera = ends[1];
    return 0;
}

int reader_scene_start(void **state, uint32_t flags) {
    static struct reader_scene scene;
    signal(SIGPIPE, SIG_IGN);
    reader_rig_start(&scene.reader);
    *state = &scene;
    return reader_scene_plug(&scene, MESSAGE_READER_START, flags);
}

int reader_scene_stop(void **state) {
    struct reader_scene *scene = *state;
    close(scene->camera);
    return reader_rig_stop(&scene->reader) == 0 ? 0 : -1;
}

struct frame reader_scene_frame(const struct grey *picture) {
    return (struct frame){
        FRAME_GREY,
        picture->width_px,
        picture->height_px,
        picture->width_px,
        span_of_bytes(picture->pixels, (size_t)picture->width_px * picture->height_px),
        0,
    };
}

void reader_scene_show(struct reader_scene *scene, const struct grey *picture) {
    struct frame frame = reader_scene_frame(picture);
    assert_ok(pipe_frame_write(scene->camera, &frame));
}

void reader_scene_show_and_free(struct reader_scene *scene, struct grey picture) {
    assert_non_null(picture.pixels);
    reader_scene_show(scene, &picture);
    free(picture.pixels);
}

void reader_scene_expect(struct reader_scene *scene, struct span expected) {
    struct message message = reader_rig_next(&scene->reader, 5000, NULL);
    struct message_symbol symbol = {0};
    assert_int_equal(message.type, MESSAGE_SYMBOL);
    assert_ok(messages_get_symbol(message.body, &symbol));
    assert_true(span_equal(symbol.payload, expected));
    assert_true(symbol.captured_us > 0);
}

void reader_scene_reads_on(struct reader_scene *scene, const char *text) {
    reader_scene_show_and_free(scene, scene_qr(span_of_text(text), 4));
    reader_scene_expect(scene, span_of_text(text));
}
