/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/journal.h"
#include "tests/lib/testpack.h"

static int start(void **state) {
    struct testpack *folder = calloc(1, sizeof *folder);
    testpack_start(folder);
    *state = folder;
    return 0;
}

static int stop(void **state) {
    testpack_stop(*state);
    free(*state);
    return 0;
}

static const struct interval some_time = {1788000000, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};

/* The whole file, terminated. */
static char *read_file(const struct testpack *folder, const char *name) {
    struct room room = testpack_read(folder, name);
    char *text = strndup((const char *)room.ptr, room.len);
    free(room.ptr);
    return text;
}

static char *read_text(const struct testpack *folder) {
    return read_file(folder, "journal/journal");
}

/* How many lines from the first on are bound to the chain and to each other. */
static unsigned lines_after(const char *text, uint8_t chain[CRYPTO_SHA256_BYTES]) {
    unsigned count = 0;
    for (const char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        if (!journal_check(span_of_bytes(line, (size_t)(end - line)), chain)) {
            break;
        }
        count++;
    }
    return count;
}

static unsigned whole_lines(const char *text) {
    uint8_t chain[CRYPTO_SHA256_BYTES] = {0};
    return lines_after(text, chain);
}

static void lines_are_numbered_and_chained_over_restarts(void **state) {
    const struct testpack *folder = *state;
    for (int run = 0; run < 3; run++) {
        struct journal journal = {0};
        assert_ok(journal_open(folder->folder, &journal));
        journal_write(&journal, &some_time, "verdict", "class=%s", "valid");
        journal_write(&journal, &some_time, "end", "-");
        journal_close(&journal);
    }
    char *text = read_text(folder);
    assert_ptr_equal(strstr(text, "1 2026-08-29T10:40:00Z - verdict class=valid "), text);
    assert_non_null(strstr(text, "\n6 2026-08-29T10:40:00Z - end - "));
    assert_int_equal(whole_lines(text), 6);
    free(text);
}

static void a_changed_line_breaks_the_chain(void **state) {
    const struct testpack *folder = *state;
    struct journal journal = {0};
    assert_ok(journal_open(folder->folder, &journal));
    for (int i = 0; i < 4; i++) {
        journal_write(&journal, &some_time, "verdict", "number=%d", i);
    }
    journal_close(&journal);
    char *text = read_text(folder);
    *strchr(strstr(text, "number=2"), '2') = '7';
    assert_int_equal(whole_lines(text), 2);
    free(text);
}

static void a_line_torn_by_a_power_cut_does_not_swallow_the_next(void **state) {
    const struct testpack *folder = *state;
    struct journal journal = {0};
    assert_ok(journal_open(folder->folder, &journal));
    journal_close(&journal);
    testpack_put(folder, "journal/journal", span_of_text("1 2026-08-29T10:4"));
    assert_ok(journal_open(folder->folder, &journal));
    journal_write(&journal, &some_time, "boot", "-");
    journal_close(&journal);
    char *text = read_text(folder);
    char *second = strchr(text, '\n') + 1;
    assert_int_equal(whole_lines(second), 1);
    free(text);
}

static void a_long_line_is_cut(void **state) {
    const struct testpack *folder = *state;
    struct journal journal = {0};
    char details[1000];
    memset(details, 'x', sizeof details);
    details[sizeof details - 1] = '\0';
    assert_ok(journal_open(folder->folder, &journal));
    journal_write(&journal, &some_time, "boot", "%s", details);
    journal_write(&journal, &some_time, "end", "-");
    journal_close(&journal);
    char *text = read_text(folder);
    assert_true(strchr(text, '\n') - text < (int)JOURNAL_LINE_MAX);
    assert_int_equal(whole_lines(text), 2);
    free(text);
}

static void a_full_journal_is_put_aside_when_it_is_opened(void **state) {
    const struct testpack *folder = *state;
    struct journal journal = {0};
    char path[PATH_MAX];
    assert_ok(journal_open(folder->folder, &journal));
    assert_int_equal(ftruncate(journal.descriptor, JOURNAL_BYTES_MAX), 0);
    journal_close(&journal);
    assert_ok(journal_open(folder->folder, &journal));
    journal_write(&journal, &some_time, "boot", "-");
    assert_int_equal(journal.seq, 2);
    journal_close(&journal);
    testpack_path(folder, "journal/journal.old", path);
    assert_int_equal(access(path, F_OK), 0);
    char *text = read_text(folder);
    assert_int_equal(whole_lines(text), 2);
    free(text);
}

static void a_journal_that_fills_up_is_put_aside_and_its_chain_goes_on(void **state) {
    const struct testpack *folder = *state;
    static const unsigned lines = JOURNAL_BYTES_MAX / JOURNAL_LINE_MAX + 100;
    struct journal journal = {0};
    char details[JOURNAL_LINE_MAX];
    memset(details, 'x', sizeof details);
    details[sizeof details - 1] = '\0';
    assert_ok(journal_open(folder->folder, &journal));
    for (unsigned i = 0; i < lines; i++) {
        journal_write(&journal, &some_time, "verdict", "%s", details);
    }
    journal_close(&journal);
    uint8_t chain[CRYPTO_SHA256_BYTES] = {0};
    char *old = read_file(folder, "journal/journal.old"), *text = read_text(folder);
    assert_true(strlen(old) <= JOURNAL_BYTES_MAX && strlen(old) > JOURNAL_BYTES_MAX - JOURNAL_LINE_MAX);
    unsigned before = lines_after(old, chain), after = lines_after(text, chain);
    assert_int_equal(before + after, lines + 1);
    const char *last = old + strlen(old) - 1 - 2 * CRYPTO_SHA256_BYTES,
               *told = strstr(text, "continued chain=");
    assert_ptr_equal(strchr(text, '\n'), strchr(told, '\n'));
    assert_memory_equal(told + strlen("continued chain="), last, 2 * CRYPTO_SHA256_BYTES);
    assert_int_equal(strtoul(text, NULL, 10), before + 1);
    free(old);
    free(text);
}

static void a_full_journal_that_cannot_be_put_aside_grows_no_more(void **state) {
    const struct testpack *folder = *state;
    struct journal journal = {0};
    assert_ok(journal_open(folder->folder, &journal));
    int there = journal.folder;
    journal.folder = -1;
    journal.size = JOURNAL_BYTES_MAX;
    journal_write(&journal, &some_time, "boot", "-");
    assert_int_equal(journal.seq, 0);
    journal.folder = there;
    journal_write(&journal, &some_time, "boot", "-");
    assert_int_equal(journal.seq, 2);
    journal_close(&journal);
}

static void a_folder_that_is_not_there_is_an_error_and_no_journal(void **state) {
    (void)state;
    struct journal journal = {0};
    assert_err(journal_open("/nonexistent", &journal), ERR_FILE_WRITE);
    journal_write(&journal, &some_time, "boot", "-");
    journal_close(&journal);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_are_numbered_and_chained_over_restarts, start, stop),
        cmocka_unit_test_setup_teardown(a_changed_line_breaks_the_chain, start, stop),
        cmocka_unit_test_setup_teardown(a_line_torn_by_a_power_cut_does_not_swallow_the_next, start, stop),
        cmocka_unit_test_setup_teardown(a_long_line_is_cut, start, stop),
        cmocka_unit_test_setup_teardown(a_full_journal_is_put_aside_when_it_is_opened, start, stop),
        cmocka_unit_test_setup_teardown(a_journal_that_fills_up_is_put_aside_and_its_chain_goes_on, start,
                                        stop),
        cmocka_unit_test_setup_teardown(a_full_journal_that_cannot_be_put_aside_grows_no_more, start, stop),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error_and_no_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
