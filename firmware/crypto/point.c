/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/point.h"

#include <mbedtls/bignum.h>

/* p and b of y^2 = x^3 - 3x + b (FIPS 186-4 D.1.2.3 and D.1.2.4). Both primes are 3 mod 4, so that a square's
 * root is its power (p + 1) / 4. */
struct curve {
    enum crypto_key_kind kind;
    size_t bytes;
    const char *p, *b;
};

static const struct curve curves[] = {
    {CRYPTO_KEY_P256, 32, "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
     "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"},
    {CRYPTO_KEY_P384, 48,
     "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
     "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF"},
};

static const struct curve *curve_of(enum crypto_key_kind kind) {
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) {
        if (curves[i].kind == kind) {
            return &curves[i];
        }
    }
    return NULL;
}

size_t point_compressed_len(enum crypto_key_kind kind) {
    const struct curve *curve = curve_of(kind);
    return curve == NULL ? 0 : curve->bytes + 1;
}

/* All numbers of one decompression; released together. */
struct work {
    mbedtls_mpi p, b, x, y, square, root_power, again;
};

#define EACH(work, call)                                                                                     \
    (call(&(work)->p), call(&(work)->b), call(&(work)->x), call(&(work)->y), call(&(work)->square),          \
     call(&(work)->root_power), call(&(work)->again))

/* square = x (x^2 - 3) + b mod p; x is below p. */
static bool right_side(struct work *w) {
    return mbedtls_mpi_mul_mpi(&w->square, &w->x, &w->x) == 0 &&
           mbedtls_mpi_sub_int(&w->square, &w->square, 3) == 0 &&
           mbedtls_mpi_mul_mpi(&w->square, &w->square, &w->x) == 0 &&
           mbedtls_mpi_add_mpi(&w->square, &w->square, &w->b) == 0 &&
           mbedtls_mpi_mod_mpi(&w->square, &w->square, &w->p) == 0;
}

/* y = square ^ ((p + 1) / 4), and again = y^2: equal to square where it has a root. */
static bool square_root(struct work *w) {
    return mbedtls_mpi_add_int(&w->root_power, &w->p, 1) == 0 &&
           mbedtls_mpi_shift_r(&w->root_power, 2) == 0 &&
           mbedtls_mpi_exp_mod(&w->y, &w->square, &w->root_power, &w->p, NULL) == 0 &&
           mbedtls_mpi_mul_mpi(&w->again, &w->y, &w->y) == 0 &&
           mbedtls_mpi_mod_mpi(&w->again, &w->again, &w->p) == 0;
}

static enum err solve(const struct curve *curve, struct span compressed, struct work *w) {
    if (mbedtls_mpi_read_string(&w->p, 16, curve->p) != 0 ||
        mbedtls_mpi_read_string(&w->b, 16, curve->b) != 0 ||
        mbedtls_mpi_read_binary(&w->x, compressed.ptr + 1, curve->bytes) != 0) {
        return ERR_CRYPTO_FAILED;
    }
    if (mbedtls_mpi_cmp_mpi(&w->x, &w->p) >= 0) {
        return ERR_KEY_SHAPE;
    }
    if (!right_side(w) || !square_root(w)) {
        return ERR_CRYPTO_FAILED;
    }
    if (mbedtls_mpi_cmp_mpi(&w->again, &w->square) != 0) {
        return ERR_KEY_SHAPE;
    }
    bool odd = compressed.ptr[0] == 0x03;
    if ((mbedtls_mpi_get_bit(&w->y, 0) == 1) != odd && mbedtls_mpi_sub_mpi(&w->y, &w->p, &w->y) != 0) {
        return ERR_CRYPTO_FAILED;
    }
    return mbedtls_mpi_cmp_mpi(&w->y, &w->p) < 0 ? ERR_OK : ERR_KEY_SHAPE; /* p: the other root of zero */
}

static enum err put_point(const struct curve *curve, const struct work *w, struct crypto_key *out) {
    struct crypto_key key = {.kind = curve->kind, .len = (uint16_t)(1 + 2 * curve->bytes)};
    key.bytes[0] = 0x04;
    if (mbedtls_mpi_write_binary(&w->x, key.bytes + 1, curve->bytes) != 0 ||
        mbedtls_mpi_write_binary(&w->y, key.bytes + 1 + curve->bytes, curve->bytes) != 0) {
        return ERR_CRYPTO_FAILED;
    }
    *out = key;
    return ERR_OK;
}

enum err point_decompress(enum crypto_key_kind kind, struct span compressed, struct crypto_key *out) {
    const struct curve *curve = curve_of(kind);
    if (curve == NULL || compressed.len != curve->bytes + 1 ||
        (compressed.ptr[0] != 0x02 && compressed.ptr[0] != 0x03)) {
        return ERR_KEY_SHAPE;
    }
    struct work work;
    EACH(&work, mbedtls_mpi_init);
    enum err err = solve(curve, compressed, &work);
    if (err == ERR_OK) {
        err = put_point(curve, &work, out);
    }
    EACH(&work, mbedtls_mpi_free);
    return err;
}

enum err point_compress(const struct crypto_key *key, uint8_t *out) {
    const struct curve *curve = curve_of(key->kind);
    if (curve == NULL || key->len != 1 + 2 * curve->bytes || key->bytes[0] != 0x04) {
        return ERR_KEY_SHAPE;
    }
    out[0] = 0x02 | (key->bytes[key->len - 1] & 1);
    memcpy(out + 1, key->bytes + 1, curve->bytes);
    return ERR_OK;
}
