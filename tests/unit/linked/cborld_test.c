/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>

#include "tests/lib/cborld_case.h"

/* The document is written as these bytes, and they are read as it. */
static void is_written(struct cborld_case *f, const char *json, struct cborld_form form, const char *hex) {
    uint8_t bytes[512];
    struct span want = cborld_case_unhex(hex, bytes);
    json_t *document = json_loads(json, 0, NULL);
    json_t *got = NULL;
    assert_ok(cborld_case_encode(f, document, form));
    if (!span_equal(room_span(&f->out), want)) {
        for (size_t i = 0; i < f->out.len; i++) {
            print_error("%02x", f->out.ptr[i]);
        }
        fail_msg(" is written for %s", json);
    }
    assert_ok(cborld_case_decode(f, want, &got));
    assert_true(json_equal(got, document));
    json_decref(got);
    json_decref(document);
}

static void writes_and_reads_every_header(void **state) {
    is_written(*state, "{}", cborld_case_first, "d9cb1d 82 01 a0");
    is_written(*state, "{}", (struct cborld_form){CBORLD_1_0, 0}, "d9cb1d 82 00 a0");
    is_written(*state, "{}", (struct cborld_form){CBORLD_1_0, 100}, "d9cb1d 82 1864 a0");
    is_written(*state, "{}", (struct cborld_form){CBORLD_RANGE, 0}, "d90600 a0");
    is_written(*state, "{}", (struct cborld_form){CBORLD_RANGE, 100}, "d90664 a0");
    is_written(*state, "{}", (struct cborld_form){CBORLD_SINGLETON, 0}, "d90500 a0");
    is_written(*state, "{}", (struct cborld_form){CBORLD_SINGLETON, 1}, "d90501 a0");
    is_written(*state, "[{},{}]", cborld_case_first, "d9cb1d 82 01 82 a0 a0");
}

static void reads_an_entry_that_goes_on_behind_the_tag(void **state) {
    static const struct cborld_entry entries[] = {{300, NULL, 0}, {127, NULL, 0}};
    static const struct cborld_registry registry = {.entries = entries, .count = 2};
    struct cborld_case *f = *state;
    uint8_t bytes[32];
    static const char *const cases[] = {"d906ac 82 4102 a0", "d9067f a0", "d9067f 82 187f a0"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = arena_over(f->memory, f->memory_size);
        json_t *got = NULL;
        assert_ok(cborld_decode(cborld_case_unhex(cases[i], bytes), &registry, &f->library, &arena, &got));
        assert_int_equal(json_object_size(got), 0);
        json_decref(got);
    }
    struct arena arena = arena_over(f->memory, f->memory_size);
    json_t *empty = json_object();
    f->out = room_over(f->output, sizeof f->output);
    assert_ok(cborld_encode(empty, (struct cborld_form){CBORLD_RANGE, 300}, &registry, &f->library, &arena,
                            &f->out));
    assert_true(span_equal(room_span(&f->out), cborld_case_unhex(cases[0], bytes)));
    json_decref(empty);
}

static void numbers_terms_in_the_order_of_their_names(void **state) {
    is_written(*state, "{" CBORLD_CASE_A1 ",\"id\":\"urn:x\",\"type\":\"Person\"}", cborld_case_first,
               "d9cb1d 82 01 a3 " CBORLD_CASE_A1_HEX " 1868 65 75726e3a78 186e 1864");
}

static void numbers_terms_of_scoped_contexts_where_they_are_met(void **state) {
    is_written(*state, "{" CBORLD_CASE_A1 ",\"type\":[\"Person\"],\"name\":\"Ann\",\"born\":\"2000-01-01\"}",
               cborld_case_first,
               "d9cb1d 82 01 a4 " CBORLD_CASE_A1_HEX " 186f 81 1864 1870 1a 386d4380 1872 63 416e6e");
    is_written(*state, "{" CBORLD_CASE_A1 ",\"knows\":{\"since\":\"2000-01-01T00:00:00Z\"}}",
               cborld_case_first, "d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 186a a1 1870 1a 386d4380");
}

static void leaves_a_name_without_a_number_as_it_is(void **state) {
    is_written(*state, "{" CBORLD_CASE_A1 ",\"zz\":1,\"b\":[null,true,{}]}", cborld_case_first,
               "d9cb1d 82 01 a3 " CBORLD_CASE_A1_HEX " 61 62 83 f6 f5 a0 62 7a7a 01");
}

static void takes_what_a_type_means_back_in_the_next_object(void **state) {
    /* in the inner object, which is no Person, "born" is text */
    is_written(*state,
               "{" CBORLD_CASE_A1
               ",\"type\":\"Person\",\"born\":\"2000-01-01\",\"knows\":{\"born\":\"2000-01-01\"}}",
               cborld_case_first,
               "d9cb1d 82 01 a4 " CBORLD_CASE_A1_HEX
               " 186a a1 1870 6a 323030302d30312d3031 186e 1864 1870 1a 386d4380");
}

static void makes_values_smaller_by_their_type(void **state) {
    static const struct {
        const char *member, *hex;
    } cases[] = {
        {"\"at\":\"1970-01-01T00:00:00Z\"", "1866 00"},
        {"\"at\":\"1969-12-31T23:59:59.007Z\"", "1866 82 20 07"},
        {"\"at\":\"1970-01-01T00:00:00+00:00\"",
         "1866 7819 313937302d30312d30315430303a30303a30302b30303a3030"},
        {"\"at\":\"2001-02-29T00:00:00Z\"", "1866 74 323030312d30322d32395430303a30303a30305a"},
        {"\"at\":\"\"", "1866 60"},
        {"\"at\":null", "1866 f6"},
        {"\"sign\":\"z\"", "186c 61 7a"},
        {"\"sign\":\"zLdp\"", "186c 44 7a010203"},
        {"\"sign\":\"uAQID\"", "186c 44 75010203"},
        {"\"sign\":\"MAQID\"", "186c 44 4d010203"},
        {"\"sign\":\"uAQI=\"", "186c 65 754151493d"},
        {"\"sign\":\"fff\"", "186c 63 666666"},
        {"\"sign\":7", "186c 07"},
        {"\"id\":\"https://b.example\"", "1868 82 02 69 622e6578616d706c65"},
        {"\"id\":\"https://b.example:1\"", "1868 73 68747470733a2f2f622e6578616d706c653a31"},
        {"\"id\":\"http://b\"", "1868 82 01 61 62"},
        {"\"id\":\"https://\"", "1868 68 68747470733a2f2f"},
        {"\"id\":\"urn:uuid:00010203-0405-4607-8809-0a0b0c0d0e0f\"",
         "1868 82 03 50 000102030405460788090a0b0c0d0e0f"},
        {"\"id\":\"urn:uuid:00010203-0405-4607-8809-0A0B0C0D0E0F\"",
         "1868 82 03 7824 30303031303230332d303430352d343630372d383830392d304130423043304430453046"},
        {"\"id\":\"urn:uuid:00010203-0405-0607-0809-0a0b0c0d0e0f\"",
         "1868 82 03 7824 30303031303230332d303430352d303630372d303830392d306130623063306430653066"},
        {"\"id\":\"urn:uuid:00010203-0405-4607-0809-0a0b0c0d0e0f\"",
         "1868 82 03 7824 30303031303230332d303430352d343630372d303830392d306130623063306430653066"},
        {"\"id\":\"did:key:zLdp\"", "1868 82 190401 43 010203"},
        {"\"id\":\"did:key:zLdp#zLdp\"", "1868 83 190401 43 010203 43 010203"},
        {"\"id\":\"did:key:zLdp#x\"", "1868 83 190401 43 010203 61 78"},
        {"\"id\":\"did:key:zLdp#x#y\"", "1868 70 6469643a6b65793a7a4c64702378237 9"},
        {"\"id\":\"did:key:z#z\"", "1868 83 190401 61 7a 61 7a"},
        {"\"id\":\"did:v1:nym:zLdp\"", "1868 82 190400 43 010203"},
        {"\"id\":\"data:,x\"", "1868 82 04 62 2c78"},
        {"\"id\":\"data:a;base64,AQID\"", "1868 83 04 61 61 43 010203"},
        {"\"id\":\"data:a;base64,AQI\"", "1868 82 04 6c 613b6261736536342c415149"},
        {"\"id\":\"Person\"", "1868 1864"},
        {"\"id\":[\"@id\",null]", "1869 82 04 f6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[512], hex[512];
        snprintf(json, sizeof json, "{" CBORLD_CASE_A1 ",%s}", cases[i].member);
        snprintf(hex, sizeof hex, "d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " %s", cases[i].hex);
        is_written(*state, json, cborld_case_first, hex);
    }
}

static void tells_terms_from_addresses_where_they_share_their_numbers(void **state) {
    static const struct cborld_form singleton = {CBORLD_SINGLETON, 1};
    is_written(*state, "{\"@id\":\"https://w3id.org/security/suites/ed25519-2020/v1\"}", singleton,
               "d90501 a1 04 14");
    is_written(*state, "{\"@id\":\"@list\"}", singleton, "d90501 a1 04 65 406c697374");
    is_written(*state, "{\"@id\":\"@id\"}", singleton, "d90501 a1 04 04");
    is_written(*state, "{\"@id\":\"@list\"}", cborld_case_first, "d9cb1d 82 01 a1 04 14");
    is_written(
        *state, "{\"x\":\"https://w3id.org/age/v1\",\"@context\":[\"https://w3id.org/utopia/v2\"]}",
        (struct cborld_form){CBORLD_SINGLETON, 0},
        "d90500 a2 61 78 77 68747470733a2f2f773369642e6f72672f6167652f7631 68 40636f6e74657874 81 781a "
        "68747470733a2f2f773369642e6f72672f75746f7069612f7632");
    is_written(*state, "{\"x\":[\"https://w3id.org/age/v1\",\"https://w3id.org/utopia/v2\"]}", singleton,
               "d90501 a1 61 78 82 41 16 42 8002");
}

static void takes_words_from_the_table_of_its_entry(void **state) {
    is_written(
        *state,
        "{\"@context\":{\"c\":{\"@id\":\"ex:c\",\"@type\":\"https://w3id.org/security#cryptosuiteString\"}},"
        "\"c\":[\"eddsa-rdfc-2022\",\"other\",-1000,5]}",
        (struct cborld_form){CBORLD_1_0, 100},
        "d9cb1d 82 1864 a2 00 a1 61 63 a2 63 406964 64 65783a63 65 4074797065 782b "
        "68747470733a2f2f773369642e6f"
        "72672f73656375726974792363727970746f7375697465537472696e67 1865 84 03 65 6f74686572 42 fc18 41 05");
    is_written(*state, "{\"@context\":[\"https://w3id.org/vc-barcodes/v1\"]}",
               (struct cborld_form){CBORLD_1_0, 0},
               "d9cb1d 82 00 a1 68 40636f6e74657874 81 781f "
               "68747470733a2f2f773369642e6f72672f76632d626172636f6465732f7631");
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_every_header),
        cmocka_unit_test(reads_an_entry_that_goes_on_behind_the_tag),
        cmocka_unit_test(numbers_terms_in_the_order_of_their_names),
        cmocka_unit_test(numbers_terms_of_scoped_contexts_where_they_are_met),
        cmocka_unit_test(leaves_a_name_without_a_number_as_it_is),
        cmocka_unit_test(takes_what_a_type_means_back_in_the_next_object),
        cmocka_unit_test(makes_values_smaller_by_their_type),
        cmocka_unit_test(tells_terms_from_addresses_where_they_share_their_numbers),
        cmocka_unit_test(takes_words_from_the_table_of_its_entry),
    };
    return cmocka_run_group_tests(tests, cborld_case_open, cborld_case_close);
}
