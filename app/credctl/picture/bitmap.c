/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/bitmap.h"

#include <png.h>

/* 10,000 of them are 254 inches. */
#define DPI_TO_PIXELS_A_METRE(dpi) (((dpi)*10000u + 127u) / 254u)

static unsigned span_px(const struct matrix *code, const struct bitmap_layout *layout) {
    return (code->side + 2 * BITMAP_QUIET_MODULES) * layout->module_px;
}

/* Width and height of the codes alone. */
static void codes_size(const struct matrix *const *codes, size_t count, const struct bitmap_layout *layout,
                       unsigned *width_px, unsigned *height_px) {
    *width_px = 0;
    *height_px = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned side_px = span_px(codes[i], layout);
        *width_px += side_px;
        *height_px = side_px > *height_px ? side_px : *height_px;
    }
}

void bitmap_size(const struct matrix *const *codes, size_t count, const struct bitmap_layout *layout,
                 unsigned *width_px, unsigned *height_px) {
    codes_size(codes, count, layout, width_px, height_px);
    *width_px = *width_px < layout->width_px ? layout->width_px : *width_px;
    *height_px = *height_px < layout->height_px ? layout->height_px : *height_px;
}

static void darken(uint8_t *row, unsigned from_px, unsigned count) {
    for (unsigned x = from_px; x < from_px + count; x++) {
        row[x / 8] = (uint8_t)(row[x / 8] & ~(0x80u >> x % 8));
    }
}

/* One code's part of the row y_px of the picture. */
static void draw_code(uint8_t *row, const struct matrix *code, unsigned module_px, unsigned left_px,
                      unsigned top_px, unsigned y_px) {
    unsigned first_px = top_px + BITMAP_QUIET_MODULES * module_px;
    if (y_px < first_px || y_px >= first_px + code->side * module_px) {
        return;
    }
    const uint8_t *dark = code->dark[(y_px - first_px) / module_px];
    for (unsigned column = 0; column < code->side; column++) {
        if (dark[column] == 1) {
            darken(row, left_px + (BITMAP_QUIET_MODULES + column) * module_px, module_px);
        }
    }
}

struct drawing {
    const struct matrix *const *codes;
    size_t count;
    const struct bitmap_layout *layout;
    unsigned width_px, height_px;
    struct room *out;
    enum err err;
};

static void draw_row(const struct drawing *drawing, unsigned y_px, uint8_t row[BITMAP_SIDE_MAX / 8]) {
    unsigned codes_px = 0, height_px = 0;
    codes_size(drawing->codes, drawing->count, drawing->layout, &codes_px, &height_px);
    unsigned left_px = (drawing->width_px - codes_px) / 2;
    memset(row, 0xFF, BITMAP_SIDE_MAX / 8);
    for (size_t i = 0; i < drawing->count; i++) {
        unsigned side_px = span_px(drawing->codes[i], drawing->layout);
        unsigned top_px = (drawing->height_px - side_px) / 2;
        draw_code(row, drawing->codes[i], drawing->layout->module_px, left_px, top_px, y_px);
        left_px += side_px;
    }
}

static void write_piece(png_structp png, png_bytep bytes, size_t len) {
    struct drawing *drawing = png_get_io_ptr(png);
    drawing->err = room_put(drawing->out, span_of_bytes(bytes, len));
    if (drawing->err != ERR_OK) {
        png_error(png, "no room");
    }
}

static void flush_nothing(png_structp png) {
    (void)png;
}

static void leave(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}

static void be_silent(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

/* libpng leaves by longjmp when something fails; drawing->err says what. */
static void write_png(png_structp png, png_infop info, struct drawing *drawing) {
    uint8_t row[BITMAP_SIDE_MAX / 8];
    if (setjmp(png_jmpbuf(png)) != 0) {
        drawing->err = drawing->err == ERR_OK ? ERR_NO_MEMORY : drawing->err;
        return;
    }
    png_set_write_fn(png, drawing, write_piece, flush_nothing);
    png_set_IHDR(png, info, drawing->width_px, drawing->height_px, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    unsigned per_metre = DPI_TO_PIXELS_A_METRE(drawing->layout->dpi);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_write_info(png, info);
    for (unsigned y_px = 0; y_px < drawing->height_px; y_px++) {
        draw_row(drawing, y_px, row);
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
}

enum err bitmap_png(const struct matrix *const *codes, size_t count, const struct bitmap_layout *layout,
                    struct room *out) {
    struct drawing drawing = {.codes = codes, .count = count, .layout = layout, .out = out};
    size_t before = out->len;
    bitmap_size(codes, count, layout, &drawing.width_px, &drawing.height_px);
    if (drawing.width_px > BITMAP_SIDE_MAX || drawing.height_px > BITMAP_SIDE_MAX) {
        return ERR_QR_TOO_LARGE;
    }
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, leave, be_silent);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        drawing.err = ERR_NO_MEMORY;
    } else {
        write_png(png, info, &drawing);
    }
    png_destroy_write_struct(&png, &info);
    if (drawing.err != ERR_OK) {
        out->len = before;
    }
    return drawing.err;
}
