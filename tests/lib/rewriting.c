/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/rewriting.h"

#include "tests/lib/rewriting_pieces.h"

const char *const rewriting_badge = BADGE;

const struct rewriting rewriting_all[] = {
    {"full addresses",
     "{" CONTEXT ID TYPE ISSUER FROM UNTIL_FULL "\"credentialSubject\":" SUBJECT "," STATUS_KEY STATUS "}"},
    {"types by address",
     "{" CONTEXT ID "\"type\":[\"" CRED "VerifiableCredential\",\"" OB "OpenBadgeCredential\"],"
     "\"" CRED "issuer\":{\"@id\":\"did:web:issuer.example\",\"type\":\"Profile\","
     "\"name\":\"Anybody\"},\"" CRED "validFrom\":{\"@value\":\"2026-01-01T00:00:00Z\",\"@type\":\"" TIME
     "\"}," UNTIL_FULL "\"" CRED "credentialSubject\":" SUBJECT "," STATUS_KEY STATUS "}"},
    {"a prefix", "{" AND("{\"c\":\"" CRED "\"}") ID TYPE ISSUER FROM
     "\"c:validUntil\":{\"@value\":\"2027-01-01T00:00:00Z\",\"@type\":\"" TIME
     "\"},\"credentialSubject\":" SUBJECT ",\"c:credentialStatus\":" STATUS "}"},
    {"terms of one's own",
     "{" AND("{\"colour\":{\"@id\":\"" CRED "validUntil\",\"@type\":\"" TIME "\"},\"shape\":{\"@id\":\"" CRED
             "credentialStatus\",\"@type\":\"@id\"}}") ID TYPE ISSUER FROM
     "\"colour\":\"2027-01-01T00:00:00Z\",\"credentialSubject\":" SUBJECT ",\"shape\":" STATUS "}"},
    {"an empty list in the familiar place",
     "{" CONTEXT ID TYPE REST ",\"credentialStatus\":[]," STATUS_KEY STATUS "}"},
    {"keywords for id and type", "{" CONTEXT "\"@id\":\"urn:c:1\",\"@type\":[\"OpenBadgeCredential\","
                                 "\"VerifiableCredential\"]," REST ",\"credentialStatus\":" STATUS "}"},
    {"values in arrays and objects",
     "{" CONTEXT ID TYPE ISSUER FROM "\"validUntil\":[{\"@value\":\"2027-01-01T00:00:00Z\",\"@type\":\"" TIME
     "\"}],\"credentialSubject\":[" SUBJECT "],\"credentialStatus\":{\"@set\":[" STATUS "]}}"},
    {"other words for name and description",
     "{" AND("{\"who\":{\"@id\":\"" CRED "credentialSubject\",\"@type\":\"@id\",\"@context\":{\"label\":"
             "\"https://schema.org/name\",\"text\":\"https://schema.org/description\"}}}")
         ID TYPE ISSUER FROM UNTIL "\"who\":" SUBJECT_IS(
             "{\"id\":\"urn:a:1\",\"type\":[\"Achievement\"],\"text\":\"For pioneers\","
             "\"label\":\"Pioneer\",\"criteria\":{\"narrative\":\"Go first\"}}") ",\"credentialStatus\""
                                                                                 ":" STATUS "}"},
    {"name and description exchanged",
     "{" AND("{\"what\":{\"@id\":\"" OB "achievement\",\"@type\":\"@id\",\"@context\":{\"name\":"
             "\"https://schema.org/description\",\"description\":\"https://schema.org/name\"}}}")
         ID TYPE ISSUER FROM UNTIL
     "\"credentialSubject\":{\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],\"what\":{"
     "\"id\":"
     "\"urn:a:1\",\"type\":[\"Achievement\"],\"name\":\"For pioneers\",\"description\":\"Pioneer\","
     "\"criteria\":{\"narrative\":\"Go first\"}}},\"credentialStatus\":" STATUS "}"},
    {"a container by id",
     "{" AND("{\"st\":{\"@id\":\"" CRED "credentialStatus\",\"@type\":\"@id\",\"@container\":\"@id\"}}")
         ID TYPE REST ",\"st\":{\"urn:s:1\":{" ENTRY "}}}"},
    {"the status named away", "{" AND("{\"credentialStatus\":null}") WHOLE "}"},
    {"the end named away", "{" AND("{\"validUntil\":\"https://x.example/u\"}") WHOLE "}"},
    {"nested in a member that says nothing",
     "{" AND("{\"more\":\"@nest\"}") ID TYPE REST ",\"more\":{\"credentialStatus\":" STATUS "}}"},
    {"a graph", "{" CONTEXT "\"@graph\":[{" WHOLE "}]}"},
    {"the status node beside it",
     "{" CONTEXT "\"@graph\":[{" ID TYPE REST ",\"credentialStatus\":\"urn:s:1\"}," STATUS "]}"},
    {"the credential in two halves",
     "{" CONTEXT "\"@graph\":[{" ID TYPE ISSUER FROM "\"credentialSubject\":" SUBJECT
     "},{" ID UNTIL_FULL STATUS_KEY STATUS "}]}"},
    {"half of it inside the issuer",
     "{" CONTEXT ID TYPE "\"issuer\":{\"id\":\"did:web:issuer.example\",\"type\":[\"Profile\"],\"name\":"
     "\"Anybody\",\"@included\":{" ID UNTIL_FULL STATUS_KEY STATUS "}}," FROM "\"credentialSubject\":" SUBJECT
     "}"},
    {"included", "{" CONTEXT ID TYPE REST ",\"@included\":[{" ID STATUS_KEY STATUS "}]}"},
    {"reversed", "{" CONTEXT "\"id\":\"urn:s:1\"," ENTRY ",\"@reverse\":{" STATUS_KEY "{" ID TYPE REST "}}}"},
    {"reversed by a term",
     "{" AND("{\"of\":{\"@reverse\":\"" CRED "credentialStatus\",\"@type\":\"@id\"}}") ID TYPE REST
     ",\"@included\":[{\"id\":\"urn:s:1\"," ENTRY ",\"of\":\"urn:c:1\"}]}"},
    {"from the subject on",
     "{" CONTEXT "\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],\"achievement\":" ACHIEVEMENT
     ",\"@reverse\":{\"" CRED "credentialSubject\":{" ID TYPE ISSUER FROM UNTIL "\"credentialStatus\":" STATUS
     "}}}"},
    {"said twice", "{" CONTEXT ID TYPE REST ",\"credentialStatus\":[" STATUS "," STATUS
                   "]," UNTIL_FULL STATUS_KEY STATUS "}"},
};

const size_t rewriting_count = sizeof rewriting_all / sizeof *rewriting_all;
