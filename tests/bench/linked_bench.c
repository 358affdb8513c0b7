/* SPDX-License-Identifier: Apache-2.0 */
/* From a badge in JSON-LD to its canonical statements, beside a bare Ed25519 check; canonicalisation as it grows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/linked_case.h"

#define ROUNDS 9

/* A vocabulary of our own, built as those of credentials are: protected terms, a context inside each type. */
static const char credentials[] =
    "{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"name\":\"urn:v:name\",\"description\":\"urn:v:"
    "text\","
    "\"VerifiableCredential\":{\"@id\":\"urn:v:Credential\",\"@context\":{\"@protected\":true,\"id\":\"@id\","
    "\"type\":"
    "\"@type\",\"credentialSubject\":{\"@id\":\"urn:v:subject\",\"@type\":\"@id\"},\"issuer\":{\"@id\":\"urn:"
    "v:issuer\","
    "\"@type\":\"@id\"},\"validFrom\":{\"@id\":\"urn:v:from\",\"@type\":\"http://www.w3.org/2001/"
    "XMLSchema#dateTime\"},"
    "\"validUntil\":{\"@id\":\"urn:v:until\",\"@type\":\"http://www.w3.org/2001/XMLSchema#dateTime\"},"
    "\"credentialStatus\":{\"@id\":\"urn:v:status\",\"@type\":\"@id\"}}}}";
static const char badges[] =
    "{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"Badge\":{\"@id\":\"urn:b:Badge\"},\"Profile\":{"
    "\"@id\":"
    "\"urn:b:Profile\",\"@context\":{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"url\":{\"@id\":"
    "\"urn:b:url\","
    "\"@type\":\"http://www.w3.org/2001/"
    "XMLSchema#anyURI\"},\"image\":{\"@id\":\"urn:b:image\",\"@type\":\"@id\"}}},"
    "\"Subject\":{\"@id\":\"urn:b:Subject\",\"@context\":{\"@protected\":true,\"id\":\"@id\",\"type\":\"@"
    "type\","
    "\"achievement\":{\"@id\":\"urn:b:achievement\",\"@type\":\"@id\"},\"identifier\":\"urn:b:identifier\"}},"
    "\"Achievement\":{\"@id\":\"urn:b:Achievement\",\"@context\":{\"@protected\":true,\"id\":\"@id\","
    "\"type\":\"@type\","
    "\"criteria\":{\"@id\":\"urn:b:criteria\",\"@type\":\"@id\"},"
    "\"alignment\":{\"@id\":"
    "\"urn:b:alignment\",\"@type\":\"@id\"},\"tag\":{\"@id\":\"urn:b:tag\",\"@container\":\"@set\"}}},"
    "\"Alignment\":{"
    "\"@id\":\"urn:b:Alignment\",\"@context\":{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\","
    "\"targetName\":"
    "\"urn:b:targetName\",\"targetUrl\":{\"@id\":\"urn:b:targetUrl\",\"@type\":\"http://www.w3.org/2001/"
    "XMLSchema#anyURI\"},"
    "\"targetCode\":\"urn:b:targetCode\"}}}";

struct badge {
    struct linked_case c;
    char text[8192];
    enum err err;
};

static void write_badge(struct badge *badge) {
    char *text = badge->text;
    size_t cap = sizeof badge->text;
    size_t len = (size_t)snprintf(
        text, cap,
        "{\"@context\":[\"urn:c:credentials\",\"urn:c:badges\"],\"id\":\"urn:uuid:a63a60be\",\"type\":["
        "\"VerifiableCredential\",\"Badge\"],\"name\":\"Digital welding, level "
        "2\",\"issuer\":{\"type\":[\"Profile\"],\"id\":"
        "\"did:key:z6Mki1Yei2cR3NZsk4BRVr7ZQ6JVSNhRuRpyQWdcCxoGmij7\",\"name\":\"A "
        "guild\",\"url\":\"https://guild.example\","
        "\"image\":{\"id\":\"https://guild.example/"
        "logo.png\"}},\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":"
        "\"2027-01-01T00:00:00Z\",\"credentialSubject\":{\"type\":[\"Subject\"],\"id\":\"did:key:"
        "z6MkpTHR8VNsBxYAAWHut2\","
        "\"identifier\":\"A "
        "person\",\"achievement\":{\"id\":\"urn:uuid:bd6d9316\",\"type\":[\"Achievement\"],\"name\":"
        "\"Welder\",\"description\":\"Welds by hand and by "
        "robot.\",\"criteria\":{\"id\":\"urn:uuid:c1\",\"description\":"
        "\"Passed the examination.\"},"
        "\"tag\":[\"metal\",\"robot\",\"safety\"],\"alignment\":[");
    for (int i = 0; i < 8; i++) {
        len += (size_t)snprintf(text + len, cap - len,
                                "%s{\"type\":[\"Alignment\"],\"targetName\":\"Skill %d\",\"targetUrl\":"
                                "\"https://skills.example/%d\",\"targetCode\":\"S%d\",\"name\":\"n%d\"}",
                                i > 0 ? "," : "", i, i, i, i);
    }
    snprintf(text + len, cap - len, "]}}}");
}

static void parse(void *ctx) {
    struct badge *badge = ctx;
    json_t *document = NULL;
    badge->err = jsontext_parse(span_of_text(badge->text), &document);
    json_decref(document);
}

static void canonize(void *ctx) {
    struct badge *badge = ctx;
    struct linked_document document = {0};
    badge->c.scan.used = 0;
    badge->err =
        linked_canonize(badge->c.document, &badge->c.library, RDFC_SHA256, &badge->c.scan, &document);
}

static void measure_badge(void) {
    static struct badge badge;
    linked_case_open(&badge.c);
    linked_case_shelve(&badge.c, "urn:c:credentials", credentials);
    linked_case_shelve(&badge.c, "urn:c:badges", badges);
    write_badge(&badge);
    assert_ok(linked_case_canonize(&badge.c, badge.text));
    char name[64];
    snprintf(name, sizeof name, "JSON-LD badge of %u statements, JSON parsed", badge.c.set.quad_count);
    double bare = bench_ed25519_us(ROUNDS);
    bench_report(name, bench_median_us(parse, &badge, ROUNDS), "us", "bare Ed25519 check", bare);
    assert_ok(badge.err);
    bench_report("  to canonical statements", bench_median_us(canonize, &badge, ROUNDS), "us",
                 "bare Ed25519 check", bare);
    assert_ok(badge.err);
    bench_report("  arena used", (double)badge.c.scan.used / 1024, "kB", NULL, 0);
    linked_case_close(&badge.c);
}

struct graph {
    struct rdf_dataset set;
    struct arena arena;
    enum err err;
};

static void canonize_graph(void *ctx) {
    struct graph *graph = ctx;
    struct arena scratch = graph->arena;
    struct rdfc_form form = {0};
    graph->err = rdfc_canonize(&graph->set, RDFC_SHA256, &scratch, &form);
}

/* Records of five statements each, nameless, every one related to another. */
static void write_graph(struct graph *graph, uint32_t quads) {
    uint32_t relation[5] = {0};
    assert_ok(rdf_open(&graph->arena, &graph->set));
    for (uint32_t i = 0; i < 5; i++) {
        char iri[48];
        snprintf(iri, sizeof iri, "https://example.org/vocab#relation%u", i);
        assert_ok(rdf_iri(&graph->set, span_of_text(iri), &relation[i]));
    }
    for (uint32_t i = 0; i < quads; i++) {
        struct rdf_quad quad = {.predicate = relation[i % 5]};
        char text[48];
        snprintf(text, sizeof text, "_:b%u", i / 5);
        assert_ok(rdf_blank(&graph->set, span_of_text(text), &quad.subject));
        snprintf(text, sizeof text, i % 5 == 4 ? "_:b%u" : "value %u", i % 5 == 4 ? i / 10 : i);
        assert_ok(i % 5 == 4 ? rdf_blank(&graph->set, span_of_text(text), &quad.object)
                             : rdf_literal(&graph->set, span_of_text(text), (struct span){0},
                                           (struct span){0}, &quad.object));
        assert_ok(rdf_add(&graph->set, quad));
    }
    rdf_distinct(&graph->set);
}

static void measure_growth(void) {
    size_t size = 32u << 20;
    void *memory = malloc(size);
    for (uint32_t quads = 10; quads <= 10000; quads *= 10) {
        struct graph graph = {.arena = arena_over(memory, size)};
        char name[64];
        write_graph(&graph, quads);
        double us = bench_median_us(canonize_graph, &graph, ROUNDS);
        assert_ok(graph.err);
        snprintf(name, sizeof name, "RDFC-1.0, %u quads", quads);
        bench_report(name, us, "us", NULL, 0);
        snprintf(name, sizeof name, "  for each n log n, %u quads", quads);
        bench_report(name, us * 1e3 / (quads * log2(quads)), "ns", NULL, 0);
    }
    free(memory);
}

int main(void) {
    measure_badge();
    measure_growth();
    return 0;
}
