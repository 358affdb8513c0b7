/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/guidance.h"

#include <stddef.h>

const char *guidance_name(enum guidance guidance) {
    static const char *const names[GUIDANCE_COUNT] = {"nothing", "a code",   "too far", "too near",
                                                      "blurred", "too dark", "glare",   "partly out"};
    return (unsigned)guidance < GUIDANCE_COUNT ? names[guidance] : NULL;
}
