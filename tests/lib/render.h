/* render: camera frames of QR codes as a kiosk meets them, drawn from numbers; same seed, same frame. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_H
#define TESTS_LIB_RENDER_H

#include "base/span.h"
#include "frame/frame.h"
#include "tests/lib/render_canvas.h"
#include "tests/lib/render_panel.h"
#include "tests/lib/render_sets.h"
#include "tests/lib/render_spec.h"

/* Who holds what before which room. All zero is none. */
struct render_stage {
    struct render_code code; /* its payload is what a reader must give; empty for a decoy */
    struct render_panel panel;
    struct render_canvas backdrop;
};

/* Set the stage for a spec; several frames may be taken of it. render_close it. */
void render_open(const struct render_spec *spec, struct render_stage *out);

/* Take a frame: a grey picture whose memory is the caller's to free(). Only pose, optics, light and camera of
 * the spec may differ from those the stage was set for. */
struct grey render_take(const struct render_stage *stage, const struct render_spec *spec);

/* The frame as a webcam's JPEG of the spec's quality; the caller's to free(). */
struct span render_jpeg(const struct grey *picture, int quality);

/* Release its memory; takes one that is all zero. */
void render_close(struct render_stage *stage);

#endif
