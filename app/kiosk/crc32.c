/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/crc32.h"

uint32_t crc32_of(struct span bytes) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= bytes.ptr[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0);
        }
    }
    return ~crc;
}
