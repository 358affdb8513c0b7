/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "paint/paint.h"
#include "tests/lib/screen_cases.h"

static struct draw_list list;
static struct screen_view view;
static uint8_t luma[640 * 480];

/* A picture such as a camera gives: a lighter card on a dark ground. */
static struct paint_picture camera_picture(void) {
    for (int y = 0; y < 480; y++) {
        for (int x = 0; x < 640; x++) {
            bool card = x > 200 && x < 440 && y > 120 && y < 360;
            luma[y * 640 + x] = (uint8_t)(card ? 190 - (x ^ y) % 32 : 60 + x / 10 + y / 12);
        }
    }
    return (struct paint_picture){luma, 640, 480, 640, 1};
}

static void save(struct paint *paint, const char *size, enum language language, const char *name) {
    char path[512];
    const char *build = getenv("BUILD");
    (void)snprintf(path, sizeof path, "%s/screens", build != NULL ? build : "build");
    (void)mkdir(path, 0777);
    (void)snprintf(path, sizeof path, "%s/screens/%s-%s-%s.png", build != NULL ? build : "build", size,
                   language_code(language), name);
    assert_ok(paint_save(paint, path));
}

static void draw_all(struct paint *paint, const struct screen_size *size, enum language language) {
    struct catalogue catalogue = screen_case_catalogue(language);
    struct paint_picture picture = camera_picture();
    for (size_t i = 0; i < screen_case_count; i++) {
        screen_case_view(&screen_cases[i], size, &catalogue, &view);
        screen_draw(&view, paint_measure(paint), &list, NULL);
        assert_false(list.full);
        assert_ok(paint_show(paint, &list, view.preview ? &picture : NULL));
        save(paint, size->name, language, screen_cases[i].name);
    }
    catalogue_close(&catalogue);
}

static void every_screen_is_painted_and_saved(void **state) {
    (void)state;
    for (int i = 0; i < SCREEN_SIZES_OWN; i++) {
        const struct screen_size *size = &screen_sizes[i];
        struct paint_settings settings = {.title = "screens",
                                          .font_list = "assets/fonts/fonts.list",
                                          .hidden = true,
                                          .width_px = size->width_px,
                                          .height_px = size->height_px};
        struct paint *paint = NULL;
        assert_ok(paint_open(&settings, &paint));
        for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
            draw_all(paint, size, (enum language)language);
        }
        paint_close(paint);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_is_painted_and_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
