/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/eye.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zbar.h>

#include "symbol/symbol.h"

double eye_cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A benchmark without its subject is none. */
static void expect(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "eye: %s\n", what);
        exit(1);
    }
}

struct ours {
    struct symbol_reader *reader;
    enum eye_way way;
};

static void ours_forget(void *ctx) {
    struct ours *ours = ctx;
    symbol_forget(ours->reader);
    symbol_stagger(ours->reader, 0, 1);
}

static void ours_look(void *ctx, const struct grey *picture, struct eye_answer *out) {
    struct ours *ours = ctx;
    struct symbols symbols = {0};
    if (ours->way == EYE_CAMERA_FORGETS) {
        symbol_forget(ours->reader);
    }
    double before_ms = eye_cpu_ms();
    enum err err = symbol_read(ours->reader, picture, false, &symbols);
    if (err == ERR_OK && symbols.count == 0 && ours->way == EYE_ALONE) {
        err = symbol_read(ours->reader, picture, true, &symbols);
    }
    out->cpu_ms = eye_cpu_ms() - before_ms;
    expect(err == ERR_OK, "our reader fails");
    for (size_t i = 0; i < symbols.count && i < EYE_PAYLOADS; i++) {
        out->payloads[out->count++] = symbols.payloads[i];
    }
}

static void ours_close(void *ctx) {
    struct ours *ours = ctx;
    symbol_stop(ours->reader);
    free(ours);
}

struct eye eye_ours(enum eye_way way) {
    static const char *const names[] = {"credkiosk", "credkiosk, as a camera", "credkiosk, each frame alone"};
    struct ours *ours = calloc(1, sizeof *ours);
    ours->way = way;
    expect(symbol_start(&ours->reader) == ERR_OK, "our reader does not start");
    struct eye eye = {.ctx = ours, .look = ours_look, .forget = ours_forget, .close = ours_close};
    snprintf(eye.name, sizeof eye.name, "%s", names[way]);
    return eye;
}

struct zbar {
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
};

static void zbar_look(void *ctx, const struct grey *picture, struct eye_answer *out) {
    struct zbar *zbar = ctx;
    zbar_image_set_size(zbar->image, picture->width_px, picture->height_px);
    zbar_image_set_data(zbar->image, picture->pixels, (unsigned long)picture->width_px * picture->height_px,
                        NULL);
    double before_ms = eye_cpu_ms();
    expect(zbar_scan_image(zbar->scanner, zbar->image) >= 0, "zbar fails");
    out->cpu_ms = eye_cpu_ms() - before_ms;
    const zbar_symbol_t *symbol = zbar_image_first_symbol(zbar->image);
    for (; symbol != NULL && out->count < EYE_PAYLOADS; symbol = zbar_symbol_next(symbol)) {
        if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE) {
            out->payloads[out->count++] =
                span_of_bytes(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
        }
    }
}

static void zbar_close(void *ctx) {
    struct zbar *zbar = ctx;
    zbar_image_destroy(zbar->image);
    zbar_image_scanner_destroy(zbar->scanner);
    free(zbar);
}

struct eye eye_zbar(bool qr_only) {
    struct zbar *zbar = calloc(1, sizeof *zbar);
    zbar->scanner = zbar_image_scanner_create();
    zbar->image = zbar_image_create();
    zbar_image_set_format(zbar->image, zbar_fourcc('Y', '8', '0', '0'));
    if (qr_only) {
        zbar_image_scanner_set_config(zbar->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
        zbar_image_scanner_set_config(zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
        zbar_image_scanner_set_config(zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    }
    struct eye eye = {.ctx = zbar, .look = zbar_look, .close = zbar_close};
    snprintf(eye.name, sizeof eye.name, qr_only ? "zbar, QR only" : "zbar, defaults");
    return eye;
}

void eye_look(const struct eye *eye, const struct grey *picture, struct eye_answer *out) {
    *out = (struct eye_answer){0};
    eye->look(eye->ctx, picture, out);
}

void eye_forget(const struct eye *eye) {
    if (eye->forget != NULL) {
        eye->forget(eye->ctx);
    }
}

void eye_close(struct eye *eye) {
    if (eye->close != NULL) {
        eye->close(eye->ctx);
    }
    *eye = (struct eye){0};
}
