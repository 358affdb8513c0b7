/* lote_import: lists of trusted entities made up for tests, read by credctl trust import lote. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_LOTE_IMPORT_H
#define TESTS_LIB_LOTE_IMPORT_H

#include "tests/lib/imported.h"
#include "tests/lib/lote_text.h"

/* Members of a service's information. */
#define LOTE_IMPORT_GRANTED   "\"ServiceStatus\":\"http://uri.etsi.org/19602/SvcStatus/granted\""
#define LOTE_IMPORT_WITHDRAWN "\"ServiceStatus\":\"http://uri.etsi.org/19602/SvcStatus/withdrawn\""
#define LOTE_IMPORT_SINCE(t)  "\"StatusStartingTime\":\"" t "T00:00:00Z\""
/* Keys of RFC 7515 A.3 and RFC 8037 A.2. */
#define LOTE_IMPORT_P256                                                                                     \
    "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_"      \
    "FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\""
#define LOTE_IMPORT_OKP                                                                                      \
    "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""
#define LOTE_IMPORT_IDENTITY(jwk)                                                                            \
    "\"ServiceDigitalIdentity\":{\"PublicKeyValues\":[{" jwk "}],\"OtherIds\":[\"did:web:a.example\"]}"

/* For cmocka_run_group_tests. */
int lote_import_start(void **state);

/* Import a list, which is taken over; at a time, or when lists of tests are read. imported_close what comes back. */
struct imported lote_import_at(json_t *list, int64_t now_s);
struct imported lote_import(json_t *list);

/* Import "Academy" with this service, which is an object's text; it must be taken. */
struct imported lote_import_service(const char *service);

/* Import it with two services. */
struct imported lote_import_two(const char *first, const char *second);

/* The list, or one of "Academy" with this service, is refused with this error at that entry. */
void lote_import_refused(json_t *list, enum err expected, const char *entry);
void lote_import_refused_service(const char *service, enum err expected);

/* A member that is a text, and the n-th key of the first issuer. */
const char *lote_import_text(const json_t *object, const char *member);
const json_t *lote_import_key(const struct imported *of, size_t n);

#endif
