/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/settle.h"

#include "symbol/order.h"

#include <math.h>
#include <string.h>

/* No more rounds are made once no node moves by this many modules. */
#define SETTLED_LAST 0.04
/* Modules of so many pixels are large; places beside their borders, modules. */
#define LARGE_PX 5.0
#define BESIDE   0.2
/* Modules to either side of a node that pull it. */
#define REACH 5
/* How far a module is off, when the border's level is off by all that the two modules differ. */
#define GAIN 0.6
/* How much a node follows its four neighbours rather than its modules, where these pull as hard as on average. */
#define STIFFNESS 0.1
#define SWEEPS    6
/* Off the modules, borders are not halfway: how much that counts against a node, and what is left of it at least. */
#define SPREAD_COST 4.0
#define SURE_LEAST  0.02

/* Brightness of a border, around half a module along the axis that crosses it. Of large modules borders are sharp:
 * there, three places say more than one by how much it is missed. */
static float border_at(const struct view *view, struct point at, struct point step, bool large) {
    double sum = view_at(view, (struct point){at.x + step.x * 0.5, at.y + step.y * 0.5});
    if (!large) {
        return (float)sum;
    }
    sum += view_at(view, (struct point){at.x + step.x * (0.5 - BESIDE), at.y + step.y * (0.5 - BESIDE)});
    sum += view_at(view, (struct point){at.x + step.x * (0.5 + BESIDE), at.y + step.y * (0.5 + BESIDE)});
    return (float)(sum / 3);
}

static void look(const struct view *view, const struct mesh *mesh, struct settle *m) {
    struct tangent line[VERSION_SIZE_MAX];
    bool large = mesh_module_px(mesh) >= LARGE_PX;
    effort_spend(view->effort, (uint64_t)((large ? 7 : 3) * mesh->size * mesh->size) * EFFORT_SAMPLE);
    for (int row = 0; row < mesh->size; row++) {
        mesh_line(mesh, row, line);
        for (int column = 0; column < mesh->size; column++) {
            const struct tangent *t = &line[column];
            int i = row * mesh->size + column;
            m->middle[i] = (float)view_at(view, t->at);
            m->right[i] = border_at(view, t->at, t->u, large);
            m->below[i] = border_at(view, t->at, t->v, large);
        }
    }
}

/* Where the modules around a node would have it along one axis, and how much they have to say: much, where dark
 * borders on light often, and halfway. */
static void measure(const struct mesh *mesh, struct settle *m, int row, int column, bool along_v) {
    int size = mesh->size;
    int u = (int)(column * mesh->cell_modules);
    int v = (int)(row * mesh->cell_modules);
    int next = along_v ? size : 1;
    const float *border = along_v ? m->below : m->right;
    int right = order_smaller(u + REACH, size - !along_v);
    int bottom = order_smaller(v + REACH, size - along_v);
    float error = 0;
    float spread = 0;
    float total = 1;
    for (int y = order_greater(v - REACH, 0); y < bottom; y++) {
        for (int x = order_greater(u - REACH, 0); x < right; x++) {
            int i = y * size + x;
            float rise = m->middle[i + next] - m->middle[i];
            float off = border[i] - (m->middle[i + next] + m->middle[i]) / 2;
            error += rise * off;
            spread += off * off;
            total += rise * rise;
        }
    }
    double sure = fmax(1 - SPREAD_COST * (double)(spread / total), SURE_LEAST);
    m->push[along_v].by[row][column] = m->shift[along_v][row][column] - GAIN * (double)(error / total);
    m->push[along_v].steps[row][column] = (double)total;
    m->push[along_v].weight[row][column] = (double)total * sure;
}

static double mean_weight(const struct mesh *mesh, const struct settle_push *push) {
    double sum = 0;
    for (int row = 0; row <= mesh->cells; row++) {
        for (int column = 0; column <= mesh->cells; column++) {
            sum += push->weight[row][column];
        }
    }
    return sum / ((mesh->cells + 1) * (mesh->cells + 1));
}

/* Sum of the neighbours' shifts; *count: how many there are. */
static double around(const struct mesh *mesh, double shift[][MESH_CELLS + 1], int row, int column,
                     int *count) {
    double sum = 0;
    *count = 0;
    for (int k = 0; k < 4; k++) {
        int r = row + (k == 0) - (k == 1);
        int c = column + (k == 2) - (k == 3);
        if (r >= 0 && c >= 0 && r <= mesh->cells && c <= mesh->cells) {
            sum += shift[r][c];
            *count += 1;
        }
    }
    return sum;
}

/* Nodes that see little follow those that see much (Gauss and Seidel's iteration). Returns the longest way. */
static double smooth(const struct mesh *mesh, const struct settle_push *push,
                     double shift[][MESH_CELLS + 1]) {
    double mean = mean_weight(mesh, push);
    double most = 0;
    for (int k = 0; k < SWEEPS * (mesh->cells + 1) * (mesh->cells + 1); k++) {
        int row = k / (mesh->cells + 1) % (mesh->cells + 1);
        int column = k % (mesh->cells + 1);
        int count;
        double weight = push->weight[row][column] / mean;
        double sum = around(mesh, shift, row, column, &count);
        double now = (weight * push->by[row][column] + STIFFNESS * sum) / (weight + STIFFNESS * count);
        most = fmax(most, fabs(now - shift[row][column]));
        shift[row][column] = now;
    }
    return most;
}

/* Put the nodes where they began, and as far from there as they are shifted. */
static void move(struct mesh *mesh, const struct settle *m) {
    int last = mesh->cells;
    for (int row = 0; row <= last; row++) {
        for (int column = 0; column <= last; column++) {
            int left = order_greater(column - 1, 0), right = order_smaller(column + 1, last);
            int above = order_greater(row - 1, 0), below = order_smaller(row + 1, last);
            const struct point *l = &m->before.node[row][left], *r = &m->before.node[row][right];
            const struct point *a = &m->before.node[above][column], *b = &m->before.node[below][column];
            double u = m->shift[0][row][column] / ((right - left) * mesh->cell_modules);
            double v = m->shift[1][row][column] / ((below - above) * mesh->cell_modules);
            const struct point *from = &m->before.node[row][column];
            mesh->node[row][column] = (struct point){from->x + u * (r->x - l->x) + v * (b->x - a->x),
                                                     from->y + u * (r->y - l->y) + v * (b->y - a->y)};
        }
    }
}

/* Mean square of the steps between neighbours. */
static double fit(const struct mesh *mesh, const struct settle *m) {
    double sum = 0;
    for (int k = 0; k < (mesh->cells + 1) * (mesh->cells + 1); k++) {
        int row = k / (mesh->cells + 1), column = k % (mesh->cells + 1);
        sum += m->push[0].steps[row][column] + m->push[1].steps[row][column];
    }
    return sum / ((mesh->cells + 1) * (mesh->cells + 1));
}

double settle_mesh(const struct view *view, struct settle *memory, struct mesh *mesh, int rounds) {
    double moved = 1;
    double fit_before = 0;
    memory->before = *mesh;
    memset(memory->shift, 0, sizeof memory->shift);
    for (int round = 0; round < rounds && moved > SETTLED_LAST; round++) {
        look(view, mesh, memory);
        moved = 0;
        for (int along_v = 0; along_v < 2; along_v++) {
            for (int k = 0; k < (mesh->cells + 1) * (mesh->cells + 1); k++) {
                measure(mesh, memory, k / (mesh->cells + 1), k % (mesh->cells + 1), along_v);
            }
            moved = fmax(moved, smooth(mesh, &memory->push[along_v], memory->shift[along_v]));
        }
        move(mesh, memory);
        fit_before = round == 0 ? fit(mesh, memory) : fit_before;
    }
    double fit_after = fit(mesh, memory);
    if (fit_after < fit_before) {
        *mesh = memory->before;
        return fit_before;
    }
    return fit_after;
}
