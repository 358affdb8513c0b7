/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/symbol.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <zbar.h>

#include "base/limits.h"

/* Light codes on dark are looked for in one picture of so many, as that doubles the work. */
#define INVERTED_EVERY 3u
/* Character sets that zbar converts from: what an ECI may name, and what it guesses among. */
#define CHARSETS 20u

struct symbol_reader {
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
    unsigned pictures;
    size_t charset_count;
    iconv_t charsets[CHARSETS]; /* held open, so that their modules stay loaded */
};

static void hold(struct symbol_reader *reader, const char *charset) {
    iconv_t descriptor = iconv_open("UTF-8", charset);
    if ((intptr_t)descriptor != -1 && reader->charset_count < CHARSETS) {
        reader->charsets[reader->charset_count++] = descriptor;
    }
}

/* zbar opens these while it reads a symbol; glibc loads their modules from files when first asked. */
static void hold_charsets(struct symbol_reader *reader) {
    for (int part = 1; part <= 16; part++) {
        char name[16];
        snprintf(name, sizeof name, "ISO8859-%d", part);
        if (part != 12) {
            hold(reader, name);
        }
    }
    static const char *const others[] = {"SJIS", "BIG-5", "CP437", "UTF-8"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        hold(reader, others[i]);
    }
}

enum err symbol_start(struct symbol_reader **out) {
    struct symbol_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return ERR_NO_MEMORY;
    }
    reader->scanner = zbar_image_scanner_create();
    reader->image = zbar_image_create();
    if (reader->scanner == NULL || reader->image == NULL) {
        symbol_stop(reader);
        return ERR_NO_MEMORY;
    }
    zbar_image_scanner_set_config(reader->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(reader->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(reader->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_set_format(reader->image, zbar_fourcc('Y', '8', '0', '0'));
    hold_charsets(reader);
    *out = reader;
    return ERR_OK;
}

/* One whole code with at least one byte: ZBAR_PARTIAL and what zbar joined from parts are none. */
static bool is_payload(const zbar_symbol_t *symbol) {
    unsigned length = zbar_symbol_get_data_length(symbol);
    return zbar_symbol_get_type(symbol) == ZBAR_QRCODE && zbar_symbol_get_components(symbol) == NULL &&
           length > 0 && length <= LIMIT_SYMBOL_BYTES;
}

static void collect(const struct symbol_reader *reader, struct symbols *out) {
    struct symbols found = {0};
    const zbar_symbol_t *symbol = zbar_image_first_symbol(reader->image);
    for (; symbol != NULL; symbol = zbar_symbol_next(symbol)) {
        if (found.count < SYMBOL_MAX && is_payload(symbol)) {
            found.payloads[found.count++] =
                span_of_bytes(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
        } else {
            found.passed_over++;
        }
    }
    *out = found;
}

enum err symbol_read(struct symbol_reader *reader, const struct grey *picture, bool thorough,
                     struct symbols *out) {
    if (picture->width_px > LIMIT_FRAME_SIDE_PX || picture->height_px > LIMIT_FRAME_SIDE_PX) {
        return ERR_FRAME_TOO_LARGE;
    }
    if (picture->width_px == 0 || picture->height_px == 0) {
        *out = (struct symbols){0};
        return ERR_OK;
    }
    bool inverted = thorough || reader->pictures++ % INVERTED_EVERY == INVERTED_EVERY - 1;
    zbar_image_scanner_set_config(reader->scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, inverted);
    zbar_image_set_size(reader->image, picture->width_px, picture->height_px);
    zbar_image_set_data(reader->image, picture->pixels, (unsigned long)picture->width_px * picture->height_px,
                        NULL);
    int result = zbar_scan_image(reader->scanner, reader->image);
    if (result < 0) {
        return ERR_NO_MEMORY;
    }
    collect(reader, out);
    return ERR_OK;
}

void symbol_stop(struct symbol_reader *reader) {
    if (reader == NULL) {
        return;
    }
    zbar_image_destroy(reader->image);
    zbar_image_scanner_destroy(reader->scanner);
    for (size_t i = 0; i < reader->charset_count; i++) {
        iconv_close(reader->charsets[i]);
    }
    free(reader);
}
