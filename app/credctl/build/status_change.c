/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/status_change.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "credctl/build/status_file.h"
#include "credctl/command.h"
#include "credctl/file.h"

/* "INVALID" of a Token Status List (section 7.1). */
#define TOKEN_INVALID 1u

/* A whole number of decimal digits alone. */
static bool read_index(const char *text, int64_t *out) {
    if (text[0] == '\0' || strspn(text, "0123456789") != strlen(text)) {
        return false;
    }
    errno = 0;
    *out = strtoll(text, NULL, 10);
    return errno == 0;
}

/* What becomes of an entry. */
static enum err change_entry(struct status_file *file, const struct status_change *change, int64_t index,
                             bool *changed) {
    bool stays = file->token && change->keep_revoked && status_file_value(file, index) == TOKEN_INVALID;
    uint32_t value = file->token ? change->token : change->value;
    return status_file_set(file, index, stays ? TOKEN_INVALID : value, changed);
}

static int change_all(struct status_file *file, const struct options *options,
                      const struct status_change *change, size_t *count) {
    for (size_t i = 1; i < options->operand_count; i++) {
        int64_t index = 0;
        bool changed = false;
        if (!read_index(options->operands[i], &index)) {
            return command_fail(EX_USAGE, "%s is not the number of an entry", options->operands[i]);
        }
        enum err err = change_entry(file, change, index, &changed);
        if (err != ERR_OK) {
            return command_fail_err(err, options->operands[i]);
        }
        *count += changed;
    }
    return EX_OK;
}

int status_change_entries(const struct options *options, const struct status_change *change) {
    const char *path = options->operands[0];
    struct status_file file = {0};
    size_t count = 0;
    int lock = -1;
    enum err err = file_lock_beside(path, &lock);
    if (err == ERR_OK) {
        err = status_file_read(path, &file);
    }
    if (err == ERR_OK && !file.token && change->purpose != NULL &&
        !span_equal_text(file.purpose, change->purpose)) {
        err = ERR_STATUS_PURPOSE;
    }
    int status = err == ERR_OK ? change_all(&file, options, change, &count) : command_fail_err(err, path);
    if (status == EX_OK && count > 0) {
        err = status_file_write(&file, path, true);
        status = err == ERR_OK ? EX_OK : command_fail_err(err, path);
    }
    if (status == EX_OK) {
        printf("%s: %zu changed, %zu set\n", path, count, json_array_size(json_object_get(file.json, "set")));
    }
    status_file_close(&file);
    if (lock >= 0) {
        close(lock);
    }
    return status;
}
