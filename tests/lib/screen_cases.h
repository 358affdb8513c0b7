/* screen_cases: the views that the tests of the screens draw, friendly and hostile ones. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SCREEN_CASES_H
#define TESTS_LIB_SCREEN_CASES_H

#include "screen/screen.h"

struct screen_case {
    const char *name;
    void (*fill)(struct screen_view *view);
};

extern const struct screen_case screen_cases[];
extern const size_t screen_case_count;

/* Sizes with their millimetres; the first two are the layouts' own, of the next three the staff's screens are kept too. */
struct screen_size {
    const char *name;
    int width_px, height_px, width_mm, height_mm;
};
#define SCREEN_SIZES_OWN   2
#define SCREEN_SIZES_STAFF 5
extern const struct screen_size screen_sizes[];
extern const size_t screen_size_count;

/* When the cases are: 2026-08-12 12:00:00 UTC. */
#define SCREEN_CASES_NOON_S 1786536000

/* Make a view the result of one credential for this reason; `with_credential`: there is something to show of it. */
void screen_cases_result(struct screen_view *view, enum verdict_reason reason, bool with_credential);

/* The view of a case: fill is called on a view with size, language, lists and a clock. */
void screen_case_view(const struct screen_case *which, const struct screen_size *size,
                      const struct catalogue *catalogue, struct screen_view *out);

/* Fill and draw, on 800x480, the case of this name; ends the test where there is none. */
void screen_case_draw(const char *name, const struct catalogue *catalogue, struct screen_view *view,
                      struct draw_list *list);

/* The catalogue of a language from $BUILD/assets/lang; ends the test when it cannot be read. */
struct catalogue screen_case_catalogue(enum language language);

/* Widths that depend on no font: 0.6 em a cluster, 0.65 in bold. */
extern const struct draw_measure screen_case_measure;

#endif
