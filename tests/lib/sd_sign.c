/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/sd_sign.h"

#include "tests/lib/check.h"

#include <sodium.h>
#include <stdio.h>

#include "codec/base64url.h"
#include "codec/cbor.h"
#include "crypto/point.h"

static const uint8_t hmac_key[crypto_auth_hmacsha256_KEYBYTES] = "no secret: made for these tests";

/* The signed whole, and the part that is being fitted into it. */
struct fitting {
    const struct sd_sign_order *order;
    struct arena *arena;
    uint8_t labels[SD_SIGN_MOST][SDVALUE_LABEL_BYTES]; /* by number of blank node of the whole */
    struct span names[SD_SIGN_MOST];                   /* the same as "_:u..." */
    struct rdfc_form whole, shown;
    uint32_t chosen[SD_SIGN_MOST]; /* by number of blank node of the part: that of the whole */
};

static void label_whole(struct fitting *f) {
    const struct linked_document *whole = f->order->whole;
    assert_in_range(whole->set.blank_count, 0, SD_SIGN_MOST);
    for (uint32_t b = 0; b < whole->set.blank_count; b++) {
        char canonical[16];
        struct room name = {0};
        snprintf(canonical, sizeof canonical, "c14n%u", whole->form.labels[b]);
        crypto_auth_hmacsha256(f->labels[b], (const uint8_t *)canonical, strlen(canonical), hmac_key);
        assert_ok(arena_room(f->arena, 64, &name));
        assert_ok(room_put_text(&name, "_:u"));
        assert_ok(base64url_encode(span_of_bytes(f->labels[b], SDVALUE_LABEL_BYTES), &name));
        f->names[b] = room_span(&name);
    }
    assert_ok(rdfc_rename(&whole->set, f->names, f->arena, &f->whole));
}

static bool holds(struct span line, const char *text) {
    return memmem(line.ptr, line.len, text, strlen(text)) != NULL;
}

static bool mandatory(const struct fitting *f, struct span line) {
    bool found = false;
    for (const char *const *text = f->order->mandatory; *text != NULL; text++) {
        found = found || holds(line, *text);
    }
    return found;
}

static bool among(struct span line, const struct rdfc_form *form) {
    bool found = false;
    for (uint32_t i = 0; i < form->line_count; i++) {
        found = found || span_equal(form->lines[i], line);
    }
    return found;
}

/* Under the labels that are chosen, every statement shown is one of the whole. */
static bool fits(struct fitting *f) {
    struct span names[SD_SIGN_MOST];
    const struct rdf_dataset *set = &f->order->shown->set;
    for (uint32_t b = 0; b < set->blank_count; b++) {
        names[b] = f->names[f->chosen[b]];
    }
    assert_ok(rdfc_rename(set, names, f->arena, &f->shown));
    bool all = true;
    for (uint32_t i = 0; i < f->shown.line_count; i++) {
        all = all && among(f->shown.lines[i], &f->whole);
    }
    return all;
}

/* Try every choice for the blank nodes from `at` on; a wallet knows them, as it cut the part out itself. */
static bool fit_from(struct fitting *f, uint32_t at) {
    if (at == f->order->shown->set.blank_count) {
        size_t mark = f->arena->used;
        bool found = fits(f);
        f->arena->used = found ? f->arena->used : mark;
        return found;
    }
    for (uint32_t b = 0; b < f->order->whole->set.blank_count; b++) {
        bool taken = false;
        for (uint32_t before = 0; before < at; before++) {
            taken = taken || f->chosen[before] == b;
        }
        f->chosen[at] = b;
        if (!taken && fit_from(f, at + 1)) {
            return true;
        }
    }
    return false;
}

static void sign(const struct signer *signer, struct span bytes, uint8_t *out) {
    struct room room = room_over(out, SDVALUE_SIGNATURE_BYTES);
    assert_ok(signer_sign(signer, bytes, &room));
    assert_int_equal(room.len, SDVALUE_SIGNATURE_BYTES);
}

static void sign_base(struct fitting *f, struct sd_sign *out) {
    struct room joined = {0}, bytes = {0};
    uint8_t hash[CRYPTO_SHA256_BYTES];
    assert_ok(arena_room(f->arena, f->whole.text.len, &joined));
    for (uint32_t i = 0; i < f->whole.line_count; i++) {
        if (mandatory(f, f->whole.lines[i])) {
            assert_ok(room_put(&joined, f->whole.lines[i]));
            assert_true(among(f->whole.lines[i], &f->shown));
        }
    }
    assert_ok(crypto_sha256(room_span(&joined), hash));
    memcpy(out->key, "\x80\x24", 2);
    assert_ok(point_compress(signer_public(f->order->statement), out->key + 2));
    assert_ok(arena_room(f->arena, 256, &bytes));
    assert_ok(room_put(&bytes, f->order->options_hash));
    assert_ok(room_put(&bytes, span_of_bytes(out->key, sizeof out->key)));
    assert_ok(room_put(&bytes, span_of_bytes(hash, sizeof hash)));
    sign(f->order->issuer, room_span(&bytes), out->base_signature);
}

static void sign_statements(struct fitting *f, struct sd_sign *out) {
    assert_in_range(f->shown.line_count, 0, SD_SIGN_MOST);
    for (uint32_t i = 0; i < f->shown.line_count; i++) {
        if (mandatory(f, f->shown.lines[i])) {
            out->indexes[out->index_count++] = i;
        } else {
            sign(f->order->statement, f->shown.lines[i], out->signatures[out->signature_count++]);
        }
    }
}

void sd_sign_derive(const struct sd_sign_order *order, struct arena *arena, struct sd_sign *out) {
    struct fitting f = {.order = order, .arena = arena};
    *out = (struct sd_sign){0};
    label_whole(&f);
    if (!fit_from(&f, 0)) {
        fail_msg("what is shown is no part of what was signed");
    }
    sign_base(&f, out);
    sign_statements(&f, out);
    for (uint32_t b = 0; b < order->shown->set.blank_count; b++) {
        memcpy(out->labels[order->shown->form.labels[b]], f.labels[f.chosen[b]], SDVALUE_LABEL_BYTES);
        out->label_count++;
    }
}

static void put_bytes(struct room *out, const uint8_t *bytes, size_t len) {
    assert_ok(cbor_put_string(out, CBOR_BYTES, span_of_bytes(bytes, len)));
}

static void put_proof(const struct sd_sign *proof, struct room *out) {
    assert_ok(cbor_put(out, CBOR_ARRAY, 5));
    put_bytes(out, proof->base_signature, sizeof proof->base_signature);
    put_bytes(out, proof->key, sizeof proof->key);
    assert_ok(cbor_put(out, CBOR_ARRAY, proof->signature_count));
    for (uint32_t i = 0; i < proof->signature_count; i++) {
        put_bytes(out, proof->signatures[i], SDVALUE_SIGNATURE_BYTES);
    }
    assert_ok(cbor_put(out, CBOR_MAP, proof->label_count));
    for (uint32_t i = 0; i < proof->label_count; i++) {
        assert_ok(cbor_put(out, CBOR_UNSIGNED, i));
        put_bytes(out, proof->labels[i], SDVALUE_LABEL_BYTES);
    }
    assert_ok(cbor_put(out, CBOR_ARRAY, proof->index_count));
    for (uint32_t i = 0; i < proof->index_count; i++) {
        assert_ok(cbor_put(out, CBOR_UNSIGNED, proof->indexes[i]));
    }
}

void sd_sign_value(const struct sd_sign *proof, struct arena *arena, struct room *out) {
    struct room bytes = {0};
    assert_ok(arena_room(arena, sizeof *proof, &bytes));
    assert_ok(room_put(&bytes, span_of_bytes("\xD9\x5D\x01", 3)));
    put_proof(proof, &bytes);
    assert_ok(room_put_byte(out, 'u'));
    assert_ok(base64url_encode(room_span(&bytes), out));
}
