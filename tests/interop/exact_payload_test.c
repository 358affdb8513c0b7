/* SPDX-License-Identifier: Apache-2.0 */
/* QR symbols of every mode with their exact bytes (shared/qr/images/exact-payload). A wrong payload fails; a
 * symbol that is not read is counted. */
#include "tests/lib/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "boards/picture.h"
#include "frame/decode.h"
#include "symbol/joining.h"
#include "symbol/symbol.h"

#define FOLDER    "../shared/qr/images/exact-payload"
#define NEGATIVES "../shared/qr/images/zxingcpp-negatives"

static int is_pgm(const struct dirent *entry) {
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".pgm") == 0;
}

/* The bytes that name.pgm must give; their number. An incomplete multi-part code has none. */
static size_t expected_bytes(const char *name, uint8_t *out, size_t size) {
    char path[400];
    snprintf(path, sizeof path, FOLDER "/%s.bin", name);
    FILE *file = fopen(path, "rb");
    size_t len = file == NULL ? 0 : fread(out, 1, size, file);
    if (file != NULL) {
        fclose(file);
    }
    return len;
}

enum outcome { READ_RIGHT, READ_NOTHING, READ_WRONG };

static enum outcome try_symbol(struct symbol_reader *reader, const char *name) {
    static struct joining joining;
    char path[400];
    uint8_t bytes[8192];
    size_t len = expected_bytes(name, bytes, sizeof bytes);
    struct picture picture = {0};
    struct symbols found = {0};
    snprintf(path, sizeof path, FOLDER "/%s.pgm", name);
    assert_ok(picture_from_file(path, &picture));
    struct grey grey = {picture.memory, picture.frame.width_px, picture.frame.height_px};
    assert_ok(symbol_read(reader, &grey, true, &found));
    memset(&joining, 0, sizeof joining);
    joining_note(&joining, &found, 1);
    enum outcome outcome = found.count == 0 ? (len == 0 ? READ_RIGHT : READ_NOTHING) : READ_RIGHT;
    for (size_t i = 0; i < found.count; i++) {
        if (!span_equal(found.payloads[i], span_of_bytes(bytes, len))) {
            outcome = READ_WRONG;
        }
    }
    picture_close(&picture);
    return outcome;
}

struct tally {
    unsigned total, passed, failed;
};

static void write_json(const struct tally *tally) {
    char path[400], file_path[440];
    const char *build = getenv("BUILD");
    const char *mode = getenv("MODE");
    snprintf(path, sizeof path, "%s/%s/interop", build == NULL ? "build" : build,
             mode == NULL ? "check" : mode);
    mkdir(path, 0777);
    snprintf(file_path, sizeof file_path, "%s/exact-payload.json", path);
    FILE *file = fopen(file_path, "w");
    assert_non_null(file);
    fprintf(file,
            "{\"suite\": \"qr-exact-payload\", \"total\": %u, \"passed\": %u, \"failed\": %u, \"excluded\": "
            "[]}\n",
            tally->total, tally->passed, tally->failed);
    fclose(file);
}

static void no_payload_is_ever_wrong(void **state) {
    (void)state;
    struct dirent **entries = NULL;
    int count = scandir(FOLDER, &entries, is_pgm, alphasort);
    if (count <= 0) {
        print_message("# skipped, no vectors\n");
        skip();
    }
    struct symbol_reader *reader = NULL;
    struct tally tally = {0};
    assert_ok(symbol_start(&reader));
    for (int i = 0; i < count; i++) {
        *strrchr(entries[i]->d_name, '.') = '\0';
        const char *name = entries[i]->d_name;
        enum outcome outcome = try_symbol(reader, name);
        tally.total++;
        if (outcome == READ_RIGHT) {
            tally.passed++;
        } else {
            tally.failed++;
            print_message("# %s: %s\n", name, outcome == READ_WRONG ? "wrong payload" : "not read");
        }
        free(entries[i]);
    }
    free(entries);
    symbol_stop(reader);
    print_message("# qr-exact-payload: %u of %u read exactly\n", tally.passed, tally.total);
    write_json(&tally);
    assert_int_equal(tally.failed, 0);
}

static int is_picture(const struct dirent *entry) {
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && (strcmp(dot, ".png") == 0 || strcmp(dot, ".jpg") == 0);
}

/* Textures, faces and other codes in which some reader once saw a QR code (shared/qr/images/zxingcpp-negatives). */
static void nothing_is_read_where_no_code_is(void **state) {
    (void)state;
    struct dirent **entries = NULL;
    struct symbol_reader *reader = NULL;
    struct decoder decoder = {0};
    int count = scandir(NEGATIVES, &entries, is_picture, alphasort);
    if (count <= 0) {
        print_message("# skipped, no vectors\n");
        skip();
    }
    assert_ok(symbol_start(&reader));
    for (int i = 0; i < count; i++) {
        char path[400];
        struct picture picture = {0};
        struct symbols found = {0};
        snprintf(path, sizeof path, NEGATIVES "/%s", entries[i]->d_name);
        assert_ok(picture_from_file(path, &picture));
        struct grey grey = {0};
        assert_ok(decode_frame(&decoder, &picture.frame, &grey));
        assert_ok(symbol_read(reader, &grey, true, &found));
        assert_int_equal(found.count, 0);
        picture_close(&picture);
        free(entries[i]);
    }
    free(entries);
    symbol_stop(reader);
    decode_close(&decoder);
    print_message("# qr negatives: nothing read in %d pictures\n", count);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_payload_is_ever_wrong),
                                       cmocka_unit_test(nothing_is_read_where_no_code_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
