/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/sd_sign.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "proof/sd.h"
#include "tests/lib/forge.h"

#define MEMORY       (4u << 20)
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CONTEXT                                                                                              \
    "\"@context\":{\"@vocab\":\"https://example.org/\",\"id\":\"@id\",\"type\":\"@type\","                   \
    "\"issuer\":{\"@type\":\"@id\"},\"steps\":{\"@container\":\"@list\"},\"inside\":{\"@container\":\"@"     \
    "graph\"}}"

/* What the issuer signs; and parts of it, each of which says who issued it. */
static const char whole[] =
    "{" CONTEXT ",\"type\":\"Credential\",\"issuer\":\"https://issuer.example\",\"until\":\"2027\","
    "\"subject\":{\"name\":\"Ada\",\"born\":\"1815\",\"lives\":{\"town\":\"London\",\"street\":\"St "
    "James\"}},"
    "\"steps\":[\"one\",{\"did\":\"two\"},\"two\",\"two\"],"
    "\"inside\":{\"id\":\"https://example.org/n\",\"note\":\"quiet\"},"
    "\"friend\":[{\"name\":\"Mary\"},{\"name\":\"Charles\",\"engine\":\"analytical\"}]}";

static const struct {
    const char *name, *text;
    uint32_t statements, mandatory, blanks;
} parts[] = {
    {"nothing but what must be",
     "{" CONTEXT ",\"type\":\"Credential\",\"issuer\":\"https://issuer.example\"}", 2, 2, 1},
    {"a date",
     "{" CONTEXT ",\"type\":\"Credential\",\"until\":\"2027\",\"issuer\":\"https://issuer.example\"}", 3, 2,
     1},
    {"a name",
     "{" CONTEXT
     ",\"type\":\"Credential\",\"issuer\":\"https://issuer.example\",\"subject\":{\"name\":\"Ada\"}}",
     4, 2, 2},
    {"a town within it",
     "{" CONTEXT ",\"subject\":{\"lives\":{\"town\":\"London\"}},\"issuer\":\"https://issuer.example\","
     "\"type\":\"Credential\"}",
     5, 2, 3},
    {"a list with a node in it",
     "{" CONTEXT ",\"type\":\"Credential\",\"issuer\":\"https://issuer.example\","
     "\"steps\":[\"one\",{\"did\":\"two\"},\"two\",\"two\"]}",
     12, 2, 6},
    {"a graph",
     "{" CONTEXT ",\"type\":\"Credential\",\"issuer\":\"https://issuer.example\","
     "\"inside\":{\"id\":\"https://example.org/n\",\"note\":\"quiet\"}}",
     4, 2, 2},
    {"friends in another order",
     "{" CONTEXT ",\"friend\":[{\"engine\":\"analytical\",\"name\":\"Charles\"},{\"name\":\"Mary\"}],"
     "\"type\":\"Credential\",\"issuer\":\"https://issuer.example\"}",
     7, 2, 3},
};

static const char *const always[] = {"/issuer> ", "#type> ", NULL};

/* Keys, memory, and what is signed and shown. */
struct fixture {
    struct signer *issuer, *statement;
    struct arena arena;
    json_t *documents[2];
    struct linked_document whole, shown;
    uint8_t options_hash[CRYPTO_SHA256_BYTES];
    struct sd_sign proof;
};

static int open_fixture(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_over(malloc(MEMORY), MEMORY);
    memset(f->options_hash, 0x5A, sizeof f->options_hash);
    *state = f;
    return crypto_start() == ERR_OK && signer_make(CRYPTO_ES256, &f->issuer) == ERR_OK &&
                   signer_make(CRYPTO_ES256, &f->statement) == ERR_OK
               ? 0
               : 1;
}

static int close_fixture(void **state) {
    struct fixture *f = *state;
    json_decref(f->documents[0]);
    json_decref(f->documents[1]);
    signer_close(f->issuer);
    signer_close(f->statement);
    free(f->arena.base);
    free(f);
    return 0;
}

static void canonize(struct fixture *f, int at, const char *text, struct linked_document *out) {
    static const struct context_library none = {0};
    json_decref(f->documents[at]);
    f->documents[at] = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &f->documents[at]));
    assert_ok(linked_canonize(f->documents[at], &none, RDFC_SHA256, &f->arena, out));
}

static struct span options(const struct fixture *f) {
    return span_of_bytes(f->options_hash, sizeof f->options_hash);
}

/* Sign the whole, show this part of it. */
static void derive(struct fixture *f, const char *shown) {
    struct sd_sign_order order = {.whole = &f->whole,
                                  .shown = &f->shown,
                                  .options_hash = options(f),
                                  .mandatory = always,
                                  .issuer = f->issuer,
                                  .statement = f->statement};
    arena_wipe(&f->arena);
    canonize(f, 0, whole, &f->whole);
    canonize(f, 1, shown, &f->shown);
    sd_sign_derive(&order, &f->arena, &f->proof);
}

/* What the proof says of what is shown. */
static enum err read_proof(struct fixture *f, struct proof *out) {
    struct room value = forge_room(32768);
    sd_sign_value(&f->proof, &f->arena, &value);
    enum err err =
        sd_read(room_span(&value), options(f), &f->shown.set, f->shown.form.labels, &f->arena, out);
    forge_release(&value);
    return err;
}

/* And whether all its signatures are right. */
static enum err judge(struct fixture *f) {
    struct proof proof = {0};
    TRY(read_proof(f, &proof));
    TRY(crypto_verify(proof.alg, signer_public(f->issuer), proof.signed_bytes, proof.signature));
    for (uint32_t i = 0; i < proof.parts.count; i++) {
        TRY(crypto_verify(CRYPTO_ES256, &proof.parts.key, proof.parts.list[i].signed_bytes,
                          proof.parts.list[i].signature));
    }
    return ERR_OK;
}

static void what_is_shown_was_signed(void **state) {
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct proof proof = {0};
        derive(f, parts[i].text);
        enum err err = judge(f);
        if (err != ERR_OK || f->shown.form.line_count != parts[i].statements ||
            f->proof.index_count != parts[i].mandatory || f->proof.label_count != parts[i].blanks) {
            fail_msg("%s: %s, %u statements, %u of them mandatory, %u blank nodes", parts[i].name,
                     err_name(err), f->shown.form.line_count, f->proof.index_count, f->proof.label_count);
        }
        assert_ok(read_proof(f, &proof));
        assert_int_equal(proof.parts.count, parts[i].statements - parts[i].mandatory);
    }
}

static void says_who_signs_what(void **state) {
    struct fixture *f = *state;
    struct proof proof = {.suite = PROOF_ECDSA_SD_2023, .kid = span_of_text("#key")};
    derive(f, parts[1].text);
    assert_ok(read_proof(f, &proof));
    assert_int_equal(proof.suite, PROOF_ECDSA_SD_2023);
    assert_span_text(proof.kid, "#key");
    assert_int_equal(proof.alg, CRYPTO_ES256);
    assert_int_equal(proof.parts.key.only, CRYPTO_ES256);
    assert_true(crypto_key_equal(&proof.parts.key, signer_public(f->statement)));
    assert_memory_equal(proof.signature.ptr, f->proof.base_signature, 64);
    assert_int_equal(proof.signed_bytes.len, 32 + 35 + 32);
    assert_memory_equal(proof.signed_bytes.ptr, f->options_hash, 32);
    assert_memory_equal(proof.signed_bytes.ptr + 32, f->proof.key, 35);
    struct span line = proof.parts.list[0].signed_bytes;
    static const char end[] = " <https://example.org/until> \"2027\" .\n";
    assert_true(span_starts_with(line, "_:u"));
    assert_span_text(span_slice(line, 3 + 43, line.len), end);
    assert_memory_equal(proof.parts.list[0].signature.ptr, f->proof.signatures[0], 64);
}

/* Show something else than what the proof was derived for. */
static void show_instead(struct fixture *f, const char *text) {
    canonize(f, 1, text, &f->shown);
}

static void refuses_what_was_not_signed(void **state) {
    struct fixture *f = *state;
    static const struct {
        const char *from, *to;
        enum err expected;
    } changes[] = {
        {"Ada", "Eve", ERR_SIGNATURE_WRONG},
        {"\"name\"", "\"title\"", ERR_SIGNATURE_WRONG},
        {"issuer.example\"", "evil.example\"", ERR_SIGNATURE_WRONG},
        {"\"Credential\"", "\"Diploma\"", ERR_SIGNATURE_WRONG},
        {"\"name\":\"Ada\"", "\"name\":\"Ada\",\"born\":\"1815\"", ERR_PROOF_UNSIGNED},
        {"\"name\":\"Ada\"", "\"name\":[\"Ada\",\"Eve\"]", ERR_PROOF_UNSIGNED},
        {"\"name\":\"Ada\"", "\"id\":\"urn:eve\",\"name\":\"Ada\"", ERR_PROOF_LABELS},
        {"\"name\":\"Ada\"", "\"friend\":{\"name\":\"Ada\"}", ERR_PROOF_LABELS},
        {",\"subject\":{\"name\":\"Ada\"}", "", ERR_PROOF_LABELS},
        {"\"type\":\"Credential\",", "", ERR_PROOF_UNSIGNED},
        {"\"type\":\"Credential\",\"issuer\":\"https://issuer.example\",", "", ERR_PROOF_UNSIGNED},
    };
    for (size_t i = 0; i < COUNT(changes); i++) {
        derive(f, parts[2].text);
        char *changed = forge_replaced(parts[2].text, changes[i].from, changes[i].to);
        show_instead(f, changed);
        enum err err = judge(f);
        if (err != changes[i].expected) {
            fail_msg("%s: %s", changes[i].to, err_name(err));
        }
        free(changed);
    }
}

/* Ways to spoil a proof that was right. */
static void drop_a_mandatory_index(struct sd_sign *p) {
    p->index_count--;
}
static void call_a_statement_mandatory(struct sd_sign *p) {
    p->indexes[p->index_count] = p->indexes[p->index_count - 1] + 1;
    p->index_count++;
    p->signature_count--;
}
static void count_past_the_end(struct sd_sign *p) {
    p->indexes[p->index_count++] = 4;
}
static void drop_a_signature(struct sd_sign *p) {
    p->signature_count--;
}
static void add_a_signature(struct sd_sign *p) {
    memcpy(p->signatures[p->signature_count++], p->base_signature, 64);
}
static void swap_signatures(struct sd_sign *p) {
    uint8_t kept[64];
    memcpy(kept, p->signatures[0], 64);
    memcpy(p->signatures[0], p->signatures[1], 64);
    memcpy(p->signatures[1], kept, 64);
}
static void drop_a_label(struct sd_sign *p) {
    p->label_count--;
}
static void add_a_label(struct sd_sign *p) {
    memset(p->labels[p->label_count++], 0x77, 32);
}
static void give_two_nodes_one_label(struct sd_sign *p) {
    memcpy(p->labels[1], p->labels[0], 32);
}
static void swap_labels(struct sd_sign *p) {
    uint8_t kept[32];
    memcpy(kept, p->labels[0], 32);
    memcpy(p->labels[0], p->labels[1], 32);
    memcpy(p->labels[1], kept, 32);
}
static void turn_the_key(struct sd_sign *p) {
    p->key[2] ^= 1; /* 02 and 03: the other point with this X */
}
static void name_no_point(struct sd_sign *p) {
    memset(p->key + 3, 0xFF, 32);
}
static void name_no_form_of_point(struct sd_sign *p) {
    p->key[2] = 4;
}
static void change_the_base_signature(struct sd_sign *p) {
    p->base_signature[40] ^= 0x10;
}

static void refuses_a_proof_of_something_else(void **state) {
    struct fixture *f = *state;
    static const struct {
        const char *name;
        void (*spoil)(struct sd_sign *p);
        enum err expected;
    } ways[] = {
        {"a mandatory index less", drop_a_mandatory_index, ERR_PROOF_UNSIGNED},
        {"a mandatory statement more", call_a_statement_mandatory, ERR_SIGNATURE_WRONG},
        {"an index past the end", count_past_the_end, ERR_PROOF_INDEXES},
        {"a signature less", drop_a_signature, ERR_PROOF_UNSIGNED},
        {"a signature more", add_a_signature, ERR_PROOF_UNSIGNED},
        {"signatures in another order", swap_signatures, ERR_SIGNATURE_WRONG},
        {"a label less", drop_a_label, ERR_PROOF_LABELS},
        {"a label more", add_a_label, ERR_PROOF_LABELS},
        {"one label for two", give_two_nodes_one_label, ERR_PROOF_LABELS},
        {"labels exchanged", swap_labels, ERR_SIGNATURE_WRONG},
        {"another key", turn_the_key, ERR_SIGNATURE_WRONG},
        {"no point of the curve", name_no_point, ERR_KEY_SHAPE},
        {"no compressed point", name_no_form_of_point, ERR_KEY_SHAPE},
        {"another base signature", change_the_base_signature, ERR_SIGNATURE_WRONG},
    };
    for (size_t i = 0; i < COUNT(ways); i++) {
        derive(f, parts[2].text);
        ways[i].spoil(&f->proof);
        enum err err = judge(f);
        if (err != ways[i].expected) {
            fail_msg("%s: %s", ways[i].name, err_name(err));
        }
    }
}

/* Each proof has a key of its own, which the issuer's signature covers: what another proof signed is worth nothing. */
static void statements_of_another_proof_do_not_count(void **state) {
    struct fixture *f = *state;
    struct signer *other = f->statement;
    derive(f, parts[2].text);
    struct sd_sign first = f->proof;
    assert_ok(signer_make(CRYPTO_ES256, &f->statement));
    derive(f, parts[2].text);
    assert_ok(judge(f));
    memcpy(f->proof.signatures[1], first.signatures[1], 64);
    assert_err(judge(f), ERR_SIGNATURE_WRONG);
    memcpy(f->proof.signatures, first.signatures, sizeof first.signatures);
    memcpy(f->proof.key, first.key, sizeof first.key);
    assert_err(judge(f), ERR_SIGNATURE_WRONG);
    signer_close(other);
}

static void the_options_are_signed(void **state) {
    struct fixture *f = *state;
    derive(f, parts[2].text);
    f->options_hash[31] ^= 1;
    assert_err(judge(f), ERR_SIGNATURE_WRONG);
}

static void after_an_error_all_is_as_before(void **state) {
    struct fixture *f = *state;
    struct proof proof = {.alg = CRYPTO_ES384, .signature = span_of_text("kept")};
    derive(f, parts[2].text);
    f->proof.signature_count--;
    assert_err(read_proof(f, &proof), ERR_PROOF_UNSIGNED);
    assert_int_equal(proof.alg, CRYPTO_ES384);
    assert_span_text(proof.signature, "kept");
    assert_int_equal(proof.parts.count, 0);
}

static void a_small_arena_is_no_room(void **state) {
    struct fixture *f = *state;
    struct proof proof = {0};
    struct room value = forge_room(32768);
    derive(f, parts[2].text);
    sd_sign_value(&f->proof, &f->arena, &value);
    size_t mark = f->arena.used, size = 0;
    enum err err = ERR_NO_ROOM;
    for (; err == ERR_NO_ROOM; size += 16) {
        struct arena small = arena_over(f->arena.base + mark, size);
        err = sd_read(room_span(&value), options(f), &f->shown.set, f->shown.form.labels, &small, &proof);
    }
    assert_ok(err);
    assert_in_range(size, 1000, 8000);
    forge_release(&value);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)
        TEST(what_is_shown_was_signed),
        TEST(says_who_signs_what),
        TEST(refuses_what_was_not_signed),
        TEST(refuses_a_proof_of_something_else),
        TEST(statements_of_another_proof_do_not_count),
        TEST(the_options_are_signed),
        TEST(after_an_error_all_is_as_before),
        TEST(a_small_arena_is_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
