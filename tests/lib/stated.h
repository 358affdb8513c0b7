/* stated: a badge as statements, changed in one place, and what is read of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_STATED_H
#define TESTS_LIB_STATED_H

#include "credential/credential.h"

#define A    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define CRED "https://www.w3.org/2018/credentials#"
#define OB   "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
#define LIST "https://www.w3.org/ns/credentials/status#"
#define XSD  "http://www.w3.org/2001/XMLSchema#"
#define NAME "<https://schema.org/name>"

/* A badge, one statement a line. */
#define STATED_BADGE                                                                                         \
    "<urn:c:1> " A " <" CRED "VerifiableCredential> .\n"                                                     \
    "<urn:c:1> " A " <" OB "OpenBadgeCredential> .\n"                                                        \
    "<urn:c:1> <" CRED "issuer> <did:web:issuer.example> .\n"                                                \
    "<urn:c:1> <" CRED "validFrom> \"2026-01-01T00:00:00Z\"^^<" XSD "dateTime> .\n"                          \
    "<urn:c:1> <" CRED "validUntil> \"2027-01-01T00:00:00Z\"^^<" XSD "dateTime> .\n"                         \
    "<urn:c:1> <" OB "awardedDate> \"2025-12-31T10:00:00Z\"^^<https://www.w3.org/2001/XMLSchema#dateTime> "  \
    ".\n"                                                                                                    \
    "<urn:c:1> " NAME " \"Badge of Ada\" .\n"                                                                \
    "<urn:c:1> <" CRED "credentialSubject> <did:example:ada> .\n"                                            \
    "<urn:c:1> <" CRED "credentialStatus> _:s .\n"                                                           \
    "_:s " A " <" LIST "BitstringStatusListEntry> .\n"                                                       \
    "_:s <" LIST "statusPurpose> \"revocation\" .\n"                                                         \
    "_:s <" LIST "statusListIndex> \"94567\" .\n"                                                            \
    "_:s <" LIST "statusSize> \"2\"^^<https://www.w3.org/2001/XMLSchema#integer> .\n"                        \
    "_:s <" LIST "statusListCredential> <https://issuer.example/status/1> .\n"                               \
    "<did:web:issuer.example> " NAME " \"Anybody\" .\n"                                                      \
    "<did:example:ada> " NAME " \"Ada\" .\n"                                                                 \
    "<did:example:ada> <" OB "identifier> _:i .\n"                                                           \
    "_:i <" OB "hashed> \"true\"^^<https://www.w3.org/2001/XMLSchema#boolean> .\n"                           \
    "_:i <" OB "identityHash> \"sha256$00\" .\n"                                                             \
    "<did:example:ada> <" OB "achievement> <urn:a:1> .\n"                                                    \
    "<urn:a:1> " NAME " \"Pioneer\" .\n"                                                                     \
    "<urn:a:1> <https://schema.org/description> \"For pioneers\" .\n"                                        \
    "<urn:a:1> <" OB "achievementType> \"Badge\" .\n"                                                        \
    "<urn:a:1> <" OB "Criteria> _:k .\n"                                                                     \
    "_:k <" OB "narrative> \"Go first\" .\n"

/* Memory of a reading that lacks none. */
#define STATED_MEMORY (8u << 20)

/*
 * Read the credential of N-Quads.
 *
 * backwards  the statements in the opposite order
 * memory     bytes of the arena that is lent
 * out        the caller's: credential_close it
 */
enum err stated_read_in(const char *nquads, bool backwards, size_t memory, struct claimed_credential *out);
enum err stated_read(const char *nquads, struct claimed_credential *out);

/* The badge with the first `from` in it replaced, and statements put behind it; release by free. */
char *stated_changed(const char *from, const char *to, const char *behind);

/* What reading that gives. */
enum err stated_error(const char *from, const char *to, const char *behind);

#endif
