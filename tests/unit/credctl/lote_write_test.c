/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "credctl/build/issuer_anchor.h"
#include "credctl/import/lote_entity.h"
#include "credctl/import/lote_shape.h"
#include "credctl/import/lote_write.h"
#include "crypto/multikey.h"
#include "tests/lib/certificate_files.h"

#define T(n) (1788000000 + (n)*86400)

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

/* The key of a certificate, as a listed key. */
static struct lists_key key_of(const char *name, enum crypto_alg alg) {
    struct certificate_file file;
    certificate_files_read(name, &file);
    return (struct lists_key){.key = file.certificate.key, .alg = alg};
}

static void add(json_t *issuer, struct lists_key key) {
    assert_ok(issuer_file_add_key(issuer, &key, false));
}

static void add_anchor(json_t *issuer, const char *name, const char *types) {
    struct certificate_file file;
    certificate_files_read(name, &file);
    assert_ok(issuer_anchor_add(issuer, &file.certificate, span_of_text(types), (struct span){0}));
}

static json_t *new_issuer(void) {
    json_t *issuer = issuer_file_new("did:web:a.example");
    assert_ok(issuer_file_add_identifier(issuer, "https://a.example"));
    assert_ok(issuer_file_set_name(issuer, span_of_text("en"), "Academy"));
    assert_ok(issuer_file_set_name(issuer, span_of_text("et"), "Akadeemia"));
    json_object_set_new(issuer, "territory", json_string("EE"));
    return issuer;
}

static struct lists_key okp_key(void) {
    struct lists_key key = {.alg = CRYPTO_EDDSA};
    assert_ok(multikey_read(span_of_text("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"), &key.key));
    return key;
}

/* Write it, check the form, read it back. NULL: nothing was left to write. */
static json_t *there_and_back(const json_t *issuer, struct lote_write_how how, uint64_t *left_out) {
    json_t *entity = NULL;
    struct lote_entity out = {0};
    *left_out = 0;
    assert_ok(lote_write_entity(issuer, &how, left_out, &entity));
    if (entity == NULL) {
        return NULL;
    }
    assert_ok(lote_shape_check_entity(entity));
    assert_ok(lote_entity_read(entity, (struct span){0}, &out));
    json_decref(entity);
    return out.issuer;
}

/* Whether an array has a value, in whatever place. */
static bool has(const json_t *array, const json_t *value) {
    bool found = false;
    for (size_t i = 0; i < json_array_size(array); i++) {
        found = found || json_equal(json_array_get(array, i), value);
    }
    return found;
}

static void assert_same(const json_t *before, const json_t *after) {
    static const char *const members[] = {"identifiers", "names", "territory", "keys", "certificates"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *left = json_object_get(before, members[i]), *right = json_object_get(after, members[i]);
        bool same =
            json_is_array(left) ? json_array_size(left) == json_array_size(right) : json_equal(left, right);
        for (size_t n = 0; n < json_array_size(left); n++) {
            same = same && has(right, json_array_get(left, n));
        }
        if (!same && left != right) {
            fail_msg("%s: %s became %s", members[i], json_dumps(left, 0), json_dumps(right, 0));
        }
    }
}

static void an_issuer_with_everything_comes_back_as_it_was(void **state) {
    (void)state;
    json_t *issuer = new_issuer();
    struct lists_key key = key_of("ca", CRYPTO_ES384);
    key.kid = span_of_text("did:web:a.example#1");
    key.types = span_of_text("Badge\nDiploma");
    key.achievements = span_of_text("https://a.example/1");
    add(issuer, key);
    key = key_of("rsa", CRYPTO_PS256);
    key.valid_from_s = T(1);
    key.valid_until_s = T(9);
    key.withdrawn_at_s = T(3);
    add(issuer, key);
    key = okp_key();
    key.for_status = true;
    add(issuer, key);
    key = key_of("leaf", CRYPTO_ES256); /* as its certificate has it */
    key.valid_from_s = 1767225600;
    key.valid_until_s = 2082758400;
    add(issuer, key);
    add_anchor(issuer, "leaf", "");
    add_anchor(issuer, "ca2", "Diploma");
    uint64_t left_out = 0;
    json_t *again = there_and_back(issuer, (struct lote_write_how){.with_okp = true}, &left_out);
    assert_int_equal(left_out, 0);
    /* the certificate names two further identifiers of its own */
    assert_int_equal(json_array_size(json_object_get(again, "identifiers")), 4);
    assert_ok(issuer_file_add_identifier(issuer, "did:web:academy.example"));
    assert_ok(issuer_file_add_identifier(issuer, "https://academy.example"));
    json_decref(again);
    again = there_and_back(issuer, (struct lote_write_how){.with_okp = true}, &left_out);
    assert_same(issuer, again);
    json_decref(again);
    json_decref(issuer);
}

static void ed25519_keys_are_left_out_and_counted_unless_asked_for(void **state) {
    (void)state;
    json_t *issuer = new_issuer(), *again = NULL;
    uint64_t left_out = 0;
    add(issuer, okp_key());
    assert_null(there_and_back(issuer, (struct lote_write_how){0}, &left_out));
    assert_int_equal(left_out, 1);
    add(issuer, key_of("leaf", CRYPTO_ES256));
    again = there_and_back(issuer, (struct lote_write_how){0}, &left_out);
    assert_int_equal(left_out, 1);
    assert_int_equal(issuer_file_keys(again), 1);
    json_decref(again);
    json_decref(issuer);
}

static void what_nobody_signed_is_left_out_unless_asked_for(void **state) {
    (void)state;
    json_t *issuer = new_issuer(), *again = NULL;
    uint64_t left_out = 0;
    add(issuer, key_of("leaf", CRYPTO_ES256));
    add_anchor(issuer, "leaf", "");
    add_anchor(issuer, "ca2", "");
    assert_ok(issuer_file_mark_unsigned(issuer));
    assert_null(there_and_back(issuer, (struct lote_write_how){0}, &left_out));
    assert_int_equal(left_out, 1);
    again = there_and_back(issuer, (struct lote_write_how){.with_unsigned = true}, &left_out);
    assert_int_equal(left_out, 0);
    assert_int_equal(issuer_file_keys(again), 1);
    assert_int_equal(issuer_anchor_count(again), 2);
    json_decref(again);
    json_decref(issuer);
}

static void the_certificate_of_a_withdrawn_key_is_no_anchor_any_more(void **state) {
    (void)state;
    json_t *issuer = new_issuer(), *again = NULL;
    uint64_t left_out = 0;
    struct lists_key key = key_of("leaf", CRYPTO_ES256);
    key.withdrawn_at_s = T(1);
    add(issuer, key);
    add_anchor(issuer, "leaf", "");
    again = there_and_back(issuer, (struct lote_write_how){0}, &left_out);
    assert_int_equal(issuer_file_keys(again), 1);
    assert_int_equal(issuer_anchor_count(again), 0);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(json_object_get(again, "keys"), 0), "withdrawn_at")),
        "2026-08-30T10:40:00Z");
    json_decref(again);
    json_decref(issuer);
}

static void the_scheme_has_the_standards_form(void **state) {
    (void)state;
    struct lote_write_scheme scheme = {span_of_text("Register"), span_of_text("EE"), 3, T(0), T(14)};
    json_t *list =
        json_pack("{s:{s:o}}", "LoTE", "ListAndSchemeInformation", lote_write_scheme_json(&scheme));
    assert_ok(lote_shape_check_list(list));
    json_decref(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issuer_with_everything_comes_back_as_it_was),
        cmocka_unit_test(ed25519_keys_are_left_out_and_counted_unless_asked_for),
        cmocka_unit_test(what_nobody_signed_is_left_out_unless_asked_for),
        cmocka_unit_test(the_certificate_of_a_withdrawn_key_is_no_anchor_any_more),
        cmocka_unit_test(the_scheme_has_the_standards_form),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
