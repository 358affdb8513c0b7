/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/signbench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "tests/lib/check.h"
#include "tests/lib/shipped.h"

void signbench_start(struct signbench *bench, enum crypto_alg alg) {
    *bench = (struct signbench){0};
    assert_ok(crypto_start());
    shipped_open(&bench->vocabulary);
    bench->view.shelf = &bench->vocabulary.shelf;
    bench->library = shelf_view_library(&bench->view);
    bench->arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    assert_ok(signer_make(alg, &bench->signer));
}

void signbench_stop(struct signbench *bench) {
    signer_close(bench->signer);
    free(bench->arena.base);
    vocabulary_close(&bench->vocabulary);
}

json_t *signbench_badge(struct signbench *bench, const char *issuer, const char *rest, enum badge_vcdm vcdm) {
    static uint8_t bytes[ISSUING_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    struct fields fields = {0};
    char text[2000], wrong[300] = "";
    json_t *badge = NULL;
    snprintf(text, sizeof text, "issuer = %s\n%s", issuer, rest);
    if (!fields_parse(span_of_text(text), &fields, wrong)) {
        fail_msg("%s", wrong);
    }
    assert_ok(issuing_document(&fields, vcdm, SIGNBENCH_CREATED_S, bench->signer, &bench->library,
                               &bench->arena, &room));
    arena_wipe(&bench->arena);
    assert_ok(jsontext_parse(room_span(&room), &badge));
    return badge;
}

bool signbench_verifies(struct signbench *bench, const json_t *document, enum integrity_purpose purpose) {
    struct integrity integrity = {0};
    bool right = integrity_read(document, purpose, &bench->library, &bench->arena, &integrity) == ERR_OK &&
                 integrity.count == 1 &&
                 crypto_verify(integrity.proofs[0].alg, signer_public(bench->signer),
                               integrity.proofs[0].signed_bytes, integrity.proofs[0].signature) == ERR_OK;
    arena_wipe(&bench->arena);
    return right;
}
