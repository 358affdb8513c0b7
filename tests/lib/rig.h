/* rig: a whole kiosk for tests: the real programs on board sim, a trust list, badges as pictures, one folder
 * for all. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RIG_H
#define TESTS_LIB_RIG_H

#include <stdbool.h>
#include <sys/types.h>

#include "frame/frame.h"
#include "tests/lib/testpack.h"

/* The time that scripts set: a day after the list was made. */
#define RIG_CLOCK "clock 2026-08-30\n"

/* All zero: not started. */
struct rig {
    struct testpack pack;
    char programs[PATH_MAX]; /* the children's folder; $BIN, or one of the test's own */
    char config[2048];       /* kiosk.ini beside [trust] root */
    char assets[PATH_MAX];   /* the repository's, or the test's own */
    pid_t kiosk;             /* 0: not running */
};

/* What is unusual about a badge; texts replace parts of the good one. */
struct rig_badge {
    unsigned status_index; /* 7 is revoked */
    const char *from, *to; /* a text of the claims, and what stands in its place; NULL: nothing */
    bool altered;          /* one bit of the signed bytes is flipped after signing */
};

/* Make the folder, the list, and install it. */
void rig_start(struct rig *rig);
/* Install the pack file "list.tpk" of the folder. */
void rig_install(const struct rig *rig);
/* End the kiosk if it runs, and remove all. */
void rig_stop(struct rig *rig);

/* Write FILE.jpg: the QR code of a badge by the listed issuer. */
void rig_put_badge(const struct rig *rig, const char *file, const struct rig_badge *badge);
/* Write FILE.jpg: the QR code of any bytes. */
void rig_put_code(const struct rig *rig, const char *file, struct span payload);
/* Write FILE.jpg: two codes beside each other. */
void rig_put_two_codes(const struct rig *rig, const char *file, struct span left, struct span right);
/* Write FILE.jpg: any picture. */
void rig_put_picture(const struct rig *rig, const char *file, const struct grey *picture);
/* Set up and tear down, for cmocka: *state is a started rig with the badge good.jpg. */
int rig_with_badge(void **state);
int rig_done(void **state);

/* Write the script that the camera plays. */
void rig_put_script(const struct rig *rig, const char *text);

/* Run the tour to its end; its exit status. The table is in `table` then. */
int rig_tour(struct rig *rig, char *table, size_t size);

/* Start the kiosk with the script in a loop. */
void rig_run(struct rig *rig);
/* Ask it to end by SIGINT; its exit status. Fails the test when a child outlives it or reported a sanitizer's
 * finding. */
int rig_end(struct rig *rig);

/* A running child of the kiosk by its program's name; 0: none within timeout_ms. */
pid_t rig_child(const struct rig *rig, const char *program, int timeout_ms);
/* Likewise, another one than `old`. */
pid_t rig_next_child(const struct rig *rig, const char *program, pid_t old, int timeout_ms);

/* Wait until the journal has at least `count` lines with this text; false after timeout_ms. */
bool rig_wait(const struct rig *rig, const char *text, unsigned count, int timeout_ms);
/* How many lines of the journal hold this text. */
unsigned rig_count(const struct rig *rig, const char *text);
/* The whole journal, the caller's to free. */
char *rig_journal(const struct rig *rig);

#endif
