/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/noise.h"

#include <stdlib.h>

#define LINE_STEP_PX 8
/* A strip of a line that is measured, and pixels from one to the other that it is compared with. */
#define STRIP_PX 16
#define APART_PX 2
/* Sums of strips are told apart up to this; stronger ones are no noise. */
#define SUM_MOST 1024
/* One of so many strips is the calmest. */
#define CALM_PART 5

static int strip_sum(const uint8_t *strip) {
    int sum = 0;
    for (int i = 0; i < STRIP_PX; i++) {
        sum += abs(strip[i] - strip[i + APART_PX]);
    }
    return sum;
}

double noise_of(const struct view *view) {
    int histogram[SUM_MOST + 1] = {0};
    int count = 0;
    effort_spend(view->effort, (uint64_t)view->width_px * (uint64_t)view->height_px / LINE_STEP_PX);
    for (int y = LINE_STEP_PX / 2; y < view->height_px; y += LINE_STEP_PX) {
        const uint8_t *line = view->pixels + (ptrdiff_t)y * view->stride_px;
        for (int x = 0; x + STRIP_PX + APART_PX <= view->width_px; x += STRIP_PX) {
            int sum = strip_sum(line + x);
            histogram[sum < SUM_MOST ? sum : SUM_MOST]++;
            count++;
        }
    }
    int calm = 0;
    for (int below = histogram[0]; calm < SUM_MOST && below * CALM_PART < count; below += histogram[calm]) {
        calm++;
    }
    return (double)calm / STRIP_PX;
}
