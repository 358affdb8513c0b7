/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/bitstream.h"

#include <string.h>

#include "symbol/canonical.h"
#include "symbol/version.h"

/* Codewords of data, block after block. */
static struct span gather(struct bitstream *m, const struct blocks *blocks) {
    size_t len = 0;
    for (int block = 0; block < blocks->count; block++) {
        for (int i = 0; i < blocks_data(blocks, block); i++) {
            m->data[len++] = m->codewords[blocks_place(blocks, block, i)];
        }
    }
    return span_of_bytes(m->data, len);
}

/* Read a code whose format is known. */
static enum err read_as(struct bitstream *m, const struct format *format, const uint8_t *modules,
                        const struct correction_doubts *doubts, struct segments *out) {
    int version = (m->way.size - 17) / 4;
    struct blocks blocks = blocks_of(version, format->level);
    m->format = *format;
    codewords_read(&m->way, modules, format->mask, m->codewords);
    m->work.corrected = 0;
    TRY(correction_correct(&m->field, &blocks, doubts, m->codewords, &m->work));
    return segments_read(gather(m, &blocks), version, out);
}

/* Read a code in each format that it may have, until all blocks are corrected. */
static enum err try_formats(struct bitstream *m, const struct format *formats, int count,
                            const uint8_t *modules, const struct correction_doubts *doubts,
                            struct segments *out) {
    enum err err = ERR_SYMBOL_FORMAT;
    for (int i = 0; i < count && (i == 0 || err == ERR_SYMBOL_CODEWORDS); i++) {
        err = read_as(m, &formats[i], modules, doubts, out);
    }
    return err;
}

enum err bitstream_read(struct bitstream *memory, const uint8_t *modules, const float *margins, int size,
                        struct segments *out) {
    if (size < version_size(1) || size > VERSION_SIZE_MAX || size % 4 != 1) {
        return ERR_SYMBOL_SIZE;
    }
    struct format formats[FORMAT_READINGS];
    int count = format_read(modules, margins, size, formats);
    memory->work = (struct correction_work){0, 0};
    codewords_lead(&memory->way, size);
    enum err err = try_formats(memory, formats, count, modules, NULL, out);
    if (err == ERR_SYMBOL_CODEWORDS && margins != NULL) {
        struct correction_doubts doubts = {memory->margins, memory->weakest};
        codewords_margins(&memory->way, margins, memory->margins, memory->weakest);
        err = try_formats(memory, formats, count, modules, &doubts, out);
    }
    return err;
}

/* Both copies of the version information (7.10). */
static void write_version(uint8_t *modules, int size) {
    uint32_t bits = version_bits((size - 17) / 4);
    for (int i = 0; i < 18; i++) {
        int near = i / 3;
        int far = size - 11 + i % 3;
        modules[near * size + far] = modules[far * size + near] = bits >> i & 1;
    }
}

void bitstream_draw(const struct bitstream *memory, uint8_t *modules) {
    int size = memory->way.size;
    memset(modules, 0, (size_t)(size * size));
    canonical_paint(modules, size);
    format_write(&memory->format, modules, size);
    if (size >= version_size(VERSION_WRITTEN)) {
        write_version(modules, size);
    }
    codewords_write(&memory->way, memory->codewords, memory->format.mask, modules);
}
