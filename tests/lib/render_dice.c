/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_dice.h"

struct render_dice render_dice_of(uint64_t seed, uint64_t stream) {
    struct render_dice dice = {seed};
    dice.state = render_dice_next(&dice) ^ stream * 0xD1342543DE82EF95u;
    (void)render_dice_next(&dice);
    return dice;
}

uint64_t render_dice_next(struct render_dice *dice) {
    uint64_t z = dice->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

double render_dice_between(struct render_dice *dice, double from, double to) {
    return from + (to - from) * (double)(render_dice_next(dice) >> 11) * 0x1p-53;
}

unsigned render_dice_below(struct render_dice *dice, unsigned count) {
    return (unsigned)((render_dice_next(dice) >> 32) * count >> 32);
}

bool render_dice_chance(struct render_dice *dice, double often) {
    return render_dice_between(dice, 0, 1) < often;
}

double render_dice_normal(struct render_dice *dice) {
    uint64_t bits = render_dice_next(dice);
    double sum = 0;
    for (unsigned i = 0; i < 4; i++) {
        sum += (double)(bits >> (16 * i) & 0xFFFF) / 65535.0 - 0.5;
    }
    return sum * 1.7320508075688772; /* each has the variance 1/12 */
}
