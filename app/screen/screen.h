/* screen: what the kiosk shows at a moment, as a list of drawing operations. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include "screen/catalogue.h"
#include "screen/desk.h"
#include "screen/draw.h"
#include "screen/language.h"
#include "verdict/verdict.h"

/* Beats a second of screen_view.beat: hints and progress move with it. */
#define SCREEN_BEATS_PER_S 8

enum screen_kind {
    SCREEN_BOOT = 0,
    SCREEN_SCAN,
    SCREEN_CHECKING,
    SCREEN_VERDICT,
    SCREEN_DETAILS,
    SCREEN_OUT_OF_ORDER,
    /* the staff's */
    SCREEN_PIN,
    SCREEN_ADMIN, /* tiles to the next three */
    SCREEN_TRUST,
    SCREEN_IMPORT,
    SCREEN_CLOCK,
    SCREEN_TOKEN,
    SCREEN_KINDS
};

/* What the scan screen asks for beside its one instruction. */
enum screen_hint {
    SCREEN_HINT_NONE = 0,
    SCREEN_HINT_ONE_CODE,  /* several codes are in view */
    SCREEN_HINT_TAKE_AWAY, /* the code just judged is still in view */
    SCREEN_HINT_CAMERA,    /* the camera gives no picture: the preview's place says so */
    SCREEN_HINT_NO_CAMERA, /* there never was one */
    /* what keeps a code from being read; they take the instruction's place */
    SCREEN_HINT_FAR,
    SCREEN_HINT_NEAR,
    SCREEN_HINT_BLURRED,
    SCREEN_HINT_DARK,
    SCREEN_HINT_GLARE,
    SCREEN_HINT_PARTLY_OUT,
    SCREEN_HINTS
};

/* The lines of the boot screen. */
enum screen_part {
    SCREEN_PART_CAMERA = 0,
    SCREEN_PART_LISTS,
    SCREEN_PART_CLOCK,
    SCREEN_PART_STORAGE,
    SCREEN_PART_DISPLAY,
    SCREEN_PARTS
};

/* What became of a freshness code. Times are seconds since 1970 UTC. */
struct screen_confirmation {
    enum err err;              /* why it was refused; all else is zero then */
    int64_t issued_s, until_s; /* when it was made; until when the lists are confirmed */
    uint32_t revoked;          /* since the list was made, in all */
};

/* All that a screen needs to be drawn; all zero is the boot screen, in English, of no size. */
struct screen_view {
    enum screen_kind kind;
    const struct catalogue *catalogue; /* its language is the screen's; NULL is English */
    int width_px, height_px;
    int width_mm, height_mm;  /* 0: unknown, taken as 800 px = 154 mm, or 720 px = 88 mm upright */
    struct shown title;       /* the venue's or event's name for the top bar, or empty */
    struct shown_trust trust; /* the list in use: the footer, and DEMO */
    struct interval now;      /* the clock: the footer */
    int32_t utc_offset_s;     /* local time less UTC, for the times that are shown */
    uint32_t beat;            /* counts SCREEN_BEATS_PER_S */
    enum action pressed;      /* the target under the finger, drawn as pressed */
    /* boot */
    enum verdict_result parts[SCREEN_PARTS];
    /* scan, checking */
    bool preview; /* a picture is there to be drawn */
    enum screen_hint hint;
    bool stick;           /* scan: there is a stick that staff may want to read */
    unsigned languages;   /* scan: bit (1 << enum language) for each language offered; 0: all */
    unsigned parts_seen;  /* of a code in several pictures: bit (1 << i) for the part of index i */
    unsigned parts_total; /* how many it has; 0: it is a single one */
    /* verdict, details */
    struct verdicts verdicts;
    uint32_t credential; /* which of them is shown: an index */
    bool timer;          /* the timer bar is shown */
    bool paused;
    uint16_t timer_left_permille;
    unsigned page; /* details; a page past the last shows the last */
    /* token */
    struct screen_confirmation token;
    /* out of order */
    enum err problem;
    struct shown contact;    /* whom to call, from kiosk.ini, or empty */
    struct screen_desk desk; /* the staff's screens */
};

/* What screen_draw found out while laying out. */
struct screen_facts {
    unsigned pages; /* of details; 1 elsewhere */
};

/*
 * Lay out a view as a picture of view->width_px x height_px.
 *
 * list   the caller's; begun anew
 * facts  may be NULL
 */
void screen_draw(const struct screen_view *view, const struct draw_measure *measure, struct draw_list *list,
                 struct screen_facts *facts);

/* The verdict that a view shows; one that says nothing where there is none. */
const struct verdict *screen_verdict(const struct screen_view *view);

/* The language of a view. */
enum language screen_language(const struct screen_view *view);

/* "verdict"; NULL outside the enum. Static. */
const char *screen_kind_code(enum screen_kind kind);

#endif
