/* messages: what face and its children say to each other over a SOCK_SEQPACKET pair, checked on arrival. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_MESSAGES_H
#define KIOSK_MESSAGES_H

#include "base/err.h"
#include "base/interval.h"
#include "base/limits.h"
#include "base/room.h"
#include "base/span.h"
#include "boards/camera.h"
#include "kiosk/install_inspect.h"
#include "kiosk/install_tokens.h"
#include "pack/pack_open.h"
#include "policy/policy.h"
#include "symbol/guidance.h"
#include "verdict/verdict.h"

/* A body of up to this many bytes travels in the packet itself, a longer one in a sealed memfd beside it, which a
 * locked-in child cannot make: so a joined payload must fit, and LIMIT_PRESENTED verdicts of the longest words. */
#define MESSAGES_INLINE_MAX (48u * 1024u)
/* The longest body of any type: a policy with all its names, a root document, tokens, and the vocabulary. */
#define MESSAGES_BODY_MAX (576u * 1024u + LIMIT_VOCABULARY_BYTES)
/* A buffer that takes every message whose body is inline, and one that takes them all. */
#define MESSAGES_SMALL_ROOM (MESSAGES_INLINE_MAX + 16u)
#define MESSAGES_LARGE_ROOM (MESSAGES_BODY_MAX + 16u)
/* Descriptors that one message may carry. */
#define MESSAGES_DESCRIPTORS 3u
/* A child's socket to face is this descriptor, and the only one above standard error when it starts. */
#define MESSAGES_SOCKET 3

/* Letters of a pass of the reader. */
#define MESSAGES_PASS_MAX 15u

/* Flags of READER_START. */
#define READER_EVERY_FRAME 1u /* say what each frame holds, also when it is what the last one held */
#define READER_THOROUGH    2u /* pictures that come alone: look in all ways that are known */
#define READER_EACH_CODE   4u /* say every code of every frame, one message each: for tools, which judge none */
#define READER_PERSIST     8u /* look in all ways that are known where the first look at a frame finds nothing */

enum message_type {
    MESSAGE_NONE = 0,
    MESSAGE_READY,          /* a child to face: locked in, waiting; struct message_ready */
    MESSAGE_READER_START,   /* face to reader: struct message_camera; descriptors camera, preview */
    MESSAGE_CAMERA,         /* face to reader, after a camera came back: the same; descriptor camera */
    MESSAGE_READER_STATS,   /* reader to face, several times a second: struct message_stats */
    MESSAGE_SYMBOL,         /* reader to face: struct message_symbol */
    MESSAGE_TWO_CODES,      /* reader to face: struct message_symbol without payload */
    MESSAGE_CAMERA_LOST,    /* reader to face: struct message_lost */
    MESSAGE_VERIFIER_START, /* face to verifier: struct message_rules; descriptors database, manifest, roots,
 or none */
    MESSAGE_JUDGE,          /* face to verifier: struct message_judge */
    MESSAGE_VERDICT,        /* verifier to face: struct verdicts, at least one */
    MESSAGE_INSTALL,        /* face to installer: struct message_install; descriptors file, data folder */
    MESSAGE_CURRENT,        /* face to installer: struct message_install; descriptor data folder */
    MESSAGE_RESULT,  /* installer to face: struct message_result; descriptors, after CURRENT alone, database,
                       manifest, roots */
    MESSAGE_INSPECT, /* face to installer: struct message_install; descriptors file, data folder */
    MESSAGE_INSPECTED, /* installer to face: struct message_inspected */
    MESSAGE_TOKEN,     /* verifier to face: struct message_token, where the payload was a freshness token */
    MESSAGE_INSTALL_TOKEN, /* face to installer: struct message_install with a token; descriptor data folder */
    MESSAGE_COUNT
};

/* Sets of types, for messages_receive. */
#define MESSAGES_BIT(type) (1u << (type))
#define MESSAGES_FROM_READER                                                                                 \
    (MESSAGES_BIT(MESSAGE_READY) | MESSAGES_BIT(MESSAGE_READER_STATS) | MESSAGES_BIT(MESSAGE_SYMBOL) |       \
     MESSAGES_BIT(MESSAGE_TWO_CODES) | MESSAGES_BIT(MESSAGE_CAMERA_LOST))
#define MESSAGES_TO_READER (MESSAGES_BIT(MESSAGE_READER_START) | MESSAGES_BIT(MESSAGE_CAMERA))
#define MESSAGES_FROM_VERIFIER                                                                               \
    (MESSAGES_BIT(MESSAGE_READY) | MESSAGES_BIT(MESSAGE_VERDICT) | MESSAGES_BIT(MESSAGE_TOKEN))
#define MESSAGES_TO_VERIFIER (MESSAGES_BIT(MESSAGE_VERIFIER_START) | MESSAGES_BIT(MESSAGE_JUDGE))
#define MESSAGES_FROM_INSTALLER                                                                              \
    (MESSAGES_BIT(MESSAGE_READY) | MESSAGES_BIT(MESSAGE_RESULT) | MESSAGES_BIT(MESSAGE_INSPECTED))
#define MESSAGES_TO_INSTALLER                                                                                \
    (MESSAGES_BIT(MESSAGE_INSTALL) | MESSAGES_BIT(MESSAGE_CURRENT) | MESSAGES_BIT(MESSAGE_INSPECT) |         \
     MESSAGES_BIT(MESSAGE_INSTALL_TOKEN))

/* A message that arrived. The body points into the caller's buffer; the descriptors are the caller's to
 * close. */
struct message {
    enum message_type type;
    struct span body;
    size_t descriptor_count;
    int descriptors[MESSAGES_DESCRIPTORS];
};

/*
 * Send a message. Descriptors stay open here. A body longer than MESSAGES_INLINE_MAX goes into a sealed
 * memfd, which only a process that is not locked in can make.
 *
 * ERR_MESSAGE_SEND  the other side is gone or does not take it
 * ERR_NO_ROOM       the body is longer than this type may be
 */
MUST_USE enum err messages_send(int socket, enum message_type type, struct span body, const int *descriptors,
                                size_t descriptor_count);

/*
 * Receive one message. Anything unexpected closes the descriptors that came with it.
 *
 * accepted  set of types that may come from there
 * buffer    the caller's, overwritten
 *
 * ERR_MESSAGE_NONE        nothing waits (a non-blocking socket), or a signal came
 * ERR_MESSAGE_CLOSED      the other side is gone
 * ERR_MESSAGE_SHAPE       magic, version, type or length are wrong, or the memfd is not sealed
 * ERR_MESSAGE_DESCRIPTOR  more or fewer descriptors than its type carries
 */
MUST_USE enum err messages_receive(int socket, uint32_t accepted, struct room *buffer, struct message *out);

/* Close the descriptors of a message that nobody took. */
void messages_drop(struct message *message);

/* What is shown of a signer's thumbprint: eight characters of base64url. */
#define MESSAGES_SIGNER_BYTES 6u

/* READY: what the lock could do; of a verifier, the lists it will judge by. */
struct message_ready {
    uint32_t landlock_abi;    /* 0: this kernel has no Landlock */
    enum err lists;           /* why a verifier could not open its lists, or ERR_OK */
    enum err vocabulary;      /* why it could not use its vocabulary, or ERR_OK */
    bool demo;                /* the provisioned root is a demo's, whether or not there are lists */
    struct shown_trust trust; /* all zero without lists */
    uint64_t root;            /* version of the root that names their signers; 0 without lists */
    uint8_t signer[MESSAGES_SIGNER_BYTES]; /* beginning of the thumbprint of the key that signed them */
};

/* READER_START and CAMERA. */
struct message_camera {
    enum camera_kind kind;
    struct camera_wish wish;
    uint32_t flags;                               /* READER_... */
    uint32_t preview_width_px, preview_height_px; /* 0 in CAMERA, and where no preview is wanted */
};

/* READER_STATS: totals since the reader's start; also its sign of life. Dropped are frames that could not be decoded,
 * skipped those for which a newer one came before anybody had looked at them. */
struct message_stats {
    uint64_t frames, dropped, skipped;
    enum err fault; /* why the newest frame was dropped: ERR_FRAME_..., ERR_CAMERA_FRAME, or ERR_OK */
    uint32_t codes; /* in the newest frame */
    uint32_t width_px, height_px;     /* of the newest frame */
    uint32_t cpu_us;                  /* of processor time that the newest frame took, decoding and reading */
    char pass[MESSAGES_PASS_MAX + 1]; /* which way of looking found a code in it, or ""; small letters */
    uint16_t
        parts_seen; /* of a code of several parts that is being collected: bit i for the part of index i */
    uint8_t parts_total;  /* how many parts that code has, at most 16; 0: none is being collected */
    enum guidance sees;   /* what the newest frame shows of codes */
    enum guidance advice; /* what to say to whoever holds one */
};

/* SYMBOL and TWO_CODES. */
struct message_symbol {
    int64_t captured_us; /* CLOCK_MONOTONIC of its frame */
    uint64_t frame;      /* number of that frame since the reader's start */
    struct span payload; /* at most LIMIT_JOINED_BYTES; points into the message */
};

/* CAMERA_LOST: ERR_CAMERA_GONE, ERR_CAMERA_TIMEOUT, ERR_CAMERA_FORMAT, ERR_CAMERA_REFUSED. */
struct message_lost {
    enum err cause;
};

/* The freshness tokens beside a pack, as install_tokens.h has them; the span points into the message. */
struct message_tokens {
    bool lost;
    int64_t iat_s;
    struct span text;
};

/* VERIFIER_START. Spans point into the message. */
struct message_rules {
    struct policy policy;
    struct span root; /* the provisioned root document */
    struct span audience;
    struct interval now;
    struct pack_receipt receipt; /* of the database, by the installer */
    struct span vocabulary;      /* a bundle (vocabulary/vocabulary.h) */
    struct message_tokens tokens;
};

/* Of a language's code (BCP 47); those of the screens have two. */
#define MESSAGES_LANGUAGE_MAX 16u

/* JUDGE. The spans point into the message. */
struct message_judge {
    struct interval now;
    struct span language; /* in which the visitor reads; at most MESSAGES_LANGUAGE_MAX */
    struct span payload;  /* at most LIMIT_PAYLOAD_BYTES */
};

/* INSTALL, CURRENT and INSPECT. Spans point into the message. */
struct message_install {
    struct span root;
    struct span audience;
    struct interval now;
    struct span token; /* in INSTALL_TOKEN; else empty */
};

/* RESULT: ERR_OK, or why it was refused. */
struct message_result {
    enum err err;
    bool unchanged;               /* after INSTALL: it was in use already */
    struct pack_receipt receipt;  /* of the database whose descriptor comes along; else all zero */
    struct message_tokens tokens; /* after CURRENT and INSTALL_TOKEN: those that are kept */
};

/* TOKEN: a freshness token was shown. */
struct message_token {
    enum err err;           /* why it may not be taken in; all else is zero then */
    int64_t iat_s, until_s; /* when it was made; until when the lists count as up to date with it */
    uint32_t revoked;       /* issuers, keys and credentials that are revoked with it */
    struct span text;       /* the token itself, at most LIMIT_FRESH_BYTES; points into the message */
};

/* INSPECTED: whether a pack file may be installed, and what would change. */
struct message_inspected {
    enum err err;                /* why not; all else is zero then */
    struct install_inspect pack; /* what it says of itself */
};

/*
 * Write and read bodies. Writers append to `out` (ERR_NO_ROOM). Readers check every number, length and
 * shown text, and point into `body` (ERR_MESSAGE_SHAPE).
 */
MUST_USE enum err messages_put_ready(const struct message_ready *ready, struct room *out);
MUST_USE enum err messages_get_ready(struct span body, struct message_ready *out);
MUST_USE enum err messages_put_camera(const struct message_camera *camera, struct room *out);
MUST_USE enum err messages_get_camera(struct span body, struct message_camera *out);
MUST_USE enum err messages_put_stats(const struct message_stats *stats, struct room *out);
MUST_USE enum err messages_get_stats(struct span body, struct message_stats *out);
MUST_USE enum err messages_put_symbol(const struct message_symbol *symbol, struct room *out);
MUST_USE enum err messages_get_symbol(struct span body, struct message_symbol *out);
MUST_USE enum err messages_put_lost(const struct message_lost *lost, struct room *out);
MUST_USE enum err messages_get_lost(struct span body, struct message_lost *out);
MUST_USE enum err messages_put_rules(const struct message_rules *rules, struct room *out);
MUST_USE enum err messages_get_rules(struct span body, struct message_rules *out);
MUST_USE enum err messages_put_judge(const struct message_judge *judge, struct room *out);
MUST_USE enum err messages_get_judge(struct span body, struct message_judge *out);
MUST_USE enum err messages_put_verdicts(const struct verdicts *verdicts, struct room *out);
MUST_USE enum err messages_get_verdicts(struct span body, struct verdicts *out);
MUST_USE enum err messages_put_install(const struct message_install *install, struct room *out);
MUST_USE enum err messages_get_install(struct span body, struct message_install *out);
MUST_USE enum err messages_put_token(const struct message_token *token, struct room *out);
MUST_USE enum err messages_get_token(struct span body, struct message_token *out);
MUST_USE enum err messages_put_result(const struct message_result *result, struct room *out);
MUST_USE enum err messages_get_result(struct span body, struct message_result *out);
MUST_USE enum err messages_put_inspected(const struct message_inspected *inspected, struct room *out);
MUST_USE enum err messages_get_inspected(struct span body, struct message_inspected *out);

#endif
