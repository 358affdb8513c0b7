/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/script.h"

#include <stdio.h>

#include "base/datetime.h"
#include "boards/board.h"

#define WORDS_MAX         6u
#define NUMBER_DIGITS_MAX 9u

/* A line's words; they point into it. */
struct words {
    struct span word[WORDS_MAX];
    size_t count;
    bool too_many;
};

static bool is_blank(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Where the next word ends, or where blanks end. */
static size_t skip(struct span line, size_t at, bool blanks) {
    while (at < line.len && is_blank(line.ptr[at]) == blanks) {
        at++;
    }
    return at;
}

static struct words split(struct span line) {
    struct words words = {0};
    size_t at = skip(line, 0, true);
    while (at < line.len) {
        size_t end = skip(line, at, false);
        if (words.count < WORDS_MAX) {
            words.word[words.count++] = span_slice(line, at, end - at);
        } else {
            words.too_many = true;
        }
        at = skip(line, end, true);
    }
    return words;
}

static bool is(const struct words *words, size_t index, const char *text) {
    return index < words->count && span_equal_text(words->word[index], text);
}

/* Digits alone, up to SCRIPT_NUMBER_MAX. */
static bool number(const struct words *words, size_t index, int64_t *out) {
    uint64_t value = 0;
    if (index >= words->count || !span_decimal(words->word[index], NUMBER_DIGITS_MAX, &value)) {
        return false;
    }
    *out = (int64_t)value;
    return value <= SCRIPT_NUMBER_MAX;
}

/* "for N frames", "for N ms", or nothing, from word `from` to the line's end. */
static bool duration(const struct words *words, size_t from, struct script_step *out) {
    out->amount = 1;
    if (from == words->count) {
        return true;
    }
    int64_t amount = 0;
    if (words->count != from + 3 || !is(words, from, "for") || !number(words, from + 1, &amount) ||
        amount == 0) {
        return false;
    }
    out->amount = (uint32_t)amount;
    out->in_ms = is(words, from + 2, "ms");
    return out->in_ms || is(words, from + 2, "frames");
}

/* Each of these fills a step from a line; false where the line is not as it should be. */

static bool read_scene(struct span line, const struct words *words, struct script_step *out) {
    if (words->count < 2) {
        return false;
    }
    size_t from = (size_t)(words->word[1].ptr - line.ptr);
    size_t end = line.len;
    while (end > from && is_blank(line.ptr[end - 1])) {
        end--;
    }
    out->kind = SCRIPT_SCENE;
    out->text = span_slice(line, from, end - from);
    return out->text.len <= SCRIPT_TEXT_MAX;
}

static bool read_frame(const struct words *words, struct script_step *out) {
    if (is(words, 1, "cut")) {
        out->kind = SCRIPT_CUT;
        return number(words, 2, &out->value) && duration(words, 3, out);
    }
    if (words->count < 2 || words->word[1].len > SCRIPT_TEXT_MAX) {
        return false;
    }
    out->kind = SCRIPT_FRAME;
    out->text = words->word[1];
    return duration(words, 2, out);
}

static bool read_flip(const struct words *words, struct script_step *out) {
    out->kind = SCRIPT_FLIP;
    return number(words, 1, &out->value) && duration(words, 2, out);
}

static bool read_empty(const struct words *words, struct script_step *out) {
    int64_t amount = 1;
    bool fits = words->count == 1 || (words->count == 2 && number(words, 1, &amount) && amount > 0);
    out->kind = SCRIPT_EMPTY;
    out->amount = (uint32_t)amount;
    return fits;
}

static bool read_timeout(const struct words *words, struct script_step *out) {
    out->kind = SCRIPT_TIMEOUT;
    return words->count == 2 && number(words, 1, &out->value);
}

/* A day alone is its midnight. */
static bool read_date(struct span word, int64_t *out) {
    char text[32];
    if (word.len >= sizeof text - 11) {
        return false;
    }
    int len = snprintf(text, sizeof text, "%.*s%s", (int)word.len, (const char *)word.ptr,
                       word.len == 10 ? "T00:00:00Z" : "");
    return datetime_parse(span_of_bytes(text, (size_t)len), out) == ERR_OK;
}

/* "rtc DATE", "rtc stopped", "rtc none" */
static bool read_rtc(const struct words *words, struct script_step *out) {
    bool stopped = is(words, 2, "stopped"), none = is(words, 2, "none");
    out->kind = stopped ? SCRIPT_RTC_STOPPED : none ? SCRIPT_RTC_NONE : SCRIPT_RTC_SET;
    return words->count == 3 && (stopped || none || read_date(words->word[2], &out->value));
}

static bool read_clock(const struct words *words, struct script_step *out) {
    if (is(words, 1, "rtc")) {
        return read_rtc(words, out);
    }
    if (is(words, 1, "back") || is(words, 1, "pass")) {
        out->kind = is(words, 1, "back") ? SCRIPT_CLOCK_BACK : SCRIPT_CLOCK_PASS;
        return words->count == 3 && number(words, 2, &out->value);
    }
    if (words->count != 2) {
        return false;
    }
    bool unset = is(words, 1, "unset");
    out->kind = unset ? SCRIPT_CLOCK_UNSET : SCRIPT_CLOCK_SET;
    return unset || read_date(words->word[1], &out->value);
}

static bool read_store(const struct words *words, struct script_step *out) {
    out->kind = is(words, 1, "full")   ? SCRIPT_STORE_FULL
                : is(words, 1, "torn") ? SCRIPT_STORE_TORN
                : is(words, 1, "fine") ? SCRIPT_STORE_FINE
                                       : SCRIPT_NONE;
    return words->count == 2 && out->kind != SCRIPT_NONE;
}

static bool read_plug(const struct words *words, struct script_step *out) {
    bool plug = is(words, 0, "plug"), stick = !plug && words->count == 2 && is(words, 1, "stick");
    out->kind = plug ? SCRIPT_PLUG : stick ? SCRIPT_UNPLUG_STICK : SCRIPT_UNPLUG;
    return stick || words->count == 1;
}

static bool read_stick(const struct words *words, struct script_step *out) {
    bool cut = words->count == 4 && is(words, 2, "cut") && number(words, 3, &out->value);
    out->kind = SCRIPT_STICK;
    out->text = words->count > 1 ? words->word[1] : (struct span){0};
    out->value = cut ? out->value : -1;
    return (cut || words->count == 2) && out->text.len <= SCRIPT_TEXT_MAX;
}

static bool read_touch(const struct words *words, struct script_step *out) {
    out->kind = SCRIPT_TOUCH;
    out->text = words->count == 2 ? words->word[1] : (struct span){0};
    return out->text.len > 0 && out->text.len < BOARD_TOUCH_SIZE;
}

/* Instructions, and how each is written. */
static const struct {
    const char *word, *accepted;
    bool (*read)(const struct words *words, struct script_step *out);
} instructions[] = {
    {"frame", "frame FILE, frame cut N; then \"for N frames\", \"for N ms\" or nothing", read_frame},
    {"flip", "flip N; then \"for N frames\", \"for N ms\" or nothing", read_flip},
    {"empty", "empty, empty N", read_empty},
    {"timeout", "timeout N (milliseconds)", read_timeout},
    {"unplug", "unplug, unplug stick", read_plug},
    {"plug", "plug", read_plug},
    {"stick", "stick FOLDER, stick FOLDER cut N", read_stick},
    {"clock",
     "clock 2026-09-01, clock 2026-09-01T10:00:00Z, clock back N, clock pass N, clock unset, clock rtc "
     "2026-09-01, "
     "clock rtc stopped, clock rtc none",
     read_clock},
    {"store", "store full, store torn, store fine", read_store},
    {"touch", "touch NAME, at most 15 bytes", read_touch},
};

static bool read_line(struct span line, struct script_step *out, const char **accepted) {
    struct words words = split(line);
    *accepted = "scene, frame, flip, empty, timeout, unplug, plug, stick, clock, store, touch";
    if (is(&words, 0, "scene")) {
        *accepted = "scene NAME, at most 200 bytes";
        return read_scene(line, &words, out);
    }
    for (size_t i = 0; i < sizeof instructions / sizeof *instructions; i++) {
        if (is(&words, 0, instructions[i].word)) {
            *accepted = instructions[i].accepted;
            return !words.too_many && instructions[i].read(&words, out);
        }
    }
    return false;
}

static bool is_empty(struct span line) {
    size_t at = skip(line, 0, true);
    return at == line.len || line.ptr[at] == '#';
}

/* The line without what could garble a terminal. */
static void complain(struct script_complaint *why, unsigned number, struct span line, const char *accepted) {
    char shown[64];
    size_t len = 0;
    for (; len < line.len && len < sizeof shown - 1; len++) {
        shown[len] = (char)(line.ptr[len] >= ' ' && line.ptr[len] < 0x7F ? line.ptr[len] : '?');
    }
    shown[len] = '\0';
    snprintf(why->text, sizeof why->text, "line %u: \"%s\"; accepted: %s", number, shown, accepted);
}

enum err script_parse(struct span text, struct script_step *steps, size_t max, size_t *count,
                      struct script_complaint *why) {
    unsigned number_of_line = 0;
    size_t filled = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = span_find(text, '\n', at);
        struct span line = span_slice(text, at, end - at);
        const char *accepted = "fewer instructions";
        struct script_step step = {.line = ++number_of_line};
        at = end + 1;
        if (is_empty(line)) {
            continue;
        }
        if (filled == max || !read_line(line, &step, &accepted)) {
            complain(why, number_of_line, line, accepted);
            return ERR_SCRIPT;
        }
        steps[filled++] = step;
    }
    *count = filled;
    return ERR_OK;
}
