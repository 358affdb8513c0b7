/* sim_state: what credkiosk-simcam tells the simulated clock and store, and which scene it shows: a mapped
 * file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_SIM_STATE_H
#define BOARDS_SIM_SIM_STATE_H

#include <stdbool.h>

#include "base/err.h"
#include "boards/board.h"

/* Its name in the data folder. */
#define SIM_STATE_FILE "sim-state"

/* Clock: the machine's own until a script says otherwise. */
enum sim_state_clock { SIM_CLOCK_MACHINE = 0, SIM_CLOCK_SET, SIM_CLOCK_UNSET };

/* Battery clock: a board without one, one that ticks, one whose oscillator-stop flag is set. */
enum sim_state_rtc { SIM_RTC_NONE = 0, SIM_RTC_HEALTHY, SIM_RTC_STOPPED };

/* Disk. Torn: half of what is appended is written, and the step fails. */
enum sim_state_disk { SIM_DISK_FINE = 0, SIM_DISK_FULL, SIM_DISK_TORN };

/* A mapped state; opaque. */
struct sim_state;

/* Make it anew in a folder. ERR_STORE_WRITE. */
MUST_USE enum err sim_state_create(int folder, struct sim_state **out);

/* Map the one that is there. ERR_STORE_MISSING, ERR_STORE_READ (not a state of this version). */
MUST_USE enum err sim_state_attach(int folder, struct sim_state **out);

/* Unmap it; NULL is fine. */
void sim_state_close(struct sim_state *state);

/* CLOCK_BOOTTIME as the script has it: the machine's, and what was let pass. */
int64_t sim_state_boot_s(const struct sim_state *state);
/* Let time pass: every clock and the uptime go on by so many seconds at once. */
void sim_state_pass(struct sim_state *state, int64_t by_s);

/* Set the clock: `time_s` (seconds since 1970 UTC) from now on, ticking with CLOCK_BOOTTIME. */
void sim_state_set_clock(struct sim_state *state, int64_t time_s);
/* Put the simulated clock back; one that was the machine's is set to the machine's time first. */
void sim_state_clock_back(struct sim_state *state, int64_t by_s);
/* The clock is one that nobody set. */
void sim_state_unset_clock(struct sim_state *state);
/* What the clock is, and its time where it is set. */
enum sim_state_clock sim_state_clock(const struct sim_state *state, int64_t *time_s);

/* Set the battery clock, ticking from `time_s`; SIM_RTC_NONE takes it out. */
void sim_state_set_rtc(struct sim_state *state, enum sim_state_rtc rtc, int64_t time_s);
/* Its oscillator has stopped: what it reads goes on, and means nothing. */
void sim_state_stop_rtc(struct sim_state *state);
/* What the battery clock is, and what it reads where there is one. */
enum sim_state_rtc sim_state_rtc(const struct sim_state *state, int64_t *time_s);

void sim_state_set_disk(struct sim_state *state, enum sim_state_disk disk);
enum sim_state_disk sim_state_disk(const struct sim_state *state);

/* Touch something, and read the number-th touch, from 0; false: not yet, or forgotten. One process touches. */
void sim_state_touch(struct sim_state *state, struct span name);
bool sim_state_touched(const struct sim_state *state, uint32_t number, char out[BOARD_TOUCH_SIZE]);

/* Publish a scene, and read the one that is shown. One process writes. */
void sim_state_set_scene(struct sim_state *state, const struct board_scene *scene);
void sim_state_scene(const struct sim_state *state, struct board_scene *out);

#endif
