/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#include "config/pin_hash.h"
#include "credctl/command.h"

/* A line with room for one digit too many, and its line feed. */
#define LINE_BYTES (PIN_HASH_DIGITS_MAX + 2u)
/* What Ctrl-C sends where it raises no signal: the terminal must get its echo back first. */
#define CTRL_C '\003'
/* As a shell says of a command that SIGINT ended. */
#define EX_INTERRUPTED 130

static const struct option_spec table[] = {
    {"stdin", 0, NULL, "Read the PIN from standard input, a line, instead of asking for it.", OPTION_ONCE},
};

/* What was typed, without its line feed. */
struct typed {
    char line[LINE_BYTES];
    size_t len;
};

static struct span typed_span(const struct typed *typed) {
    return span_of_bytes(typed->line, typed->len);
}

/* A line, byte by byte so that nothing of what follows is taken; what is too long is cut, and so no PIN. */
static int read_line(struct typed *out) {
    struct typed typed = {.len = 0};
    char byte = 0;
    ssize_t got = 0;
    while ((got = read(STDIN_FILENO, &byte, 1)) == 1 && byte != '\n') {
        if (byte == CTRL_C) {
            explicit_bzero(&typed, sizeof typed);
            return EX_INTERRUPTED;
        }
        typed.len += typed.len < LINE_BYTES;
        typed.line[typed.len - 1] = byte;
    }
    *out = typed;
    explicit_bzero(&typed, sizeof typed);
    return got < 0 ? command_fail(EX_IOERR, "standard input: %s", strerror(errno)) : EX_OK;
}

/* Ask on the terminal, without echo; Ctrl-C ends the line instead of the program. */
static int ask(const char *question, struct typed *out) {
    struct termios before, quiet;
    if (tcgetattr(STDIN_FILENO, &before) != 0) {
        return command_fail(EX_USAGE, "there is no terminal to ask on; --stdin reads the PIN from a pipe");
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    quiet.c_cc[VEOL] = CTRL_C;
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    fputs(question, stderr);
    int status = read_line(out);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputc('\n', stderr);
    return status;
}

static int ask_twice(struct typed *out) {
    struct typed again = {.len = 0};
    int status = ask("PIN, 6 to 12 digits: ", out);
    status = status == EX_OK ? ask("The same again: ", &again) : status;
    bool same = again.len == out->len && memcmp(again.line, out->line, out->len) == 0;
    explicit_bzero(&again, sizeof again);
    return status == EX_OK && !same ? command_fail(EX_DATAERR, "the two differ; nothing is made") : status;
}

static int print_hash(const struct typed *typed) {
    uint8_t salt[PIN_HASH_SALT_BYTES];
    struct pin_hash pin = {0};
    char text[PIN_HASH_TEXT_SIZE];
    randombytes_buf(salt, sizeof salt);
    if (pin_hash_make(typed_span(typed), salt, PIN_HASH_ROUNDS_USUAL, &pin) != ERR_OK) {
        return command_fail(EX_DATAERR, "a PIN has %u to %u digits and nothing else", PIN_HASH_DIGITS_MIN,
                            PIN_HASH_DIGITS_MAX);
    }
    pin_hash_write(&pin, text);
    printf("pin = %s\n", text);
    return fflush(stdout) == 0 ? EX_OK : command_fail(EX_IOERR, "standard output: %s", strerror(errno));
}

static int run(const struct options *options) {
    struct typed typed = {.len = 0};
    int status = options_has(options, "stdin") ? read_line(&typed) : ask_twice(&typed);
    status = status == EX_OK ? print_hash(&typed) : status;
    explicit_bzero(&typed, sizeof typed);
    return status;
}

const struct command command_kiosk_pin = {
    .group = "kiosk",
    .name = "pin",
    .operands = "",
    .sentence = "Print the line of kiosk.ini that sets the staff's PIN.",
    .more = "  credctl kiosk pin\n\n"
            "Put the line into the section [staff]. It holds a hash, yet whoever reads it can try all "
            "digits: keep\n"
            "kiosk.ini readable for the kiosk alone.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
