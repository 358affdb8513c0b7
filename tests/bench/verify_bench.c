/* SPDX-License-Identifier: Apache-2.0 */
/* verify_bench: time of the verifier and of its stages, beside the bare signature check of the library. */
#include <psa/crypto.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/judge_one.h"
#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/testpack.h"

#include "codec/jws.h"
#include "credential/credential.h"
#include "payload/payload.h"
#include "proof/proof.h"
#include "trust/trust.h"
#include "verify.h"

#define ROUNDS 31
#define ISSUER "did:web:academy.example"

static const struct {
    enum crypto_alg alg;
    const char *name;
} algs[] = {
    {CRYPTO_ES256, "ES256"}, {CRYPTO_ES384, "ES384"}, {CRYPTO_EDDSA, "EdDSA"},
    {CRYPTO_RS256, "RS256"}, {CRYPTO_PS256, "PS256"},
};
#define ALGS (sizeof algs / sizeof *algs)

static const char badge[] =
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"
    "\"id\":\"urn:uuid:5b7c1f2e-0000-4000-8000-000000000001\",\"jti\":\"urn:uuid:5b7c1f2e-0000-4000-8000-"
    "000000000001\","
    "\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"name\":\"INNOVATOR\",\"iss\":\"" ISSUER
    "\","
    "\"issuer\":{\"id\":\"" ISSUER
    "\",\"type\":[\"Profile\"],\"name\":\"Example Academy\"},\"sub\":\"did:example:maria\","
    "\"nbf\":1787000000,\"validFrom\":\"2026-08-17T20:53:20Z\",\"credentialStatus\":{\"type\":"
    "\"BitstringStatusListEntry\","
    "\"statusPurpose\":\"revocation\",\"statusListIndex\":\"9\",\"statusListCredential\":\"https://"
    "academy.example/status/1\"},"
    "\"credentialSubject\":{\"id\":\"did:example:maria\",\"type\":[\"AchievementSubject\"],\"name\":\"Maria "
    "Example\","
    "\"achievement\":{\"id\":\"https://academy.example/a/"
    "innovator\",\"type\":[\"Achievement\"],\"name\":\"INNOVATOR\","
    "\"achievementType\":\"Badge\",\"description\":\"Took part in the innovation week.\","
    "\"criteria\":{\"narrative\":\"Attended all five days.\"}}}}";

/* One algorithm's inputs, fixed before the clock runs. */
struct setting {
    enum crypto_alg alg;
    struct signer *signer;
    struct room token;
    struct pack *pack;
    struct interval now;
    struct policy policy;
    struct arena arena;
    struct arena kept; /* what the stages are given; verify wipes its own */
    struct jws jws;
    struct proof proof;
    struct claimed_credential claimed;
    psa_key_id_t bare_key;
    struct verdict verdict;
};

static void expect(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "verify_bench: %s\n", what);
        exit(1);
    }
}

static void whole(void *ctx) {
    struct setting *s = ctx;
    struct verify_grounds grounds = {.lists = s->pack, .policy = &s->policy, .now = &s->now};
    judge_one(room_span(&s->token), &grounds, &s->arena, &s->verdict);
    expect(s->verdict.reason == REASON_OK, "the badge is not found genuine");
}

static void stage_payload(void *ctx) {
    struct setting *s = ctx;
    struct payload payload = {0};
    size_t used = s->arena.used;
    expect(payload_recognise(room_span(&s->token), &s->arena, &payload) == ERR_OK, "payload");
    s->arena.used = used;
}

static void stage_envelope(void *ctx) {
    struct setting *s = ctx;
    struct jws jws = {0};
    struct proof proof = {0};
    size_t used = s->arena.used;
    expect(jws_split(room_span(&s->token), &s->arena, &jws) == ERR_OK, "envelope");
    expect(proof_read(&jws, &proof) == ERR_OK, "proof");
    jws_close(&jws);
    s->arena.used = used;
}

static void stage_credential(void *ctx) {
    struct setting *s = ctx;
    struct claimed_credential claimed = {0};
    expect(credential_read(s->jws.payload, s->proof.profile, &claimed) == ERR_OK, "credential");
    credential_close(&claimed);
}

static void stage_trust(void *ctx) {
    struct setting *s = ctx;
    struct trust trust = {0};
    size_t used = s->arena.used;
    expect(trust_find(s->pack, &s->claimed, &s->proof, (struct span){0}, &s->arena, &trust) == ERR_OK,
           "trust");
    expect(trust.standing == TRUST_LISTED, "the key is not listed");
    s->arena.used = used;
}

static void stage_signature(void *ctx) {
    struct setting *s = ctx;
    expect(crypto_verify(s->alg, signer_public(s->signer), s->proof.signed_bytes, s->proof.signature) ==
               ERR_OK,
           "signature");
}

/* The library alone: the key imported once, one call. */
static void bare(void *ctx) {
    struct setting *s = ctx;
    const struct span text = s->proof.signed_bytes, signature = s->proof.signature;
    static const psa_algorithm_t psa[] = {
        [CRYPTO_RS256] = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256),
        [CRYPTO_PS256] = PSA_ALG_RSA_PSS(PSA_ALG_SHA_256),
        [CRYPTO_ES256] = PSA_ALG_ECDSA(PSA_ALG_SHA_256),
        [CRYPTO_ES384] = PSA_ALG_ECDSA(PSA_ALG_SHA_384),
    };
    bool good = s->alg == CRYPTO_EDDSA ? crypto_sign_verify_detached(signature.ptr, text.ptr, text.len,
                                                                     signer_public(s->signer)->bytes) == 0
                                       : psa_verify_message(s->bare_key, psa[s->alg], text.ptr, text.len,
                                                            signature.ptr, signature.len) == PSA_SUCCESS;
    expect(good, "the bare check fails");
}

static void import_bare_key(struct setting *s) {
    static const struct {
        psa_key_type_t type;
        psa_algorithm_t alg;
    } keys[] = {
        [CRYPTO_RS256] = {PSA_KEY_TYPE_RSA_PUBLIC_KEY, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256)},
        [CRYPTO_PS256] = {PSA_KEY_TYPE_RSA_PUBLIC_KEY, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256)},
        [CRYPTO_ES256] = {PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1),
                          PSA_ALG_ECDSA(PSA_ALG_SHA_256)},
        [CRYPTO_ES384] = {PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1),
                          PSA_ALG_ECDSA(PSA_ALG_SHA_384)},
    };
    if (s->alg == CRYPTO_EDDSA) {
        return;
    }
    const struct crypto_key *key = signer_public(s->signer);
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, keys[s->alg].type);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_set_key_algorithm(&attributes, keys[s->alg].alg);
    expect(psa_import_key(&attributes, key->bytes, key->len, &s->bare_key) == PSA_SUCCESS, "the bare key");
}

static void write_lists(const struct testpack *test, struct setting settings[ALGS]) {
    int64_t row = 0;
    uint8_t *bits = calloc(1, 131072 / 8);
    struct lists *lists = testpack_lists(test, "bench.db");
    struct lists_issuer issuer = {.source = span_of_text("by hand")};
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text(ISSUER)));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text("Example Academy")));
    for (size_t i = 0; i < ALGS; i++) {
        char kid[64];
        snprintf(kid, sizeof kid, ISSUER "#%s", algs[i].name);
        struct lists_key key = {
            .kid = span_of_text(kid), .key = *signer_public(settings[i].signer), .alg = algs[i].alg};
        assert_ok(lists_add_key(lists, row, &key));
    }
    struct lists_status status = {.address = span_of_text("https://academy.example/status/1"),
                                  .purpose = span_of_text("revocation"),
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text(ISSUER),
                                  .entries = 131072,
                                  .bits = 1,
                                  .as_of_s = TESTPACK_IAT_S,
                                  .bitmap = span_of_bytes(bits, 131072 / 8)};
    assert_ok(lists_add_status(lists, &status));
    assert_ok(lists_finish(lists));
    free(bits);
}

static void prepare(struct setting *s, size_t i, struct pack *pack) {
    char kid[64];
    snprintf(kid, sizeof kid, ISSUER "#%s", algs[i].name);
    s->pack = pack;
    s->now = interval_at(TESTPACK_IAT_S + TESTPACK_DAY_S);
    s->arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    s->kept = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    s->token = forge_room(16384);
    assert_ok(signer_jws(s->signer, span_of_text("JWT"), span_of_text(kid), span_of_text(badge), &s->token));
    import_bare_key(s);
    whole(s);
    assert_ok(jws_split(room_span(&s->token), &s->kept, &s->jws));
    assert_ok(proof_read(&s->jws, &s->proof));
    assert_ok(credential_read(s->jws.payload, s->proof.profile, &s->claimed));
}

static void measure(struct setting *s, const char *name, double es256_us) {
    char line[96];
    double bare_us = bench_median_us(bare, s, ROUNDS);
    es256_us = es256_us > 0 ? es256_us : bare_us;
    static const struct {
        const char *stage;
        bench_work *work;
    } stages[] = {
        {"payload", stage_payload}, {"envelope and proof", stage_envelope}, {"credential", stage_credential},
        {"trust", stage_trust},     {"signature", stage_signature},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        snprintf(line, sizeof line, "verifier, %s: %s", name, stages[i].stage);
        bench_report(line, bench_median_us(stages[i].work, s, ROUNDS), "us", NULL, 0);
    }
    /* The whole and the bare check in turn, so that a drift of the machine falls on both. */
    double ratio[5], around[5];
    for (size_t i = 0; i < 5; i++) {
        double b = bench_median_us(bare, s, 9);
        double w = bench_median_us(whole, s, 9);
        ratio[i] = w / b;
        around[i] = w - b;
        for (size_t j = i; j > 0 && around[j] < around[j - 1]; j--) {
            double t = around[j];
            around[j] = around[j - 1], around[j - 1] = t;
            t = ratio[j], ratio[j] = ratio[j - 1], ratio[j - 1] = t;
        }
    }
    snprintf(line, sizeof line, "verifier, %s: whole", name);
    bench_report(line, bare_us * ratio[2], "us", "bare signature check", bare_us);
    snprintf(line, sizeof line, "verifier, %s: around the signature check", name);
    bench_report(line, around[2], "us", "bare ES256 check", es256_us);
}

int main(void) {
    static struct setting settings[ALGS];
    struct testpack test = {0};
    struct pack *pack = NULL;
    assert_ok(crypto_start());
    testpack_start(&test);
    for (size_t i = 0; i < ALGS; i++) {
        settings[i].alg = algs[i].alg;
        assert_ok(signer_make(algs[i].alg, &settings[i].signer));
    }
    write_lists(&test, settings);
    testpack_sign(&test, "bench.db", "bench.tpk");
    assert_ok(testpack_open(&test, "bench.tpk", PACK_OPEN_USE, &pack));
    double es256_us = 0;
    for (size_t i = 0; i < ALGS; i++) {
        prepare(&settings[i], i, pack);
        measure(&settings[i], algs[i].name, es256_us);
        es256_us = es256_us > 0 ? es256_us : bench_median_us(bare, &settings[0], ROUNDS);
    }
    pack_close(pack);
    testpack_stop(&test);
    return 0;
}
