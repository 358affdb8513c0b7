/* render_condition: what makes a frame easy or hard: each turns a usual frame into one of its kind. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_CONDITION_H
#define TESTS_LIB_RENDER_CONDITION_H

#include "tests/lib/render_dice.h"
#include "tests/lib/render_sets.h"

struct render_condition {
    const char *name;
    /* side_modules: of the code */
    void (*make)(struct render_dice *dice, struct render_spec *spec, double side_modules);
    double module_from, module_to; /* pixels of a module */
};

/* The conditions of a set, in the order in which frames go around them. */
const struct render_condition *render_condition_list(enum render_set set, unsigned *count);

/* The most usual one. */
void render_condition_typical(struct render_dice *dice, struct render_spec *spec, double side_modules);

#endif
