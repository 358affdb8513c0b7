/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_light.h"

#include <math.h>
#include <stdlib.h>

#define TONES 4096

static double gradient_at(const struct render_spec *spec, double x, double y) {
    double along = (x - spec->width_px / 2.0) * cos(spec->gradient_turn) +
                   (y - spec->height_px / 2.0) * sin(spec->gradient_turn);
    return fmax(0.05, 1 + spec->gradient * along / (spec->width_px / 2.0));
}

static double shadow_at(const struct render_spec *spec, double x, double y) {
    double along = (x - spec->width_px * spec->shadow_x) * cos(spec->shadow_turn) +
                   (y - spec->height_px / 2.0) * sin(spec->shadow_turn);
    return 1 - spec->shadow / (1 + exp(-along / spec->shadow_px));
}

static double glare_at(const struct render_glare *glare, double x, double y) {
    double c = cos(glare->turn), s = sin(glare->turn);
    double u = ((x - glare->x_px) * c + (y - glare->y_px) * s) / glare->radius_px;
    double v = ((y - glare->y_px) * c - (x - glare->x_px) * s) / (glare->radius_px * glare->flatness);
    double out = u * u + v * v;
    return glare->light * exp(glare->hard ? -out * out * out : -out);
}

static double lit(const struct render_spec *spec, double light, double x, double y) {
    light *= gradient_at(spec, x, y);
    if (spec->shadow > 0) {
        light *= shadow_at(spec, x, y);
    }
    for (unsigned i = 0; i < RENDER_GLARES; i++) {
        if (spec->glares[i].light > 0) {
            light += glare_at(&spec->glares[i], x, y);
        }
    }
    return light;
}

void render_light_fall(struct render_canvas *canvas, const struct render_spec *spec) {
    for (int y = 0; y < canvas->height; y++) {
        float *line = canvas->light + (size_t)y * (size_t)canvas->width;
        for (int x = 0; x < canvas->width; x++) {
            line[x] = (float)lit(spec, line[x], x, y);
        }
    }
}

/* Shot noise grows with the root of light; read noise is there in the dark too. */
static void expose(struct render_canvas *canvas, const struct render_spec *spec) {
    struct render_dice dice = render_dice_of(spec->noise_seed, 4);
    double shot = spec->shot_noise * spec->shot_noise;
    double read = spec->read_noise * spec->read_noise;
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    for (size_t i = 0; i < count; i++) {
        double light = canvas->light[i] * spec->exposure;
        light += render_dice_normal(&dice) * sqrt(fmin(light, 1) * shot + read);
        canvas->light[i] = (float)fmin(fmax(light, 0), 1);
    }
}

/* Add what a blurred copy lacks. */
static void sharpen(struct render_canvas *canvas, double strength, struct render_box box) {
    struct render_canvas soft = render_canvas_copy(canvas);
    render_canvas_soften(&soft, 1.2, box);
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    for (size_t i = 0; i < count; i++) {
        double light = canvas->light[i] + strength * (canvas->light[i] - soft.light[i]);
        canvas->light[i] = (float)fmin(fmax(light, 0), 1);
    }
    render_canvas_close(&soft);
}

struct grey render_light_develop(struct render_canvas *canvas, const struct render_spec *spec) {
    struct render_box all = {0, 0, canvas->width, canvas->height};
    uint8_t tones[TONES + 1];
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    struct grey out = {malloc(count), (uint32_t)canvas->width, (uint32_t)canvas->height};
    expose(canvas, spec);
    if (spec->denoise_px > 0) {
        render_canvas_soften(canvas, spec->denoise_px, all);
    }
    if (spec->sharpen > 0) {
        sharpen(canvas, spec->sharpen, all);
    }
    for (int i = 0; i <= TONES; i++) {
        tones[i] = (uint8_t)(255 * pow((double)i / TONES, 1 / 2.2) + 0.5);
    }
    for (size_t i = 0; i < count; i++) {
        out.pixels[i] = tones[(int)(canvas->light[i] * TONES + 0.5F)];
    }
    return out;
}
