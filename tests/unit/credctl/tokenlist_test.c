/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/cbor.h"
#include "codec/deflate.h"
#include "credctl/build/tokenlist.h"
#include "credctl/build/tokenlist_sign.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ISSUER       "did:web:a.example"
#define KID          ISSUER "#1"
#define ADDRESS      "https://a.example/1"

static struct signer *signers[3], *other;

static int start(void **state) {
    (void)state;
    static const enum crypto_alg algs[] = {CRYPTO_ES256, CRYPTO_ES384, CRYPTO_EDDSA};
    assert_ok(crypto_start());
    for (size_t i = 0; i < COUNT(signers); i++) {
        assert_ok(signer_make(algs[i], &signers[i]));
    }
    assert_ok(signer_make(CRYPTO_ES256, &other));
    return 0;
}

static int stop(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(signers); i++) {
        signer_close(signers[i]);
    }
    signer_close(other);
    return 0;
}

static bool next_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                     struct crypto_key *key) {
    (void)ctx;
    if (index >= COUNT(signers)) {
        return false;
    }
    *kid = index == 0 ? span_of_text(KID) : (struct span){0};
    *alg = signer_alg(signers[index]);
    *key = *signer_public(signers[index]);
    return true;
}

static enum err read_text(struct span text, struct statuslist *out) {
    struct statuslist_keys keys = {NULL, next_key};
    struct statuslist_source source = {.text = text, .issuer = span_of_text(ISSUER), .keys = &keys};
    return statuslist_read(&source, out);
}

static uint8_t token_bytes[1u << 17];

/* Claims as they stand, signed as a JWT of this type. */
static enum err read_jwt(const char *claims, const char *typ, const struct signer *signer,
                         struct statuslist *out) {
    struct room room = room_over(token_bytes, sizeof token_bytes);
    assert_ok(signer_jws(signer, span_of_text(typ), span_of_text(signer == signers[0] ? KID : ""),
                         span_of_text(claims), &room));
    return read_text(room_span(&room), out);
}

static enum err read_claims(const char *claims, struct statuslist *out) {
    return read_jwt(claims, "statuslist+jwt", signers[0], out);
}

/* Each bit of a bitmap whose entries count up, for every size, in either form, by every kind of key. */
static void reads_what_was_signed(void **state) {
    (void)state;
    static const uint32_t sizes[] = {1, 2, 4, 8};
    uint8_t bitmap[512];
    for (size_t i = 0; i < sizeof bitmap; i++) {
        bitmap[i] = (uint8_t)(i * 37 + 11);
    }
    for (size_t s = 0; s < COUNT(sizes); s++) {
        for (size_t k = 0; k < 2 * COUNT(signers); k++) {
            const struct signer *signer = signers[k / 2];
            struct statuslist list = {0};
            struct room room = room_over(token_bytes, sizeof token_bytes);
            struct tokenlist_claimed claimed = {span_of_text(ADDRESS), 1788000000, 1789000000, sizes[s],
                                                span_of_bytes(bitmap, sizeof bitmap)};
            struct span kid = span_of_text(k < 2 ? KID : "");
            assert_ok(k % 2 == 0 ? tokenlist_sign_jwt(&claimed, signer, kid, &room)
                                 : tokenlist_sign_cwt(&claimed, signer, kid, &room));
            assert_ok(read_text(room_span(&room), &list));
            assert_span_text(list.kind, "TokenStatusList");
            assert_span_text(list.id, ADDRESS);
            assert_true(list.only_there && !list.is_unsigned);
            assert_span_text(list.issuer, ISSUER);
            assert_int_equal(list.purpose_count, 1);
            assert_int_equal(list.purposes[0].len, 0);
            assert_int_equal(list.as_of_s, 1788000000);
            assert_int_equal(list.expires_s, 1789000000);
            assert_int_equal(list.bits, sizes[s]);
            assert_int_equal(list.entries, sizeof bitmap * 8 / sizes[s]);
            assert_memory_equal(list.bitmap.ptr, bitmap, sizeof bitmap);
            statuslist_close(&list);
        }
    }
}

/* The least significant bits hold the first entry (section 4.1): 0xb9 is 1 0 0 1 1 1 0 1, read from there. */
static void the_first_entry_is_the_least_significant(void **state) {
    (void)state;
    static const struct {
        uint32_t bits;
        uint8_t published, kept;
    } cases[] = {{1, 0xB9, 0x9D}, {2, 0xC9, 0x63}, {4, 0xA3, 0x3A}, {8, 0xA3, 0xA3}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint8_t bytes[64];
        struct room room = room_over(bytes, sizeof bytes);
        struct statuslist list = {0};
        assert_ok(deflate_bytes(INFLATE_ZLIB, span_of_bytes(&cases[i].published, 1), &room));
        assert_ok(tokenlist_take_bits(room_span(&room), cases[i].bits, &list));
        assert_int_equal(list.bitmap.ptr[0], cases[i].kept);
        statuslist_close(&list);
    }
}

#define LIST "\"status_list\":{\"bits\":1,\"lst\":\"eNrbuRgAAhcBXQ\"}"
#define SUB  "\"sub\":\"" ADDRESS "\","

static void the_earliest_end_counts(void **state) {
    (void)state;
    static const struct {
        const char *claims;
        int64_t expires_s;
    } cases[] = {
        {"{" SUB "\"iat\":1000," LIST "}", 0},
        {"{" SUB "\"iat\":1000,\"exp\":5000," LIST "}", 5000},
        {"{" SUB "\"iat\":1000,\"ttl\":60," LIST "}", 1060},
        {"{" SUB "\"iat\":1000,\"ttl\":60,\"exp\":1050," LIST "}", 1050},
        {"{" SUB "\"iat\":1000.9,\"ttl\":60,\"exp\":5000," LIST "}", 1060},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct statuslist list = {0};
        assert_ok(read_claims(cases[i].claims, &list));
        assert_int_equal(list.expires_s, cases[i].expires_s);
        assert_int_equal(list.as_of_s, 1000);
        assert_int_equal(list.entries, 16);
        statuslist_close(&list);
    }
}

static void malformed_lists_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *claims;
        enum err err;
    } cases[] = {
        {"{\"iat\":1000," LIST "}", ERR_STATUS_SHAPE},
        {"{\"sub\":7,\"iat\":1000," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":\"1000\"," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":-1," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":0," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"exp\":1e300," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"exp\":253402300800," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"ttl\":0," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"ttl\":\"60\"," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"iss\":\"did:web:b.example\"," LIST "}", ERR_STATUS_ISSUER},
        {"{" SUB "\"iat\":1000,\"iss\":7," LIST "}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":[]}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":3,\"lst\":\"eNrbuRgAAhcBXQ\"}}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":-1,\"lst\":\"eNrbuRgAAhcBXQ\"}}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":4294967297,\"lst\":\"eNrbuRgAAhcBXQ\"}}",
         ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"lst\":\"eNrbuRgAAhcBXQ\"}}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":1}}", ERR_STATUS_SHAPE},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":1,\"lst\":\"!\"}}", ERR_BASE64URL},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":1,\"lst\":\"\"}}", ERR_INFLATE_DATA},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":1,\"lst\":\"AAAA\"}}", ERR_INFLATE_DATA},
        {"{" SUB "\"iat\":1000,\"status_list\":{\"bits\":1,\"lst\":\"eNoDAAAAAAE\"}}",
         ERR_STATUS_SHAPE}, /* no entry */
        {"[]", ERR_STATUS_SHAPE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct statuslist list = {0};
        enum err got = read_claims(cases[i].claims, &list);
        if (got != cases[i].err) {
            fail_msg("%s: %s", cases[i].claims, err_name(got));
        }
        assert_null(list.claims);
    }
}

/* Another token of the issuer is no list, and a list by another key is nobody's. */
static void the_type_and_the_key_must_be_right(void **state) {
    (void)state;
    struct statuslist list = {0};
    const char *claims = "{" SUB "\"iat\":1000,\"iss\":\"" ISSUER "\"," LIST "}";
    static const char *const types[] = {"statuslist+jwt", "application/statuslist+jwt", "StatusList+JWT"};
    for (size_t i = 0; i < COUNT(types); i++) {
        assert_ok(read_jwt(claims, types[i], signers[0], &list));
        statuslist_close(&list);
    }
    static const char *const wrong[] = {"JWT", "", "statuslist+cwt", "vc+jwt", "xstatuslist+jwt"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_true(read_jwt(claims, wrong[i], signers[0], &list) != ERR_OK);
    }
    assert_err(read_jwt(claims, "statuslist+jwt", other, &list), ERR_STATUS_ISSUER);
}

/* Two megabytes of zeros and more, folded up: what would grow beyond the room is refused by name. */
static void a_list_that_inflates_without_end_is_refused(void **state) {
    (void)state;
    size_t bytes = STATUSLIST_BYTES_MAX + 1;
    uint8_t *zeros = calloc(1, bytes);
    struct room room = room_over(token_bytes, sizeof token_bytes);
    struct statuslist list = {0};
    assert_ok(deflate_bytes(INFLATE_ZLIB, span_of_bytes(zeros, bytes), &room));
    assert_err(tokenlist_take_bits(room_span(&room), 1, &list), ERR_INFLATE_TOO_LARGE);
    statuslist_close(&list);
    room.len = 0;
    assert_ok(deflate_bytes(INFLATE_ZLIB, span_of_bytes(zeros, bytes - 1), &room));
    assert_ok(tokenlist_take_bits(room_span(&room), 1, &list));
    assert_int_equal(list.entries, (uint64_t)STATUSLIST_BYTES_MAX * 8);
    statuslist_close(&list);
    free(zeros);
}

/* A CWT of these claims, by hand; `typ` for the protected header. */
static enum err read_cwt(const char *typ, struct span claims, struct statuslist *out) {
    uint8_t header[128], signed_bytes[1024], signature[128];
    struct room head = room_over(header, sizeof header), all = room_over(signed_bytes, sizeof signed_bytes),
                sig = room_over(signature, sizeof signature),
                token = room_over(token_bytes, sizeof token_bytes);
    assert_ok(cbor_put(&head, CBOR_MAP, 2));
    assert_ok(cbor_put(&head, CBOR_UNSIGNED, 1));
    assert_ok(cbor_put(&head, CBOR_NEGATIVE, 6));
    assert_ok(cbor_put(&head, CBOR_UNSIGNED, 16));
    assert_ok(cbor_put_string(&head, CBOR_TEXT, span_of_text(typ)));
    assert_ok(cbor_put(&all, CBOR_ARRAY, 4));
    assert_ok(cbor_put_string(&all, CBOR_TEXT, span_of_text("Signature1")));
    assert_ok(cbor_put_string(&all, CBOR_BYTES, room_span(&head)));
    assert_ok(cbor_put_string(&all, CBOR_BYTES, (struct span){0}));
    assert_ok(cbor_put_string(&all, CBOR_BYTES, claims));
    assert_ok(signer_sign(signers[0], room_span(&all), &sig));
    assert_ok(cbor_put(&token, CBOR_ARRAY, 4));
    assert_ok(cbor_put_string(&token, CBOR_BYTES, room_span(&head)));
    assert_ok(cbor_put(&token, CBOR_MAP, 0));
    assert_ok(cbor_put_string(&token, CBOR_BYTES, claims));
    assert_ok(cbor_put_string(&token, CBOR_BYTES, room_span(&sig)));
    return read_text(room_span(&token), out);
}

#define CWT_TYP "application/statuslist+cwt"
/* bits 1 and lst, of 16 entries; sub "a:1"; iat 1000 */
#define CWT_LIST                                                                                             \
    "\x19\xff\xfd\xa2\x64"                                                                                   \
    "bits\x01\x63"                                                                                           \
    "lst\x4a\x78\xda\xdb\xb9\x18\x00\x02\x17\x01\x5d"
#define CWT_SUB                                                                                              \
    "\x02\x63"                                                                                               \
    "a:1"
#define CWT_IAT "\x06\x19\x03\xe8"

static void claims_of_a_cwt_are_read_by_number(void **state) {
    (void)state;
    static const struct {
        struct span claims;
        enum err err;
        int64_t expires_s;
    } cases[] = {
#define CLAIMS(text) {(const uint8_t *)(text), sizeof(text) - 1}
        {CLAIMS("\xa3" CWT_SUB CWT_IAT CWT_LIST), ERR_OK, 0},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x04\x19\x07\xd0"), ERR_OK, 2000},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x19\xff\xfe\x18\x3c"), ERR_OK, 1060},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x04\xf9\x67\xd0"), ERR_OK, 2000}, /* half precision */
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x01\x63"
                "b:1"),
         ERR_STATUS_ISSUER, 0},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x01\x07"), ERR_STATUS_SHAPE, 0},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x04\x63"
                "2000"),
         ERR_CBOR_TRAILING, 0},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x04\x20"), ERR_STATUS_SHAPE, 0},
        {CLAIMS("\xa4" CWT_SUB CWT_IAT CWT_LIST "\x61x\xf6"), ERR_OK, 0},
        {CLAIMS("\xa2" CWT_SUB CWT_IAT), ERR_STATUS_SHAPE, 0},
        {CLAIMS("\xa2" CWT_SUB CWT_LIST), ERR_STATUS_SHAPE, 0},
        {CLAIMS("\xa2" CWT_IAT CWT_LIST), ERR_STATUS_SHAPE, 0},
        {CLAIMS("\xa3" CWT_SUB CWT_IAT "\x19\xff\xfd\x80"), ERR_STATUS_SHAPE, 0},
        {CLAIMS("\xa3" CWT_SUB CWT_IAT "\x19\xff\xfd\xa1\x64"
                "bits\x01"),
         ERR_STATUS_SHAPE, 0},
        {CLAIMS("\x80"), ERR_STATUS_SHAPE, 0},
        {CLAIMS(""), ERR_CBOR_CUT, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct statuslist list = {0};
        enum err got = read_cwt(CWT_TYP, cases[i].claims, &list);
        if (got != cases[i].err) {
            fail_msg("case %zu: %s", i, err_name(got));
        }
        assert_int_equal(list.expires_s, cases[i].expires_s);
        assert_int_equal(list.entries, got == ERR_OK ? 16 : 0);
        statuslist_close(&list);
    }
    struct statuslist list = {0};
    assert_err(read_cwt("application/cwt", cases[0].claims, &list), ERR_STATUS_TYPE);
    assert_err(read_cwt("", cases[0].claims, &list), ERR_STATUS_TYPE);
    assert_ok(read_cwt("statuslist+cwt", cases[0].claims, &list));
    statuslist_close(&list);
}

/* No bit of a signed list can be changed, in either form. */
static void a_changed_bit_is_noticed(void **state) {
    (void)state;
    uint8_t bitmap[16] = {0x80};
    struct tokenlist_claimed claimed = {span_of_text(ADDRESS), 1788000000, 1789000000, 1,
                                        span_of_bytes(bitmap, sizeof bitmap)};
    for (int form = 0; form < 2; form++) {
        struct room room = room_over(token_bytes, sizeof token_bytes);
        assert_ok(form == 0 ? tokenlist_sign_jwt(&claimed, signers[2], (struct span){0}, &room)
                            : tokenlist_sign_cwt(&claimed, signers[2], (struct span){0}, &room));
        for (size_t bit = 0; bit < room.len * 8; bit++) {
            struct statuslist list = {0};
            token_bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
            bool read = read_text(room_span(&room), &list) == ERR_OK;
            token_bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
            bool same = read && list.expires_s == 1789000000 && list.bitmap.ptr[0] == 0x80;
            assert_true(!read || same); /* the tag around a CWT is not signed */
            statuslist_close(&list);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_signed),
        cmocka_unit_test(the_first_entry_is_the_least_significant),
        cmocka_unit_test(the_earliest_end_counts),
        cmocka_unit_test(malformed_lists_are_refused),
        cmocka_unit_test(the_type_and_the_key_must_be_right),
        cmocka_unit_test(a_list_that_inflates_without_end_is_refused),
        cmocka_unit_test(claims_of_a_cwt_are_read_by_number),
        cmocka_unit_test(a_changed_bit_is_noticed),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
