/* meshing: how well a mesh lies on a plate, whose every place is known. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_MESHING_H
#define TESTS_LIB_MESHING_H

#include "symbol/mesh.h"
#include "tests/lib/plate.h"

/* Largest distance, in modules, of a module's place from the truth. */
double meshing_worst_place(const struct plate *plate, const struct mesh *mesh);

/* Sample and decide: modules and margins as canonical_modules gives them, SAMPLING_MODULES each. */
void meshing_modules(const struct view *view, const struct mesh *mesh, double sharpen, uint8_t *modules,
                     float *margins);

/* Modules that are sampled and decided otherwise than they were drawn.
 * sharpen  as for canonical_modules */
int meshing_wrong_modules(const struct plate *plate, const struct view *view, const struct mesh *mesh,
                          double sharpen);

#endif
