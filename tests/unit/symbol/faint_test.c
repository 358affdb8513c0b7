/* SPDX-License-Identifier: Apache-2.0 */
/* Codes in pictures of low light: little contrast, much noise. */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/noise.h"
#include "symbol/symbol.h"
#include "tests/lib/plate.h"
#include "tests/lib/scene.h"

/* The code in the midst of a frame, dark 12 and light 44, with noise of `deviation` grey levels (a sum of four even
 * ones is near to a normal one). */
static struct grey frame_of(const struct render_code *code, double module_px, double deviation,
                            uint32_t seed) {
    struct plate plate = plate_of(code, module_px);
    plate.turn_degrees = 12;
    plate.middle = (struct point){400, 300};
    struct grey out = plate_draw(&plate, 800, 600);
    uint32_t state = seed;
    for (size_t i = 0; i < (size_t)out.width_px * out.height_px; i++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
            state = state * 1664525 + 1013904223;
            sum += (state >> 16) / 65536.0 - 0.5;
        }
        double value = 12 + 32 * out.pixels[i] / 255.0 + sum * sqrt(3) * deviation;
        out.pixels[i] = (uint8_t)view_clamp(value + 0.5, 0, 255);
    }
    return out;
}

static void reads_codes_through_noise(void **state) {
    (void)state;
    static const double deviations[] = {7, 14, 18};
    struct symbol_reader *reader;
    struct render_code code;
    plate_code(12, &code);
    assert_ok(symbol_start(&reader));
    for (size_t i = 0; i < sizeof deviations / sizeof *deviations; i++) {
        struct grey picture = frame_of(&code, 4.2, deviations[i], 5);
        struct symbols out;
        assert_ok(symbol_read(reader, &picture, true, &out));
        bool read =
            out.count == 1 && span_equal(out.payloads[0], span_of_bytes(code.payload, code.payload_len));
        if (!read) {
            struct view view = view_of(&picture);
            fail_msg("deviation %.0f, noise %.1f", deviations[i], noise_of(&view));
        }
        free(picture.pixels);
    }
    symbol_stop(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_codes_through_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
