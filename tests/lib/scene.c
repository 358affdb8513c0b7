/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/scene.h"

#include <qrencode.h>
#include <stdlib.h>
#include <turbojpeg.h>

#define QUIET 4u

static struct grey draw(QRcode *code, uint32_t module_px) {
    uint32_t modules = (uint32_t)code->width;
    struct grey out = scene_blank((modules + 2 * QUIET) * module_px, (modules + 2 * QUIET) * module_px);
    for (uint32_t y = 0; y < out.height_px; y++) {
        for (uint32_t x = 0; x < out.width_px; x++) {
            uint32_t column = x / module_px - QUIET;
            uint32_t row = y / module_px - QUIET;
            bool inside = column < modules && row < modules;
            bool dark = inside && (code->data[row * modules + column] & 1) != 0;
            out.pixels[y * out.width_px + x] = dark ? 20 : 235;
        }
    }
    QRcode_free(code);
    return out;
}

struct grey scene_qr(struct span payload, uint32_t module_px) {
    QRcode *code = QRcode_encodeData((int)payload.len, payload.ptr, 0, QR_ECLEVEL_L);
    return code == NULL ? (struct grey){0} : draw(code, module_px);
}

struct grey scene_qr_eci(unsigned eci, struct span payload, uint32_t module_px) {
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_L);
    QRinput_appendECIheader(input, eci);
    QRinput_append(input, QR_MODE_8, (int)payload.len, payload.ptr);
    QRcode *code = QRcode_encodeInput(input);
    QRinput_free(input);
    return code == NULL ? (struct grey){0} : draw(code, module_px);
}

struct grey scene_qr_part(struct span payload, uint32_t module_px) {
    return scene_qr_part_of(payload, 5, 0, module_px);
}

struct grey scene_qr_part_of(struct span payload, int version, unsigned index, uint32_t module_px) {
    QRcode_List *list = QRcode_encodeDataStructured((int)payload.len, payload.ptr, version, QR_ECLEVEL_L);
    QRcode_List *part = list;
    for (unsigned i = 0; i < index && part != NULL; i++) {
        part = part->next;
    }
    struct grey out = {0};
    if (part != NULL) {
        out = draw(part->code, module_px);
        part->code = NULL;
    }
    QRcode_List_free(list);
    return out;
}

struct grey scene_blank(uint32_t width_px, uint32_t height_px) {
    struct grey out = {malloc((size_t)width_px * height_px), width_px, height_px};
    memset(out.pixels, 235, (size_t)width_px * height_px);
    return out;
}

static void copy_to(const struct grey *from, struct grey *to, uint32_t left) {
    for (uint32_t y = 0; y < from->height_px; y++) {
        memcpy(to->pixels + (size_t)y * to->width_px + left, from->pixels + (size_t)y * from->width_px,
               from->width_px);
    }
}

struct grey scene_beside(const struct grey *left, const struct grey *right) {
    uint32_t height = left->height_px > right->height_px ? left->height_px : right->height_px;
    struct grey out = scene_blank(left->width_px + right->width_px, height);
    copy_to(left, &out, 0);
    copy_to(right, &out, left->width_px);
    return out;
}

struct grey scene_beside_a_wall(struct span payload) {
    struct grey code = scene_qr(payload, 3), picture = scene_blank(1280, 720);
    for (uint32_t y = 0; y < picture.height_px; y++) {
        uint8_t *line = picture.pixels + (size_t)y * picture.width_px;
        bool beside = y >= 50 && y < 50 + code.height_px;
        for (uint32_t x = 0; x < picture.width_px; x++) {
            bool dark = x > 640 && (x * 7 + y * 3) / 5 % 2 == 0;
            line[x] = dark ? 40 : x > 640 ? 200 : 255;
        }
        if (beside) {
            memcpy(line + 50, code.pixels + (size_t)(y - 50) * code.width_px, code.width_px);
        }
    }
    free(code.pixels);
    return picture;
}

struct grey scene_inverted(const struct grey *picture) {
    struct grey out = scene_blank(picture->width_px, picture->height_px);
    for (size_t i = 0; i < (size_t)out.width_px * out.height_px; i++) {
        out.pixels[i] = (uint8_t)(255 - picture->pixels[i]);
    }
    return out;
}

struct span scene_jpeg(const struct grey *picture) {
    uint8_t *encoded = NULL;
    unsigned long size = 0;
    tjhandle jpeg = tjInitCompress();
    if (tjCompress2(jpeg, picture->pixels, (int)picture->width_px, 0, (int)picture->height_px, TJPF_GRAY,
                    &encoded, &size, TJSAMP_GRAY, 85, 0) != 0) {
        size = 0;
    }
    tjDestroy(jpeg);
    uint8_t *copy = malloc(size + 1);
    memcpy(copy, encoded, size);
    tjFree(encoded);
    return span_of_bytes(copy, size);
}
