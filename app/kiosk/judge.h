/* judge: the verifiers: one that waits, locked in, and the one that judges. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_JUDGE_H
#define KIOSK_JUDGE_H

#include "kiosk/installed.h"
#include "kiosk/messages.h"
#include "kiosk/service.h"
#include "verdict/verdict.h"

/* What a verifier has said. */
enum judge_said { JUDGE_NOTHING = 0, JUDGE_VERDICTS, JUDGE_TOKEN };

/* A freshness token that was shown. */
struct judge_token {
    enum err err;           /* why it may not be taken in, or ERR_OK */
    int64_t iat_s, until_s; /* when it was made; until when the lists count as up to date with it */
    uint32_t revoked;       /* issuers, keys and credentials that are revoked with it */
    size_t len;
    char text[LIMIT_FRESH_BYTES];
};

/* All zero: none started yet. */
struct judge {
    struct child spare;
    struct child busy;
    struct judge_token token; /* of the last answer that was one */
    struct child_retry retry;
    enum err lists_err;                    /* why the last spare could not open its lists, or ERR_OK */
    enum err vocabulary_err;               /* why it could not use its vocabulary, or ERR_OK */
    struct shown_trust trust;              /* of the last spare; all zero without lists */
    uint64_t root;                         /* version of the root that names its signers; 0 without lists */
    uint8_t signer[MESSAGES_SIGNER_BYTES]; /* beginning of its signer's thumbprint */
    bool trust_known;                      /* a spare has said by which lists it judges */
    bool demo;                             /* one has said that the root is a demo's */
};

/* One turn: keeps a spare ready, replaces what died, hung or grew. */
void judge_turn(struct judge *judge, struct service *service, const struct installed *lists);

/*
 * Hand a payload to the spare.
 *
 * language  in which the visitor reads (BCP 47), at most MESSAGES_LANGUAGE_MAX bytes
 *
 * ERR_MESSAGE_NONE  none is ready
 * ERR_MESSAGE_SEND  it did not take it
 */
MUST_USE enum err judge_ask(struct judge *judge, struct service *service, struct span language,
                            struct span payload);

/*
 * Is there an answer: verdicts, one at least, or a freshness token, which judge->token then holds? A verifier that dies,
 * hangs or speaks wrongly answers CANNOT CHECK, `unreadable`, with the cause. Nothing while it judges, and where nothing
 * was asked.
 */
enum judge_said judge_answer(struct judge *judge, struct service *service, struct verdicts *out);

/* The lists have changed: replace the spare. */
void judge_renew(struct judge *judge, struct service *service);

/* End both. */
void judge_close(struct judge *judge);

#endif
