/* desk: what the staff's screens show beside the kiosk's own state: PIN, trust list, import from a stick, clock. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_DESK_H
#define SCREEN_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Digits of the longest PIN. */
#define SCREEN_PIN_DIGITS 12u
/* Digits of a date and time: YYYYMMDDHHMM. */
#define SCREEN_CLOCK_DIGITS 12u
/* Characters of a key id that are shown. */
#define SCREEN_KEY_CHARACTERS 8u

/* The PIN being typed; never its digits. */
struct screen_pin {
    unsigned typed;  /* digits so far, at most SCREEN_PIN_DIGITS */
    bool wrong;      /* the last one was wrong */
    uint32_t wait_s; /* none is taken for so long; 0: it is */
    bool missing;    /* kiosk.ini has none: nobody can get in */
};

/* What is known of the list in use beside view->trust. */
struct screen_trust {
    uint64_t root;                          /* version of the root that names its signers; 0: no list */
    char signer[SCREEN_KEY_CHARACTERS + 1]; /* beginning of the id of the key that signed it */
    bool token;                             /* a freshness token was accepted since */
    int64_t token_issued_s;                 /* when the last one was made */
    uint32_t token_revocations;             /* of all that were accepted */
    enum err err;                           /* why there is no list, or ERR_OK */
};

/* How far an import has come. */
enum screen_import_step {
    SCREEN_IMPORT_NO_STICK = 0,
    SCREEN_IMPORT_READING,
    SCREEN_IMPORT_FOUND, /* `candidate` waits for ACTION_CONFIRM or ACTION_CANCEL */
    SCREEN_IMPORT_INSTALLING,
    SCREEN_IMPORT_DONE,      /* `candidate` is in use */
    SCREEN_IMPORT_UNCHANGED, /* it was in use already */
    SCREEN_IMPORT_REFUSED,   /* `err` says why; what was in use stays so */
    SCREEN_IMPORT_TOKEN,     /* no list was brought, but a freshness token */
    SCREEN_IMPORT_STEPS
};

/* A pack that was brought; its signature is right. */
struct screen_pack {
    uint64_t seq, root;
    int64_t issued_s, next_update_s, expires_s;
    bool compared; /* with the list in use; without one there is nothing to compare */
    uint32_t issuers, added, removed, changed;
};

/* What became of the freshness token of a stick. */
enum screen_token { SCREEN_TOKEN_NONE = 0, SCREEN_TOKEN_TAKEN, SCREEN_TOKEN_REFUSED, SCREEN_TOKENS };

struct screen_import {
    enum screen_import_step step;
    struct screen_pack candidate;
    enum err err;
    bool safe_to_remove; /* the stick is not needed any more */
    enum screen_token token;
    enum err token_err; /* why it was refused */
};

/* The date and time being typed. */
struct screen_clock {
    char digits[SCREEN_CLOCK_DIGITS + 1]; /* YYYYMMDDHHMM as far as it is typed, local time */
    enum err err;                         /* why the last one was not taken, or ERR_OK */
    bool rtc;                             /* there is a battery clock, and it goes */
    bool rtc_ill;                         /* there is one, and it stands still or lies below the floor */
};

/* All zero: nothing typed, no list, no stick. */
struct screen_desk {
    struct screen_pin pin;
    struct screen_trust trust;
    struct screen_import import;
    struct screen_clock clock;
};

#endif
