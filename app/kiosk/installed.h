/* installed: the trust pack, found and hashed by an installer child, held as open descriptors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_INSTALLED_H
#define KIOSK_INSTALLED_H

#include "kiosk/install_tokens.h"
#include "kiosk/messages.h"
#include "kiosk/service.h"
#include "pack/pack_open.h"

/* database, manifest, roots */
#define INSTALLED_FILES 3u

/* A freshness token on its way to an installer, and what became of it. */
enum installed_order { INSTALLED_NOTHING = 0, INSTALLED_WAITING, INSTALLED_ASKED, INSTALLED_ANSWERED };
struct installed_token {
    enum installed_order order;
    enum err err; /* of the answer */
    size_t len;
    char text[LIMIT_FRESH_BYTES];
};

/* All zero: not looked for yet. */
struct installed {
    bool known;   /* an installer has answered */
    enum err err; /* why there are none, or ERR_OK */
    int files[INSTALLED_FILES];
    size_t file_count; /* INSTALLED_FILES, or 0 */
    struct pack_receipt receipt;
    struct install_tokens tokens; /* beside it */
    struct installed_token token;
    struct child installer;
    struct child_retry retry;
    int64_t look_ms;     /* when the record of what is installed is looked at next */
    uint64_t stamp_seen; /* what it was then */
};

/*
 * One turn: starts an installer where the record of what is installed has changed, takes its answer, ends
 * it. True: the lists are now known, or others than before.
 */
bool installed_turn(struct installed *installed, struct service *service);

/* Hand a token to an installer, at most LIMIT_FRESH_BYTES. False: another is on its way, or its answer was not asked for yet; nothing
 * happened. */
MUST_USE bool installed_take_token(struct installed *installed, struct span text);

/* What became of it: true once, when an installer has answered or could not be asked. */
bool installed_token_answered(struct installed *installed, enum err *out);

/* What verifiers are told of tokens; borrows from it. */
struct message_tokens installed_tokens(const struct installed *installed);

/* End the installer and close the files. */
void installed_close(struct installed *installed);

#endif
