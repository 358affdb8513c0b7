/* script: what the simulated camera shows, and which faults happen, line by line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_SCRIPT_H
#define BOARDS_SIM_SCRIPT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

/*
 * One instruction a line; '#' begins a comment. FOR is "for N frames" or "for N ms"; without it, one frame.
 *
 *   scene NAME             what follows is called NAME
 *   frame FILE [FOR]       a picture (JPEG, PNG, PGM), relative to the script's folder
 *   frame cut N [FOR]      the last picture's JPEG, cut after N bytes
 *   flip N [FOR]           the last picture's JPEG with bit N changed (0 is the highest of the first byte)
 *   empty [N]              N frames of an empty scene
 *   timeout N              no frame for N ms
 *   unplug, plug           the camera goes away; it comes back
 *   stick FOLDER [cut N]   a USB stick with what lies in FOLDER; pulled out after N bytes of its files were read
 *   unplug stick           it is taken away
 *   clock DATE             2026-09-01 or 2026-09-01T10:00:00Z, synchronised, ticking from there
 *   clock back N           N seconds back
 *   clock unset            nobody has set it
 *   clock pass N           N seconds of uptime pass at once, on every clock
 *   clock rtc DATE         the board has a healthy battery clock, ticking from there
 *   clock rtc stopped      its oscillator-stop flag is set; what it reads means nothing
 *   clock rtc none         the board has none
 *   store full | torn | fine
 *   touch NAME             a finger on the target of that name (screen/action.h): staff, enter, leave; digits one by one
| torn | fine
 */
enum script_kind {
    SCRIPT_NONE = 0,
    SCRIPT_SCENE,
    SCRIPT_FRAME,
    SCRIPT_CUT,
    SCRIPT_FLIP,
    SCRIPT_EMPTY,
    SCRIPT_TIMEOUT,
    SCRIPT_UNPLUG,
    SCRIPT_PLUG,
    SCRIPT_STICK,
    SCRIPT_UNPLUG_STICK,
    SCRIPT_CLOCK_SET,
    SCRIPT_CLOCK_BACK,
    SCRIPT_CLOCK_UNSET,
    SCRIPT_CLOCK_PASS,
    SCRIPT_RTC_SET,
    SCRIPT_RTC_STOPPED,
    SCRIPT_RTC_NONE,
    SCRIPT_STORE_FULL,
    SCRIPT_STORE_TORN,
    SCRIPT_STORE_FINE,
    SCRIPT_TOUCH
};

/* Numbers in scripts; a script that waits longer is a mistake. */
#define SCRIPT_NUMBER_MAX 10000000
/* Instructions of a script, and bytes of a line's text (file or scene). */
#define SCRIPT_STEPS_MAX 10000u
#define SCRIPT_TEXT_MAX  200u
/* A complaint that names the line and what is accepted. */
#define SCRIPT_COMPLAINT_SIZE 256u

/* One instruction. */
struct script_step {
    enum script_kind kind;
    unsigned line;
    struct span text; /* FRAME: file; STICK: folder; SCENE, TOUCH: name; points into the script */
    int64_t
        value; /* CUT: bytes; STICK: bytes, -1 for all; FLIP: bit; TIMEOUT: ms; CLOCK_SET, RTC_SET: seconds since 1970; CLOCK_BACK, PASS: s */
    uint32_t amount; /* FRAME, CUT, FLIP, EMPTY: frames, or ms */
    bool in_ms;
};

struct script_complaint {
    char text[SCRIPT_COMPLAINT_SIZE];
};

/*
 * Read a script.
 *
 * steps  room of the caller's for `max` instructions; *count of them are filled. They point into `text`
 *
 * ERR_SCRIPT  `why` says the line and what is accepted; also for more than `max` instructions
 */
MUST_USE enum err script_parse(struct span text, struct script_step *steps, size_t max, size_t *count,
                               struct script_complaint *why);

#endif
