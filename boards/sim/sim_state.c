/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/sim_state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAGIC 0x33534B43u /* "CKS3" */

/* Touches that are remembered: a script that runs ahead of the kiosk by more loses some. */
#define TOUCHES 256u

/* As it lies in the file. Both sides are of one build and one machine. */
struct sim_state {
    _Atomic uint32_t magic;
    _Atomic uint32_t disk;
    _Atomic uint32_t clock;
    _Atomic int64_t clock_base_s; /* time when CLOCK_BOOTTIME was clock_boot_s */
    _Atomic int64_t clock_boot_s;
    _Atomic uint32_t rtc;
    _Atomic int64_t rtc_base_s, rtc_boot_s; /* likewise */
    _Atomic int64_t passed_s;               /* uptime that a script let pass */
    _Atomic uint32_t touched;               /* how often in all */
    char touches[TOUCHES][BOARD_TOUCH_SIZE];
    _Atomic uint32_t sequence; /* odd while the scene is written */
    struct board_scene scene;
};

static struct sim_state *map(int descriptor) {
    void *state = mmap(NULL, sizeof(struct sim_state), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    return state == MAP_FAILED ? NULL : state;
}

enum err sim_state_create(int folder, struct sim_state **out) {
    unlinkat(folder, SIM_STATE_FILE, 0);
    int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int descriptor = openat(folder, SIM_STATE_FILE, flags, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return ERR_STORE_WRITE;
    }
    struct sim_state *state =
        ftruncate(descriptor, (off_t)sizeof(struct sim_state)) == 0 ? map(descriptor) : NULL;
    close(descriptor);
    if (state == NULL) {
        return ERR_STORE_WRITE;
    }
    atomic_store(&state->magic, MAGIC);
    *out = state;
    return ERR_OK;
}

enum err sim_state_attach(int folder, struct sim_state **out) {
    int descriptor = openat(folder, SIM_STATE_FILE, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) {
        return errno == ENOENT ? ERR_STORE_MISSING : ERR_STORE_READ;
    }
    struct stat status;
    bool fits = fstat(descriptor, &status) == 0 && status.st_size == (off_t)sizeof(struct sim_state);
    struct sim_state *state = fits ? map(descriptor) : NULL;
    close(descriptor);
    if (state == NULL || atomic_load(&state->magic) != MAGIC) {
        sim_state_close(state);
        return ERR_STORE_READ;
    }
    *out = state;
    return ERR_OK;
}

void sim_state_close(struct sim_state *state) {
    if (state != NULL) {
        munmap(state, sizeof *state);
    }
}

int64_t sim_state_boot_s(const struct sim_state *state) {
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec + atomic_load(&state->passed_s);
}

void sim_state_pass(struct sim_state *state, int64_t by_s) {
    atomic_fetch_add(&state->passed_s, by_s);
}

void sim_state_set_clock(struct sim_state *state, int64_t time_s) {
    atomic_store(&state->clock_base_s, time_s);
    atomic_store(&state->clock_boot_s, sim_state_boot_s(state));
    atomic_store(&state->clock, SIM_CLOCK_SET);
}

void sim_state_clock_back(struct sim_state *state, int64_t by_s) {
    int64_t now_s = (int64_t)time(NULL);
    if (sim_state_clock(state, &now_s) == SIM_CLOCK_MACHINE) {
        now_s = (int64_t)time(NULL);
    }
    sim_state_set_clock(state, now_s - by_s);
}

void sim_state_unset_clock(struct sim_state *state) {
    atomic_store(&state->clock, SIM_CLOCK_UNSET);
}

enum sim_state_clock sim_state_clock(const struct sim_state *state, int64_t *time_s) {
    uint32_t clock = atomic_load(&state->clock);
    if (clock == SIM_CLOCK_SET) {
        *time_s =
            atomic_load(&state->clock_base_s) + sim_state_boot_s(state) - atomic_load(&state->clock_boot_s);
    }
    return clock == SIM_CLOCK_MACHINE ? SIM_CLOCK_MACHINE
           : clock == SIM_CLOCK_SET   ? SIM_CLOCK_SET
                                      : SIM_CLOCK_UNSET;
}

void sim_state_set_rtc(struct sim_state *state, enum sim_state_rtc rtc, int64_t time_s) {
    atomic_store(&state->rtc_base_s, time_s);
    atomic_store(&state->rtc_boot_s, sim_state_boot_s(state));
    atomic_store(&state->rtc, rtc);
}

void sim_state_stop_rtc(struct sim_state *state) {
    atomic_store(&state->rtc, SIM_RTC_STOPPED);
}

enum sim_state_rtc sim_state_rtc(const struct sim_state *state, int64_t *time_s) {
    uint32_t rtc = atomic_load(&state->rtc);
    if (rtc == SIM_RTC_NONE) {
        return SIM_RTC_NONE;
    }
    *time_s = atomic_load(&state->rtc_base_s) + sim_state_boot_s(state) - atomic_load(&state->rtc_boot_s);
    return rtc == SIM_RTC_HEALTHY ? SIM_RTC_HEALTHY : SIM_RTC_STOPPED;
}

void sim_state_set_disk(struct sim_state *state, enum sim_state_disk disk) {
    atomic_store(&state->disk, disk);
}

enum sim_state_disk sim_state_disk(const struct sim_state *state) {
    uint32_t disk = atomic_load(&state->disk);
    return disk == SIM_DISK_FINE ? SIM_DISK_FINE : disk == SIM_DISK_TORN ? SIM_DISK_TORN : SIM_DISK_FULL;
}

void sim_state_touch(struct sim_state *state, struct span name) {
    uint32_t number = atomic_load(&state->touched);
    char *slot = state->touches[number % TOUCHES];
    size_t len = name.len < BOARD_TOUCH_SIZE ? name.len : BOARD_TOUCH_SIZE - 1;
    memset(slot, 0, BOARD_TOUCH_SIZE);
    memcpy(slot, name.ptr, len);
    atomic_store(&state->touched, number + 1);
}

bool sim_state_touched(const struct sim_state *state, uint32_t number, char out[BOARD_TOUCH_SIZE]) {
    uint32_t touched = atomic_load(&state->touched);
    if (number >= touched || touched - number > TOUCHES) {
        return false;
    }
    memcpy(out, state->touches[number % TOUCHES], BOARD_TOUCH_SIZE);
    out[BOARD_TOUCH_SIZE - 1] = 0;
    return true;
}

void sim_state_set_scene(struct sim_state *state, const struct board_scene *scene) {
    atomic_fetch_add(&state->sequence, 1);
    atomic_thread_fence(memory_order_seq_cst);
    state->scene = *scene;
    atomic_thread_fence(memory_order_seq_cst);
    atomic_fetch_add(&state->sequence, 1);
}

void sim_state_scene(const struct sim_state *state, struct board_scene *out) {
    struct board_scene scene = {0};
    for (unsigned tries = 0; tries < 1000; tries++) {
        uint32_t before = atomic_load(&state->sequence);
        atomic_thread_fence(memory_order_seq_cst);
        memcpy(&scene, &state->scene, sizeof scene);
        atomic_thread_fence(memory_order_seq_cst);
        if (before % 2 == 0 && atomic_load(&state->sequence) == before) {
            break;
        }
    }
    scene.name[BOARD_SCENE_SIZE - 1] = '\0';
    *out = scene;
}
