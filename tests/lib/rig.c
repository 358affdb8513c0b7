/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/rig.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "boards/store.h"
#include "kiosk/child.h"
#include "kiosk/install.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/scene.h"

#define HEADER "{\"alg\":\"ES256\",\"kid\":\"did:web:academy.example#1\",\"typ\":\"JWT\"}"
#define CLAIMS                                                                                               \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"     \
    "context-3.0.3.json\"],\"id\":\"urn:uuid:1\",\"type\":[\"VerifiableCredential\","                        \
    "\"OpenBadgeCredential\"],\"issuer\":{\"id\":\"did:web:academy.example\",\"type\":[\"Profile\"],"        \
    "\"name\":\"Anybody\"},\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\","  \
    "\"name\":\"Pioneer\",\"credentialSubject\":{\"id\":\"did:example:ada\",\"type\":["                      \
    "\"AchievementSubject\"],\"name\":\"Ada\",\"achievement\":{\"id\":\"https://academy.example/a/1\","      \
    "\"type\":[\"Achievement\"],\"achievementType\":\"Badge\",\"name\":\"Pioneer\",\"description\":\"For "   \
    "pioneers\",\"criteria\":{\"narrative\":\"Go first\"}}},\"credentialStatus\":{\"type\":"                 \
    "\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\",\"statusListIndex\":\"%u\","              \
    "\"statusListCredential\":\"https://academy.example/status/1\"},\"iss\":\"did:web:academy.example\","    \
    "\"jti\":\"urn:uuid:1\",\"nbf\":1767225600,\"exp\":1798761600,\"sub\":\"did:example:ada\"}"

static void pause_ms(int ms) {
    struct timespec wait = {ms / 1000, ms % 1000 * 1000000l};
    nanosleep(&wait, NULL);
}

void rig_install(const struct rig *rig) {
    char path[PATH_MAX];
    testpack_path(&rig->pack, "data", path);
    (void)mkdir(path, 0755);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    testpack_path(&rig->pack, "list.tpk", path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct store_port store = {0};
    enum install_outcome outcome = INSTALL_NOT_DONE;
    assert_ok(store_open(folder, &store));
    assert_ok(install_pack(&store, file, &rig->pack.rules, &outcome));
    assert_int_equal(outcome, INSTALL_DONE);
    store_close(&store);
    close(file);
    close(folder);
}

void rig_start(struct rig *rig) {
    *rig = (struct rig){0};
    testpack_start(&rig->pack);
    testpack_default_lists(&rig->pack, "list.db");
    testpack_sign(&rig->pack, "list.db", "list.tpk");
    testpack_put(&rig->pack, "root.jws", span_of_text(rig->pack.root_text));
    const char *bin = getenv("BIN");
    snprintf(rig->programs, sizeof rig->programs, "%s", bin != NULL ? bin : "build/check/bin");
    snprintf(rig->assets, sizeof rig->assets, "assets");
    snprintf(rig->config, sizeof rig->config, "[kiosk]\nresult_s = 1\nrepeat_ms = 0\n");
    rig_install(rig);
}

void rig_stop(struct rig *rig) {
    if (rig->kiosk > 0) {
        kill(rig->kiosk, SIGKILL);
        waitpid(rig->kiosk, NULL, 0);
    }
    testpack_stop(&rig->pack);
    *rig = (struct rig){0};
}

void rig_put_picture(const struct rig *rig, const char *file, const struct grey *picture) {
    char name[64];
    snprintf(name, sizeof name, "%s.jpg", file);
    struct span jpeg = scene_jpeg(picture);
    testpack_put(&rig->pack, name, jpeg);
    free((void *)(uintptr_t)jpeg.ptr);
}

void rig_put_code(const struct rig *rig, const char *file, struct span payload) {
    struct grey picture = scene_qr(payload, 4);
    rig_put_picture(rig, file, &picture);
    free(picture.pixels);
}

void rig_put_two_codes(const struct rig *rig, const char *file, struct span left, struct span right) {
    struct grey one = scene_qr(left, 6), other = scene_qr(right, 6);
    struct grey both = scene_beside(&one, &other);
    rig_put_picture(rig, file, &both);
    free(both.pixels);
    free(other.pixels);
    free(one.pixels);
}

/* Header, claims and signature; flipping a letter's lowest bit in the claims leaves them JSON. */
static void sign(const struct rig *rig, const char *claims, bool altered, struct room *out) {
    size_t from = out->len;
    forge_token(span_of_text(HEADER), span_of_text(claims), rig->pack.release, out);
    if (altered) {
        char *changed = forge_replaced(claims, "\"Ada\"", "\"Bda\"");
        struct span dots = room_span(out);
        size_t first = span_find(dots, '.', from), second = span_find(dots, '.', first + 1);
        struct room other = forge_room(16384);
        forge_token(span_of_text(HEADER), span_of_text(changed), rig->pack.release, &other);
        size_t other_second = span_find(room_span(&other), '.', first + 1);
        assert_int_equal(other_second, second);
        memcpy(out->ptr + first, other.ptr + first, second - first);
        forge_release(&other);
        free(changed);
    }
}

void rig_put_badge(const struct rig *rig, const char *file, const struct rig_badge *badge) {
    char claims[4096];
    snprintf(claims, sizeof claims, CLAIMS, badge->status_index);
    char *changed = badge->from != NULL ? forge_replaced(claims, badge->from, badge->to) : strdup(claims);
    struct room token = forge_room(16384), text = forge_room(16384);
    sign(rig, changed, badge->altered, &token);
    forge_compressed(room_span(&token), &text);
    rig_put_code(rig, file, room_span(&text));
    forge_release(&text);
    forge_release(&token);
    free(changed);
}

void rig_put_script(const struct rig *rig, const char *text) {
    testpack_put(&rig->pack, "script", span_of_text(text));
}

static void put_config(const struct rig *rig) {
    char text[PATH_MAX + 4096], root[PATH_MAX];
    testpack_path(&rig->pack, "root.jws", root);
    snprintf(text, sizeof text, "%s\n[trust]\nroot = %s\n", rig->config, root);
    testpack_put(&rig->pack, "kiosk.ini", span_of_text(text));
}

/* The kiosk in a process of its own; `tour` is NULL or the folder for its pictures. */
static pid_t spawn(const struct rig *rig, const char *tour) {
    char program[PATH_MAX], config[PATH_MAX], data[PATH_MAX], script[PATH_MAX], log[PATH_MAX];
    const char *bin = getenv("BIN"), *build = getenv("BUILD");
    char catalogues[PATH_MAX];
    snprintf(program, sizeof program, "%s/credkiosk", bin != NULL ? bin : "build/check/bin");
    snprintf(catalogues, sizeof catalogues, "%s/assets/lang", build != NULL ? build : "build");
    testpack_path(&rig->pack, "kiosk.ini", config);
    testpack_path(&rig->pack, "data", data);
    testpack_path(&rig->pack, "script", script);
    testpack_path(&rig->pack, "log", log);
    put_config(rig);
    pid_t child = fork();
    if (child != 0) {
        return child;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0:symbolize=0:exitcode=86", 1);
    setenv("UBSAN_OPTIONS", "print_stacktrace=0:exitcode=86", 1);
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execl(program, "credkiosk", "--board", "sim", "--profiles", "boards/profiles", "--assets", rig->assets,
          "--catalogues", catalogues, "--libexec", rig->programs, "--config", config, "--data", data,
          "--script", script, tour != NULL ? "--tour" : (char *)NULL, tour, (char *)NULL);
    _exit(127);
}

static int wait_end(pid_t process, int timeout_ms) {
    int status = 0;
    for (int waited_ms = 0; waited_ms < timeout_ms; waited_ms += 10) {
        if (waitpid(process, &status, WNOHANG) == process) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        pause_ms(10);
    }
    kill(process, SIGKILL);
    waitpid(process, &status, 0);
    return -1;
}

int rig_tour(struct rig *rig, char *table, size_t size) {
    char folder[PATH_MAX];
    testpack_path(&rig->pack, "tour", folder);
    int status = wait_end(spawn(rig, folder), 120000);
    table[0] = '\0';
    if (status == 0 || status == 70) {
        struct room text = testpack_read(&rig->pack, "tour/tour.tsv");
        snprintf(table, size, "%.*s", (int)text.len, (const char *)text.ptr);
        free(text.ptr);
    }
    return status;
}

void rig_run(struct rig *rig) {
    rig->kiosk = spawn(rig, NULL);
    assert_true(rig->kiosk > 0);
}

/* Parent and name of a process, from /proc/PID/stat. */
static bool is_child(const struct dirent *entry, pid_t parent, const char *program, pid_t *out) {
    char path[300], text[512] = "";
    char *end = NULL;
    long pid = strtol(entry->d_name, &end, 10);
    snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
    FILE *file = *end == '\0' && pid > 0 ? fopen(path, "r") : NULL;
    if (file == NULL) {
        return false;
    }
    size_t got = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    char *name = strchr(text, '('), *after = strrchr(text, ')');
    if (got == 0 || name == NULL || after == NULL || after[2] == 'Z') {
        return false;
    }
    *out = (pid_t)pid;
    *after = '\0';
    bool named = program == NULL || strncmp(name + 1, program, 15) == 0;
    return named && strtol(after + 4, NULL, 10) == parent;
}

static pid_t find_child(pid_t parent, const char *program, pid_t but_not) {
    DIR *folder = opendir("/proc");
    pid_t found = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL && found == 0; entry = readdir(folder)) {
        pid_t pid = 0;
        found = is_child(entry, parent, program, &pid) && pid != but_not ? pid : 0;
    }
    closedir(folder);
    return found;
}

pid_t rig_next_child(const struct rig *rig, const char *program, pid_t old, int timeout_ms) {
    pid_t found = 0;
    for (int waited_ms = 0; found == 0 && waited_ms <= timeout_ms; waited_ms += 5) {
        found = find_child(rig->kiosk, program, old);
        if (found == 0) {
            pause_ms(5);
        }
    }
    return found;
}

pid_t rig_child(const struct rig *rig, const char *program, int timeout_ms) {
    return rig_next_child(rig, program, 0, timeout_ms);
}

int rig_end(struct rig *rig) {
    pid_t children[8] = {0};
    for (size_t i = 0; i < 8; i++) {
        children[i] = find_child(rig->kiosk, NULL, i > 0 ? children[i - 1] : 0);
    }
    assert_int_equal(kill(rig->kiosk, SIGINT), 0);
    int status = wait_end(rig->kiosk, 5000);
    rig->kiosk = 0;
    for (size_t i = 0; i < 8; i++) {
        if (children[i] > 0) {
            assert_int_equal(kill(children[i], 0), -1);
            assert_int_equal(errno, ESRCH);
        }
    }
    struct room log = testpack_read(&rig->pack, "log");
    char *text = strndup((const char *)log.ptr, log.len);
    bool reported = strstr(text, "Sanitizer") != NULL || strstr(text, "runtime error") != NULL;
    if (reported || rig_count(rig, "status=86") > 0) {
        fail_msg("a process reported: %s", text);
    }
    free(text);
    free(log.ptr);
    return status;
}

char *rig_journal(const struct rig *rig) {
    char path[PATH_MAX];
    testpack_path(&rig->pack, "data/journal/journal", path);
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1u << 20);
    if (file != NULL) {
        size_t got = fread(text, 1, (1u << 20) - 1, file);
        text[got] = '\0';
        fclose(file);
    }
    return text;
}

unsigned rig_count(const struct rig *rig, const char *text) {
    char *journal = rig_journal(rig);
    unsigned count = 0;
    for (char *at = strstr(journal, text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    free(journal);
    return count;
}

bool rig_wait(const struct rig *rig, const char *text, unsigned count, int timeout_ms) {
    int64_t until_ms = child_now_ms() + timeout_ms;
    while (rig_count(rig, text) < count) {
        if (child_now_ms() > until_ms) {
            return false;
        }
        pause_ms(5);
    }
    return true;
}

int rig_with_badge(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    rig_start(rig);
    rig_put_badge(rig, "good", &(struct rig_badge){.status_index = 1});
    *state = rig;
    return 0;
}

int rig_done(void **state) {
    rig_stop(*state);
    free(*state);
    return 0;
}
