/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/jcs.h"
#include "codec/jsontext.h"
#include "crypto/crypto.h"

#define FOLDER "jcs/testdata/"

static void canonical_forms(void *ctx, const char *name, struct span bytes) {
    char path[256];
    uint8_t *memory = malloc(1 << 16);
    struct room room = room_over(memory, 1 << 16);
    json_t *value = NULL;
    snprintf(path, sizeof path, FOLDER "output/%s", name);
    struct span expected = interop_read(path);
    enum err err = jsontext_parse(bytes, &value);
    err = err == ERR_OK ? jcs_write(value, &room) : err;
    interop_case(ctx, name, err == ERR_OK && span_equal(room_span(&room), expected), err_name(err));
    json_decref(value);
    interop_free(expected);
    free(memory);
}

/* The doubles of the published number file, in its order, by the algorithm of its README. */
struct doubles {
    uint64_t fixed[512];
    size_t fixed_count, at, in_block;
    uint8_t block[CRYPTO_SHA256_BYTES];
};

/* "0x...n" wherever the README lists them; the loop's own 0x0010000000000000n stands behind them. */
static void read_fixed(struct doubles *doubles) {
    struct span readme = interop_read(FOLDER "README.md");
    char *text = calloc(1, readme.len + 1);
    memcpy(text, readme.ptr, readme.len);
    char *end = strstr(text, "staticF64s = ");
    assert_non_null(end);
    *end = 0;
    for (char *at = strstr(text, "0x"); at != NULL; at = strstr(at + 2, "0x")) {
        assert_true(doubles->fixed_count < 512);
        doubles->fixed[doubles->fixed_count++] = strtoull(at, NULL, 16);
    }
    free(text);
    interop_free(readme);
}

static uint64_t from_chain(struct doubles *doubles) {
    for (;;) {
        if (doubles->in_block == 0) {
            uint8_t next[CRYPTO_SHA256_BYTES];
            assert_ok(crypto_sha256(span_of_bytes(doubles->block, sizeof next), next));
            memcpy(doubles->block, next, sizeof next);
            doubles->in_block = 4;
        }
        uint64_t bits = 0;
        double number = 0;
        memcpy(&bits, doubles->block + 8 * (4 - doubles->in_block), sizeof bits);
        memcpy(&number, &bits, sizeof number);
        doubles->in_block--;
        if (number != 0 && isfinite(number)) {
            return bits;
        }
    }
}

static uint64_t next_double(struct doubles *doubles) {
    size_t at = doubles->at++;
    if (at < doubles->fixed_count) {
        return doubles->fixed[at];
    }
    at -= doubles->fixed_count;
    return at < 2000 ? 0x0010000000000000u + at : from_chain(doubles);
}

static struct span line_of(uint64_t bits, char *line, size_t cap) {
    double number = 0;
    char text[JCS_NUMBER_CHARS];
    memcpy(&number, &bits, sizeof number);
    jcs_number(number, text);
    return span_of_bytes(line, (size_t)snprintf(line, cap, "%llx,%s\n", (unsigned long long)bits, text));
}

/* Hash so many lines of the number file and compare with the checksum that its README gives for them. */
static void number_file(struct interop *interop, unsigned lines, const char *checksum) {
    struct doubles doubles = {0};
    struct crypto_hash *hash = NULL;
    uint8_t digest[CRYPTO_SHA256_BYTES];
    read_fixed(&doubles);
    assert_ok(crypto_hash_start(&hash));
    for (unsigned i = 0; i < lines; i++) {
        char line[64];
        assert_ok(crypto_hash_add(hash, line_of(next_double(&doubles), line, sizeof line)));
    }
    assert_ok(crypto_hash_finish(hash, digest));
    struct span expected = interop_unhex(checksum);
    char name[64];
    snprintf(name, sizeof name, "the first %u numbers", lines);
    interop_case(interop, name, span_equal(span_of_bytes(digest, sizeof digest), expected), "other text");
    interop_free(expected);
}

static void jcs(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "jcs", "jcs");
    assert_ok(crypto_start());
    interop_each_file(FOLDER "input", canonical_forms, &interop);
    number_file(&interop, 1000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687");
    number_file(&interop, 100000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7");
    if (getenv("FULL") != NULL) {
        number_file(&interop, 10000000, "b9f8a44a91d46813b21b9602e72f112613c91408db0b8341fb94603d9db135e0");
    }
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(jcs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
