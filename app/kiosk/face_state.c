/* SPDX-License-Identifier: Apache-2.0 */
/* face_state: the table of states: what time, codes and touches do on each screen. */
#include <time.h>

#include "kiosk/face_states.h"

/* A code that was shown while a result stayed is judged afterwards, unless it is older than this. */
#define WAITING_MOST_MS 3000
/* After this long the kiosk goes on with whatever works. */
#define BOOT_MOST_MS 5000

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void keep_code(struct face_code *code, struct span payload, int64_t captured_us) {
    code->len = payload.len <= sizeof code->bytes ? payload.len : 0;
    code->captured_us = captured_us;
    memcpy(code->bytes, payload.ptr, code->len);
}

static struct span code_span(const struct face_code *code) {
    return span_of_bytes(code->bytes, code->len);
}

static void forget_code(struct face_code *code) {
    explicit_bzero(code, sizeof *code);
}

/* Why the kiosk cannot do its work, or ERR_OK. Without any list it still tells formats apart, and says so. */
static enum err trouble(const struct face *face) {
    const struct judge *judge = &face->judge;
    if (face->lists.known && face->lists.err != ERR_OK && face->lists.err != ERR_INSTALL_NONE) {
        return face->lists.err;
    }
    if (judge->trust_known && judge->lists_err != ERR_OK && judge->lists_err != ERR_INSTALL_NONE) {
        return judge->lists_err;
    }
    if (judge->trust_known && judge->vocabulary_err != ERR_OK) {
        return judge->vocabulary_err;
    }
    const struct child_retry *retries[] = {&judge->retry, &face->sight.retry, &face->lists.retry};
    for (size_t i = 0; i < sizeof retries / sizeof *retries; i++) {
        if (retries[i]->failures >= FACE_FAILURES_MAX) {
            return retries[i]->cause;
        }
    }
    bool camera_gone =
        face->sight.lost != ERR_OK && face->service.now_ms - face->sight.lost_ms > FACE_CAMERA_PATIENCE_MS;
    return camera_gone ? face->sight.lost : ERR_OK;
}

/* ---- boot */

static enum verdict_result result_of(bool known, bool good) {
    return !known ? RESULT_UNKNOWN : good ? RESULT_PASSED : RESULT_FAILED;
}

static void boot_turn(struct face *face) {
    bool camera = face->sight.stats.frames > 0;
    bool late = face->service.now_ms - face->state_ms > BOOT_MOST_MS;
    enum verdict_result *parts = face->view.parts;
    parts[SCREEN_PART_CAMERA] = result_of(camera || late, camera);
    parts[SCREEN_PART_LISTS] = result_of(face->judge.trust_known, face->judge.trust.present);
    parts[SCREEN_PART_CLOCK] = result_of(true, face->service.now.hi_s != INTERVAL_UNBOUNDED);
    parts[SCREEN_PART_STORAGE] = result_of(true, face->journal.open);
    parts[SCREEN_PART_DISPLAY] = RESULT_PASSED;
    bool all = camera && face->judge.spare.ready && face->shown;
    if (all || late) {
        face_enter(face, SCREEN_SCAN);
    }
}

/* What comes into view too early waits for its turn. */
void face_wait_code(struct face *face, const struct sight_news *news) {
    bool another = !span_equal(news->payload, code_span(&face->asked));
    if (news->kind == SIGHT_CODE && another) {
        keep_code(&face->waiting, news->payload, news->captured_us);
    }
}

void face_touch_language(struct face *face, enum action action) {
    if (action >= ACTION_LANGUAGE && action < ACTION_CREDENTIAL) {
        unsigned language = (unsigned)(action - ACTION_LANGUAGE);
        if (language < LANGUAGE_COUNT && (face->config.languages & 1 << language) != 0) {
            face_speak(face, (enum language)language);
        }
    }
}

/* The lock, and the languages. */
static void outer_touch(struct face *face, enum action action) {
    if (action == ACTION_STAFF) {
        face_ask_pin(face);
    } else {
        face_touch_language(face, action);
    }
}

/* ---- scan */

void face_check(struct face *face, struct span payload, int64_t captured_us) {
    keep_code(&face->asked, payload, captured_us);
    forget_code(&face->waiting);
    (void)sight_picture(&face->sight); /* the picture in which it was seen stays on the screen */
    face->handed_over = false;
    face_read_clock(face);
    face_enter(face, SCREEN_CHECKING);
    face_state_of(SCREEN_CHECKING)->turn(face);
}

/* Judge a code that waited while another's result stayed. */
bool face_check_waiting(struct face *face) {
    struct face_code *code = &face->waiting;
    if (code->len == 0) {
        return false;
    }
    if (now_us() - code->captured_us > WAITING_MOST_MS * 1000ll) {
        forget_code(code);
        return false;
    }
    struct face_code taken = *code;
    face_check(face, code_span(&taken), taken.captured_us);
    forget_code(&taken);
    return true;
}

/* Nobody's credential stays in memory when it need not be told from the next one any more. */
static void forget_asked(struct face *face) {
    bool lately = face->service.now_ms - face->left_ms < face->config.repeat_ms;
    if (face->asked.len > 0 && face->sight.stats.codes == 0 && !lately) {
        forget_code(&face->asked);
    }
}

static void scan_turn(struct face *face) {
    face->view.problem = trouble(face);
    if (face->view.problem != ERR_OK) {
        face_enter(face, SCREEN_OUT_OF_ORDER);
        return;
    }
    if (face->service.now_ms - face->touched_ms > FACE_LANGUAGE_MS) {
        face_speak(face, (enum language)face->config.language);
    }
    if (!face_check_waiting(face)) {
        forget_asked(face);
    }
}

static void scan_code(struct face *face, const struct sight_news *news) {
    if (news->kind == SIGHT_TWO_CODES) {
        if (face->hint_ms == 0 || face->service.now_ms - face->hint_ms > FACE_HINT_MS) {
            journal_write(&face->journal, &face->service.now, "codes", "two");
        }
        face->hint_ms = face->service.now_ms;
        tour_note(&face->tour, &(struct tour_answer){news->captured_us, 0, REASON_TWO_CODES});
        return;
    }
    bool again = span_equal(news->payload, code_span(&face->asked)) &&
                 face->service.now_ms - face->left_ms < face->config.repeat_ms;
    if (!again) {
        face_check(face, news->payload, news->captured_us);
    }
}

/* ---- checking */

/* One line for each credential, none with a name. */
static void note_verdict(struct face *face, uint32_t at, int64_t elapsed_us) {
    const struct verdict *verdict = &face->view.verdicts.list[at];
    char which[32] = "";
    if (face->view.verdicts.count > 1) {
        (void)snprintf(which, sizeof which, " credential=%u/%u", at + 1, face->view.verdicts.count);
    }
    journal_write(&face->journal, &face->service.now, "verdict", "class=%s reason=%s cause=%s us=%lld%s",
                  verdict_class_code(verdict_class_of(verdict->reason)), verdict_reason_code(verdict->reason),
                  verdict->cause == ERR_OK ? "none" : err_name(verdict->cause), (long long)elapsed_us, which);
}

/* The worst is shown first: nobody sees green while another is red. */
static void conclude(struct face *face, struct verdicts *verdicts) {
    seen_weaken(&face->seen, verdicts);
    int64_t elapsed_us = now_us() - face->asked.captured_us;
    face->view.verdicts = *verdicts;
    face->view.credential = verdict_worst(verdicts);
    face->result_ms = face->service.now_ms;
    face->deadline_ms = face->service.now_ms + config_result_s(&face->config) * 1000ll;
    face_enter(face, SCREEN_VERDICT);
    for (uint32_t i = 0; i < verdicts->count; i++) {
        note_verdict(face, i, elapsed_us);
    }
    tour_note(&face->tour, &(struct tour_answer){face->asked.captured_us, elapsed_us,
                                                 screen_verdict(&face->view)->reason});
    explicit_bzero(verdicts, sizeof *verdicts);
}

static void checking_turn(struct face *face) {
    struct verdicts verdicts = {0};
    if (!face->handed_over) {
        enum err err = judge_ask(&face->judge, &face->service, span_of_text(language_code(face->language)),
                                 code_span(&face->asked));
        face->handed_over = err == ERR_OK;
    }
    if (face->token_waits) {
        face_await_token(face);
        return;
    }
    enum judge_said said =
        face->handed_over ? judge_answer(&face->judge, &face->service, &verdicts) : JUDGE_NOTHING;
    if (said == JUDGE_VERDICTS) {
        conclude(face, &verdicts);
    } else if (said == JUDGE_TOKEN) {
        face_take_token(face);
    } else if (!face->handed_over && face->service.now_ms - face->state_ms > LIMIT_CHILD_ANSWER_MS) {
        verdicts.count = 1;
        verdicts.list[0] = (struct verdict){.reason = REASON_UNREADABLE,
                                            .cause = ERR_CHILD_START,
                                            .trust = face->judge.trust,
                                            .now = face->service.now};
        conclude(face, &verdicts);
    }
}

/* ---- verdict */

void face_leave_result(struct face *face) {
    face->left_ms = face->service.now_ms;
    explicit_bzero(&face->view.verdicts, sizeof face->view.verdicts);
    face->view.credential = 0;
    face_speak(face, (enum language)face->config.language);
    face_enter(face, SCREEN_SCAN);
}

static bool result_is_over(const struct face *face, bool held) {
    int64_t now_ms = face->service.now_ms;
    return (!held && now_ms >= face->deadline_ms) || now_ms - face->result_ms > FACE_RESULT_MOST_MS;
}

static void verdict_turn(struct face *face) {
    if (result_is_over(face, face->view.paused)) {
        face_leave_result(face);
    } else if (!face->view.paused && face->service.now_ms - face->state_ms >= FACE_RESULT_LEAST_MS) {
        (void)face_check_waiting(face);
    }
}

/* Hold the time that is left, or let it run again. */
static void hold(struct face *face, bool held) {
    if (held && !face->view.paused) {
        face->held_ms = face->deadline_ms - face->service.now_ms;
    }
    if (!held && face->view.paused) {
        face->deadline_ms = face->service.now_ms + face->held_ms;
    }
    face->view.paused = held;
}

/* Look at another credential of the same presentation: whoever compares them needs time. */
static void choose(struct face *face, enum action action) {
    uint32_t credential = (uint32_t)(action - ACTION_CREDENTIAL);
    if (credential < face->view.verdicts.count) {
        hold(face, true);
        face->view.credential = credential;
    }
}

static void verdict_touch(struct face *face, enum action action) {
    if (action == ACTION_DONE) {
        face_leave_result(face);
    } else if (action == ACTION_DETAILS) {
        hold(face, true);
        face->view.page = 0;
        face_enter(face, SCREEN_DETAILS);
    } else if (action == ACTION_PAUSE) {
        hold(face, !face->view.paused);
    } else if (action >= ACTION_CREDENTIAL && action < ACTION_COUNT) {
        choose(face, action);
    } else if (action == ACTION_STAFF) {
        face_leave_result(face);
        face_ask_pin(face);
    } else {
        face_touch_language(face, action);
    }
}

/* ---- details */

static void details_turn(struct face *face) {
    if (result_is_over(face, true)) {
        face_leave_result(face);
    }
}

static void details_touch(struct face *face, enum action action) {
    unsigned page = face->view.page;
    if (action == ACTION_DONE) {
        face_leave_result(face);
    } else if (action == ACTION_BACK) {
        hold(face, false);
        face_enter(face, SCREEN_VERDICT);
    } else if (action == ACTION_PAGE_NEXT) {
        face->view.page = page + 1 < face->pages ? page + 1 : page;
    } else if (action == ACTION_PAGE_PREVIOUS) {
        face->view.page = page > 0 ? page - 1 : 0;
    } else {
        face_touch_language(face, action);
    }
}

/* ---- out of order */

static void out_of_order_turn(struct face *face) {
    face->view.problem = trouble(face);
    if (face->view.problem == ERR_OK) {
        face_enter(face, SCREEN_SCAN);
    }
}

static const struct face_state boot_state = {boot_turn, face_wait_code, NULL};
static const struct face_state scan_state = {scan_turn, scan_code, outer_touch};
static const struct face_state checking_state = {checking_turn, face_wait_code, NULL};
static const struct face_state verdict_state = {verdict_turn, face_wait_code, verdict_touch};
static const struct face_state details_state = {details_turn, face_wait_code, details_touch};
static const struct face_state out_of_order_state = {out_of_order_turn, NULL, outer_touch};

const struct face_state *face_state_of(enum screen_kind kind) {
    static const struct face_state *const states[SCREEN_KINDS] = {
        [SCREEN_BOOT] = &boot_state,         [SCREEN_SCAN] = &scan_state,
        [SCREEN_CHECKING] = &checking_state, [SCREEN_VERDICT] = &verdict_state,
        [SCREEN_DETAILS] = &details_state,   [SCREEN_OUT_OF_ORDER] = &out_of_order_state,
        [SCREEN_PIN] = &face_pin_state,      [SCREEN_ADMIN] = &face_admin_state,
        [SCREEN_TRUST] = &face_trust_state,  [SCREEN_IMPORT] = &face_import_state,
        [SCREEN_CLOCK] = &face_clock_state,  [SCREEN_TOKEN] = &face_token_state,
    };
    return states[kind];
}
