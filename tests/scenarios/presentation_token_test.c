/* SPDX-License-Identifier: Apache-2.0 */
/* A presentation as a JWT: each credential inside is judged, and who signed around it is said. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"
#include "tests/lib/world.h"

/* What stands around `vp`, as printf's formats: who, and the list of credentials. */
#define OLD                                                                                                  \
    "{\"vp\":{\"@context\":[\"https://www.w3.org/2018/credentials/"                                          \
    "v1\"],\"type\":[\"VerifiablePresentation\"],"                                                           \
    "\"verifiableCredential\":[%2$s]},\"iss\":\"%1$s\",\"iat\":1787000000}"
#define NEW                                                                                                  \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiablePresentation\"],"        \
    "\"holder\":\"%1$s\",\"verifiableCredential\":[%2$s],\"iat\":1787000000}"

struct rig {
    struct world world;
    struct room badge; /* a token of WORLD_ES256 about the holder of WORLD_DID_KEY */
    struct verdicts verdicts;
};

static char *about(const struct rig *rig) {
    char *once = forge_replaced(world_badge, "did:example:ada", rig->world.did_key);
    char *twice = forge_replaced(once, "did:example:ada", rig->world.did_key);
    free(once);
    return twice;
}

static int start(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    char header[400];
    world_start(&rig->world, false);
    char *claims = about(rig);
    rig->badge = forge_room(8192);
    world_header(&rig->world, WORLD_ES256, false, header);
    forge_token(span_of_text(header), span_of_text(claims), rig->world.keys[WORLD_ES256], &rig->badge);
    free(claims);
    *state = rig;
    return 0;
}

static int stop(void **state) {
    struct rig *rig = *state;
    forge_release(&rig->badge);
    world_stop(&rig->world);
    free(rig);
    return 0;
}

/* What is shown: its header's typ, its claims, who it says shows it, the list, and whose key signs under which name. */
struct showing {
    const char *typ, *claims, *holder, *list;
    enum world_key key;
    const char *kid;
};

static void put_token(struct rig *rig, const struct showing *showing, struct room *out) {
    char header[700];
    char *claims = calloc(1, 30000);
    snprintf(header, sizeof header, "{\"alg\":\"EdDSA\",\"typ\":\"%s\",\"kid\":\"%s\"}", showing->typ,
             showing->kid);
    snprintf(claims, 30000, showing->claims, showing->holder, showing->list);
    forge_token(span_of_text(header), span_of_text(claims), rig->world.keys[showing->key], out);
    free(claims);
}

static void judge(struct rig *rig, const struct showing *showing) {
    struct room token = forge_room(60000);
    put_token(rig, showing, &token);
    world_verify_all(&rig->world, room_span(&token), &rig->verdicts);
    forge_release(&token);
}

/* The badge as a string, and in an envelope; release by free. */
static char *listed(const struct rig *rig, const char *before, const char *behind) {
    char *text = calloc(1, rig->badge.len + 400);
    snprintf(text, rig->badge.len + 400, "%s%.*s%s", before, (int)rig->badge.len,
             (const char *)rig->badge.ptr, behind);
    return text;
}

static char *as_string(const struct rig *rig) {
    return listed(rig, "\"", "\"");
}

static char *in_envelope(const struct rig *rig) {
    return listed(rig, "{\"type\":\"EnvelopedVerifiableCredential\",\"id\":\"data:application/vc+jwt,",
                  "\"}");
}

static void assert_holder(const struct rig *rig, enum verdict_sentence sentence) {
    for (uint32_t i = 0; i < rig->verdicts.count; i++) {
        assert_string_equal(verdict_sentence_text(rig->verdicts.list[i].checks[CHECK_HOLDER].sentence),
                            verdict_sentence_text(sentence));
    }
}

static void assert_reason(const struct rig *rig, uint32_t at, enum verdict_reason reason) {
    assert_string_equal(verdict_reason_code(rig->verdicts.list[at].reason), verdict_reason_code(reason));
}

static void says_that_the_holder_signed_and_when(void **state) {
    struct rig *rig = *state;
    char *string = as_string(rig);
    char *envelope = in_envelope(rig);
    const struct showing showings[] = {
        {"JWT", OLD, rig->world.did_key, string, WORLD_DID_KEY, rig->world.did_key},
        {"vp+jwt", NEW, rig->world.did_key, envelope, WORLD_DID_KEY, rig->world.did_key},
        {"JWT", OLD, rig->world.did_key, string, WORLD_DID_KEY, "#1"},
    };
    for (size_t i = 0; i < sizeof showings / sizeof *showings; i++) {
        judge(rig, &showings[i]);
        assert_int_equal(rig->verdicts.count, 1);
        assert_reason(rig, 0, REASON_OK);
        assert_holder(rig, SENTENCE_HOLDER_SIGNED);
        assert_true(rig->verdicts.list[0].checks[CHECK_HOLDER].has_as_of);
        assert_int_equal(rig->verdicts.list[0].checks[CHECK_HOLDER].as_of_s, 1787000000);
    }
    free(string);
    free(envelope);
}

static void says_that_somebody_else_signed(void **state) {
    struct rig *rig = *state;
    char *string = as_string(rig);
    const struct showing stranger = {
        "JWT", OLD, rig->world.did_stranger, string, WORLD_STRANGER, rig->world.did_stranger};
    const struct showing network = {
        "JWT", OLD, "did:web:ada.example", string, WORLD_STRANGER, "did:web:ada.example#1"};
    judge(rig, &stranger);
    assert_reason(rig, 0, REASON_OK);
    assert_holder(rig, SENTENCE_HOLDER_OTHER);
    judge(rig, &network);
    assert_reason(rig, 0, REASON_OK);
    assert_holder(rig, SENTENCE_HOLDER_UNCHECKED);
    free(string);
}

static void adds_nothing_outside_of(struct rig *rig, const char *time) {
    char *string = as_string(rig);
    char *claims = forge_replaced(OLD, "\"iat\":1787000000", time);
    const struct showing showing = {"JWT",  claims,        rig->world.did_key,
                                    string, WORLD_DID_KEY, rig->world.did_key};
    judge(rig, &showing);
    assert_reason(rig, 0, REASON_OK);
    assert_holder(rig, SENTENCE_HOLDER_NONE);
    free(claims);
    free(string);
}

static void adds_nothing_outside_of_its_time(void **state) {
    adds_nothing_outside_of(*state, "\"iat\":1787000000,\"exp\":1787000300");
    adds_nothing_outside_of(*state, "\"iat\":1787000000,\"nbf\":1797000000");
}

static void a_wrong_signature_around_it_makes_nothing_inside_good(void **state) {
    struct rig *rig = *state;
    char *string = as_string(rig);
    const struct {
        struct showing showing;
        enum verdict_reason reason;
    } cases[] = {
        {{"JWT", OLD, rig->world.did_key, string, WORLD_STRANGER, rig->world.did_key}, REASON_ALTERED},
        {{"JWT", OLD, rig->world.did_key, string, WORLD_STRANGER, rig->world.did_stranger}, REASON_MALFORMED},
        {{"vp+jwt", OLD, rig->world.did_key, string, WORLD_DID_KEY, rig->world.did_key}, REASON_MALFORMED},
        {{"vc+jwt", NEW, rig->world.did_key, string, WORLD_DID_KEY, rig->world.did_key}, REASON_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        judge(rig, &cases[i].showing);
        assert_int_equal(rig->verdicts.count, 1);
        assert_reason(rig, 0, cases[i].reason);
        assert_false(rig->verdicts.list[0].credential.present);
    }
    free(string);
}

static void judges_each_by_itself(void **state) {
    struct rig *rig = *state;
    char *string = as_string(rig);
    char *list = calloc(1, 3 * strlen(string) + 200);
    snprintf(
        list, 3 * strlen(string) + 200,
        "%s,7,{\"type\":\"EnvelopedVerifiableCredential\",\"id\":\"data:application/vc+cose;base64,0oRD\"},"
        "\"eyJhbGciOiJub25lIn0.e30.AA\",%s",
        string, string);
    const struct showing showing = {"JWT", OLD, rig->world.did_key, list, WORLD_DID_KEY, rig->world.did_key};
    judge(rig, &showing);
    assert_int_equal(rig->verdicts.count, 5);
    assert_reason(rig, 0, REASON_OK);
    assert_reason(rig, 1, REASON_MALFORMED);
    assert_reason(rig, 2, REASON_UNSUPPORTED);
    assert_reason(rig, 3, REASON_MALFORMED);
    assert_reason(rig, 4, REASON_OK);
    free(list);
    free(string);
}

static void looks_into_no_presentation_inside_another(void **state) {
    struct rig *rig = *state;
    char *string = as_string(rig);
    const struct showing inner = {"JWT", OLD, rig->world.did_key, string, WORLD_DID_KEY, rig->world.did_key};
    struct room token = forge_room(60000);
    put_token(rig, &inner, &token);
    char *list = calloc(1, token.len + 3);
    snprintf(list, token.len + 3, "\"%.*s\"", (int)token.len, (const char *)token.ptr);
    const struct showing outer = {"JWT", OLD, rig->world.did_key, list, WORLD_DID_KEY, rig->world.did_key};
    judge(rig, &outer);
    assert_int_equal(rig->verdicts.count, 1);
    assert_reason(rig, 0, REASON_UNSUPPORTED);
    free(list);
    free(string);
    forge_release(&token);
}

static void reads_a_presentation_in_an_envelope(void **state) {
    struct rig *rig = *state;
    char *string = as_string(rig);
    const struct showing inner = {"vp+jwt", NEW,           rig->world.did_key,
                                  string,   WORLD_DID_KEY, rig->world.did_key};
    struct room token = forge_room(60000);
    put_token(rig, &inner, &token);
    char *document = calloc(1, token.len + 300);
    snprintf(
        document, token.len + 300,
        "{\"@context\":\"https://www.w3.org/ns/credentials/v2\",\"type\":\"EnvelopedVerifiablePresentation\","
        "\"id\":\"data:application/vp+jwt,%.*s\"}",
        (int)token.len, (const char *)token.ptr);
    world_verify_all(&rig->world, span_of_text(document), &rig->verdicts);
    assert_int_equal(rig->verdicts.count, 1);
    assert_reason(rig, 0, REASON_OK);
    assert_holder(rig, SENTENCE_HOLDER_SIGNED);
    free(document);
    free(string);
    forge_release(&token);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_that_the_holder_signed_and_when),
        cmocka_unit_test(says_that_somebody_else_signed),
        cmocka_unit_test(adds_nothing_outside_of_its_time),
        cmocka_unit_test(a_wrong_signature_around_it_makes_nothing_inside_good),
        cmocka_unit_test(judges_each_by_itself),
        cmocka_unit_test(looks_into_no_presentation_inside_another),
        cmocka_unit_test(reads_a_presentation_in_an_envelope),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
