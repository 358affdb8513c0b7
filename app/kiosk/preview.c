/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/preview.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)
/* Before the pictures: the newest picture's number, then each slot's counter, odd while it is written. */
#define COUNTERS_BYTES 64u

static size_t slot_bytes(const struct preview *preview) {
    return (size_t)preview->width_px * preview->height_px;
}

static bool size_allowed(uint32_t width_px, uint32_t height_px) {
    return width_px > 0 && height_px > 0 && width_px <= PREVIEW_SIDE_MAX && height_px <= PREVIEW_SIDE_MAX;
}

/* Counter 0 is the newest picture's number, counter 1 + i that of slot i; the other side may write anything
 * here. */
static _Atomic uint32_t *counter(const struct preview *preview, uint32_t index) {
    return (_Atomic uint32_t *)(void *)preview->base + index;
}

static uint8_t *slot(const struct preview *preview, uint32_t index) {
    return preview->base + COUNTERS_BYTES + index * slot_bytes(preview);
}

static enum err map(int descriptor, int protection, uint32_t width_px, uint32_t height_px,
                    struct preview *out) {
    struct preview preview = {.width_px = width_px, .height_px = height_px};
    preview.bytes = COUNTERS_BYTES + PREVIEW_SLOTS * slot_bytes(&preview);
    void *base = mmap(NULL, preview.bytes, protection, MAP_SHARED, descriptor, 0);
    if (base == MAP_FAILED) {
        return ERR_PREVIEW;
    }
    preview.base = base;
    *out = preview;
    return ERR_OK;
}

enum err preview_create(uint32_t width_px, uint32_t height_px, struct preview *out, int *descriptor) {
    if (!size_allowed(width_px, height_px)) {
        return ERR_PREVIEW;
    }
    int memory = memfd_create("preview", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) {
        return ERR_PREVIEW;
    }
    size_t bytes = COUNTERS_BYTES + (size_t)PREVIEW_SLOTS * width_px * height_px;
    if (ftruncate(memory, (off_t)bytes) != 0 || fcntl(memory, F_ADD_SEALS, SEALS) != 0 ||
        map(memory, PROT_READ, width_px, height_px, out) != ERR_OK) {
        close(memory);
        return ERR_PREVIEW;
    }
    *descriptor = memory;
    return ERR_OK;
}

enum err preview_attach(int descriptor, uint32_t width_px, uint32_t height_px, struct preview *out) {
    if (!size_allowed(width_px, height_px) || fcntl(descriptor, F_GET_SEALS) != SEALS) {
        return ERR_PREVIEW;
    }
    off_t bytes = lseek(descriptor, 0, SEEK_END);
    if (bytes != (off_t)(COUNTERS_BYTES + (size_t)PREVIEW_SLOTS * width_px * height_px)) {
        return ERR_PREVIEW;
    }
    return map(descriptor, PROT_READ | PROT_WRITE, width_px, height_px, out);
}

/* Scale by the nearest pixel so that the picture covers all of it; what does not fit is cut at its edges. */
static void cover(const struct grey *from, uint8_t *to, uint32_t width_px, uint32_t height_px) {
    uint64_t part_width = from->width_px, part_height = (uint64_t)from->width_px * height_px / width_px;
    if (part_height > from->height_px) {
        part_height = from->height_px;
        part_width = (uint64_t)from->height_px * width_px / height_px;
    }
    uint64_t left = (from->width_px - part_width) / 2, top = (from->height_px - part_height) / 2;
    for (uint32_t y = 0; y < height_px; y++) {
        const uint8_t *line = from->pixels + (top + y * part_height / height_px) * from->width_px + left;
        for (uint32_t x = 0; x < width_px; x++) {
            to[(size_t)y * width_px + x] = line[x * part_width / width_px];
        }
    }
}

void preview_write(struct preview *preview, const struct grey *picture) {
    if (preview->base == NULL || picture->pixels == NULL || picture->width_px == 0 ||
        picture->height_px == 0) {
        return;
    }
    uint32_t number = preview->written + 1;
    uint32_t index = number % PREVIEW_SLOTS;
    atomic_store(counter(preview, 1 + index), number * 2 + 1);
    atomic_thread_fence(memory_order_release);
    cover(picture, slot(preview, index), preview->width_px, preview->height_px);
    atomic_store(counter(preview, 1 + index), number * 2);
    atomic_store(counter(preview, 0), number);
    preview->written = number;
}

bool preview_read(struct preview *preview, uint8_t *pixels) {
    if (preview->base == NULL) {
        return false;
    }
    uint32_t number = atomic_load(counter(preview, 0));
    if (number == 0 || number == preview->seen) {
        return false;
    }
    uint32_t index = number % PREVIEW_SLOTS;
    uint32_t before = atomic_load(counter(preview, 1 + index));
    memcpy(pixels, slot(preview, index), slot_bytes(preview));
    atomic_thread_fence(memory_order_acquire);
    uint32_t after = atomic_load(counter(preview, 1 + index));
    if (before != number * 2 || after != before) {
        return false;
    }
    preview->seen = number;
    return true;
}

void preview_close(struct preview *preview) {
    if (preview->base != NULL) {
        munmap(preview->base, preview->bytes);
    }
    *preview = (struct preview){0};
}
