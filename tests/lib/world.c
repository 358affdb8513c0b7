/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/world.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/base64url.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"
#include "tests/lib/check.h"
#include "tests/lib/judge_one.h"
#include "tests/lib/shipped.h"

#define DAY_S TESTPACK_DAY_S

const char *const world_badge =
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"
    "context-3.0.3.json\"],"
    "\"id\":\"urn:uuid:ada-1\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],"
    "\"issuer\":{\"id\":\"https://issuer.example\",\"type\":[\"Profile\"],\"name\":\"What it calls itself\"},"
    "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\",\"name\":\"Badge of "
    "Ada\","
    "\"credentialSubject\":{\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],\"name\":\"Ada "
    "Lovelace\","
    "\"achievement\":{\"id\":\"https://issuer.example/a/"
    "1\",\"type\":[\"Achievement\"],\"achievementType\":\"Badge\","
    "\"name\":\"Pioneer\",\"description\":\"For pioneers\",\"criteria\":{\"narrative\":\"Go first\"}}},"
    "\"iss\":\"https://issuer.example\",\"jti\":\"urn:uuid:ada-1\",\"nbf\":1767225600,\"exp\":1798761600,"
    "\"sub\":\"did:example:ada\"}";

const char *const world_nested =
    "{\"vc\":{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"],\"id\":\"urn:uuid:ada-2\","
    "\"type\":[\"VerifiableCredential\",\"Diploma\"],\"issuer\":\"https://issuer.example\","
    "\"issuanceDate\":\"2026-01-01T00:00:00Z\",\"expirationDate\":\"2027-01-01T00:00:00Z\","
    "\"credentialSubject\":{\"id\":\"did:example:ada\",\"name\":\"Ada Lovelace\"}},"
    "\"iss\":\"https://issuer.example\",\"jti\":\"urn:uuid:ada-2\",\"nbf\":1767225600,\"exp\":1798761600,"
    "\"sub\":\"did:example:ada\"}";

const char *const world_degree =
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"id\":\"urn:uuid:ada-3\","
    "\"type\":[\"VerifiableCredential\",\"Diploma\"],\"issuer\":\"https://issuer.example\","
    "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\","
    "\"credentialSubject\":{\"id\":\"did:example:ada\",\"name\":\"Ada Lovelace\"},"
    "\"iat\":1767225600,\"exp\":1798000000}";

/* How each key of WORLD_ISSUER stands in the list, and how a credential names it. */
static const struct {
    enum crypto_alg alg;
    const char *listed, *named;
    const char *types, *achievements;
    bool for_status;
    int64_t until_s, withdrawn_s;
    const char *fixed; /* a private key that is the same in every run; made for these tests, guards nothing */
} keys[WORLD_KEYS] = {
    [WORLD_ES256] =
        {.alg = CRYPTO_ES256,
         .listed = WORLD_ISSUER "#es256",
         .named = WORLD_ISSUER "#es256",
         .fixed = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"S8ix9rJK5Tz67Jf3KmNJFuk5gIMW32Ky-EH7QMgV9q4\","
                  "\"y\":\"bG27IiNm9MeR8e9ssyQcyijpHlYcxEJQmS-xFSJdiyE\","
                  "\"d\":\"yiATmvGyEggVaS-IZ2zywSAZNGzBs0mDfNcY9f2akws\",\"alg\":\"ES256\"}"},
    [WORLD_EDDSA] =
        {.alg = CRYPTO_EDDSA,
         .listed = "eddsa",
         .named = WORLD_ISSUER "#eddsa",
         .fixed =
             "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"2jPstkzDc3JDseAiGnuDnT2r5DSrzujDIpgGAIZEF0s\","
             "\"d\":\"xSCQqhnlwvGVLJfOLJXfS1vsHpqAGEkCO_t-4as9TXk\",\"alg\":\"EdDSA\"}"},
    [WORLD_ES384] = {.alg = CRYPTO_ES384, .listed = "#es384", .named = "es384"},
    [WORLD_RS256] = {.alg = CRYPTO_RS256},
    [WORLD_PS256] = {.alg = CRYPTO_PS256, .listed = WORLD_ISSUER "#ps256", .named = "#ps256"},
    [WORLD_TYPE] = {.alg = CRYPTO_ES256, .listed = "#type", .named = "#type", .types = "Diploma"},
    [WORLD_ACHIEVEMENT] = {.alg = CRYPTO_ES256,
                           .listed = "#achievement",
                           .named = "#achievement",
                           .achievements = WORLD_ISSUER "/a/9"},
    [WORLD_STATUS] = {.alg = CRYPTO_ES256, .listed = "#status", .named = "#status", .for_status = true},
    [WORLD_ENDED] = {.alg = CRYPTO_ES256, .listed = "#ended", .named = "#ended", .until_s = 1735689600},
    [WORLD_WITHDRAWN] = {.alg = CRYPTO_ES256,
                         .listed = "#withdrawn",
                         .named = "#withdrawn",
                         .withdrawn_s = TESTPACK_IAT_S},
    [WORLD_DID_KEY] = {.alg = CRYPTO_EDDSA, .named = ""},
    [WORLD_DID_JWK] = {.alg = CRYPTO_ES256, .named = ""},
    [WORLD_STRANGER] = {.alg = CRYPTO_EDDSA, .named = ""},
};

static bool is_rsa(enum world_key key) {
    return key == WORLD_RS256 || key == WORLD_PS256;
}

static void make_keys(struct world *world, bool rsa) {
    char path[PATH_MAX];
    for (int i = 0; i < WORLD_KEYS; i++) {
        if (keys[i].fixed != NULL) {
            testpack_put(&world->test, "fixed.jwk", span_of_text(keys[i].fixed));
            testpack_path(&world->test, "fixed.jwk", path);
            assert_ok(signer_load(path, &world->keys[i]));
        } else if (rsa || !is_rsa((enum world_key)i)) {
            assert_ok(signer_make(keys[i].alg, &world->keys[i]));
        }
    }
}

/* Terminated, since the room is zeroed and one byte larger than it says. */
static void write_did_key(const struct signer *signer, char *out, size_t size) {
    struct room room = room_over(out, size - 1);
    assert_ok(room_put_text(&room, "did:key:"));
    assert_ok(multikey_write(signer_public(signer), &room));
}

static void write_did_jwk(const struct signer *signer, char *out, size_t size) {
    uint8_t bytes[300];
    struct room jwk = room_over(bytes, sizeof bytes);
    struct room room = room_over(out, size - 1);
    assert_ok(jwk_write(signer_public(signer), &jwk));
    assert_ok(room_put_text(&room, "did:jwk:"));
    assert_ok(base64url_encode(room_span(&jwk), &room));
}

static struct span text_or_empty(const char *text) {
    return text == NULL ? (struct span){0} : span_of_text(text);
}

static void list_key(struct lists *lists, int64_t row, const struct world *world, enum world_key key) {
    struct lists_key listed = {.kid = text_or_empty(keys[key].listed),
                               .key = *signer_public(world->keys[key]),
                               .alg = keys[key].alg,
                               .valid_until_s = keys[key].until_s,
                               .withdrawn_at_s = keys[key].withdrawn_s,
                               .for_status = keys[key].for_status,
                               .types = text_or_empty(keys[key].types),
                               .achievements = text_or_empty(keys[key].achievements)};
    assert_ok(lists_add_key(lists, row, &listed));
}

static int64_t list_issuer(struct lists *lists, const char *identifier, const char *name, bool is_unsigned) {
    int64_t row = 0;
    struct lists_issuer issuer = {.source = span_of_text("by hand"), .unsigned_source = is_unsigned};
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text(identifier)));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text(name)));
    char russian[64];
    snprintf(russian, sizeof russian, "%s (ru)", name);
    assert_ok(lists_add_name(lists, row, span_of_text("ru"), span_of_text(russian)));
    return row;
}

static void list_status(struct lists *lists, const char *address, const char *purpose, const char *kind,
                        const char *issuer, uint32_t bits, int64_t expires_s) {
    static const uint8_t bitmap[131072 / 8] = {0x01}; /* entry 7 */
    struct lists_status status = {.address = span_of_text(address),
                                  .purpose = span_of_text(purpose),
                                  .kind = span_of_text(kind),
                                  .issuer = span_of_text(issuer),
                                  .entries = 131072,
                                  .bits = bits,
                                  .as_of_s = TESTPACK_IAT_S - 3600,
                                  .expires_s = expires_s,
                                  .bitmap = span_of_bytes(bitmap, sizeof bitmap)};
    assert_ok(lists_add_status(lists, &status));
}

/* Lists whose entries are of two bits, or of as many as the credential says: of the former 7 is 1, 8 is 2 and 9 is 3. */
static void list_values(struct lists *lists, const char *address, const char *purpose, const char *kind,
                        uint32_t bits, int64_t expires_s) {
    static const uint8_t bitmap[131072 / 4] = {0, 0x01, 0xB0};
    struct lists_status status = {.address = span_of_text(address),
                                  .purpose = span_of_text(purpose),
                                  .kind = span_of_text(kind),
                                  .issuer = span_of_text(WORLD_ISSUER),
                                  .entries = bits == 0 ? 262144 : 131072,
                                  .bits = bits,
                                  .as_of_s = TESTPACK_IAT_S - 3600,
                                  .expires_s = expires_s,
                                  .bitmap = span_of_bytes(bitmap, sizeof bitmap)};
    assert_ok(lists_add_status(lists, &status));
}

/* A list of ids, in which one stands. */
static void list_ids(struct lists *lists, const char *address, const char *kind, const char *issuer) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    assert_ok(crypto_sha256(span_of_text(WORLD_REVOKED_ID), hash));
    struct lists_status status = {.address = span_of_text(address),
                                  .kind = span_of_text(kind),
                                  .issuer = span_of_text(issuer),
                                  .is_unsigned = true,
                                  .entries = 1,
                                  .as_of_s = TESTPACK_IAT_S - 7200,
                                  .hashes = span_of_bytes(hash, sizeof hash)};
    assert_ok(lists_add_status(lists, &status));
}

static void list_further_kinds(struct lists *lists, int64_t end_s) {
    list_values(lists, WORLD_ISSUER "/status/8", "message", "BitstringStatusList", 0, end_s);
    list_values(lists, WORLD_ISSUER "/status/9", "", "TokenStatusList", 2, end_s);
    list_values(lists, WORLD_ISSUER "/status/10", "", "TokenStatusList", 2, WORLD_NOW_S - 1);
    list_ids(lists, WORLD_ISSUER "/status/11", "1EdTechRevocationList", WORLD_ISSUER);
    list_ids(lists, WORLD_ISSUER "/status/12", "RevocationList", WORLD_ISSUER);
    list_ids(lists, WORLD_ISSUER "/status/13", "1EdTechRevocationList", "did:web:other.example");
}

static void list_statuses(struct lists *lists, const struct world *world) {
    const char *kind = "BitstringStatusList";
    int64_t end_s = WORLD_NOW_S + 365 * DAY_S;
    list_status(lists, WORLD_ISSUER "/status/1", "revocation", kind, WORLD_ISSUER, 1, end_s);
    list_status(lists, WORLD_ISSUER "/status/2", "suspension", kind, WORLD_ISSUER, 1, 0);
    list_status(lists, WORLD_ISSUER "/status/3", "revocation", kind, WORLD_ISSUER, 1, WORLD_NOW_S - 1);
    list_status(lists, WORLD_ISSUER "/status/4", "revocation", kind, world->did_key, 1, end_s);
    list_status(lists, WORLD_ISSUER "/status/5", "revocation", "TokenStatusList", WORLD_ISSUER, 1, end_s);
    list_status(lists, WORLD_ISSUER "/status/6", "revocation", kind, WORLD_ISSUER, 9, end_s);
    list_status(lists, WORLD_ISSUER "/status/7", "revocation", kind, "did:web:issuer.example", 1, end_s);
    list_further_kinds(lists, end_s);
}

static void make_pack(struct world *world) {
    struct lists *lists = testpack_lists(&world->test, "lists");
    int64_t row = list_issuer(lists, WORLD_ISSUER, "Example Training", false);
    assert_ok(lists_add_identifier(lists, row, span_of_text("did:web:issuer.example")));
    assert_ok(lists_add_identifier(lists, row, span_of_text(world->did_eddsa)));
    for (int i = 0; i < WORLD_DID_KEY; i++) {
        if (world->keys[i] != NULL) {
            list_key(lists, row, world, (enum world_key)i);
        }
    }
    list_key(lists, list_issuer(lists, world->did_key, "Example Fair", true), world, WORLD_DID_KEY);
    list_key(lists, list_issuer(lists, world->did_jwk, "Example School", false), world, WORLD_DID_JWK);
    list_statuses(lists, world);
    assert_ok(lists_finish(lists));
    testpack_sign(&world->test, "lists", "pack");
    assert_ok(testpack_open(&world->test, "pack", PACK_OPEN_USE, &world->pack));
}

void world_start(struct world *world, bool rsa) {
    *world = (struct world){.now = interval_at(WORLD_NOW_S)};
    testpack_start(&world->test);
    make_keys(world, rsa);
    write_did_key(world->keys[WORLD_DID_KEY], world->did_key, sizeof world->did_key);
    write_did_key(world->keys[WORLD_STRANGER], world->did_stranger, sizeof world->did_stranger);
    write_did_key(world->keys[WORLD_EDDSA], world->did_eddsa, sizeof world->did_eddsa);
    write_did_jwk(world->keys[WORLD_DID_JWK], world->did_jwk, sizeof world->did_jwk);
    make_pack(world);
    shipped_open(&world->vocabulary);
    void *memory = aligned_alloc(16, LIMIT_SCAN_ARENA_BYTES);
    assert_non_null(memory);
    world->arena = arena_over(memory, LIMIT_SCAN_ARENA_BYTES);
}

void world_stop(struct world *world) {
    pack_close(world->pack);
    vocabulary_close(&world->vocabulary);
    for (int i = 0; i < WORLD_KEYS; i++) {
        signer_close(world->keys[i]);
    }
    free(world->arena.base);
    testpack_stop(&world->test);
}

struct verify_grounds world_grounds(const struct world *world) {
    static const struct policy no_rules = {0};
    return (struct verify_grounds){.lists = world->pack,
                                   .fresh = world->fresh,
                                   .shelf = &world->vocabulary.shelf,
                                   .policy = &no_rules,
                                   .now = &world->now};
}

void world_verify(struct world *world, struct span payload, struct verdict *out) {
    struct verify_grounds grounds = world_grounds(world);
    judge_one(payload, &grounds, &world->arena, out);
}

void world_verify_all(struct world *world, struct span payload, struct verdicts *out) {
    struct verify_grounds grounds = world_grounds(world);
    verify(payload, &grounds, &world->arena, out);
    assert_int_equal(world->arena.used, 0);
}

void world_header(const struct world *world, enum world_key key, bool vc_jose, char out[400]) {
    char thumbprint[PACKER_KID_BYTES + 1] = {0};
    const char *named = keys[key].named;
    if (named == NULL) {
        struct room room = room_over(thumbprint, PACKER_KID_BYTES);
        assert_ok(packer_kid(signer_public(world->keys[key]), &room));
        named = thumbprint;
    }
    int length = snprintf(out, 400, "{\"alg\":\"%s\",\"typ\":\"%s\"%s%s%s}", crypto_alg_name(keys[key].alg),
                          vc_jose ? "vc+jwt" : "JWT", named[0] == 0 ? "" : ",\"kid\":\"", named,
                          named[0] == 0 ? "" : "\"");
    assert_true(length > 0 && length < 400);
}
