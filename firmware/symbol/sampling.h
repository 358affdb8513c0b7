/* sampling: how dark each module of a code is. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SAMPLING_H
#define SYMBOL_SAMPLING_H

#include "symbol/mesh.h"

/* Modules of the largest code. */
#define SAMPLING_MODULES (VERSION_SIZE_MAX * VERSION_SIZE_MAX)

/*
 * Brightness of every module: the mean of five places around its middle, or the middle alone where modules are
 * small.
 *
 * view  in the code's polarity
 * out   size x size values, row after row, 0 dark to 255 light
 */
void sampling_read(const struct view *view, const struct mesh *mesh, float *out);

#endif
