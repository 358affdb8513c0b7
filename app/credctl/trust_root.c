/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "credctl/build/root_text.h"
#include "credctl/command.h"

/* The names of a chain's schemes and one decoded version fit into twice the chain. */
#define ARENA_BYTES (2u * LIMIT_ROOT_CHAIN_BYTES)

static enum err show_chain(struct span text) {
    struct root root = {0};
    void *memory = malloc(ARENA_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct arena arena = arena_over(memory, ARENA_BYTES);
    enum err err = root_read(text, &arena, &root);
    if (err == ERR_OK) {
        err = root_text_root(stdout, &root);
    }
    free(memory);
    return err;
}

/* A draft has a second line. */
static enum err show(const char *path) {
    struct room text = {0};
    struct root_draft draft = {0};
    TRY(file_read(path, ROOT_DRAFT_BYTES, &text));
    size_t end = span_find(room_span(&text), '\n', 0);
    bool is_chain = end + 1 >= text.len;
    enum err err = is_chain ? show_chain(room_span(&text)) : root_draft_load(path, &draft);
    if (err == ERR_OK && !is_chain) {
        err = root_text_draft(stdout, &draft);
    }
    root_draft_close(&draft);
    file_release(&text);
    return err;
}

static int run(const struct options *options) {
    enum err err = show(options->operands[0]);
    return err == ERR_OK ? EX_OK : command_fail_err(err, options->operands[0]);
}

const struct command command_trust_root = {
    .group = "trust",
    .name = "root",
    .operands = "FILE",
    .operands_min = 1,
    .operands_max = 1,
    .sentence =
        "Show the last root of a provisioning file, or a draft of the next one and who has signed it.",
    .more = "  credctl trust root lists/root.jwt\n"
            "  credctl trust root lists/root.next\n\n"
            "Every signature is checked. Of a draft it says which keys are new, which go, and whose "
            "signature is missing.",
    .run = run,
};
