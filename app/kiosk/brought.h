/* brought: what somebody brought on a stick, from its noticing to its installation; told by face, done by installer children. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_BROUGHT_H
#define KIOSK_BROUGHT_H

#include "boards/stick.h"
#include "kiosk/messages.h"
#include "kiosk/service.h"

enum brought_step {
    BROUGHT_NOTHING = 0,
    BROUGHT_READING, /* a stick is being copied */
    BROUGHT_WAITING, /* it is copied; nobody has looked into it */
    BROUGHT_LOOKING, /* installers inspect the packs */
    BROUGHT_FOUND,   /* `pack` may be installed */
    BROUGHT_INSTALLING,
    BROUGHT_DONE,
    BROUGHT_UNCHANGED,
    BROUGHT_REFUSED, /* `err` says why */
    BROUGHT_TOKENS   /* no pack, but tokens to be handed over */
};

/* All zero: nothing was brought. */
struct brought {
    enum brought_step step;
    enum err err;
    struct install_inspect pack; /* FOUND to UNCHANGED */
    uint32_t packs, tokens;      /* copies that are there */
    uint32_t looked;             /* packs that were inspected */
    uint32_t chosen;             /* which of them `pack` is; `packs` where none is */
    uint32_t handed;             /* tokens that were handed over (brought_token) */
    bool token_waits;            /* the last of them has no answer yet */
    uint32_t taken, refused;     /* what became of those that have one */
    enum err token_err;          /* why the last that was refused was */
    struct child installer;
    int64_t look_ms; /* when the status is read next */
    uint64_t stamp;  /* of the status that was read */
};

/*
 * One turn: notices sticks, hears the installer, and, while somebody with the PIN is looking, has the packs inspected.
 * True: another step than before.
 */
bool brought_turn(struct brought *brought, struct service *service, bool looking);

/* Install what was found; leave it, or be done with what was said: the copies are removed. Nothing in other steps. */
void brought_confirm(struct brought *brought, struct service *service);
void brought_dismiss(struct brought *brought, struct service *service);

/*
 * The next token of the stick, once its packs are done with or there are none; each is given once, and the next when
 * brought_token_answered was called for it.
 *
 * out  the token without white space around it; LIMIT_FRESH_BYTES suffice, and a longer one is none
 *
 * False: there is none more, or not yet.
 */
bool brought_token(struct brought *brought, struct service *service, struct room *out);

/* What became of that token: ERR_OK, it was taken in. */
void brought_token_answered(struct brought *brought, struct service *service, enum err err);

/* Everything that lay on the stick has been dealt with: there is nothing left to wait for. */
bool brought_is_over(const struct brought *brought);

/* End the installer. */
void brought_close(struct brought *brought);

#endif
