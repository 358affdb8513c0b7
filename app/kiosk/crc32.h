/* crc32: tells a torn or rotten record from a whole one; no protection against whoever forges one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_CRC32_H
#define KIOSK_CRC32_H

#include <stdint.h>

#include "base/span.h"

/* CRC-32 of IEEE 802.3. */
uint32_t crc32_of(struct span bytes);

#endif
