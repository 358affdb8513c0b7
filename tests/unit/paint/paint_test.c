/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <SDL.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "paint/line.h"
#include "paint/paint.h"
#include "paint/typeface.h"

#define FONTS "assets/fonts/fonts.list"

static char folder[] = "/tmp/paintXXXXXX";
static struct draw_list list;

static struct paint *opened(int width_px, int height_px, int rotate_deg) {
    struct paint_settings settings = {.title = "test",
                                      .font_list = FONTS,
                                      .hidden = true,
                                      .width_px = width_px,
                                      .height_px = height_px,
                                      .rotate_deg = rotate_deg};
    struct paint *paint = NULL;
    assert_ok(paint_open(&settings, &paint));
    return paint;
}

static const char *path_of(const char *name) {
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The colour of a pixel of a saved picture, and its size. */
static uint32_t saved_pixel(const char *path, int x, int y, int *width, int *height) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_file(&image, path) != 0);
    image.format = PNG_FORMAT_RGB;
    uint8_t *rgb = malloc(PNG_IMAGE_SIZE(image));
    assert_non_null(rgb);
    assert_true(png_image_finish_read(&image, NULL, rgb, 0, NULL) != 0);
    const uint8_t *at = rgb + 3 * ((size_t)y * image.width + (size_t)x);
    uint32_t colour = (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
    *width = (int)image.width;
    *height = (int)image.height;
    free(rgb);
    return colour;
}

/* Red in the top left corner of a blue layout of 40 x 20. */
static void red_corner(void) {
    draw_begin(&list, 40, 20);
    draw_fill(&list, (struct box){0, 0, 40, 20}, 0x0000FF, 0);
    draw_fill(&list, (struct box){0, 0, 4, 4}, 0xFF0000, 0);
}

static void turns_layout_and_touch_together(void **state) {
    (void)state;
    static const struct {
        int rotate_deg, width, height, x, y; /* of the panel; where the red corner is */
    } cases[] = {{0, 40, 20, 1, 1}, {90, 20, 40, 18, 1}, {180, 40, 20, 38, 18}, {270, 20, 40, 1, 38}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int width = 0, height = 0;
        struct paint *paint = opened(40, 20, cases[i].rotate_deg);
        red_corner();
        assert_ok(paint_show(paint, &list, NULL));
        assert_ok(paint_save(paint, path_of("turned.png")));
        uint32_t colour = saved_pixel(path_of("turned.png"), cases[i].x, cases[i].y, &width, &height);
        assert_int_equal(colour, 0xFF0000);
        assert_int_equal(width, cases[i].width);
        assert_int_equal(height, cases[i].height);
        SDL_Event touch = {
            .button = {
                .type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = cases[i].x, .y = cases[i].y}};
        assert_int_equal(SDL_PushEvent(&touch), 1);
        touch = (SDL_Event){.tfinger = {.type = SDL_FINGERUP,
                                        .x = ((float)cases[i].x + 0.5F) / (float)width,
                                        .y = ((float)cases[i].y + 0.5F) / (float)height}};
        assert_int_equal(SDL_PushEvent(&touch), 1);
        for (enum paint_event_kind kind = PAINT_PRESS; kind <= PAINT_RELEASE; kind++) {
            struct paint_event event = {0};
            assert_true(paint_poll(paint, &event));
            assert_int_equal(event.kind, kind);
            assert_true(event.x >= 0 && event.x < 4 && event.y >= 0 && event.y < 4);
        }
        paint_close(paint);
    }
}

static void tells_of_the_end_and_of_nothing(void **state) {
    (void)state;
    struct paint *paint = opened(40, 20, 0);
    struct paint_event event = {0};
    while (paint_poll(paint, &event)) {
    }
    SDL_Event right = {.button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_RIGHT}};
    assert_int_equal(SDL_PushEvent(&right), 1);
    assert_false(paint_poll(paint, &event));
    SDL_Event quit = {.type = SDL_QUIT};
    assert_int_equal(SDL_PushEvent(&quit), 1);
    assert_true(paint_poll(paint, &event));
    assert_int_equal(event.kind, PAINT_QUIT);
    paint_close(paint);
}

static void the_camera_is_seen_through_its_place(void **state) {
    (void)state;
    static uint8_t luma[32 * 32];
    int width = 0, height = 0;
    struct paint *paint = opened(40, 20, 0);
    struct paint_picture picture = {luma, 32, 32, 32, 7};
    memset(luma, 200, sizeof luma);
    red_corner();
    draw_preview(&list, (struct box){10, 0, 20, 20});
    draw_fill(&list, (struct box){10, 0, 4, 4}, 0x00FF00, 0);
    assert_ok(paint_show(paint, &list, &picture));
    assert_ok(paint_save(paint, path_of("preview.png")));
    assert_int_equal(saved_pixel(path_of("preview.png"), 20, 10, &width, &height), 0xC8C8C8);
    assert_int_equal(saved_pixel(path_of("preview.png"), 11, 1, &width, &height), 0x00FF00);
    memset(luma, 100, sizeof luma);
    assert_ok(paint_show(paint, &list, &picture)); /* the same serial: nothing new */
    assert_ok(paint_save(paint, path_of("preview.png")));
    assert_int_equal(saved_pixel(path_of("preview.png"), 20, 10, &width, &height), 0xC8C8C8);
    picture.serial++;
    assert_ok(paint_show(paint, &list, &picture));
    assert_ok(paint_save(paint, path_of("preview.png")));
    assert_int_equal(saved_pixel(path_of("preview.png"), 20, 10, &width, &height), 0x646464);
    assert_ok(paint_show(paint, &list, NULL)); /* no picture: what was filled before is seen */
    assert_ok(paint_save(paint, path_of("preview.png")));
    assert_int_equal(saved_pixel(path_of("preview.png"), 20, 10, &width, &height), 0x0000FF);
    paint_close(paint);
}

static void refuses_pictures_that_cannot_be(void **state) {
    (void)state;
    static uint8_t luma[4];
    struct paint *paint = opened(40, 20, 0);
    const struct paint_picture wrong[] = {
        {luma, 1, 1, 1, 1}, {luma, 100000, 2, 100000, 1}, {luma, 4, 2, 2, 1}, {luma, -4, 2, 2, 1}};
    red_corner();
    draw_preview(&list, (struct box){10, 0, 20, 20});
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_err(paint_show(paint, &list, &wrong[i]), ERR_PAINT_DRAW);
    }
    paint_close(paint);
}

static void saves_whole_or_not_at_all(void **state) {
    (void)state;
    struct paint *paint = opened(40, 20, 0);
    assert_err(paint_save(paint, path_of("early.png")), ERR_PAINT_DRAW);
    red_corner();
    assert_ok(paint_show(paint, &list, NULL));
    assert_err(paint_save(paint, "/nowhere/at/all.png"), ERR_FILE_WRITE);
    assert_err(paint_save(paint, folder), ERR_FILE_WRITE);
    assert_int_not_equal(access(path_of("early.png"), F_OK), 0);
    paint_close(paint);
    paint_close(NULL);
}

/* A list of fonts with these contents. */
static enum err open_with_fonts(const char *text) {
    struct paint_settings settings = {
        .title = "test", .font_list = path_of("fonts.list"), .hidden = true, .width_px = 9, .height_px = 9};
    struct paint *paint = NULL;
    FILE *file = fopen(path_of("fonts.list"), "wb");
    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
    enum err err = paint_open(&settings, &paint);
    paint_close(paint);
    return err;
}

static void names_what_is_wrong_with_the_fonts(void **state) {
    (void)state;
    static char much[3000];
    memset(much, 'x', sizeof much - 1);
    assert_err(open_with_fonts("needed /no/such.ttf /no/such-bold.ttf\n"), ERR_FONT_MISSING);
    assert_err(open_with_fonts("needed assets/fonts/fonts.list assets/fonts/fonts.list\n"), ERR_FONT_MISSING);
    assert_err(open_with_fonts("optional /no/such.ttf /no/such-bold.ttf\n"), ERR_FONT_LIST);
    assert_err(open_with_fonts("# nothing\n"), ERR_FONT_LIST);
    assert_err(open_with_fonts("perhaps /a /b\n"), ERR_FONT_LIST);
    assert_err(open_with_fonts("needed /a\n"), ERR_FONT_LIST);
    assert_err(open_with_fonts("needed /a /b /c\n"), ERR_FONT_LIST);
    assert_err(open_with_fonts(much), ERR_FONT_LIST);
    struct paint_settings settings = {
        .title = "test", .font_list = "/no/such.list", .hidden = true, .width_px = 9, .height_px = 9};
    struct paint *paint = NULL;
    assert_err(paint_open(&settings, &paint), ERR_FONT_LIST);
    assert_null(paint);
}

static void refuses_windows_that_cannot_be(void **state) {
    (void)state;
    struct paint *paint = NULL;
    struct paint_settings settings = {
        .title = "test", .font_list = FONTS, .hidden = true, .width_px = 0, .height_px = 9};
    assert_err(paint_open(&settings, &paint), ERR_PAINT_WINDOW);
    settings.width_px = 9;
    settings.rotate_deg = 45;
    assert_err(paint_open(&settings, &paint), ERR_PAINT_WINDOW);
    settings.rotate_deg = -90;
    assert_err(paint_open(&settings, &paint), ERR_PAINT_WINDOW);
}

/* Letters join: shaped, an Arabic word is narrower than its letters apart. */
static void arabic_is_shaped(void **state) {
    (void)state;
    struct paint *paint = opened(40, 20, 0);
    const struct draw_measure *measure = paint_measure(paint);
    const char *letters[] = {"\u0628", "\u064A", "\u062A"};
    int apart = 0, word = measure->width_px(measure->ctx, span_of_text("\u0628\u064A\u062A"), 40, false);
    for (int i = 0; i < 3; i++) {
        apart += measure->width_px(measure->ctx, span_of_text(letters[i]), 40, false);
    }
    assert_true(word > 0 && word < apart * 8 / 10);
    assert_int_equal(measure->width_px(measure->ctx, span_of_text("e\u0301"), 40, false),
                     measure->width_px(measure->ctx, span_of_text("e"), 40, false));
    assert_int_equal(measure->width_px(measure->ctx, (struct span){0}, 40, false), 0);
    assert_int_equal(measure->width_px(measure->ctx, span_of_text("a"), 0, false), 0);
    paint_close(paint);
}

/* What a bounded memory forgets, it measures the same again. */
static void remembers_a_bounded_number_of_lines(void **state) {
    (void)state;
    struct paint *paint = opened(40, 20, 0);
    static struct typefaces faces;
    static struct line_memory memory;
    memory.faces = &faces;
    assert_ok(typeface_open_all(FONTS, &faces));
    int first = line_width(&memory, (struct line_key){span_of_text("line 0"), 40, false, DRAW_LTR});
    for (int i = 0; i < 3000; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "line %d", i);
        struct line_key key = {span_of_text(text), 20 + i % 40, i % 2 == 0, DRAW_LTR};
        assert_true(line_width(&memory, key) > 0);
        if (i % 10 == 0) {
            assert_non_null(line_stencil(&memory, key));
        }
        assert_true(memory.stencil_bytes <= LINE_STENCIL_BYTES + 400 * 200);
    }
    assert_int_equal(line_width(&memory, (struct line_key){span_of_text("line 0"), 40, false, DRAW_LTR}),
                     first);
    assert_null(line_stencil(&memory, (struct line_key){{0}, 40, false, DRAW_LTR}));
    line_memory_close(&memory);
    typeface_close_all(&faces);
    paint_close(paint);
}

/* Only a window system or a connected panel counts, not a graphics card. */
static void a_window_system_is_a_display(void **state) {
    (void)state;
    assert_int_equal(setenv("DISPLAY", "", 1), 0);
    assert_int_equal(setenv("WAYLAND_DISPLAY", "", 1), 0);
    bool panel = paint_display_present();
    assert_int_equal(setenv("WAYLAND_DISPLAY", "wayland-0", 1), 0);
    assert_true(paint_display_present());
    assert_int_equal(unsetenv("WAYLAND_DISPLAY"), 0);
    assert_int_equal(paint_display_present(), panel);
    struct paint *paint = opened(40, 20, 0);
    assert_true(strcmp(paint_driver(paint), "dummy") == 0 || strcmp(paint_driver(paint), "offscreen") == 0);
    paint_close(paint);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    (void)unlink(path_of("turned.png"));
    (void)unlink(path_of("preview.png"));
    (void)unlink(path_of("fonts.list"));
    return rmdir(folder);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_layout_and_touch_together),
        cmocka_unit_test(tells_of_the_end_and_of_nothing),
        cmocka_unit_test(the_camera_is_seen_through_its_place),
        cmocka_unit_test(refuses_pictures_that_cannot_be),
        cmocka_unit_test(saves_whole_or_not_at_all),
        cmocka_unit_test(names_what_is_wrong_with_the_fonts),
        cmocka_unit_test(refuses_windows_that_cannot_be),
        cmocka_unit_test(arabic_is_shaped),
        cmocka_unit_test(remembers_a_bounded_number_of_lines),
        cmocka_unit_test(a_window_system_is_a_display),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
