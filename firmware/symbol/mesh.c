/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/mesh.h"

#include <math.h>

void mesh_begin(int size, struct mesh *out) {
    out->size = size;
    out->cells = (size + MESH_CELL_MODULES - 1) / MESH_CELL_MODULES;
    out->cell_modules = (double)size / out->cells;
}

bool mesh_lay(const struct view *view, const struct surface *surface, struct mesh *out) {
    mesh_begin(surface->size, out);
    for (int row = 0; row <= out->cells; row++) {
        for (int column = 0; column <= out->cells; column++) {
            struct tangent tangent;
            struct point module = {column * out->cell_modules, row * out->cell_modules};
            if (!surface_at(view, surface, module, &tangent)) {
                return false;
            }
            out->node[row][column] = tangent.at;
        }
    }
    return true;
}

static struct point mix(struct point a, struct point b, double part) {
    return (struct point){a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
}

struct point mesh_place(const struct mesh *mesh, double u, double v) {
    double x = u / mesh->cell_modules;
    double y = v / mesh->cell_modules;
    int column = (int)view_clamp(x, 0, mesh->cells - 1);
    int row = (int)view_clamp(y, 0, mesh->cells - 1);
    const struct point *a = &mesh->node[row][column];
    const struct point *b = &mesh->node[row + 1][column];
    return mix(mix(a[0], a[1], x - column), mix(b[0], b[1], x - column), y - row);
}

void mesh_line(const struct mesh *mesh, int row, struct tangent *out) {
    double step = 1 / mesh->cell_modules;
    double y = (row + 0.5) * step;
    int cell_row = (int)y;
    int filled = 0;
    for (int cell = 0; cell < mesh->cells; cell++) {
        const struct point *a = &mesh->node[cell_row][cell];
        const struct point *b = &mesh->node[cell_row + 1][cell];
        struct point left = mix(a[0], b[0], y - cell_row);
        struct point right = mix(a[1], b[1], y - cell_row);
        struct point u = {(right.x - left.x) * step, (right.y - left.y) * step};
        double x = (filled + 0.5) * step - cell;
        for (; filled < mesh->size && x < 1; filled++, x += step) {
            struct point above = mix(a[0], a[1], x);
            struct point below = mix(b[0], b[1], x);
            out[filled] = (struct tangent){
                mix(left, right, x), u, {(below.x - above.x) * step, (below.y - above.y) * step}};
        }
    }
}

/* A place on the border: once around in four sides of `cells` steps. */
static struct point border(const struct mesh *mesh, int step, double beside) {
    int side = step / mesh->cells % 4;
    double along = step % mesh->cells * (mesh->size + 2 * beside) / mesh->cells - beside;
    double end = mesh->size + beside;
    return side == 0   ? mesh_place(mesh, along, -beside)
           : side == 1 ? mesh_place(mesh, end, along)
           : side == 2 ? mesh_place(mesh, mesh->size - along, end)
                       : mesh_place(mesh, -beside, mesh->size - along);
}

bool mesh_holds(const struct mesh *mesh, struct point at, double beside) {
    bool inside = false;
    struct point a = border(mesh, 0, beside);
    for (int step = 1; step <= 4 * mesh->cells; step++) {
        struct point b = border(mesh, step, beside);
        bool crosses = (a.y > at.y) != (b.y > at.y);
        if (crosses && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            inside = !inside;
        }
        a = b;
    }
    return inside;
}

double mesh_module_px(const struct mesh *mesh) {
    struct point a = mesh->node[0][0], b = mesh->node[0][mesh->cells];
    struct point c = mesh->node[mesh->cells][0], d = mesh->node[mesh->cells][mesh->cells];
    double area = (d.x - a.x) * (c.y - b.y) - (d.y - a.y) * (c.x - b.x);
    return sqrt(fabs(area) / 2) / mesh->size;
}
