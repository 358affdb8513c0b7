/* importing: published lists read into a workspace of a test's own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_IMPORTING_H
#define TESTS_LIB_IMPORTING_H

#include "credctl/import/import.h"
#include "credctl/sign/signer.h"
#include "tests/lib/temp_folder.h"

/* Files of one import, those of options too. */
#define IMPORTING_FILES 12u
/* When the sample lists are read unless a test says otherwise: 2026-08-28T08:00:00Z. */
#define IMPORTING_NOW_S 1787904000LL

/* An import being put together; open it, run it as often as wanted, close it. */
struct importing {
    char folder[TEMP_FOLDER_SIZE];
    char paths[IMPORTING_FILES][PATH_MAX];
    size_t path_count, input_count;
    struct import_input inputs[IMPORTING_FILES];
    struct options options;
    int64_t now_s;
    struct import_file_source source; /* of the last run, and what it counted */
    uint64_t keyless, passed_over, revocations, unsigned_issuers;
    char entry[IMPORT_ENTRY_SIZE];
    json_t *issuers; /* an array: what the last run that succeeded kept */
};

void importing_open(struct importing *importing);
void importing_close(struct importing *importing);

/* Forget inputs and options; the workspace stays as it is. */
void importing_again(struct importing *importing);

/* Add an input: these bytes, this text, or a file of the vectors. */
void importing_bytes(struct importing *importing, struct span bytes);
void importing_text(struct importing *importing, const char *text);
void importing_path(struct importing *importing, const char *path);

/* Give an option: a file with these bytes, a file that is there, or a word. */
void importing_option_bytes(struct importing *importing, const char *name, struct span bytes);
void importing_option(struct importing *importing, const char *name, const char *value);

/* Read it and, where that succeeds, keep it: as credctl trust import --accept-unsigned does. */
enum err importing_run(struct importing *importing, const struct import_format *format);

/* The n-th issuer that was kept; the test fails where it is not there. */
const json_t *importing_issuer(const struct importing *importing, size_t n);

/* A private ES256 or EdDSA key; its public JWK with this kid as text; a token of this payload. Release by free, signer_close. */
struct signer *importing_signer(enum crypto_alg alg);
char *importing_jwk(const struct signer *signer, const char *kid);
char *importing_token(const struct signer *signer, const char *typ, const char *kid, const char *payload);

/* A DID document of a signer's key "DID#1", as text. Release by free. */
char *importing_document(const struct signer *signer, const char *did);

#endif
