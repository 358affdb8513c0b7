/* surface: where the modules of bent paper lie, from places that are known: a moving quadric. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SURFACE_H
#define SYMBOL_SURFACE_H

#include "symbol/tangent.h"
#include "symbol/version.h"

/* Four places around each finder, 46 alignment patterns, and some room. */
#define SURFACE_ANCHORS 96

/* A place that is known. */
struct anchor {
    struct point module;
    struct point at; /* px */
};

/* All zero is none. */
struct surface {
    int size; /* modules a side of the code */
    int count;
    struct anchor anchors[SURFACE_ANCHORS];
};

/* Add an anchor; beyond SURFACE_ANCHORS they are ignored. */
void surface_add(struct surface *surface, struct point module, struct point at);

/*
 * The place of a module: a quadric in (u, v) through all anchors by least squares, in which near ones count more
 * (moving least squares, Lancaster and Salkauskas 1981); as flat as they let it be.
 *
 * view  whose effort is spent
 *
 * Returns false where the anchors do not determine one.
 */
bool surface_at(const struct view *view, const struct surface *surface, struct point module,
                struct tangent *out);

#endif
