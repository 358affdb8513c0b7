/* SPDX-License-Identifier: Apache-2.0 */
/* From the text of a badge with a Data Integrity proof to the bytes that were signed, beside a bare Ed25519 check. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "proof/integrity.h"
#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/integrity_sign.h"
#include "tests/lib/shipped.h"

#define ROUNDS 9
#define MEMORY LIMIT_SCAN_ARENA_BYTES

/* The same badge signed by one suite after the other. */
struct badge {
    const char *text;
    const json_t *document;
    struct context_library library;
    struct arena arena;
    struct integrity found;
    enum err err;
};

static char *write_badge(void) {
    static char text[8192];
    size_t len = (size_t)snprintf(
        text, sizeof text,
        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"
        "context-3.0.3.json\",\"https://w3id.org/security/suites/ed25519-2020/"
        "v1\"],\"id\":\"urn:uuid:a63a60be-f4af-"
        "491c-87fc-2c8fd3007a58\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"name\":"
        "\"Digital "
        "welding, level 2\",\"issuer\":{\"type\":[\"Profile\"],\"id\":\"did:key:"
        "z6Mki1Yei2cR3NZsk4BRVr7ZQ6JVSNhRuRpyQWdcCxoGmij7\",\"name\":\"A "
        "guild\",\"url\":\"https://guild.example\","
        "\"image\":{\"id\":\"https://guild.example/"
        "logo.png\",\"type\":\"Image\"}},\"validFrom\":\"2026-01-01T00:00:00Z"
        "\",\"validUntil\":\"2027-01-01T00:00:00Z\",\"credentialSubject\":{\"type\":[\"AchievementSubject\"],"
        "\"id\":"
        "\"did:key:z6MknTHVAhsRyNzBG6h5wjTrg76UGUaBoXS5Vs9Apfr1fbCj\",\"achievement\":{\"id\":\"urn:uuid:"
        "bd6d9316-f7ae-"
        "4073-a1e5-2f7f5bd22922\",\"type\":[\"Achievement\"],\"name\":\"Welder\",\"description\":\"Welds by "
        "hand and by "
        "robot.\",\"criteria\":{\"narrative\":\"Passed the examination before two masters of the "
        "guild.\"},\"tag\":"
        "[\"metal\",\"robot\",\"safety\"],\"alignment\":[");
    for (int i = 0; i < 8; i++) {
        len += (size_t)snprintf(
            text + len, sizeof text - len,
            "%s{\"type\":[\"Alignment\"],\"targetName\":\"Skill %d\",\"targetUrl\":"
            "\"https://skills.example/%d\",\"targetCode\":\"S%d\",\"targetFramework\":\"Skills\"}",
            i > 0 ? "," : "", i, i, i);
    }
    snprintf(text + len, sizeof text - len, "]}}}");
    return text;
}

static void read_document(void *ctx) {
    struct badge *badge = ctx;
    badge->arena.used = 0;
    badge->err =
        integrity_read(badge->document, INTEGRITY_ASSERTION, &badge->library, &badge->arena, &badge->found);
}

static void read_text(void *ctx) {
    struct badge *badge = ctx;
    json_t *document = NULL;
    badge->arena.used = 0;
    badge->err = jsontext_parse(span_of_text(badge->text), &document);
    badge->err = badge->err == ERR_OK ? integrity_read(document, INTEGRITY_ASSERTION, &badge->library,
                                                       &badge->arena, &badge->found)
                                      : badge->err;
    json_decref(document);
}

static void measure(struct badge *badge, enum proof_suite suite, const struct signer *signer, double bare) {
    char name[96];
    struct integrity_sign how = {.suite = suite,
                                 .signer = signer,
                                 .library = &badge->library,
                                 .method = "did:key:z6Mki1Yei2cR3NZsk4BRVr7ZQ6JVSNhRuRpyQWdcCxoGmij7#"
                                           "z6Mki1Yei2cR3NZsk4BRVr7ZQ6JVSNhRuRpyQWdcCxoGmij7"};
    char *text = integrity_signed(write_badge(), &how);
    json_t *document = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &document));
    badge->text = text;
    badge->document = document;
    double whole = bench_median_us(read_text, badge, ROUNDS);
    assert_ok(badge->err);
    snprintf(name, sizeof name, "%s, text to signed bytes (%u statements)", proof_suite_code(suite),
             badge->found.statements.set.quad_count);
    bench_report(name, whole, "us", "bare Ed25519 check", bare);
    bench_report("  of it the proof", bench_median_us(read_document, badge, ROUNDS), "us",
                 "bare Ed25519 check", bare);
    bench_report("  arena used", (double)badge->arena.used / 1024, "kB", NULL, 0);
    json_decref(document);
    free(text);
}

int main(void) {
    static struct badge badge;
    static struct vocabulary vocabulary;
    struct signer *ed25519 = NULL, *p256 = NULL;
    assert_ok(crypto_start());
    shipped_open(&vocabulary);
    struct shelf_view view = {.shelf = &vocabulary.shelf};
    badge.library = shelf_view_library(&view);
    badge.arena = arena_over(malloc(MEMORY), MEMORY);
    assert_ok(signer_make(CRYPTO_EDDSA, &ed25519));
    assert_ok(signer_make(CRYPTO_ES256, &p256));
    double bare = bench_ed25519_us(ROUNDS);
    measure(&badge, PROOF_EDDSA_RDFC_2022, ed25519, bare);
    measure(&badge, PROOF_ED25519_2020, ed25519, bare);
    measure(&badge, PROOF_ECDSA_RDFC_2019, p256, bare);
    measure(&badge, PROOF_EDDSA_JCS_2022, ed25519, bare);
    signer_close(ed25519);
    signer_close(p256);
    free(badge.arena.base);
    vocabulary_close(&vocabulary);
    return 0;
}
