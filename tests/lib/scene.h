/* scene: QR codes as grey pictures and JPEGs, for tests. Memory is the caller's to free(). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SCENE_H
#define TESTS_LIB_SCENE_H

#include "base/span.h"
#include "frame/frame.h"

/* A code of these bytes (byte mode, error correction L), `module_px` pixels a module, four light modules
 * around. */
struct grey scene_qr(struct span payload, uint32_t module_px);

/* The same behind an ECI header. */
struct grey scene_qr_eci(unsigned eci, struct span payload, uint32_t module_px);

/* The first part of a code of two parts (structured append). */
struct grey scene_qr_part(struct span payload, uint32_t module_px);

/* The part of that index of a code of as many parts of a version as it takes; no pixels past the last. */
struct grey scene_qr_part_of(struct span payload, int version, unsigned index, uint32_t module_px);

/* An even grey. */
struct grey scene_blank(uint32_t width_px, uint32_t height_px);

/* Both in one picture. */
struct grey scene_beside(const struct grey *left, const struct grey *right);

/* A code (modules of three pixels) beside a striped wall, which is all that a camera's first look at it has time for. */
struct grey scene_beside_a_wall(struct span payload);

/* Light and dark changed places. */
struct grey scene_inverted(const struct grey *picture);

/* As a camera's JPEG. */
struct span scene_jpeg(const struct grey *picture);

#endif
