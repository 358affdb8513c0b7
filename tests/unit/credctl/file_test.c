/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "credctl/file.h"

static char folder[256];

static const char *path_of(const char *name) {
    static char paths[2][512];
    static int turn;
    turn = !turn;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
    return paths[turn];
}

static size_t files(void) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        count += entry->d_name[0] != '.';
    }
    closedir(dir);
    return count;
}

static int make_folder(void **state) {
    (void)state;
    const char *build = getenv("BUILD");
    snprintf(folder, sizeof folder, "%s/file-XXXXXX", build == NULL ? "build" : build);
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(path_of("a"));
    return rmdir(folder);
}

static int empty_folder(void **state) {
    (void)state;
    unlink(path_of("a"));
    return files() == 0 ? 0 : -1;
}

static void assert_holds(const char *path, const char *text) {
    struct room room = {0};
    assert_ok(file_read(path, 1000, &room));
    assert_span_text(room_span(&room), text);
    file_release(&room);
}

static void writes_and_reads_a_file(void **state) {
    (void)state;
    assert_ok(file_write(path_of("a"), span_of_text("some text"), (struct file_how){0}));
    assert_holds(path_of("a"), "some text");
    assert_int_equal(files(), 1);
}

static void replaces_a_file_only_when_told(void **state) {
    (void)state;
    assert_ok(file_write(path_of("a"), span_of_text("old"), (struct file_how){0}));
    assert_err(file_write(path_of("a"), span_of_text("new"), (struct file_how){0}), ERR_FILE_EXISTS);
    assert_holds(path_of("a"), "old");
    assert_ok(file_write(path_of("a"), span_of_text("new"), (struct file_how){.replace = true}));
    assert_holds(path_of("a"), "new");
}

static void a_name_taken_meanwhile_is_not_overwritten(void **state) {
    (void)state;
    static struct file_draft draft;
    assert_ok(file_draft_open(path_of("a"), (struct file_how){0}, &draft));
    FILE *rival = fopen(path_of("a"), "w");
    fputs("rival", rival);
    fclose(rival);
    assert_ok(file_draft_append(&draft, span_of_text("mine")));
    assert_err(file_draft_commit(&draft), ERR_FILE_EXISTS);
    assert_holds(path_of("a"), "rival");
    assert_int_equal(files(), 1);
}

static void a_secret_is_its_owners_alone(void **state) {
    (void)state;
    struct stat file;
    assert_ok(file_write(path_of("a"), span_of_text("x"), (struct file_how){.secret = true}));
    assert_int_equal(stat(path_of("a"), &file), 0);
    assert_int_equal(file.st_mode & 07777, 0600);
}

static void refuses_what_it_cannot_read(void **state) {
    (void)state;
    struct room room = {0};
    assert_err(file_read(path_of("none"), 10, &room), ERR_FILE_MISSING);
    assert_err(file_read(folder, 10, &room), ERR_FILE_READ);
    assert_ok(file_write(path_of("a"), span_of_text("01234567890"), (struct file_how){0}));
    assert_err(file_read(path_of("a"), 10, &room), ERR_FILE_LARGE);
    assert_null(room.ptr);
    assert_ok(file_read(path_of("a"), 11, &room));
    file_release(&room);
}

static void refuses_a_folder_that_is_not_there(void **state) {
    (void)state;
    assert_err(file_write(path_of("none/a"), span_of_text("x"), (struct file_how){0}), ERR_FILE_WRITE);
}

static void a_draft_that_is_dropped_leaves_nothing(void **state) {
    (void)state;
    static struct file_draft draft;
    assert_ok(file_draft_open(path_of("a"), (struct file_how){0}, &draft));
    assert_int_equal(files(), 1);
    file_draft_drop(&draft);
    file_draft_drop(&draft);
    assert_int_equal(files(), 0);
    assert_err(file_draft_append(&draft, span_of_text("x")), ERR_FILE_WRITE);
    assert_err(file_draft_commit(&draft), ERR_FILE_WRITE);
}

/* What a child leaves that is interrupted in the midst of a long file. */
static void an_interrupted_draft_leaves_nothing(void **state) {
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        static struct file_draft draft;
        if (file_draft_open(path_of("a"), (struct file_how){0}, &draft) == ERR_OK) {
            raise(SIGINT);
            (void)!file_draft_append(&draft, span_of_text("half of it"));
        }
        _exit(7);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
    assert_int_equal(files(), 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(writes_and_reads_a_file, empty_folder),
        cmocka_unit_test_teardown(replaces_a_file_only_when_told, empty_folder),
        cmocka_unit_test_teardown(a_name_taken_meanwhile_is_not_overwritten, empty_folder),
        cmocka_unit_test_teardown(a_secret_is_its_owners_alone, empty_folder),
        cmocka_unit_test_teardown(refuses_what_it_cannot_read, empty_folder),
        cmocka_unit_test_teardown(refuses_a_folder_that_is_not_there, empty_folder),
        cmocka_unit_test_teardown(a_draft_that_is_dropped_leaves_nothing, empty_folder),
        cmocka_unit_test_teardown(an_interrupted_draft_leaves_nothing, empty_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
