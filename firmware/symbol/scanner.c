/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/scanner.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <zbar.h>

/* Character sets that zbar converts from: what an ECI may name, and what it guesses among. */
#define CHARSETS 20u

/* zbar keeps a symbol of about 100 bytes for each code that it ever read, and gives it back with all the rest alone. */
#define SCANS_MOST 256u

struct scanner {
    zbar_image_scanner_t *zbar;
    zbar_image_t *image;
    unsigned scans; /* by this zbar */
    size_t charset_count;
    iconv_t charsets[CHARSETS]; /* held open, so that their modules stay loaded */
};

static void hold(struct scanner *scanner, const char *charset) {
    iconv_t descriptor = iconv_open("UTF-8", charset);
    if ((intptr_t)descriptor != -1 && scanner->charset_count < CHARSETS) {
        scanner->charsets[scanner->charset_count++] = descriptor;
    }
}

/* zbar opens these while it reads a symbol; glibc loads their modules from files when first asked. */
static void hold_charsets(struct scanner *scanner) {
    for (int part = 1; part <= 16; part++) {
        char name[16];
        snprintf(name, sizeof name, "ISO8859-%d", part);
        if (part != 12) {
            hold(scanner, name);
        }
    }
    static const char *const others[] = {"SJIS", "BIG-5", "CP437", "UTF-8"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        hold(scanner, others[i]);
    }
}

static void end_zbar(struct scanner *scanner) {
    if (scanner->image != NULL) {
        zbar_image_destroy(scanner->image);
    }
    if (scanner->zbar != NULL) {
        zbar_image_scanner_destroy(scanner->zbar);
    }
    scanner->image = NULL;
    scanner->zbar = NULL;
}

static enum err start_zbar(struct scanner *scanner) {
    scanner->scans = 0;
    scanner->zbar = zbar_image_scanner_create();
    scanner->image = zbar_image_create();
    if (scanner->zbar == NULL || scanner->image == NULL) {
        return ERR_NO_MEMORY;
    }
    zbar_image_scanner_set_config(scanner->zbar, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner->zbar, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner->zbar, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_set_format(scanner->image, zbar_fourcc('Y', '8', '0', '0'));
    return ERR_OK;
}

enum err scanner_start(struct scanner **out) {
    struct scanner *scanner = calloc(1, sizeof *scanner);
    if (scanner == NULL) {
        return ERR_NO_MEMORY;
    }
    if (start_zbar(scanner) != ERR_OK) {
        scanner_stop(scanner);
        return ERR_NO_MEMORY;
    }
    hold_charsets(scanner);
    *out = scanner;
    return ERR_OK;
}

/* A fresh zbar now and then: making one opens no file. */
static enum err renew(struct scanner *scanner) {
    if (scanner->scans++ < SCANS_MOST) {
        return ERR_OK;
    }
    end_zbar(scanner);
    return start_zbar(scanner);
}

/* One whole code with at least one byte: ZBAR_PARTIAL and what zbar joined from parts are none. */
static bool is_payload(const zbar_symbol_t *symbol) {
    unsigned length = zbar_symbol_get_data_length(symbol);
    return zbar_symbol_get_type(symbol) == ZBAR_QRCODE && zbar_symbol_get_components(symbol) == NULL &&
           length > 0 && length <= LIMIT_SYMBOL_BYTES;
}

static struct span bytes_of(const zbar_symbol_t *symbol) {
    return span_of_bytes(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
}

enum err scanner_check(struct scanner *scanner, const uint8_t *pixels, uint32_t side_px, struct span bytes,
                       enum decoding_opinion *out) {
    TRY(renew(scanner));
    zbar_image_set_size(scanner->image, side_px, side_px);
    zbar_image_set_data(scanner->image, pixels, (unsigned long)side_px * side_px, NULL);
    if (zbar_scan_image(scanner->zbar, scanner->image) < 0) {
        return ERR_NO_MEMORY;
    }
    const zbar_symbol_t *symbol = zbar_image_first_symbol(scanner->image);
    if (symbol == NULL) {
        *out = DECODING_UNREAD;
        return ERR_OK;
    }
    bool same = zbar_symbol_next(symbol) == NULL && is_payload(symbol) && span_equal(bytes_of(symbol), bytes);
    *out = same ? DECODING_AGREES : DECODING_DIFFERS;
    return ERR_OK;
}

void scanner_stop(struct scanner *scanner) {
    if (scanner == NULL) {
        return;
    }
    end_zbar(scanner);
    for (size_t i = 0; i < scanner->charset_count; i++) {
        iconv_close(scanner->charsets[i]);
    }
    free(scanner);
}
