/* render_spec: one rendered frame as numbers: what it shows, how it is held, lit and taken. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_SPEC_H
#define TESTS_LIB_RENDER_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/lib/render_code.h"

#define RENDER_GLARES 3u

/* How paper lies. */
enum render_bend { RENDER_FLAT = 0, RENDER_CYLINDER, RENDER_CURL, RENDER_WAVE };

/* What stands where a code would be. */
enum render_decoy {
    RENDER_CODE = 0, /* a code */
    RENDER_BLANK,
    RENDER_TEXT,
    RENDER_NOISE,    /* random modules without finders */
    RENDER_FINDERS,  /* many finder patterns */
    RENDER_BARCODES, /* one-dimensional */
    RENDER_CHECKERS,
    RENDER_FINDERS_AND_NOISE, /* a code's three finders around noise */
    RENDER_DECOYS
};

/* A bright spot. */
struct render_glare {
    double x_px, y_px, radius_px;
    double flatness; /* height over width */
    double turn;     /* radians */
    double light;    /* added to linear light; 0: none */
    bool hard;       /* with an edge, as of a lamp in a screen */
};

/* All lengths in pixels of the frame unless named otherwise; angles in radians. All zero is no frame. */
struct render_spec {
    const char *condition; /* its name in tables */
    uint64_t seed;         /* of all that is random in panel, backdrop and noise */
    uint64_t noise_seed;
    /* the panel */
    enum render_decoy decoy;
    enum render_payload payload;
    unsigned version;
    char level;
    bool phone;    /* else paper */
    bool inverted; /* light on dark */
    bool busy;     /* text and stripes close around the code */
    unsigned quiet_modules;
    int ink_gain_texels; /* by which dark (below 0: light) modules grow on each side */
    double covered;      /* part of the code's area under a finger or sticker */
    bool covered_inside; /* in the data's midst, else over the corner without a finder */
    unsigned scratches;
    double black, white; /* linear light of ink and paper */
    /* its pose */
    unsigned width_px, height_px;
    double module_px;  /* at the code's centre, facing the camera */
    double x_px, y_px; /* of the code's centre, from the frame's */
    double tilt, tilt_axis, turn;
    double barrel; /* radial distortion at half the width */
    enum render_bend bend;
    double bend_radius_modules; /* below 0: towards the camera */
    double bend_turn;
    double curl_from_modules; /* of RENDER_CURL: from the centre; of RENDER_WAVE: the wave's length */
    /* optics */
    double lens_px, defocus_px, motion_px, motion_turn;
    /* light */
    double gradient, gradient_turn;
    struct render_glare glares[RENDER_GLARES];
    double shadow; /* depth of a cast shadow, 0 to 1 */
    double shadow_x, shadow_turn, shadow_px;
    double moire;        /* amplitude of the screen's grid */
    double grid_modules; /* screen pixels a module */
    double band, band_px, band_phase;
    /* the camera */
    double exposure, shot_noise, read_noise;
    double denoise_px, sharpen;
    int quality; /* of the JPEG */
};

#endif
