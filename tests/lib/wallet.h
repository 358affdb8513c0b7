/* wallet: what people's wallets show: Open Badges made on the spot, presented, as the text of a code. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_WALLET_H
#define TESTS_LIB_WALLET_H

#include <jansson.h>

#include "base/room.h"
#include "credctl/build/lists.h"
#include "credctl/sign/signer.h"
#include "linked/cborld.h"
#include "tests/lib/testpack.h"
#include "vocabulary/vocabulary.h"

/* The status list that its badges of VCDM 2.0 name, and their place in it. */
#define WALLET_STATUS_LIST  "https://guild.example/status/1"
#define WALLET_STATUS_INDEX "94567"
/* When its badges were made, and when they are judged, seconds since 1970 UTC: 2025-01-01, a fortnight later. */
#define WALLET_FROM_S 1735689600LL
#define WALLET_NOW_S  (WALLET_FROM_S + 14 * TESTPACK_DAY_S)

/* The contexts that ship, an issuer with a did:key of Ed25519, and memory for the work. Must stay where it is. */
struct wallet {
    struct vocabulary vocabulary;
    struct shelf_view view;
    struct context_library library;
    struct arena arena;
    struct signer *issuer;
    char did[128], method[256]; /* the issuer's DID, and the name of its key */
};

void wallet_open(struct wallet *out);
void wallet_close(struct wallet *wallet);

/*
 * An Open Badge of that issuer with as many alignments as `skills`; 8 make about 70 statements. Of VCDM 2.0 by
 * eddsa-rdfc-2022, with a status entry; of VCDM 1.1 by Ed25519Signature2020, without one. The caller's reference.
 */
json_t *wallet_badge_2022(struct wallet *wallet, unsigned skills);
json_t *wallet_badge_2020(struct wallet *wallet, unsigned skills);

/* An unsigned presentation of credentials of one data model; takes the array. */
json_t *wallet_present(json_t *credentials);

/*
 * Append the text of a code.
 *
 * prefix  "VP1-B" and "VC1-B" write base32, "VP1-R" and "VC1-R" base45
 */
void wallet_text(struct wallet *wallet, const json_t *document, enum cborld_header header, const char *prefix,
                 struct room *out);

/*
 * A pack of WALLET_FROM_S that lists the wallet's issuer, its status list, in which nothing is set, and other issuers.
 *
 * test    a workshop that was started; its claims and rules are set
 * others  DIDs of Ed25519 keys, ended by NULL; or NULL for none
 * out     the caller's to close
 */
void wallet_pack(const struct wallet *wallet, struct testpack *test, const char *const *others,
                 struct pack **out);

#endif
