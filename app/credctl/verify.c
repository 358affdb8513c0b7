/* SPDX-License-Identifier: Apache-2.0 */
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "boards/picture.h"
#include "credctl/assets.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/judge/grounds.h"
#include "credctl/judge/report.h"
#include "credctl/judge/sight.h"

static const struct option_spec table[] = {
    {"json", 'j', NULL, "Answer in JSON: one object, or an array for several files.", OPTION_ONCE},
    {"trust", 't', "PACK", "Judge by this trust pack, which needs --root.", OPTION_ONCE},
    {"root", 'r', "FILE", "The root document under which the pack must stand; kiosk.ini's unless told.",
     OPTION_ONCE},
    {"token", 0, "FILE", "Judge with this freshness token for that pack, too.", OPTION_ONCE},
    {"data", 0, "FOLDER", "Judge by the pack installed there; /var/lib/credkiosk unless told.", OPTION_ONCE},
    {"config", 'c', "FILE", "The event's rules: a kiosk.ini.", OPTION_ONCE},
    {"at", 0, "TIME", "Judge as of this moment, and say that it was stated.", OPTION_ONCE},
    ASSETS_OPTION,
};

/* One judgement after the other. */
struct judging {
    bool json, colour, several;
    struct grounds grounds;
    struct arena arena;
    struct verdicts verdicts; /* of the file at hand */
    json_t *answers;
    FILE *text; /* lines for people, kept until all is judged */
    size_t done;
    int status;
};

static bool is_picture(struct span bytes) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, jpeg[] = {0xFF, 0xD8, 0xFF};
    return span_equal(span_slice(bytes, 0, sizeof png), span_of_bytes(png, sizeof png)) ||
           span_equal(span_slice(bytes, 0, sizeof jpeg), span_of_bytes(jpeg, sizeof jpeg));
}

/* A text file ends with a line feed, which is none of the credential. */
static struct span without_line_end(struct span text) {
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
        text.len--;
    }
    return text;
}

static void judge_payload(struct judging *judging, struct span payload) {
    struct verify_grounds grounds = {.lists = judging->grounds.pack,
                                     .fresh = &judging->grounds.fresh,
                                     .shelf = &judging->grounds.vocabulary.shelf,
                                     .policy = &judging->grounds.config.policy,
                                     .now = &judging->grounds.now};
    verify(payload, &grounds, &judging->arena, &judging->verdicts);
}

/* A verdict about a picture in which no single code can be read. */
static void judge_without_payload(struct judging *judging, enum verdict_reason reason) {
    judging->verdicts = (struct verdicts){.count = 1};
    judging->verdicts.list[0] = (struct verdict){.reason = reason, .now = judging->grounds.now};
}

static enum err judge_picture(struct judging *judging, struct span bytes) {
    uint8_t payload[LIMIT_JOINED_BYTES];
    struct room room = room_over(payload, sizeof payload);
    struct picture picture = {0};
    enum sight_kind kind = SIGHT_NOTHING;
    TRY(picture_from_bytes(bytes, &picture));
    enum err err = sight_read(&picture.frame, &kind, &room);
    picture_close(&picture);
    if (err != ERR_OK) {
        return err;
    }
    if (kind == SIGHT_ONE) {
        judge_payload(judging, room_span(&room));
    } else {
        judge_without_payload(judging, kind == SIGHT_TWO_CODES ? REASON_TWO_CODES : REASON_UNREADABLE);
    }
    return ERR_OK;
}

static int answer(struct judging *judging, const char *path) {
    int status = report_status(&judging->verdicts);
    judging->status = judging->done == 0 ? status : report_worse(judging->status, status);
    if (!judging->json) {
        fputs(judging->done > 0 ? "\n" : "", judging->text);
        report_text(judging->text, path, &judging->verdicts, judging->colour);
        return EX_OK;
    }
    json_t *object = report_json(&judging->verdicts);
    if (judging->several) {
        json_object_set_new(object, "file", json_string(path));
    }
    return json_array_append_new(judging->answers, object) == 0 ? EX_OK
                                                                : command_fail_err(ERR_NO_MEMORY, path);
}

static int judge_file(struct judging *judging, const char *path) {
    struct room file = {0};
    enum err err = file_read(path, LIMIT_FRAME_BYTES, &file);
    if (err == ERR_OK && is_picture(room_span(&file))) {
        err = judge_picture(judging, room_span(&file));
    } else if (err == ERR_OK) {
        judge_payload(judging, without_line_end(room_span(&file)));
    }
    file_release(&file);
    if (err == ERR_SIGHT_START || err == ERR_SIGHT_SILENT) {
        return command_fail(EX_SOFTWARE, "%s: %s", path, err_sentence(err));
    }
    return err == ERR_OK ? answer(judging, path) : command_fail_err(err, path);
}

static enum err print_json(const struct judging *judging) {
    const json_t *value = judging->several ? judging->answers : json_array_get(judging->answers, 0);
    char *text = json_dumps(value, JSON_INDENT(2));
    enum err err = text == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK && (puts(text) < 0 || fflush(stdout) != 0)) {
        err = ERR_FILE_WRITE;
    }
    free(text);
    return err;
}

/* All files, then all answers: nothing is printed where one of them cannot be read. */
static int judge_files(const struct options *options, struct judging *judging, char **text,
                       size_t *text_len) {
    for (; judging->done < options->operand_count; judging->done++) {
        int status = judge_file(judging, options->operands[judging->done]);
        if (status != EX_OK) {
            return status;
        }
    }
    if (judging->json) {
        enum err err = print_json(judging);
        return err == ERR_OK ? judging->status : command_fail_err(err, "standard output");
    }
    fflush(judging->text);
    return fwrite(*text, 1, *text_len, stdout) == *text_len
               ? judging->status
               : command_fail_err(ERR_FILE_WRITE, "standard output");
}

static int run(const struct options *options) {
    char *text = NULL;
    size_t text_len = 0;
    void *memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    struct judging judging = {
        .json = options_has(options, "json"),
        .several = options->operand_count > 1,
        .colour = isatty(STDOUT_FILENO) == 1,
        .arena = arena_over(memory, LIMIT_SCAN_ARENA_BYTES),
        .answers = json_array(),
        .text = open_memstream(&text, &text_len),
    };
    int status = memory == NULL || judging.answers == NULL || judging.text == NULL
                     ? command_fail_err(ERR_NO_MEMORY, "verify")
                     : grounds_open(options, &judging.grounds);
    if (status == EX_OK) {
        status = judge_files(options, &judging, &text, &text_len);
    }
    grounds_close(&judging.grounds);
    json_decref(judging.answers);
    if (judging.text != NULL) {
        fclose(judging.text);
    }
    free(text);
    free(memory);
    return status;
}

const struct command command_verify = {
    .group = "verify",
    .operands = "FILE...",
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .sentence = "Say what the kiosk would say of pictures, JWTs, texts; - is standard input.",
    .more = "  credctl verify --trust lists.tpk --root root.jwt badge.png\n"
            "  credctl verify --data /var/lib/credkiosk --root root.jwt --json - <badge.jwt\n\n"
            "Exit status: 0 valid, 1 not valid, 2 cannot check, 3 valid with a note; of several files, and "
            "of the "
            "credentials\nof a presentation, the worst in the order 1, 2, 3, 0. From 64 on, as in "
            "sysexits.h, nothing "
            "was judged and\nnothing printed.\n\n"
            "JSON of a presentation of several credentials: verdict, reason and text of the worst, and "
            "credentials, an "
            "array\nin their order of what a single one's object would be. as_of of the check holder is when "
            "its holder "
            "signed what\nwas shown, by the signer's own word.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
