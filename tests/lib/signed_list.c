/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/signed_list.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/check.h"
#include "tests/lib/shipped.h"

static void encode(uint8_t first, char out[256]) {
    uint8_t *bitmap = calloc(1, SIGNED_LIST_BYTES);
    struct room room = room_over(out, 255);
    assert_non_null(bitmap);
    bitmap[0] = first;
    assert_ok(bitstring_encode(span_of_bytes(bitmap, SIGNED_LIST_BYTES), &room));
    out[room.len] = 0;
    free(bitmap);
}

int signed_list_start(void **state) {
    struct signed_list *world = calloc(1, sizeof *world);
    shipped_open(&world->vocabulary);
    world->view.shelf = &world->vocabulary.shelf;
    world->library = shelf_view_library(&world->view);
    assert_ok(signer_make(CRYPTO_EDDSA, &world->ed25519));
    assert_ok(signer_make(CRYPTO_ES256, &world->p256));
    assert_ok(signer_make(CRYPTO_EDDSA, &world->stranger));
    world->listed = world->ed25519;
    world->kid = SIGNED_LIST_METHOD;
    encode(0, world->clear);
    encode(0x80, world->set);
    *state = world;
    return 0;
}

int signed_list_stop(void **state) {
    struct signed_list *world = *state;
    vocabulary_close(&world->vocabulary);
    signer_close(world->ed25519);
    signer_close(world->p256);
    signer_close(world->stranger);
    free(world);
    return 0;
}

bool signed_list_next_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                          struct crypto_key *key) {
    const struct signed_list *world = ctx;
    *kid = span_of_text(world->kid);
    *alg = signer_alg(world->listed);
    *key = *signer_public(world->listed);
    return index == 0;
}

/* A list in the data model 2.0 with these further members and members of its subject. */
const char *signed_list_with(const struct signed_list *world, const char *contexts, const char *more,
                             const char *subject) {
    static char text[4096];
    snprintf(
        text, sizeof text,
        "{\"@context\":[%s],\"id\":\"https://a.example/1\",\"type\":[\"VerifiableCredential\","
        "\"BitstringStatusListCredential\"],\"issuer\":\"" SIGNED_LIST_ISSUER "\",%s"
        "\"validFrom\":\"2026-09-01T00:00:00Z\",\"credentialSubject\":{\"id\":\"https://a.example/1#list\","
        "\"type\":\"BitstringStatusList\",\"statusPurpose\":\"revocation\",%s\"encodedList\":\"%s\"}}",
        contexts, more, subject, world->set);
    return text;
}

const char *signed_list_text(const struct signed_list *world) {
    return signed_list_with(world, "\"" SIGNED_LIST_V2 "\"", "", "");
}

struct integrity_sign signed_list_how(const struct signed_list *world, enum proof_suite suite) {
    return (struct integrity_sign){
        .suite = suite, .signer = world->listed, .library = &world->library, .method = SIGNED_LIST_METHOD};
}

char *signed_list_make(const struct signed_list *world, const char *text, enum proof_suite suite) {
    struct integrity_sign how = signed_list_how(world, suite);
    return integrity_signed(text, &how);
}

enum err signed_list_take(struct signed_list *world, char *text, struct statuslist *out) {
    struct statuslist_keys keys = {world, signed_list_next_key};
    enum err err = statuslist_read(&(struct statuslist_source){.text = span_of_text(text),
                                                               .issuer = span_of_text(SIGNED_LIST_ISSUER),
                                                               .keys = &keys,
                                                               .shelf = &world->vocabulary.shelf},
                                   out);
    free(text);
    return err;
}

enum err signed_list_error(struct signed_list *world, char *text) {
    struct statuslist list = {0};
    enum err err = signed_list_take(world, text, &list);
    statuslist_close(&list);
    return err;
}

void signed_list_assert_good(const struct statuslist *list, const char *kind) {
    assert_span_text(list->kind, kind);
    assert_span_text(list->id, "https://a.example/1");
    assert_span_text(list->issuer, SIGNED_LIST_ISSUER);
    assert_span_text(list->purposes[0], "revocation");
    assert_int_equal(list->entries, SIGNED_LIST_BYTES * 8);
    assert_int_equal(list->bits, strcmp(kind, "StatusList2021") == 0);
    assert_int_equal(list->as_of_s, SIGNED_LIST_FROM_S);
    assert_int_equal(list->bitmap.ptr[0], 0x80);
}
