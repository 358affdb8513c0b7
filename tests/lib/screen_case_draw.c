/* SPDX-License-Identifier: Apache-2.0 */
/* screen_case_draw: what the cases are drawn with: sizes, catalogues, widths. */
#include <stdio.h>
#include <stdlib.h>

#include "screen/text.h"
#include "tests/lib/screen_cases.h"

const struct screen_size screen_sizes[] = {
    {"800x480", 800, 480, 154, 86},    {"720x1280", 720, 1280, 88, 155},
    {"1024x600", 1024, 600, 154, 86},  {"480x320", 480, 320, 120, 80},
    {"1280x720", 1280, 720, 217, 122}, {"1280x800", 1280, 800, 217, 136},
    {"480x800", 480, 800, 86, 154},    {"1920x1080", 1920, 1080, 344, 194},
    {"640x480", 640, 480, 132, 99},    {"800x480-small", 800, 480, 95, 54},
    {"1080x1920", 1080, 1920, 0, 0},
};
const size_t screen_size_count = sizeof screen_sizes / sizeof *screen_sizes;

struct catalogue screen_case_catalogue(enum language language) {
    char folder[512];
    const char *build = getenv("BUILD");
    struct catalogue catalogue = {0};
    (void)snprintf(folder, sizeof folder, "%s/assets/lang", build != NULL ? build : "build");
    if (catalogue_load(folder, language, &catalogue) != ERR_OK) {
        (void)fprintf(stderr, "no catalogue for %s in %s\n", language_code(language), folder);
        exit(1);
    }
    return catalogue;
}

void screen_case_draw(const char *name_of_case, const struct catalogue *catalogue, struct screen_view *view,
                      struct draw_list *list) {
    for (size_t i = 0; i < screen_case_count; i++) {
        if (strcmp(screen_cases[i].name, name_of_case) == 0) {
            screen_case_view(&screen_cases[i], &screen_sizes[0], catalogue, view);
            screen_draw(view, &screen_case_measure, list, NULL);
            return;
        }
    }
    (void)fprintf(stderr, "no case %s\n", name_of_case);
    exit(1);
}

static int fixed_width(void *ctx, struct span text, int size_px, bool bold) {
    int clusters = 0;
    (void)ctx;
    for (size_t at = 0; at < text.len; clusters++) {
        at = text_cluster_end(text, at);
    }
    return (clusters * size_px * (bold ? 65 : 60) + 99) / 100;
}

const struct draw_measure screen_case_measure = {NULL, fixed_width};
