/* hostile: payloads that cost their maker little and were made to cost a verifier much. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_HOSTILE_H
#define TESTS_LIB_HOSTILE_H

#include "base/room.h"
#include "tests/lib/wallet.h"

/* One of them. */
struct hostile {
    const char *name;
    json_t *(*make)(struct wallet *wallet);
    const char *prefix; /* of a code in CBOR-LD; NULL: it is JSON */
};

/* All of them; ended by one without a name. Static. */
extern const struct hostile hostile_all[];

/* The address of a context of which hostile_shelve puts LIMIT_SHELF_TRIES versions on the wallet's shelf. */
#define HOSTILE_VERSIONS "https://hostile.example/v1"
void hostile_shelve(struct wallet *wallet);

/* Append the payload; it has no more than LIMIT_PAYLOAD_BYTES. */
void hostile_write(const struct hostile *hostile, struct wallet *wallet, struct room *out);

#endif
