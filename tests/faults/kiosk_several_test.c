/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_several_test: the real kiosk with a stand-in verifier, which answers with the verdicts of several credentials,
 * or with what can be none. */
#include "tests/lib/check.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/messages.h"
#include "tests/lib/rig.h"

#define VERIFIER "credkiosk-verifier"
/* A badge that comes and goes. */
#define COMES_AND_GOES "frame good.jpg for 1200 ms\nempty 50\n"

/* ---- the stand-in */

static struct verdict verdict_for(enum verdict_reason reason, char tag) {
    struct verdict verdict = {.reason = reason, .now = {1, 2, INTERVAL_SYSTEM, 0}};
    verdict.credential.present = true;
    shown_set(&verdict.credential.holder, span_of_text("Grace Hopper"));
    memset(verdict.credential.tag, tag, sizeof verdict.credential.tag);
    return verdict;
}

/* The body that its part asks for: three verdicts, and then perhaps a count that lies. */
static struct span body_for(const char *part, struct room *body) {
    static struct verdicts verdicts;
    verdicts.count = 3;
    verdicts.list[0] = verdict_for(REASON_OK, 'a');
    verdicts.list[1] = verdict_for(REASON_REVOKED, 'b');
    verdicts.list[2] = verdict_for(REASON_STATUS_STALE, 'c');
    if (messages_put_verdicts(&verdicts, body) != ERR_OK) {
        _exit(1);
    }
    if (strcmp(part, "three") != 0) {
        body->ptr[0] = (uint8_t)strtoul(part, NULL, 10);
    }
    return room_span(body);
}

static void await(enum message_type type, struct room *buffer) {
    struct message message = {0};
    if (messages_receive(MESSAGES_SOCKET, MESSAGES_BIT(type), buffer, &message) != ERR_OK) {
        _exit(0); /* the kiosk has gone */
    }
    messages_drop(&message);
}

/* Be a verifier: rules, ready, one question, one answer. */
static int stand_in(const char *program) {
    static uint8_t bytes[MESSAGES_LARGE_ROOM], ready[1024];
    char path[PATH_MAX], part[32] = "";
    struct room buffer = room_over(bytes, sizeof bytes), out = room_over(ready, sizeof ready);
    struct message_ready state = {.landlock_abi = 1, .trust = {.present = true, .seq = 1}};
    snprintf(path, sizeof path, "%s.part", program);
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(part, sizeof part, file) == NULL || fclose(file) != 0) {
        return 1;
    }
    await(MESSAGE_VERIFIER_START, &buffer);
    if (messages_put_ready(&state, &out) != ERR_OK ||
        messages_send(MESSAGES_SOCKET, MESSAGE_READY, room_span(&out), NULL, 0) != ERR_OK) {
        return 0;
    }
    await(MESSAGE_JUDGE, &buffer);
    buffer.len = 0;
    return messages_send(MESSAGES_SOCKET, MESSAGE_VERDICT, body_for(part, &buffer), NULL, 0) == ERR_OK ? 0
                                                                                                       : 1;
}

/* ---- the tests */

static void put_link(const struct rig *rig, const char *name, const char *target) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", rig->programs, name);
    assert_int_equal(symlink(target, path), 0);
}

/* The real programs but for the verifier, which is this test under that name, and plays `part`. */
static void put_programs(struct rig *rig, const char *part) {
    static const char *const real[] = {"credkiosk-reader", "credkiosk-installer", "credkiosk-simcam"};
    char bin[PATH_MAX], target[PATH_MAX + 64], self[PATH_MAX] = "";
    assert_non_null(realpath(rig->programs, bin));
    testpack_path(&rig->pack, "programs", rig->programs);
    assert_int_equal(mkdir(rig->programs, 0755), 0);
    for (size_t i = 0; i < 3; i++) {
        snprintf(target, sizeof target, "%s/%s", bin, real[i]);
        put_link(rig, real[i], target);
    }
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    put_link(rig, VERIFIER, self);
    testpack_put(&rig->pack, "programs/" VERIFIER ".part", span_of_text(part));
}

static int start(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    rig_start(rig);
    rig_put_badge(rig, "good", &(struct rig_badge){0});
    *state = rig;
    return 0;
}

static int stop(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}

static bool is_drawn(const struct rig *rig, const char *picture) {
    char path[PATH_MAX];
    testpack_path(&rig->pack, picture, path);
    return access(path, R_OK) == 0;
}

static void the_worst_of_several_is_shown_and_each_has_its_line(void **state) {
    struct rig *rig = *state;
    char table[1024];
    put_programs(rig, "three");
    rig_put_script(rig, RIG_CLOCK "empty 10\nscene three\n" COMES_AND_GOES "scene again\n" COMES_AND_GOES);
    assert_int_equal(rig_tour(rig, table, sizeof table), 0);
    assert_non_null(strstr(table, "three\tnot_valid\trevoked\t"));
    assert_non_null(strstr(table, "again\tnot_valid\trevoked\t"));
    assert_true(is_drawn(rig, "tour/verdict-revoked-2-of-3-en.png"));
    assert_int_equal(rig_count(rig, "class=valid reason=ok"), 1);
    assert_int_equal(rig_count(rig, "class=valid_note reason=seen_before"), 1);
    assert_int_equal(rig_count(rig, "class=not_valid reason=revoked"), 2);
    assert_int_equal(rig_count(rig, "class=valid_note reason=status_stale"), 2);
    assert_int_equal(rig_count(rig, "credential=1/3"), 2);
    assert_int_equal(rig_count(rig, "credential=3/3"), 2);
    assert_int_equal(rig_count(rig, "Hopper"), 0);
}

/* None, or more than came: an answer that is not what it says is no answer. */
static void counts_that_lie_cannot_check(void **state) {
    struct rig *rig = *state;
    static const char *const counts[] = {"0", "4"};
    char table[1024];
    put_programs(rig, counts[0]);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        testpack_put(&rig->pack, "programs/" VERIFIER ".part", span_of_text(counts[i]));
        rig_put_script(rig, RIG_CLOCK "empty 10\nscene lies\n" COMES_AND_GOES);
        assert_int_equal(rig_tour(rig, table, sizeof table), 0);
        assert_non_null(strstr(table, "lies\tcannot_check\tunreadable\t"));
    }
    assert_int_equal(rig_count(rig, "class=valid"), 0);
}

int main(int argc, char **argv) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_worst_of_several_is_shown_and_each_has_its_line, start, stop),
        cmocka_unit_test_setup_teardown(counts_that_lie_cannot_check, start, stop),
    };
    if (argc > 0 && strstr(argv[0], "/" VERIFIER) != NULL) {
        _exit(stand_in(argv[0]));
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
