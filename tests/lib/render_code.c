/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_code.h"

#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A piece of the payload in a mode of its own. */
struct piece {
    QRencodeMode mode;
    const char *start;
    const char *alphabet; /* NULL: all bytes */
    double bits;          /* of one character */
};

static const char digits[] = "0123456789";
static const char base45[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char words[] = "abcdefghijklmnopqrstuvwxyz      ,.:\"{}[]0123456789";

static const struct piece kinds[RENDER_PAYLOAD_KINDS][2] = {
    [RENDER_PAYLOAD_RANDOM] = {{QR_MODE_8, "", NULL, 8}},
    [RENDER_PAYLOAD_BASE45] = {{QR_MODE_AN, "HC1:", base45, 5.5}},
    [RENDER_PAYLOAD_JWS] = {{QR_MODE_8, "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.", base64url, 8}},
    [RENDER_PAYLOAD_DIGITS] = {{QR_MODE_8, "shc:/", "", 8}, {QR_MODE_NUM, "", digits, 10.0 / 3}},
    [RENDER_PAYLOAD_LINK] = {{QR_MODE_8, "https://academy.example/c#", base64url, 8}},
    [RENDER_PAYLOAD_JSON] = {{QR_MODE_8, "{\"name\":\"Zo\xC3\xAB \xC5\x81uk\",\"t\":\"", words, 8}},
};

static const char levels[] = "LMQH";

/* Codewords for data (ISO/IEC 18004 table 7): all there are, less those of error correction. */
static unsigned data_bits(unsigned version, char level) {
    static const uint16_t words_of[4][40] = {
        {19,   34,   55,   80,   108,  136,  156,  194,  232,  274,  324,  370,  428,  461,
         523,  589,  647,  721,  795,  861,  932,  1006, 1094, 1174, 1276, 1370, 1468, 1531,
         1631, 1735, 1843, 1955, 2071, 2191, 2306, 2434, 2566, 2702, 2812, 2956},
        {16,   28,   44,   64,   86,   108,  124,  154,  182,  216,  254,  290,  334,  365,
         415,  453,  507,  563,  627,  669,  714,  782,  860,  914,  1000, 1062, 1128, 1193,
         1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334},
        {13,  22,  34,   48,   62,   76,   88,   110,  132,  154,  180,  206, 244, 261,
         295, 325, 367,  397,  445,  485,  512,  568,  614,  664,  718,  754, 808, 871,
         911, 985, 1033, 1115, 1171, 1231, 1286, 1354, 1426, 1502, 1582, 1666},
        {9,   16,  26,  36,  46,  60,  66,  86,   100,  122,  140,  158, 180, 197,
         223, 253, 283, 313, 341, 385, 406, 442,  464,  514,  538,  596, 628, 661,
         701, 745, 793, 845, 901, 961, 986, 1054, 1096, 1142, 1222, 1276},
    };
    return 8u * words_of[strchr(levels, level) - levels][version - 1];
}

/* Write the start, and characters of the alphabet that take so many bits; the bits used. */
static double fill(struct render_dice *dice, const struct piece *piece, double bits,
                   struct render_code *out) {
    double used = 20; /* mode and length */
    uint8_t *from = out->payload + out->payload_len;
    size_t start_len = strlen(piece->start);
    unsigned len = 0;
    size_t letters = piece->alphabet == NULL ? 256 : strlen(piece->alphabet);
    for (; used + piece->bits <= bits && len < RENDER_CODE_BYTES_MAX - out->payload_len; len++) {
        if (len >= start_len && letters == 0) {
            break;
        }
        unsigned letter = letters == 0 ? 0 : render_dice_below(dice, (unsigned)letters);
        from[len] = len < start_len           ? (uint8_t)piece->start[len]
                    : piece->alphabet == NULL ? (uint8_t)letter
                                              : (uint8_t)piece->alphabet[letter];
        used += piece->bits;
    }
    out->payload_len += len;
    return used;
}

static void copy_modules(const QRcode *code, struct render_code *out) {
    out->version = (unsigned)code->version;
    out->side = (unsigned)code->width;
    for (unsigned i = 0; i < out->side * out->side; i++) {
        out->dark[i / out->side][i % out->side] = code->data[i] & 1;
    }
}

/* A renderer that cannot make its codes would only make empty pictures. */
static void expect(bool good) {
    if (!good) {
        fputs("render_code: libqrencode made no such code\n", stderr);
        abort();
    }
}

void render_code_make(struct render_dice *dice, unsigned version, char level, enum render_payload kind,
                      struct render_code *out) {
    double left = data_bits(version, level) * render_dice_between(dice, 0.8, 1.0);
    QRinput *input = QRinput_new2((int)version, (QRecLevel)(strchr(levels, level) - levels));
    *out = (struct render_code){.level = level};
    for (unsigned i = 0; i < 2 && kinds[kind][i].start != NULL; i++) {
        unsigned from = out->payload_len;
        left -= fill(dice, &kinds[kind][i], left, out);
        expect(out->payload_len == from ||
               QRinput_append(input, kinds[kind][i].mode, (int)(out->payload_len - from),
                              out->payload + from) == 0);
    }
    QRcode *code = QRcode_encodeInput(input);
    expect(code != NULL && (unsigned)code->version == version);
    copy_modules(code, out);
    QRcode_free(code);
    QRinput_free(input);
}
