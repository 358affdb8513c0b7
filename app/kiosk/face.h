/* face: the kiosk that people meet: one loop over screen, children and clock; what it shows is a state of a
 * table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_FACE_H
#define KIOSK_FACE_H

#include "kiosk/brought.h"
#include "kiosk/face_options.h"
#include "kiosk/floor.h"
#include "kiosk/judge.h"
#include "kiosk/installed.h"
#include "kiosk/pin.h"
#include "kiosk/seen.h"
#include "kiosk/service.h"
#include "kiosk/sight.h"
#include "kiosk/tour.h"
#include "paint/paint.h"
#include "screen/screen.h"

/* A result stays at least this long before another visitor's code may take its place. */
#define FACE_RESULT_LEAST_MS 2000
/* A held result leaves all the same, however often it is held: nobody's data stay on a screen. */
#define FACE_RESULT_MOST_MS 120000
/* How long "show one code" is said after it was last so. */
#define FACE_HINT_MS 1500
/* A camera that is gone for longer puts the kiosk out of order. */
#define FACE_CAMERA_PATIENCE_MS 8000
/* The chosen language goes back to the first when nobody touches or shows anything for so long. */
#define FACE_LANGUAGE_MS 30000
/* Failures in a row after which a child that does not stay alive puts the kiosk out of order. */
#define FACE_FAILURES_MAX 6u

/* A payload: its bytes, and when its picture was taken. */
struct face_code {
    size_t len; /* 0: none */
    int64_t captured_us;
    uint8_t bytes[LIMIT_JOINED_BYTES];
};

/* All of a running kiosk. */
struct face {
    const struct face_options *options;
    struct config config;
    struct room root;       /* the provisioned root document; owned */
    struct room vocabulary; /* the bundle of assets/contexts */
    struct board board;
    struct journal journal;
    struct service service;
    struct paint *paint;
    struct catalogue catalogues[LANGUAGE_COUNT];
    struct installed lists;
    struct judge judge;
    struct sight sight;
    struct seen seen;
    struct brought brought;
    struct tour tour;
    struct draw_list drawing;
    struct screen_view view; /* kept from turn to turn; view.kind is the state */
    enum language language;
    int64_t state_ms;         /* since when the state lasts */
    int64_t touched_ms;       /* when somebody last touched or showed something */
    int64_t hint_ms;          /* when two codes were last in view; 0: never */
    struct face_code asked;   /* what is being checked, or the result is of */
    bool handed_over;         /* a verifier has it */
    bool token_waits;         /* it was a freshness token, which an installer has or gets next */
    bool token_handed;        /* it has it */
    struct face_code waiting; /* shown while a result stayed */
    int64_t left_ms;          /* when the last result left */
    int64_t result_ms;        /* when the verdict came */
    int64_t deadline_ms;      /* when the result leaves */
    int64_t held_ms;          /* time left when it was held */
    unsigned pages;           /* of the details */
    bool shown;               /* the present state was drawn */
    int64_t shown_ms, began_ms;
    struct floor floor;                 /* a time that has passed */
    struct interval_evidence evidence;  /* what the clocks and staff say */
    struct pin_guard pin_guard;         /* tries at the staff's PIN */
    char pin_digits[SCREEN_PIN_DIGITS]; /* being typed */
    int64_t far_s;                      /* the time of which staff is asked a second time; 0: none */
    int64_t clock_ms;                   /* when the clocks are read next */
    uint32_t scene;                     /* of the simulated camera */
    uint32_t touches;                   /* of the simulated screen, taken so far */
    int64_t finger_ms;                  /* since when the next of them waits for its target; 0: none does */
    bool leaving;
};

/* One line of the table of states. Each may be NULL. */
struct face_state {
    void (*turn)(struct face *face);                                /* once a turn of the loop */
    void (*code)(struct face *face, const struct sight_news *news); /* a code came into view */
    void (*touch)(struct face *face, enum action action);
};

/* The table, by screen_kind. Static. */
const struct face_state *face_state_of(enum screen_kind kind);

/* Go into a state. */
void face_enter(struct face *face, enum screen_kind kind);

/* Begin with the kept floor, or the time of the build. */
void face_start_clock(struct face *face);

/* Keep the floor as it is at the end. */
void face_end_clock(struct face *face);

/* Ask the clocks what is known of the time. The accepted list was made: that time has passed. */
void face_read_clock(struct face *face);

/*
 * A time has passed for certain: raise the floor of the clock to it, and keep that over restarts.
 *
 * time_s  the `iat` of a pack or freshness token that was accepted, seconds since 1970 UTC; one that is not above the
 *         floor, or past FLOOR_MOST_S, changes nothing. No clock's and no person's time belongs here
 */
void face_raise_floor(struct face *face, int64_t time_s);

/* Somebody behind the PIN says the time. Errors as interval_say. */
MUST_USE enum err face_say_time(struct face *face, int64_t time_s);

/* Take a payload to be judged. */
void face_check(struct face *face, struct span payload, int64_t captured_us);

/* The language that is shown from now on. */
void face_speak(struct face *face, enum language language);

/* Are these the lists of a demo? Known from the first verifier's word on. */
bool face_is_demo(const struct face *face);

/* Bring the view up to date and show it. ERR_PAINT_DRAW. */
MUST_USE enum err face_show(struct face *face);

/*
 * Open everything, in the order in which it may fail. `why` is a complaint for people.
 *
 * Every error of config, board, paint, catalogue, preview; face_close it in any case.
 */
MUST_USE enum err face_open(const struct face_options *options, struct face *face,
                            struct config_complaint *why);

/* Run until somebody ends it or the tour is over. ERR_PAINT_DRAW. */
MUST_USE enum err face_run(struct face *face);

/* End all children, release all. */
void face_close(struct face *face);

#endif
