/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/matrix.h"

#include <errno.h>
#include <qrencode.h>

#include "base/limits.h"

static bool is_alphanumeric(struct span contents) {
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for (size_t i = 0; i < contents.len; i++) {
        if (contents.ptr[i] == 0 || strchr(alphabet, contents.ptr[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static QRecLevel level_of(char level) {
    switch (level) {
    case 'M':
        return QR_ECLEVEL_M;
    case 'Q':
        return QR_ECLEVEL_Q;
    case 'H':
        return QR_ECLEVEL_H;
    default:
        return QR_ECLEVEL_L;
    }
}

static enum err encode(struct span contents, char level, bool alphanumeric, QRcode **out) {
    QRinput *input = QRinput_new2(0, level_of(level));
    QRcode *code = NULL;
    if (input == NULL) {
        return ERR_NO_MEMORY;
    }
    if (QRinput_append(input, alphanumeric ? QR_MODE_AN : QR_MODE_8, (int)contents.len, contents.ptr) == 0) {
        code = QRcode_encodeInput(input);
    }
    enum err err = code != NULL ? ERR_OK : errno == ENOMEM ? ERR_NO_MEMORY : ERR_QR_TOO_LARGE;
    QRinput_free(input);
    *out = code;
    return err;
}

enum err matrix_make(struct span contents, char level, struct matrix *out) {
    QRcode *code = NULL;
    if (contents.len == 0 || contents.len > LIMIT_SYMBOL_BYTES) {
        return contents.len == 0 ? ERR_QR_EMPTY : ERR_QR_TOO_LARGE;
    }
    bool alphanumeric = is_alphanumeric(contents);
    TRY(encode(contents, level, alphanumeric, &code));
    *out = (struct matrix){
        .version = (unsigned)code->version,
        .side = (unsigned)code->width,
        .level = level,
        .alphanumeric = alphanumeric,
    };
    for (size_t i = 0; i < (size_t)out->side * out->side; i++) {
        out->dark[i / out->side][i % out->side] = code->data[i] & 1;
    }
    QRcode_free(code);
    return ERR_OK;
}
