/* signbench: badges that credctl signs on the spot with Data Integrity proofs, read as the kiosk reads them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SIGNBENCH_H
#define TESTS_LIB_SIGNBENCH_H

#include <jansson.h>

#include "credctl/badge/issuing.h"
#include "proof/integrity.h"
#include "vocabulary/vocabulary.h"

#define SIGNBENCH_CREATED_S 1780304400 /* 2026-06-01T09:00:00Z */
/* Every field but the issuer's; and as few as there may be. */
#define SIGNBENCH_ALL_FIELDS                                                                                 \
    "issuer_name = Academy\nholder = Amira Haddad\nholder_id = did:example:amira\nemail = a@x.example\n"     \
    "email_salt = s4lt\nachievement = https://x.example/a\nachievement_name = A\nachievement_type = Badge\n" \
    "description = D\ncriteria = Presence.\nvalid_from = 2026-06-01T09:00:00Z\n"                             \
    "valid_until = 2027-06-01T09:00:00Z\nawarded = 2026-05-31T09:00:00Z\nstatus_list = "                     \
    "https://x.example/s\n"                                                                                  \
    "status_index = 7\n"
#define SIGNBENCH_FEW_FIELDS                                                                                 \
    "holder = A\nachievement = urn:x:a\nachievement_name = A\ndescription = D\ncriteria = "                  \
    "https://x.example/c\n"                                                                                  \
    "valid_from = 2026-06-01T09:00:00Z\n"

/* The shipped contexts, memory for one document, and a key. */
struct signbench {
    struct vocabulary vocabulary;
    struct shelf_view view;
    struct context_library library;
    struct arena arena;
    struct signer *signer;
};

void signbench_start(struct signbench *bench, enum crypto_alg alg);
void signbench_stop(struct signbench *bench);

/* A badge of an issuer with these further fields, signed by the key; json_decref it. */
json_t *signbench_badge(struct signbench *bench, const char *issuer, const char *rest, enum badge_vcdm vcdm);

/* As the kiosk sees it: it has one proof, right by the key. */
bool signbench_verifies(struct signbench *bench, const json_t *document, enum integrity_purpose purpose);

#endif
