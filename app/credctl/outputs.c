/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/outputs.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "credctl/command.h"
#include "credctl/file.h"

static const char *const names[] = {"out", "qr", "svg", "contents"};
#define NAMES (sizeof names / sizeof *names)

int outputs_check(const struct options *options) {
    for (size_t i = 0; i < NAMES && !options_has(options, "force"); i++) {
        const char *path = options_value(options, names[i]);
        if (path != NULL && strcmp(path, "-") != 0 && access(path, F_OK) == 0) {
            return command_fail_err(ERR_FILE_EXISTS, path);
        }
    }
    return EX_OK;
}

enum err outputs_draw(struct outputs *outputs, const struct card *card) {
    const struct options *options = outputs->options;
    if (!options_has(options, "qr") && !options_has(options, "svg") && !options_has(options, "contents")) {
        return ERR_OK;
    }
    struct contents_how how = outputs->drawing.how;
    how.library = outputs->library;
    TRY(contents_code(room_span(&outputs->text), how, &outputs->made, &outputs->held));
    return options_has(options, "svg") ? card_svg(card, &outputs->made.code, &outputs->svg) : ERR_OK;
}

static int write_one(const struct outputs *outputs, const char *option, struct span bytes) {
    const char *path = options_value(outputs->options, option);
    struct file_how how = {.replace = options_has(outputs->options, "force")};
    enum err err = path == NULL ? ERR_OK : file_write(path, bytes, how);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int write_picture(const struct outputs *outputs) {
    const char *path = options_value(outputs->options, "qr");
    const struct matrix *row[] = {&outputs->made.code};
    if (path == NULL) {
        return EX_OK;
    }
    enum err err = drawing_write(&outputs->drawing, row, 1, path, options_has(outputs->options, "force"));
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

/* How many of the files are named, and how many of these are standard output. */
static size_t count(const struct outputs *outputs, bool standard) {
    size_t found = 0;
    for (size_t i = 0; i < NAMES; i++) {
        const char *path = options_value(outputs->options, names[i]);
        found += path != NULL && (!standard || strcmp(path, "-") == 0);
    }
    return found;
}

/* The code's version and size, where they do not get into the way of a result on standard output. */
static void report(const struct outputs *outputs) {
    FILE *out = count(outputs, true) > 0 ? stderr : stdout;
    if (outputs->made.code.side > 0) {
        drawing_say(&outputs->drawing, &outputs->made, options_has(outputs->options, "qr"), out);
    }
}

int outputs_write(struct outputs *outputs) {
    if (room_put_byte(&outputs->text, '\n') != ERR_OK) {
        return command_fail_err(ERR_NO_ROOM, "standard output");
    }
    struct span line = room_span(&outputs->text);
    if (count(outputs, false) == 0) {
        enum err err = file_write("-", line, (struct file_how){0});
        return err == ERR_OK ? EX_OK : command_fail_err(err, "standard output");
    }
    int status = write_one(outputs, "out", line);
    status = status != EX_OK ? status : write_one(outputs, "contents", room_span(&outputs->held));
    status = status != EX_OK ? status : write_one(outputs, "svg", room_span(&outputs->svg));
    status = status != EX_OK ? status : write_picture(outputs);
    if (status == EX_OK) {
        report(outputs);
    }
    return status;
}
