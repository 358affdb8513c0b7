/* SPDX-License-Identifier: Apache-2.0 */
/* pack_bench: lists of a thousand to a million issuers with a hundred status entries each, imported, built, signed and installed by
 * credctl, then looked up and served as a kiosk does. */
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "codec/base64url.h"
#include "credctl/file.h"
#include "kiosk/install.h"
#include "pack/pack_open.h"
#include "tests/lib/pack_serve.h"
#include "tests/lib/bench.h"
#include "tests/lib/check.h"
#include "tests/lib/temp_folder.h"

#define ENTRIES_MIN    131072u
#define ENTRIES_EACH   100u
#define SAMPLES        401u
#define STATUS_ADDRESS "https://bench.example/status"
#define STATUS_ISSUER  "did:web:status.example"
#define PROGRAM_WORDS  16

/* A list of one size, and where it lies. */
struct scale {
    char folder[TEMP_FOLDER_SIZE];
    uint32_t issuers;
    uint64_t entries;
    char label[40];
    double peak_kb; /* of all programs that made it */
    uint32_t next;
};

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void report(const struct scale *scale, const char *what, double value, const char *unit) {
    char name[128];
    snprintf(name, sizeof name, "%s: %s", scale->label, what);
    bench_report(name, value, unit, NULL, 0);
}

static uint32_t jump(struct scale *scale, uint64_t below) {
    scale->next = scale->next * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)scale->next * below >> 32);
}

/* Names follow each other in no order, as those of real lists do. */
static void name_of(uint32_t number, char out[64]) {
    snprintf(out, 64, "did:web:issuer-%08x.example", number * 2654435761u);
}

/* Run credctl in the folder; milliseconds. Its words end with NULL. */
static double run(struct scale *scale, const char *const words[]) {
    char programs[PATH_MAX], program[PATH_MAX];
    const char *argv[PROGRAM_WORDS] = {"credctl"};
    const char *bin = getenv("BIN");
    assert_non_null(realpath(bin != NULL ? bin : "build/release/bin", programs));
    snprintf(program, sizeof program, "%s/credctl", programs);
    for (size_t i = 0; words[i] != NULL; i++) {
        argv[i + 1] = words[i];
    }
    double from_ms = now_ms();
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (chdir(scale->folder) != 0 || dup2(nothing, STDOUT_FILENO) < 0) {
            _exit(70);
        }
        execv(program, (char *const *)argv);
        _exit(71);
    }
    int status = 0;
    struct rusage usage = {0};
    assert_int_equal(wait4(child, &status, 0, &usage), child);
    assert_int_equal(status, 0);
    scale->peak_kb = (double)usage.ru_maxrss > scale->peak_kb ? (double)usage.ru_maxrss : scale->peak_kb;
    return now_ms() - from_ms;
}
#define RUN(scale, ...) run((scale), (const char *const[]){__VA_ARGS__, NULL})

/* An issuer with one key, as a line of the format "issuers". */
static void write_issuer(FILE *out, uint32_t number) {
    char name[64];
    uint8_t point[32], text[BASE64URL_CHARS(32)];
    struct room room = room_over(text, sizeof text);
    uint64_t state = number * 0x9E3779B97F4A7C15u + 1;
    for (size_t i = 0; i < sizeof point; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        point[i] = (uint8_t)(state >> 56);
    }
    point[31] &= 0x3f;
    assert_ok(base64url_encode(span_of_bytes(point, sizeof point), &room));
    name_of(number, name);
    fprintf(out,
            "{\"identifiers\":[\"%s\"],\"names\":{\"en\":\"Issuer %" PRIu32 "\"},\"territory\":\"EX\","
            "\"source\":\"x\",\"unsigned\":false,\"keys\":[{\"kid\":\"%s#1\",\"alg\":\"EdDSA\",\"jwk\":{"
            "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"},\"types\":[],\"achievements\":[],"
            "\"for_status\":false}]}\n",
            name, number, name, (int)room.len, (const char *)text);
}

static void write_list(const struct scale *scale) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/list", scale->folder);
    FILE *out = fopen(path, "we");
    assert_non_null(out);
    for (uint32_t i = 0; i < scale->issuers; i++) {
        write_issuer(out, i);
    }
    assert_int_equal(fclose(out), 0);
}

/* A revocation list, signed by an issuer that is listed by hand. */
static void make_status(struct scale *scale) {
    char entries[24];
    snprintf(entries, sizeof entries, "%" PRIu64, scale->entries);
    RUN(scale, "key", "new", "-o", "key.jwk");
    RUN(scale, "key", "public", "key.jwk", "-o", "key.public");
    RUN(scale, "trust", "add", "hq", "--issuer", STATUS_ISSUER, "--name", "en=Status", "--key", "key.public");
    RUN(scale, "status", "new", "--issuer", STATUS_ISSUER, "--address", STATUS_ADDRESS, "--entries", entries,
        "-o", "s.json");
    RUN(scale, "status", "revoke", "s.json", "7", "4096", "131071");
    RUN(scale, "status", "sign", "s.json", "--key", "key.jwk", "-o", "s.jwt");
    RUN(scale, "trust", "add", "hq", "--status-list", "s.jwt", "--from", STATUS_ISSUER);
}

static void make(struct scale *scale) {
    RUN(scale, "trust", "init", "hq", "--scheme", "bench.example");
    make_status(scale);
    double import_ms = RUN(scale, "trust", "import", "issuers", "hq", "list", "--accept-unsigned");
    double build_ms = RUN(scale, "trust", "build", "hq");
    double sign_ms = RUN(scale, "trust", "sign", "hq", "-o", "a.tpk");
    report(scale, "import", import_ms, "ms");
    report(scale, "build", build_ms, "ms");
    report(scale, "sign", sign_ms, "ms");
    RUN(scale, "trust", "build", "hq");
    report(scale, "review of a new build", RUN(scale, "trust", "review", "hq"), "ms");
    report(scale, "peak memory of all of these", scale->peak_kb / 1024, "MB");
    char data[PATH_MAX];
    snprintf(data, sizeof data, "%s/data", scale->folder);
    assert_int_equal(mkdir(data, 0755), 0);
    report(scale, "install",
           RUN(scale, "trust", "install", "a.tpk", "--root", "hq/root.jwt", "--data", "data"), "ms");
}

/* The parts of the installed pack. */
static void find_installed(const struct scale *scale, struct pack_serve *out) {
    char pattern[PATH_MAX], path[PATH_MAX];
    glob_t found = {0};
    snprintf(pattern, sizeof pattern, "%s/data/packs/*", scale->folder);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    static const char *const names[] = {INSTALL_DATABASE, INSTALL_MANIFEST, INSTALL_ROOTS};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", found.gl_pathv[0], names[i]);
        out->files[i] = open(path, O_RDONLY | O_CLOEXEC);
        assert_true(out->files[i] >= 0);
    }
    globfree(&found);
    snprintf(path, sizeof path, "%s/hq/root.jwt", scale->folder);
    assert_ok(file_read(path, LIMIT_ROOT_CHAIN_BYTES, &out->root));
    out->manifest = room_over(malloc(LIMIT_MANIFEST_BYTES), LIMIT_MANIFEST_BYTES);
    out->roots = room_over(malloc(LIMIT_ROOT_CHAIN_BYTES), LIMIT_ROOT_CHAIN_BYTES);
    assert_ok(install_read(out->files[1], &out->manifest));
    assert_ok(install_read(out->files[2], &out->roots));
}

static void forget(struct pack_serve *serve) {
    for (size_t i = 0; i < 3; i++) {
        close(serve->files[i]);
    }
    file_release(&serve->root);
    file_release(&serve->manifest);
    file_release(&serve->roots);
}

static struct pack *open_pack(const struct pack_serve *serve, const struct pack_receipt *receipt) {
    struct pack *pack = NULL;
    struct pack_rules rules = {.root = room_span(&serve->root),
                               .app_version = PACK_APP_VERSION,
                               .now = interval_at((int64_t)time(NULL))};
    assert_ok(pack_open_descriptors(serve->files[0], room_span(&serve->manifest), room_span(&serve->roots),
                                    &rules, receipt, PACK_OPEN_USE, &pack));
    return pack;
}

/* What judging a credential asks of the pack: the issuer, its key, its status list, and the entry. */
static double look_up_us(struct pack *pack, uint32_t number, uint64_t entry) {
    uint8_t memory[16384];
    struct arena arena = arena_over(memory, sizeof memory);
    struct pack_issuer issuer = {0};
    struct pack_key key = {0};
    struct pack_status list = {0};
    char name[64], kid[80];
    bool covered = false;
    uint32_t value = 9;
    name_of(number, name);
    snprintf(kid, sizeof kid, "%s#1", name);
    double from_ms = now_ms();
    assert_ok(pack_find_issuer(pack, span_of_text(name), span_of_text("en"), &arena, &issuer));
    assert_ok(pack_find_key_by_kid(pack, &issuer, span_of_text(kid), &arena, &key));
    assert_ok(
        pack_find_status(pack, span_of_text(STATUS_ADDRESS), span_of_text("revocation"), &arena, &list));
    assert_ok(pack_status_value(pack, &list, entry, 1, &covered, &value));
    double us = (now_ms() - from_ms) * 1e3;
    assert_true(issuer.found && key.found && list.found && covered);
    return us;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Each sample another issuer and entry. Cold: nothing of the file is in memory but what opening it reads, for a verifier has its
 * lists open before the visitor comes; else the file is in the page cache, and the verifier is new all the same. */
static void read_all(const struct pack_serve *serve) {
    static uint8_t piece[1u << 20];
    for (off_t at = 0; pread(serve->files[0], piece, sizeof piece, at) > 0;) {
        at += (off_t)sizeof piece;
    }
}

static void measure_new(struct scale *scale, const struct pack_serve *serve,
                        const struct pack_receipt *receipt, bool cold) {
    double us[SAMPLES];
    for (size_t i = 0; i < SAMPLES; i++) {
        struct pack *pack = open_pack(serve, receipt);
        if (cold) {
            assert_int_equal(posix_fadvise(serve->files[0], 0, 0, POSIX_FADV_DONTNEED), 0);
        }
        us[i] = look_up_us(pack, jump(scale, scale->issuers), jump(scale, scale->entries));
        pack_close(pack);
    }
    qsort(us, SAMPLES, sizeof *us, by_value);
    report(scale, cold ? "key and status bit, cold" : "key and status bit, page cache", us[SAMPLES / 2],
           "us");
    report(scale,
           cold ? "the same, slowest of a hundred" : "the same from the page cache, slowest of a hundred",
           us[SAMPLES * 99 / 100], "us");
}

/* The same connection, the same few issuers. */
static void measure_hot(struct scale *scale, struct pack *pack) {
    double us[SAMPLES];
    for (size_t i = 0; i < SAMPLES; i++) {
        us[i] = look_up_us(pack, (uint32_t)(i % 10), i % 10);
    }
    qsort(us, SAMPLES, sizeof *us, by_value);
    report(scale, "key and status bit, hot", us[SAMPLES / 2], "us");
}

static void serve(struct scale *scale) {
    struct pack_serve parts = {0};
    find_installed(scale, &parts);
    assert_int_equal(fsync(parts.files[0]), 0);
    double from_ms = now_ms();
    struct pack *pack = open_pack(&parts, NULL);
    report(scale, "open and hash it all", now_ms() - from_ms, "ms");
    report(scale, "size", (double)pack_info(pack)->database_bytes / 1e6, "MB");
    struct pack_receipt receipt = pack_open_receipt(pack);
    measure_new(scale, &parts, &receipt, true);
    read_all(&parts);
    measure_new(scale, &parts, &receipt, false);
    measure_hot(scale, pack);
    pack_close(pack);
    struct pack_serve_cost start = pack_serve_start(&parts, &receipt);
    report(scale, "a verifier, started until it waits", start.ms, "ms");
    report(scale, "a verifier that waits: memory of its own", start.private_kb / 1024, "MB");
    forget(&parts);
}

static void grows(void **unused) {
    (void)unused;
    static const uint32_t sizes[] = {1000, 10000, 100000, 1000000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct scale scale = {.issuers = sizes[i], .entries = (uint64_t)sizes[i] * ENTRIES_EACH};
        scale.entries = scale.entries < ENTRIES_MIN ? ENTRIES_MIN : scale.entries;
        snprintf(scale.label, sizeof scale.label, "pack of %" PRIu32 " issuers", scale.issuers);
        assert_true(temp_folder_make(scale.folder));
        write_list(&scale);
        make(&scale);
        serve(&scale);
        assert_true(temp_folder_remove(scale.folder));
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(grows)};
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
