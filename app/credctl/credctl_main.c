/* SPDX-License-Identifier: Apache-2.0 */
/* credctl: keys, badges, lists and verdicts by hand. Finds the command, reads its options and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "credctl/command.h"
#include "credctl/progress.h"
#include "crypto/crypto.h"

static const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "credctl/commands.def"
#undef COMMAND
    NULL,
};

static const char *name_of(const struct command *command) {
    return command->name == NULL ? "" : command->name;
}

static void list_commands(FILE *out, const char *group) {
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (group == NULL || strcmp(commands[i]->group, group) == 0) {
            fprintf(out, "  credctl %-7s %-9s %s\n", commands[i]->group, name_of(commands[i]),
                    commands[i]->sentence);
        }
    }
}

static int help(void) {
    puts("credctl makes keys, badges, status lists and trust lists, and says what the kiosk would say.\n");
    list_commands(stdout, NULL);
    puts("\nEach command explains itself with --help. Exit statuses from 64 on are those of sysexits.h.");
    return EX_OK;
}

static void describe_option(const struct option_spec *option) {
    char left[64];
    char letter[5] = "    ";
    if (option->letter != 0) {
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    }
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->value == NULL ? "" : " ",
             option->value == NULL ? "" : option->value);
    printf("  %-30s %s%s%s\n", left, option->sentence,
           (option->how & OPTION_REQUIRED) != 0 ? " Required." : "",
           (option->how & OPTION_MANY) != 0 ? " May be repeated." : "");
}

static int describe(const struct command *command) {
    printf("credctl %s%s%s%s%s%s\n\n%s\n", command->group, command->name == NULL ? "" : " ", name_of(command),
           command->option_count == 0 ? "" : " [options]", command->operands[0] == 0 ? "" : " ",
           command->operands, command->sentence);
    if (command->option_count > 0) {
        puts("");
    }
    for (size_t i = 0; i < command->option_count; i++) {
        describe_option(&command->options[i]);
    }
    if (command->describe != NULL) {
        command->describe();
    }
    if (command->more != NULL) {
        printf("\n%s\n", command->more);
    }
    return EX_OK;
}

/* The command that the words name; *words says how many of them its name takes. */
static const struct command *find(int argc, char **argv, int *words) {
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->group, argv[0]) != 0) {
            continue;
        }
        if (commands[i]->name == NULL || (argc > 1 && strcmp(commands[i]->name, argv[1]) == 0)) {
            *words = commands[i]->name == NULL ? 1 : 2;
            return commands[i];
        }
    }
    return NULL;
}

static int unknown(int argc, char **argv) {
    bool group_known = false;
    for (size_t i = 0; commands[i] != NULL; i++) {
        group_known = group_known || strcmp(commands[i]->group, argv[0]) == 0;
    }
    bool asks = argc > 1 && strcmp(argv[1], "--help") == 0;
    if (group_known && asks) {
        list_commands(stdout, argv[0]);
        return EX_OK;
    }
    if (!group_known) {
        return command_fail(EX_USAGE, "there is no command \"%s\"; see credctl --help", argv[0]);
    }
    if (argc > 1) {
        command_fail(EX_USAGE, "there is no command \"%s %s\"; there are:", argv[0], argv[1]);
    } else {
        command_fail(EX_USAGE, "\"%s\" needs one more word:", argv[0]);
    }
    list_commands(stderr, argv[0]);
    return EX_USAGE;
}

static bool asks_help(int argc, char **argv) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int run(const struct command *command, int argc, char **argv) {
    struct options options;
    char wrong[200];
    char called[64];
    snprintf(called, sizeof called, "credctl %s%s%s", command->group, command->name == NULL ? "" : " ",
             name_of(command));
    if (asks_help(argc, argv)) {
        return describe(command);
    }
    if (!options_parse(command->options, command->option_count, argc, argv, &options, wrong)) {
        return command_fail(EX_USAGE, "%s; see %s --help", wrong, called);
    }
    if (options.operand_count < command->operands_min || options.operand_count > command->operands_max) {
        return command_fail(EX_USAGE, "%s takes %s; see %s --help", called,
                            command->operands[0] == 0 ? "no further words" : command->operands, called);
    }
    return command->run(&options);
}

/* A result that did not reach standard output is no success. */
static int flushed(int status) {
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return status;
    }
    return command_fail(EX_IOERR, "standard output cannot be written");
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    progress_end_by_signals();
    int words = 0;
    if (argc < 2) {
        list_commands(stderr, NULL);
        return EX_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        return flushed(help());
    }
    const struct command *command = find(argc - 1, argv + 1, &words);
    if (command == NULL) {
        return flushed(unknown(argc - 1, argv + 1));
    }
    if (crypto_start() != ERR_OK) {
        return command_fail(EX_SOFTWARE, "%s", err_sentence(ERR_CRYPTO_FAILED));
    }
    return flushed(run(command, argc - 1 - words, argv + 1 + words));
}
