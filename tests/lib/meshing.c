/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/meshing.h"

#include <math.h>

#include "symbol/canonical.h"
#include "symbol/sampling.h"

double meshing_worst_place(const struct plate *plate, const struct mesh *mesh) {
    double worst = 0;
    for (unsigned k = 0; k < plate->code->side * plate->code->side; k += 7) {
        double u = k % plate->code->side + 0.5;
        double v = k / plate->code->side + 0.5;
        struct point m = plate_module(plate, mesh_place(mesh, u, v));
        worst = fmax(worst, hypot(m.x - u, m.y - v));
    }
    return worst;
}

void meshing_modules(const struct view *view, const struct mesh *mesh, double sharpen, uint8_t *modules,
                     float *margins) {
    static float brightness[SAMPLING_MODULES];
    static struct canonical canonical;
    sampling_read(view, mesh, brightness);
    canonical_modules(&canonical, brightness, mesh->size, sharpen, modules, margins);
}

int meshing_wrong_modules(const struct plate *plate, const struct view *view, const struct mesh *mesh,
                          double sharpen) {
    static float margins[SAMPLING_MODULES];
    static uint8_t modules[SAMPLING_MODULES];
    int wrong = 0;
    meshing_modules(view, mesh, sharpen, modules, margins);
    for (int i = 0; i < mesh->size * mesh->size; i++) {
        wrong += modules[i] != plate->code->dark[i / mesh->size][i % mesh->size];
    }
    return wrong;
}
