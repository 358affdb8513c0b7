/* SPDX-License-Identifier: Apache-2.0 */
/* Board sim whole: its camera as a child process, its clock and disk, each line of the script language. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "boards/board.h"
#include "frame/decode.h"
#include "symbol/symbol.h"
#include "tests/lib/scene.h"
#include "tests/lib/temp_folder.h"

/* A data folder with a script and pictures in it. */
struct rig {
    char folder[TEMP_FOLDER_SIZE];
    struct board board;
    struct camera_port camera;
    struct decoder decoder;
    struct symbol_reader *symbols;
};

static void write_file(const char *folder, const char *name, struct span bytes) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fclose(file);
}

/* NAME.pgm, whose code says NAME; at two pixels a module, so that the scenery has to enlarge it. */
static void write_code(const char *folder, const char *name) {
    char file[100], header[60];
    struct grey qr = scene_qr(span_of_text(name), 2);
    size_t size = (size_t)qr.width_px * qr.height_px;
    int len = snprintf(header, sizeof header, "P5 %u %u 255\n", qr.width_px, qr.height_px);
    uint8_t *bytes = malloc((size_t)len + size);
    memcpy(bytes, header, (size_t)len);
    memcpy(bytes + len, qr.pixels, size);
    snprintf(file, sizeof file, "%s.pgm", name);
    write_file(folder, file, span_of_bytes(bytes, (size_t)len + size));
    free(bytes);
    free(qr.pixels);
}

static int start(void **state) {
    static struct rig rig;
    rig = (struct rig){0};
    signal(SIGPIPE, SIG_IGN);
    if (!temp_folder_make(rig.folder) || symbol_start(&rig.symbols) != ERR_OK) {
        return -1;
    }
    write_code(rig.folder, "first");
    write_code(rig.folder, "second");
    *state = &rig;
    return 0;
}

static void close_camera(struct rig *rig) {
    if (rig->camera.ctx != NULL) {
        rig->camera.stop(rig->camera.ctx);
    }
    rig->camera = (struct camera_port){0};
}

static int stop(void **state) {
    struct rig *rig = *state;
    close_camera(rig);
    board_close(&rig->board);
    decode_close(&rig->decoder);
    symbol_stop(rig->symbols);
    return temp_folder_remove(rig->folder) ? 0 : -1;
}

static enum err open_board(struct rig *rig, const char *play, bool loop, struct profile_complaint *why) {
    char path[300];
    const char *programs = getenv("BIN");
    snprintf(path, sizeof path, "%s/%s", rig->folder, play == NULL ? "" : play);
    struct board_wish wish = {.name = "sim",
                              .profiles = "boards/profiles",
                              .data = rig->folder,
                              .programs = programs == NULL ? "build/bin" : programs,
                              .play = play == NULL ? NULL : path,
                              .loop = loop};
    return board_open(&wish, &rig->board, why);
}

static void open_script(struct rig *rig, const char *script) {
    struct profile_complaint why = {{0}};
    write_file(rig->folder, "script", span_of_text(script));
    if (open_board(rig, "script", false, &why) != ERR_OK) {
        fail_msg("%s", why.text);
    }
}

static enum err open_camera(struct rig *rig) {
    enum camera_kind kind = CAMERA_NONE;
    int descriptor = -1;
    struct camera_wish wish = {0};
    close_camera(rig);
    TRY(board_open_camera(&rig->board, &kind, &descriptor, &wish));
    assert_int_equal(kind, CAMERA_PIPE);
    assert_int_equal(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    wish.every_frame = true;
    TRY(camera_from_descriptor(kind, descriptor, &rig->camera));
    return rig->camera.start(rig->camera.ctx, &wish);
}

/* What the next frame says: its code's text, "" for none, "damaged", "gone", "timeout". */
static const char *next(struct rig *rig, char out[32]) {
    struct frame frame = {0};
    struct grey picture = {0};
    struct symbols symbols = {0};
    out[0] = '\0';
    enum err err = rig->camera.next(rig->camera.ctx, 1500, &frame);
    if (err != ERR_OK) {
        return err == ERR_CAMERA_GONE ? "gone" : err == ERR_CAMERA_TIMEOUT ? "timeout" : "?";
    }
    if (decode_frame(&rig->decoder, &frame, &picture) != ERR_OK) {
        return "damaged";
    }
    assert_ok(symbol_read(rig->symbols, &picture, false, &symbols));
    if (symbols.count > 0) {
        snprintf(out, 32, "%.*s", (int)symbols.payloads[0].len, (const char *)symbols.payloads[0].ptr);
    }
    return out;
}

static void assert_next(struct rig *rig, const char *expected) {
    char text[32];
    assert_string_equal(next(rig, text), expected);
}

static void plays_frames_in_order_then_an_empty_scene(void **state) {
    struct rig *rig = *state;
    struct board_scene scene;
    open_script(
        rig, "scene One\nframe first.pgm for 2 frames\ntimeout 900\nscene Two\nempty 2\nframe second.pgm\n");
    assert_true(board_scene(&rig->board, &scene));
    assert_int_equal(scene.first_frame_us, 0);
    assert_true(board_child(&rig->board) > 0);
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_true(board_scene(&rig->board, &scene));
    assert_string_equal(scene.name, "One");
    assert_int_equal(scene.number, 1);
    assert_true(scene.first_frame_us > 0);
    assert_next(rig, "first");
    assert_next(rig, "");
    assert_next(rig, "");
    assert_next(rig, "second");
    assert_next(rig, "");
    assert_true(board_scene(&rig->board, &scene));
    assert_string_equal(scene.name, "Two");
    assert_int_equal(scene.number, 2);
    assert_true(scene.ended);
    assert_true(scene.first_frame_us > 0);
}

static void damages_frames_as_asked(void **state) {
    struct rig *rig = *state;
    open_script(rig, "frame first.pgm\nframe cut 900\nframe cut 1\nflip 4\nframe first.pgm\n");
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_next(rig, "damaged");
    assert_next(rig, "damaged");
    assert_next(rig, "damaged");
    assert_next(rig, "first");
}

static void waits_where_the_script_says_timeout(void **state) {
    struct rig *rig = *state;
    open_script(rig, "frame first.pgm\ntimeout 2000\nframe second.pgm\n");
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_next(rig, "timeout");
    assert_next(rig, "second");
}

static void unplugs_and_comes_back(void **state) {
    struct rig *rig = *state;
    open_script(rig, "frame first.pgm\nunplug\ntimeout 400\nplug\nframe second.pgm\n");
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_next(rig, "gone");
    assert_err(open_camera(rig), ERR_CAMERA_GONE);
    usleep(600 * 1000);
    assert_ok(open_camera(rig));
    assert_next(rig, "second");
}

static void a_reader_that_died_is_served_anew(void **state) {
    struct rig *rig = *state;
    open_script(rig, "frame first.pgm for 3 frames\nframe second.pgm for 60 frames\n");
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_ok(open_camera(rig));
    char text[32];
    const char *said = next(rig, text);
    assert_true(strcmp(said, "first") == 0 || strcmp(said, "second") == 0);
}

static void a_camera_child_that_died_is_started_anew(void **state) {
    struct rig *rig = *state;
    open_script(rig, "frame first.pgm for 100 frames\n");
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    int before = board_child(&rig->board);
    assert_int_equal(kill(before, SIGKILL), 0);
    char text[32];
    while (strcmp(next(rig, text), "gone") != 0) {
    }
    assert_ok(open_camera(rig));
    assert_int_not_equal(board_child(&rig->board), before);
    assert_next(rig, "first");
}

static void read_clock(struct rig *rig, struct clock_reading *out) {
    rig->board.clock.read(rig->board.clock.ctx, out);
}

static void sets_the_clock_before_the_first_frame(void **state) {
    struct rig *rig = *state;
    struct clock_reading reading;
    open_script(rig, "clock 2026-09-01T10:00:00Z\nframe first.pgm\nclock back 3600\nframe first.pgm\n"
                     "timeout 900\nclock 1970-01-01\nframe first.pgm\ntimeout 900\n"
                     "clock unset\nframe second.pgm\n");
    read_clock(rig, &reading);
    assert_true(reading.system_synchronised);
    assert_false(reading.rtc_healthy);
    assert_in_range(reading.system_s, 1788256800, 1788256805);
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_next(rig, "first");
    read_clock(rig, &reading);
    assert_true(reading.system_synchronised);
    assert_in_range(reading.system_s, 1788256800 - 3600, 1788256800 - 3500);
    assert_next(rig, "first");
    read_clock(rig, &reading);
    assert_in_range(reading.system_s, 0, 60);
    assert_next(rig, "second");
    read_clock(rig, &reading);
    assert_false(reading.system_synchronised);
    assert_false(reading.rtc_healthy);
}

static void without_a_word_the_clock_is_the_machines(void **state) {
    struct rig *rig = *state;
    struct clock_reading reading;
    open_script(rig, "frame first.pgm\n");
    read_clock(rig, &reading);
    assert_in_range(reading.system_s, time(NULL) - 5, time(NULL) + 5);
}

static enum err make_file(struct rig *rig) {
    struct store_port *store = &rig->board.store;
    int file = -1;
    TRY(store->create(store->ctx, "file", &file));
    enum err err = store->append(store->ctx, file, span_of_text("text"));
    store->close(store->ctx, file);
    return err;
}

static void fills_and_tears_the_disk(void **state) {
    struct rig *rig = *state;
    uint8_t bytes[8];
    struct room room = room_over(bytes, sizeof bytes);
    open_script(rig, "store torn\nframe first.pgm\nstore full\nframe first.pgm\ntimeout 900\nstore fine\n"
                     "frame second.pgm\n");
    assert_err(make_file(rig), ERR_STORE_WRITE);
    assert_ok(rig->board.store.read(rig->board.store.ctx, "file", &room));
    assert_span_text(room_span(&room), "te");
    assert_ok(open_camera(rig));
    assert_next(rig, "first");
    assert_next(rig, "first");
    assert_err(make_file(rig), ERR_STORE_WRITE);
    assert_next(rig, "second");
    assert_ok(make_file(rig));
}

static void plays_a_folder_and_loops(void **state) {
    struct rig *rig = *state;
    struct profile_complaint why = {{0}};
    struct board_scene scene;
    char text[32];
    assert_ok(open_board(rig, NULL, false, &why));
    board_close(&rig->board);
    assert_ok(open_board(rig, "", true, &why));
    assert_ok(open_camera(rig));
    unsigned changes = 0;
    char before[32] = "";
    for (unsigned i = 0; i < 130; i++) {
        const char *said = next(rig, text);
        changes += strcmp(said, before) != 0;
        snprintf(before, sizeof before, "%s", said);
    }
    assert_int_equal(changes, 3);
    assert_true(board_scene(&rig->board, &scene));
    assert_int_equal(scene.number, 3);
    assert_string_equal(scene.name, "first.pgm");
}

static void says_what_cannot_be_played(void **state) {
    struct rig *rig = *state;
    static const struct {
        const char *script, *says;
    } cases[] = {
        {"empty\ndance\n", "line 2: \"dance\"; accepted: scene, frame"},
        {"empty\nframe none.png\n", "line 2: none.png: The file cannot be read."},
        {"frame script\n", "line 1: script: The file is neither JPEG, PNG nor PGM."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile_complaint why = {{0}};
        write_file(rig->folder, "script", span_of_text(cases[i].script));
        assert_err(open_board(rig, "script", false, &why), ERR_SCRIPT);
        if (strstr(why.text, cases[i].says) == NULL) {
            fail_msg("says \"%s\"", why.text);
        }
        assert_null(rig->board.state);
    }
}

static void says_what_board_and_folder_are_missing(void **state) {
    struct rig *rig = *state;
    struct profile_complaint why = {{0}};
    struct board_wish wish = {
        .name = "none", .profiles = "boards/profiles", .data = rig->folder, .programs = "."};
    assert_err(board_open(&wish, &rig->board, &why), ERR_PROFILE);
    assert_non_null(strstr(why.text, "accepted: generic"));
    wish.name = "sim";
    assert_err(board_open(&wish, &rig->board, &why), ERR_CAMERA_REFUSED);
    assert_non_null(strstr(why.text, "credkiosk-simcam"));
    wish.data = "/no/such/folder";
    assert_err(board_open(&wish, &rig->board, &why), ERR_STORE_READ);
    assert_null(rig->board.state);
    board_close(&rig->board);
}

static void a_real_board_forgets_a_simulated_disk(void **state) {
    struct rig *rig = *state;
    struct profile_complaint why = {{0}};
    struct board_scene scene;
    open_script(rig, "store full\nframe first.pgm\n");
    assert_err(make_file(rig), ERR_STORE_WRITE);
    board_close(&rig->board);
    struct board_wish wish = {.name = "generic", .profiles = "boards/profiles", .data = rig->folder};
    assert_ok(board_open(&wish, &rig->board, &why));
    assert_ok(make_file(rig));
    assert_false(board_scene(&rig->board, &scene));
    assert_int_equal(board_child(&rig->board), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plays_frames_in_order_then_an_empty_scene, start, stop),
        cmocka_unit_test_setup_teardown(damages_frames_as_asked, start, stop),
        cmocka_unit_test_setup_teardown(waits_where_the_script_says_timeout, start, stop),
        cmocka_unit_test_setup_teardown(unplugs_and_comes_back, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_died_is_served_anew, start, stop),
        cmocka_unit_test_setup_teardown(a_camera_child_that_died_is_started_anew, start, stop),
        cmocka_unit_test_setup_teardown(sets_the_clock_before_the_first_frame, start, stop),
        cmocka_unit_test_setup_teardown(without_a_word_the_clock_is_the_machines, start, stop),
        cmocka_unit_test_setup_teardown(fills_and_tears_the_disk, start, stop),
        cmocka_unit_test_setup_teardown(plays_a_folder_and_loops, start, stop),
        cmocka_unit_test_setup_teardown(says_what_cannot_be_played, start, stop),
        cmocka_unit_test_setup_teardown(says_what_board_and_folder_are_missing, start, stop),
        cmocka_unit_test_setup_teardown(a_real_board_forgets_a_simulated_disk, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
