/* rewriting_pieces: pieces of a badge as text, from which tests write it in other ways. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_REWRITING_PIECES_H
#define TESTS_LIB_REWRITING_PIECES_H

#define CRED "https://www.w3.org/2018/credentials#"
#define OB   "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
#define LIST "https://www.w3.org/ns/credentials/status#"
#define TIME "http://www.w3.org/2001/XMLSchema#dateTime"
#define BOTH                                                                                                 \
    "\"https://www.w3.org/ns/credentials/v2\","                                                              \
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\""

#define CONTEXT      "\"@context\":[" BOTH "],"
#define AND(context) "\"@context\":[" BOTH "," context "],"
#define ID           "\"id\":\"urn:c:1\","
#define TYPE         "\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],"
#define ISSUER       "\"issuer\":{\"id\":\"did:web:issuer.example\",\"type\":[\"Profile\"],\"name\":\"Anybody\"},"
#define FROM         "\"validFrom\":\"2026-01-01T00:00:00Z\","
#define UNTIL        "\"validUntil\":\"2027-01-01T00:00:00Z\","
#define ACHIEVEMENT                                                                                          \
    "{\"id\":\"urn:a:1\",\"type\":[\"Achievement\"],\"name\":\"Pioneer\",\"description\":\"For "             \
    "pioneers\",\"criteria\":{\"narrative\":\"Go first\"}}"
#define SUBJECT_IS(achievement)                                                                              \
    "{\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],\"achievement\":" achievement "}"
#define SUBJECT SUBJECT_IS(ACHIEVEMENT)
#define ENTRY                                                                                                \
    "\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\",\"statusListIndex\":\"94567\","  \
    "\"statusListCredential\":\"https://issuer.example/status/1\""
#define STATUS "{\"id\":\"urn:s:1\"," ENTRY "}"
#define REST   ISSUER FROM UNTIL "\"credentialSubject\":" SUBJECT
#define WHOLE  ID TYPE REST ",\"credentialStatus\":" STATUS

#define BADGE       "{" CONTEXT WHOLE "}"
#define BLANK_BADGE "{" CONTEXT ID TYPE REST ",\"credentialStatus\":{" ENTRY "}}"

/* An address is no term, so what it names has its type written out. */
#define STATUS_KEY "\"" CRED "credentialStatus\":"
#define UNTIL_FULL "\"" CRED "validUntil\":{\"@value\":\"2027-01-01T00:00:00Z\",\"@type\":\"" TIME "\"},"

#endif
