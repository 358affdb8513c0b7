/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/sampling.h"

/* Places around the middle, in modules from it, and the smallest module that has room for them. */
#define BESIDE_MODULES   0.22
#define FIVE_PLACES_PX   2.3
#define WEIGHT_OF_ALL    6.0
#define WEIGHT_OF_MIDDLE 2.0

static double five_places(const struct view *view, const struct tangent *t) {
    struct point u = {t->u.x * BESIDE_MODULES, t->u.y * BESIDE_MODULES};
    struct point v = {t->v.x * BESIDE_MODULES, t->v.y * BESIDE_MODULES};
    return (WEIGHT_OF_MIDDLE * view_at(view, t->at) +
            view_at(view, (struct point){t->at.x + u.x, t->at.y + u.y}) +
            view_at(view, (struct point){t->at.x + v.x, t->at.y + v.y}) +
            view_at(view, (struct point){t->at.x - u.x, t->at.y - u.y}) +
            view_at(view, (struct point){t->at.x - v.x, t->at.y - v.y})) /
           WEIGHT_OF_ALL;
}

void sampling_read(const struct view *view, const struct mesh *mesh, float *out) {
    struct tangent line[VERSION_SIZE_MAX];
    bool five = mesh_module_px(mesh) >= FIVE_PLACES_PX;
    effort_spend(view->effort, (uint64_t)(mesh->size * mesh->size) * (five ? 5 : 1) * EFFORT_SAMPLE);
    for (int row = 0; row < mesh->size; row++) {
        mesh_line(mesh, row, line);
        for (int column = 0; column < mesh->size; column++) {
            double value = five ? five_places(view, &line[column]) : view_at(view, line[column].at);
            out[row * mesh->size + column] = (float)value;
        }
    }
}
