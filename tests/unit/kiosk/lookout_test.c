/* SPDX-License-Identifier: Apache-2.0 */
/* The threads of the reader, over a look that the test holds up and lets go. */
#include "kiosk/lookout.h"

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "tests/lib/check.h"
#include "tests/lib/scene.h"

#define SIDE     16u
#define SLOW     1u /* flag of a frame: its look waits for `go` of its looker */
#define FAILS    2u
#define COMPUTES 4u

/* A lookout, and what holds its looks up. */
struct stage {
    struct lookout *lookout;
    sem_t began[LOOKOUT_LOOKERS_MAX], go[LOOKOUT_LOOKERS_MAX];
    uint8_t seen[LOOKOUT_LOOKERS_MAX]; /* the first pixel of the looker's last picture */
    _Atomic unsigned at_once, most_at_once;
};

static void compute_for_a_while(void) {
    struct timespec now, began;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began);
    do {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    } while ((now.tv_sec - began.tv_sec) * 1000000000L + now.tv_nsec - began.tv_nsec < 20000000);
}

/* The payload is the picture's first pixel: the test numbers its frames so. */
static enum err look(void *ctx, unsigned looker, const struct grey *picture, uint32_t flags,
                     struct symbols *out) {
    struct stage *stage = ctx;
    unsigned at_once = ++stage->at_once;
    stage->most_at_once = at_once > stage->most_at_once ? at_once : stage->most_at_once;
    if ((flags & COMPUTES) != 0) {
        compute_for_a_while();
    }
    if ((flags & SLOW) != 0) {
        sem_post(&stage->began[looker]);
        sem_wait(&stage->go[looker]);
    }
    stage->seen[looker] = picture->pixels[0];
    *out = (struct symbols){.count = 1, .payloads = {span_of_bytes(&stage->seen[looker], 1)}};
    stage->at_once--;
    return (flags & FAILS) != 0 ? ERR_NO_MEMORY : ERR_OK;
}

static int start_with(void **state, unsigned lookers) {
    struct stage *stage = calloc(1, sizeof *stage);
    for (unsigned i = 0; i < LOOKOUT_LOOKERS_MAX; i++) {
        sem_init(&stage->began[i], 0, 0);
        sem_init(&stage->go[i], 0, 0);
    }
    *state = stage;
    return lookout_start(lookers, look, stage, &stage->lookout) == ERR_OK ? 0 : -1;
}

static int start_one(void **state) {
    return start_with(state, 1);
}

static int start_two(void **state) {
    return start_with(state, 2);
}

static int stop(void **state) {
    struct stage *stage = *state;
    lookout_stop(stage->lookout);
    for (unsigned i = 0; i < LOOKOUT_LOOKERS_MAX; i++) {
        sem_destroy(&stage->began[i]);
        sem_destroy(&stage->go[i]);
    }
    free(stage);
    return 0;
}

static struct lookout_frame frame_of(uint8_t pixels[SIDE * SIDE], uint8_t number, uint32_t flags) {
    memset(pixels, number, SIDE * SIDE);
    return (struct lookout_frame){
        .frame = {FRAME_GREY, SIDE, SIDE, SIDE, span_of_bytes(pixels, SIDE * SIDE), 0},
        .number = number,
        .captured_us = number * 1000,
        .flags = flags,
    };
}

/* The bytes of a frame are its owner's again as soon as it was handed over. */
static void offer(struct stage *stage, uint8_t number, uint32_t flags, bool ordered) {
    uint8_t pixels[SIDE * SIDE];
    struct lookout_frame frame = frame_of(pixels, number, flags);
    frame.ordered = ordered;
    assert_ok(lookout_offer(stage->lookout, &frame));
    memset(pixels, 0xEE, sizeof pixels);
}

/* Wait for the next result as the reader does. */
static struct lookout_result next(struct stage *stage) {
    struct lookout_result result = {0};
    while (!lookout_take(stage->lookout, &result)) {
        struct pollfd poller = {.fd = lookout_descriptor(stage->lookout), .events = POLLIN};
        assert_int_equal(poll(&poller, 1, 20000), 1);
    }
    return result;
}

static void assert_next(struct stage *stage, uint8_t number) {
    struct lookout_result result = next(stage);
    assert_ok(result.err);
    assert_int_equal(result.number, number);
    assert_int_equal(result.captured_us, number * 1000);
    assert_int_equal(result.width_px, SIDE);
    assert_int_equal(result.symbols.payloads[0].ptr[0], number);
    lookout_release(stage->lookout, &result);
}

/* So many were replaced by newer ones. */
static void await_skipped(struct stage *stage, uint64_t skipped) {
    while (lookout_skipped(stage->lookout) < skipped) {
        usleep(1000);
    }
}

static void cores_decide_how_many_look(void **state) {
    (void)state;
    assert_int_equal(lookout_lookers(-1), 1);
    assert_int_equal(lookout_lookers(1), 1);
    assert_int_equal(lookout_lookers(2), 2);
    assert_int_equal(lookout_lookers(4), 2);
    assert_int_equal(lookout_lookers(128), LOOKOUT_LOOKERS_MAX);
}

static void a_frame_comes_back_with_what_it_holds(void **state) {
    struct stage *stage = *state;
    assert_false(lookout_is_busy(stage->lookout));
    for (uint8_t i = 1; i <= 50; i++) {
        offer(stage, i, 0, true);
        assert_true(lookout_is_busy(stage->lookout));
        assert_next(stage, i);
        assert_false(lookout_is_busy(stage->lookout));
    }
    assert_int_equal(lookout_skipped(stage->lookout), 0);
}

static void the_newest_frame_wins_and_the_others_are_skipped(void **state) {
    struct stage *stage = *state;
    offer(stage, 1, SLOW, false);
    sem_wait(&stage->began[0]);
    for (uint8_t i = 2; i <= 9; i++) {
        offer(stage, i, 0, false);
    }
    await_skipped(stage, 7);
    sem_post(&stage->go[0]);
    assert_next(stage, 1);
    assert_next(stage, 9);
    assert_int_equal(lookout_skipped(stage->lookout), 7);
    assert_false(lookout_is_busy(stage->lookout));
}

static void two_look_at_once_and_come_back_as_they_are_done(void **state) {
    struct stage *stage = *state;
    offer(stage, 1, SLOW, false);
    sem_wait(&stage->began[0]);
    offer(stage, 2, SLOW, false);
    sem_wait(&stage->began[1]);
    assert_int_equal(stage->most_at_once, 2);
    sem_post(&stage->go[1]);
    assert_next(stage, 2);
    offer(stage, 3, 0, false);
    assert_next(stage, 3);
    sem_post(&stage->go[0]);
    assert_next(stage, 1);
    assert_int_equal(lookout_skipped(stage->lookout), 0);
}

static void the_first_alone_looks_where_order_is_asked(void **state) {
    struct stage *stage = *state;
    offer(stage, 1, SLOW, true);
    sem_wait(&stage->began[0]);
    offer(stage, 2, 0, true);
    offer(stage, 3, 0, true);
    await_skipped(stage, 1);
    sem_post(&stage->go[0]);
    assert_next(stage, 1);
    assert_next(stage, 3);
    assert_int_equal(stage->most_at_once, 1);
}

/* Until it is released a result is nobody else's: what it points to stays. */
static void a_result_holds_until_it_is_released(void **state) {
    struct stage *stage = *state;
    offer(stage, 1, 0, false);
    struct lookout_result first = next(stage), none;
    offer(stage, 2, 0, false);
    offer(stage, 3, 0, false);
    await_skipped(stage, 1);
    assert_false(lookout_take(stage->lookout, &none));
    assert_int_equal(first.symbols.payloads[0].ptr[0], 1);
    assert_true(lookout_is_busy(stage->lookout));
    lookout_release(stage->lookout, &first);
    assert_next(stage, 3);
}

static void a_damaged_frame_comes_back_with_its_cause(void **state) {
    struct stage *stage = *state;
    static const uint8_t torn[] = {0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3};
    struct lookout_frame frame = {.frame = {FRAME_MJPEG, .bytes = {torn, sizeof torn}}, .number = 1};
    assert_ok(lookout_offer(stage->lookout, &frame));
    struct lookout_result result = next(stage);
    assert_err(result.err, ERR_FRAME_JPEG);
    assert_int_equal(result.number, 1);
    lookout_release(stage->lookout, &result);
    frame.frame.bytes = (struct span){torn, LIMIT_FRAME_BYTES + 1};
    assert_err(lookout_offer(stage->lookout, &frame), ERR_FRAME_TOO_LARGE);
    assert_false(lookout_is_busy(stage->lookout));
    offer(stage, 3, FAILS, false);
    result = next(stage);
    assert_err(result.err, ERR_NO_MEMORY);
    lookout_release(stage->lookout, &result);
}

/* A frame's time is that of its threads alone: another look goes on meanwhile. */
static void a_frames_time_is_its_own(void **state) {
    struct stage *stage = *state;
    offer(stage, 1, SLOW, false);
    sem_wait(&stage->began[0]);
    offer(stage, 2, COMPUTES, false);
    struct lookout_result result = next(stage);
    assert_int_equal(result.number, 2);
    assert_true(result.cpu_us >= 20000);
    lookout_release(stage->lookout, &result);
    sem_post(&stage->go[0]);
    result = next(stage);
    assert_int_equal(result.number, 1);
    assert_true(result.cpu_us < 20000);
    lookout_release(stage->lookout, &result);
}

static void who_does_not_come_back_is_noticed(void **state) {
    struct stage *stage = *state;
    assert_int_equal(lookout_longest_ms(stage->lookout), 0);
    offer(stage, 1, SLOW, false);
    sem_wait(&stage->began[0]);
    offer(stage, 2, 0, false);
    assert_next(stage, 2);
    usleep(30000);
    assert_true(lookout_longest_ms(stage->lookout) >= 29);
    sem_post(&stage->go[0]);
    assert_next(stage, 1);
    assert_int_equal(lookout_longest_ms(stage->lookout), 0);
}

/* So often as face draws, however fast the frames come. */
static void the_preview_shows_what_was_decoded(void **state) {
    struct stage *stage = *state;
    struct preview face = {0}, reader = {0};
    int descriptor = -1;
    uint8_t pixels[SIDE * SIDE];
    assert_ok(preview_create(SIDE, SIDE, &face, &descriptor));
    assert_ok(preview_attach(descriptor, SIDE, SIDE, &reader));
    lookout_show(stage->lookout, &reader);
    offer(stage, 7, 0, false);
    assert_next(stage, 7);
    assert_true(preview_read(&face, pixels));
    assert_int_equal(pixels[0], 7);
    usleep((PREVIEW_EVERY_MS + 1) * 1000);
    offer(stage, 8, 0, false);
    assert_next(stage, 8);
    lookout_show(stage->lookout, NULL);
    offer(stage, 9, 0, false);
    assert_next(stage, 9);
    assert_int_equal(reader.written, 2);
    assert_true(preview_read(&face, pixels));
    assert_int_equal(pixels[0], 8);
    preview_close(&reader);
    preview_close(&face);
    close(descriptor);
}

/* With work in every box and every hand. */
static void it_ends_in_the_middle_of_its_work(void **state) {
    struct stage *stage = *state;
    offer(stage, 1, SLOW, false);
    sem_wait(&stage->began[0]);
    offer(stage, 2, SLOW, false);
    sem_wait(&stage->began[1]);
    offer(stage, 3, SLOW, false);
    offer(stage, 4, SLOW, false);
    sem_post(&stage->go[0]);
    sem_post(&stage->go[1]);
}

#define CASE(name, setup) cmocka_unit_test_setup_teardown(name, setup, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cores_decide_how_many_look),
        CASE(a_frame_comes_back_with_what_it_holds, start_one),
        CASE(a_frame_comes_back_with_what_it_holds, start_two),
        CASE(the_newest_frame_wins_and_the_others_are_skipped, start_one),
        CASE(two_look_at_once_and_come_back_as_they_are_done, start_two),
        CASE(the_first_alone_looks_where_order_is_asked, start_two),
        CASE(a_result_holds_until_it_is_released, start_one),
        CASE(a_damaged_frame_comes_back_with_its_cause, start_two),
        CASE(a_frames_time_is_its_own, start_two),
        CASE(who_does_not_come_back_is_noticed, start_two),
        CASE(the_preview_shows_what_was_decoded, start_one),
        CASE(it_ends_in_the_middle_of_its_work, start_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
