/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/sandbox_extra.h"

/* The shipping build allows nothing beyond each process's own list. */
const struct sandbox_extra sandbox_extra = {0};
