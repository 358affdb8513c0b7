/* SPDX-License-Identifier: Apache-2.0 */
/* Every screen painted by SDL's software renderer into build/screens; a few compared with what they looked like. */
#include "tests/lib/check.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "paint/paint.h"
#include "tests/lib/screen_cases.h"

/* A picture is compared as the brightness of so many fields, of 255; fonts of another version shift letters a
 * little, so that 2 % on the whole and 10 % in one field are allowed. */
#define FIELDS_ACROSS 20
#define FIELDS_DOWN   20
#define FIELDS        (FIELDS_ACROSS * FIELDS_DOWN)
#define TOLERANCE_ALL 5
#define TOLERANCE_ONE 26

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
        if (size >= &screen_sizes[SCREEN_SIZES_OWN] && view.kind < SCREEN_PIN) {
            continue; /* of other sizes the staff's screens alone */
        }
        screen_draw(&view, paint_measure(paint), &list, NULL);
        assert_false(list.full);
        assert_ok(paint_show(paint, &list, view.preview ? &picture : NULL));
        save(paint, size->name, language, screen_cases[i].name);
    }
    catalogue_close(&catalogue);
}

static void every_screen_is_painted_and_saved(void **state) {
    (void)state;
    for (int i = 0; i < SCREEN_SIZES_STAFF; i++) {
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

/* Mean brightness of each field of a saved picture. */
static void fields_of(const char *path, int fields[FIELDS]) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_file(&image, path) != 0);
    image.format = PNG_FORMAT_GRAY;
    uint8_t *grey = malloc(PNG_IMAGE_SIZE(image));
    assert_non_null(grey);
    assert_true(png_image_finish_read(&image, NULL, grey, 0, NULL) != 0);
    int width = (int)image.width / FIELDS_ACROSS, height = (int)image.height / FIELDS_DOWN;
    for (int i = 0; i < FIELDS; i++) {
        long sum = 0;
        for (int k = 0; k < width * height; k++) {
            int x = i % FIELDS_ACROSS * width + k % width, y = i / FIELDS_ACROSS * height + k / width;
            sum += grey[y * (int)image.width + x];
        }
        fields[i] = (int)(sum / (width * height));
    }
    free(grey);
}

static void write_fields(const char *path, const int fields[FIELDS]) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (int i = 0; i < FIELDS; i++) {
        (void)fprintf(file, "%d%c", fields[i], i % FIELDS_ACROSS == FIELDS_ACROSS - 1 ? '\n' : ' ');
    }
    assert_int_equal(fclose(file), 0);
}

static bool looks_like(const char *path, const int fields[FIELDS]) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char text[FIELDS * 5 + 1] = "", *at = text;
    size_t len = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    long all = 0, worst = 0;
    for (int i = 0; len > 0 && i < FIELDS; i++) {
        long difference = labs(strtol(at, &at, 10) - fields[i]);
        all += difference;
        worst = difference > worst ? difference : worst;
    }
    if (len == 0 || all > TOLERANCE_ALL * FIELDS || worst > TOLERANCE_ONE) {
        print_error("%s: differs by %ld on the whole, %ld in one field, of 255\n", path, all / FIELDS, worst);
        return false;
    }
    return true;
}

static void some_look_as_they_did(void **state) {
    (void)state;
    static const char *const pictures[] = {"800x480-en-valid",          "800x480-ar-scan",
                                           "800x480-ru-details",        "800x480-en-not-valid-altered",
                                           "720x1280-ar-valid-note",    "720x1280-ru-scan-one-code",
                                           "800x480-ar-pin-typed",      "800x480-en-import-found",
                                           "720x1280-ar-import-forked", "480x320-ru-clock-typed"};
    const char *build = getenv("BUILD");
    bool same = true;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        char path[512], golden[256];
        int fields[FIELDS];
        (void)snprintf(path, sizeof path, "%s/screens/%s.png", build != NULL ? build : "build", pictures[i]);
        (void)snprintf(golden, sizeof golden, "tests/screens/golden/%s.fields", pictures[i]);
        fields_of(path, fields);
        if (getenv("GOLDEN") != NULL) {
            write_fields(golden, fields);
        }
        same = looks_like(golden, fields) && same;
    }
    assert_true(same);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_is_painted_and_saved),
        cmocka_unit_test(some_look_as_they_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
