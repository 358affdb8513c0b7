/* verdict: the answer of a scan: one reason, its class, a line for each check, and what may be shown. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VERDICT_VERDICT_H
#define VERDICT_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/interval.h"
#include "base/limits.h"
#include "base/span.h"

/* The four classes of trust.md section 4. Zero is no verdict. */
enum verdict_class {
    VERDICT_NONE = 0,
    VERDICT_VALID,
    VERDICT_VALID_NOTE,
    VERDICT_NOT_VALID,
    VERDICT_CANNOT_CHECK,
    VERDICT_CLASSES
};

/* One reason decides the class; the lines of reason.def in the order of the ladder. Zero is no reason. */
enum verdict_reason {
    REASON_NONE = 0,
#define REASON(name, code, class, sentence, advice) name,
#include "verdict/reason.def"
#undef REASON
    REASON_COUNT
};

/* What was looked at, each with a line of its own. */
enum verdict_check_kind {
    CHECK_SIGNATURE = 0,
    CHECK_ISSUER,
    CHECK_DATES,
    CHECK_STATUS,
    CHECK_EVENT,
    CHECK_FRESHNESS,
    CHECK_HOLDER,
    CHECK_COUNT
};

/* Zero is unknown, so that a check nobody made has not passed. */
enum verdict_result { RESULT_UNKNOWN = 0, RESULT_PASSED, RESULT_FAILED, RESULT_NOT_APPLICABLE, RESULT_COUNT };

/* Sentences of check lines; the lines of sentence.def. Zero is "Not checked.". */
enum verdict_sentence {
#define SENTENCE(name, text) name,
#include "verdict/sentence.def"
#undef SENTENCE
    SENTENCE_COUNT
};

/* One check line. */
struct verdict_check {
    enum verdict_result result;
    enum verdict_sentence sentence;
    bool has_as_of;
    int64_t
        as_of_s; /* age of the list that answered; for CHECK_HOLDER when it was signed, by the signer's own
                        word; seconds since 1970 UTC */
};

/*
 * Text made safe to show: valid UTF-8, control and bidi override characters replaced by U+25A1, combining
 * marks bounded, cut with an ellipsis (U+2026) at LIMIT_SHOWN_BYTES. Not terminated.
 */
struct shown {
    uint16_t len;
    char bytes[LIMIT_SHOWN_BYTES];
};

/* A date that may be absent. */
struct shown_date {
    bool present;
    int64_t time_s;
};

/* Bytes of a tag. */
#define VERDICT_TAG_BYTES 32u

/* What may be shown of a credential. Filled from a checked one only; else all zero, and `present` false. */
struct shown_credential {
    bool present;
    struct shown issuer;      /* the trust list's name for it, never the credential's own */
    struct shown issuer_id;   /* its address or DID */
    struct shown holder;      /* name, or empty */
    struct shown subject_id;  /* DID, mail address or empty */
    struct shown achievement; /* name of the achievement, or of the credential */
    struct shown achievement_id;
    struct shown achievement_type; /* "Badge", "Certificate" */
    struct shown description;
    struct shown criteria;
    struct shown status_message; /* what its issuer notes about it in a status list, or empty */
    struct shown id;             /* of the credential */
    struct shown format;         /* "Open Badges 3.0 (JWT, ES256)" */
    struct shown_date awarded;
    struct shown_date valid_from;
    struct shown_date valid_until;
    uint8_t tag[VERDICT_TAG_BYTES]; /* the same for the same credential, however its code is written */
};

/* The lists under which it was judged. */
struct shown_trust {
    bool present;
    bool demo;            /* the demo's root: DEMO on every screen */
    bool unsigned_source; /* the issuer came from a source without a signature */
    struct shown scheme;
    uint64_t seq;
    int64_t issued_s;
    int64_t next_update_s;
    int64_t expires_s;
    uint32_t status_lists;    /* in the pack */
    uint32_t status_in_force; /* of them, those that had not ended when the pack was opened */
    int64_t status_as_of_s;   /* of the oldest; 0 where there is none */
    int64_t confirmed_s;      /* when the newest accepted freshness token was made; 0: none was */
    uint32_t revoked_since;   /* how many issuers, keys and credentials those tokens revoke */
    bool revocations_lost;    /* one of them cannot be read any more */
};

/* The answer. All zero is "no verdict", which every reader of it treats as CANNOT CHECK. */
struct verdict {
    enum verdict_reason reason;
    enum err cause; /* what led to the reason, or ERR_OK; its sentence names an unread format */
    uint32_t notes; /* bit (reason - REASON_STATUS_UNKNOWN) for every note that applies, the first being
                       `reason` */
    struct verdict_check checks[CHECK_COUNT];
    struct shown_credential credential;
    struct shown_trust trust;
    struct interval now;
};

/* The answers of a scan: one for each credential of a presentation in its order, else one. All zero is none. */
struct verdicts {
    uint32_t count;
    struct verdict list[LIMIT_PRESENTED];
};

/* The worst verdict: not valid before cannot check before valid with a note, in a class by the order of the ladder,
 * of equals the first; 0 where there is none. */
uint32_t verdict_worst(const struct verdicts *verdicts);

/* The class of a reason; VERDICT_CANNOT_CHECK for none, and for a number outside the enum. */
enum verdict_class verdict_class_of(enum verdict_reason reason);

/* "not_a_credential"; NULL outside the enum or for none. Static, as are the next four. */
const char *verdict_reason_code(enum verdict_reason reason);
/* The English sentence and advice of a reason: keys of their translations. */
const char *verdict_reason_sentence(enum verdict_reason reason);
const char *verdict_reason_advice(enum verdict_reason reason);
/* "valid_note"; NULL for none. */
const char *verdict_class_code(enum verdict_class class);
/* "signature"; NULL outside the enum. */
const char *verdict_check_code(enum verdict_check_kind check);
/* "not_applicable"; NULL outside the enum. */
const char *verdict_result_code(enum verdict_result result);
/* The English sentence of a check line. */
const char *verdict_sentence_text(enum verdict_sentence sentence);

/* Make hostile text safe to show; see struct shown. */
void shown_set(struct shown *out, struct span text);

#endif
