/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "boards/picture.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/judge/watch.h"
#include "credctl/scan_files.h"

static const struct option_spec table[] = {
    {"json", 'j', NULL, "Answer in JSON: one object, or an array of several, one a line.", OPTION_ONCE},
    {"sequence", 's', NULL, "The pictures are one camera's frames, one after the other.", OPTION_ONCE},
};

/* Hex digits of a payload, with terminator. */
#define HEX_BYTES (2 * LIMIT_JOINED_BYTES + 1)

/* One picture after the other. */
struct scanning {
    bool json, sequence;
    struct scan_files files;
    struct watch watch; /* of a sequence */
    size_t done;
    FILE *out; /* kept until all is scanned */
};

static void write_hex(struct span bytes, char out[HEX_BYTES]) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len && i < LIMIT_JOINED_BYTES; i++) {
        out[2 * i] = digits[bytes.ptr[i] >> 4];
        out[2 * i + 1] = digits[bytes.ptr[i] & 15];
    }
    out[2 * bytes.len] = 0;
}

/* A file's name may hold what moves a terminal's cursor. */
static void print_name(FILE *out, const char *name) {
    for (const char *c = name; *c != 0; c++) {
        fputc((unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c, out);
    }
}

static void print_text(struct scanning *scanning, const char *path, const struct watch_picture *seen) {
    char hex[HEX_BYTES];
    print_name(scanning->out, path);
    if (seen->fault != ERR_OK) {
        fprintf(scanning->out, ": %s: %s\n", err_name(seen->fault), err_sentence(seen->fault));
        return;
    }
    fprintf(scanning->out, ": %zu %s, %.1f ms", seen->count, seen->count == 1 ? "code" : "codes",
            seen->cpu_us / 1000.0);
    fprintf(scanning->out, "%s%s", seen->pass[0] == 0 ? "" : ", ", seen->pass);
    bool hint = seen->sees != GUIDANCE_NOTHING && seen->sees != GUIDANCE_READ;
    fprintf(scanning->out, "%s%s", hint ? ", " : "", hint ? guidance_name(seen->sees) : "");
    for (size_t i = 0; i < seen->count; i++) {
        write_hex(seen->payloads[i], hex);
        fprintf(scanning->out, "%s%s", i == 0 ? ": " : " ", hex);
    }
    fputc('\n', scanning->out);
}

/* NULL: no memory, or a name that is not UTF-8. */
static json_t *object_of(const struct scanning *scanning, const char *path,
                         const struct watch_picture *seen) {
    char hex[HEX_BYTES];
    json_t *object = json_object(), *payloads = json_array();
    int failed = json_object_set_new(object, "file", json_string(path));
    if (scanning->sequence) {
        failed |= json_object_set_new(object, "frame", json_integer((json_int_t)scanning->done + 1));
    }
    failed |= json_object_set_new(object, "codes", json_integer((json_int_t)seen->count));
    for (size_t i = 0; i < seen->count; i++) {
        write_hex(seen->payloads[i], hex);
        failed |= json_array_append_new(payloads, json_string(hex));
    }
    failed |= json_object_set_new(object, "payloads", payloads);
    failed |= json_object_set_new(object, "cpu_ms", json_real(seen->cpu_us / 1000.0));
    failed |= json_object_set_new(object, "pass", seen->pass[0] == 0 ? json_null() : json_string(seen->pass));
    if (seen->fault == ERR_OK) {
        failed |= json_object_set_new(object, "sees", json_string(guidance_name(seen->sees)));
    } else {
        failed |= json_object_set_new(object, "error", json_string(err_name(seen->fault)));
        failed |= json_object_set_new(object, "sentence", json_string(err_sentence(seen->fault)));
    }
    if (failed != 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static int print_json(struct scanning *scanning, const char *path, const struct watch_picture *seen) {
    json_t *object = object_of(scanning, path, seen);
    if (object == NULL) {
        return command_fail(EX_DATAERR, "%s: the name is not UTF-8, as JSON wants it", path);
    }
    fputs(scanning->files.count == 1 ? "" : scanning->done == 0 ? "[\n" : ",\n", scanning->out);
    int failed = json_dumpf(object, scanning->out, JSON_REAL_PRECISION(8));
    json_decref(object);
    if (scanning->done + 1 == scanning->files.count) {
        fputs(scanning->files.count == 1 ? "\n" : "\n]\n", scanning->out);
    }
    return failed == 0 ? EX_OK : command_fail_err(ERR_NO_MEMORY, path);
}

/* Alone, a picture has a reader of its own, which knows no other. */
static enum err look(struct scanning *scanning, const struct frame *frame, struct watch *own,
                     struct watch_picture *out) {
    if (!scanning->sequence) {
        TRY(watch_start(true, own));
        return watch_show(own, frame, out);
    }
    if (!scanning->watch.open) {
        TRY(watch_start(false, &scanning->watch));
    }
    return watch_show(&scanning->watch, frame, out);
}

static int complain(enum err err, const char *path) {
    if (err == ERR_SIGHT_START || err == ERR_SIGHT_SILENT) {
        return command_fail(EX_SOFTWARE, "%s: %s", path, err_sentence(err));
    }
    return command_fail_err(err, path);
}

static int print(struct scanning *scanning, const char *path, const struct watch_picture *seen) {
    if (scanning->json) {
        return print_json(scanning, path, seen);
    }
    print_text(scanning, path, seen);
    return EX_OK;
}

static int scan_frame(struct scanning *scanning, const char *path, const struct frame *frame) {
    struct watch own = {0};
    struct watch_picture seen = {0};
    enum err err = look(scanning, frame, &own, &seen);
    int status = err == ERR_OK ? print(scanning, path, &seen) : complain(err, path);
    watch_stop(&own);
    return status;
}

/* A PNG or PGM is decoded here; one that is damaged or too large is as much an answer as a JPEG that the reader drops. */
static int scan_bytes(struct scanning *scanning, const char *path, struct span bytes) {
    struct picture picture = {0};
    enum err err = picture_from_bytes(bytes, &picture);
    struct watch_picture seen = {.fault = err};
    int status = err == ERR_OK ? scan_frame(scanning, path, &picture.frame)
                 : err == ERR_PICTURE_DAMAGED || err == ERR_FRAME_TOO_LARGE ? print(scanning, path, &seen)
                                                                            : complain(err, path);
    picture_close(&picture);
    return status;
}

static int scan_file(struct scanning *scanning, const char *path) {
    struct room file = {0};
    enum err err = file_read(path, LIMIT_FRAME_BYTES, &file);
    int status = err == ERR_OK ? scan_bytes(scanning, path, room_span(&file)) : complain(err, path);
    file_release(&file);
    return status;
}

static int scan_words(struct scanning *scanning, const struct options *options) {
    for (size_t i = 0; i < options->operand_count; i++) {
        enum err err = scan_files_add(&scanning->files, options->operands[i]);
        if (err != ERR_OK) {
            return command_fail_err(err, options->operands[i]);
        }
    }
    for (; scanning->done < scanning->files.count; scanning->done++) {
        int status = scan_file(scanning, scanning->files.paths[scanning->done]);
        if (status != EX_OK) {
            return status;
        }
    }
    return EX_OK;
}

/* All pictures, then all lines: nothing is printed where a file is missing or no picture at all. */
static int run(const struct options *options) {
    char *text = NULL;
    size_t text_len = 0;
    struct scanning scanning = {
        .json = options_has(options, "json"),
        .sequence = options_has(options, "sequence"),
        .out = open_memstream(&text, &text_len),
    };
    if (scanning.out == NULL) {
        return command_fail_err(ERR_NO_MEMORY, "scan");
    }
    int status = scan_words(&scanning, options);
    if (fclose(scanning.out) != 0 && status == EX_OK) {
        status = command_fail_err(ERR_NO_MEMORY, "scan");
    }
    if (status == EX_OK && fwrite(text, 1, text_len, stdout) != text_len) {
        status = command_fail_err(ERR_FILE_WRITE, "standard output");
    }
    watch_stop(&scanning.watch);
    scan_files_close(&scanning.files);
    free(text);
    return status;
}

const struct command command_scan = {
    .group = "scan",
    .operands = "PICTURE...",
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .sentence = "Read the codes of pictures as the kiosk does; a folder means its pictures by name.",
    .more =
        "  credctl scan badge.png\n"
        "  credctl scan --json --sequence frames/\n\n"
        "A line (or object) a picture: file, number of codes, milliseconds of processor time that decoding "
        "and\n"
        "reading took, and each payload in hex. Where the first look at a picture finds nothing, all other\n"
        "ways are tried on it; in a sequence they take turns, as in the kiosk. - is standard input.\n"
        "Where none is read, the kiosk's reason is told, with --json as \"sees\": nothing, too far, too "
        "near,\n"
        "blurred, too dark, glare or partly out; \"a code\" where one is.\n"
        "A picture that is damaged or too large is named with its error instead, and the others are read.\n"
        "Exit status: 0 when every file was a picture, whatever it holds. From 64 on, as in sysexits.h,\n"
        "nothing was printed.\n",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
