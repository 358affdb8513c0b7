/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/ini.h"

#include <ini.h>

/* Where the reading is. inih asks for lines, and hands back what stands in each. */
struct state {
    struct span text;
    size_t at;
    unsigned line;
    unsigned bad_line;
    enum err err;
    ini_take take;
    void *ctx;
};

static bool is_clean(struct span line) {
    if (line.len > INI_LINE_MAX) {
        return false;
    }
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] < ' ' || line.ptr[i] == 0x7F) {
            return false;
        }
    }
    return line.len == 0 || line.ptr[0] != ' ';
}

static void stop(struct state *state, enum err err) {
    if (state->err == ERR_OK) {
        state->err = err;
        state->bad_line = state->line;
    }
}

/* The next line, in the manner of fgets(); NULL at the end and after a fault. */
static char *give_line(char *out, int size, void *stream) {
    struct state *state = stream;
    if (state->at >= state->text.len || state->err != ERR_OK) {
        return NULL;
    }
    size_t end = span_find(state->text, '\n', state->at);
    struct span line = span_slice(state->text, state->at, end - state->at);
    state->at = end + 1;
    state->line++;
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
        line.len--;
    }
    if (!is_clean(line) || line.len + 1 > (size_t)size) {
        stop(state, ERR_INI_LINE);
        return NULL;
    }
    memcpy(out, line.ptr, line.len);
    out[line.len] = '\0';
    return out;
}

static int take_value(void *user, const char *section, const char *key, const char *value) {
    struct state *state = user;
    if (state->err == ERR_OK && !state->take(state->ctx, state->line, section, key, value)) {
        stop(state, ERR_INI_REFUSED);
    }
    return 1;
}

enum err ini_read(struct span text, ini_take take, void *ctx, unsigned *line) {
    struct state state = {.text = text, .take = take, .ctx = ctx};
    int bad_line = ini_parse_stream(give_line, &state, take_value, &state);
    if (bad_line > 0 && (state.err == ERR_OK || (unsigned)bad_line < state.bad_line)) {
        state.err = ERR_INI_LINE;
        state.bad_line = (unsigned)bad_line;
    }
    if (bad_line < 0 && state.err == ERR_OK) {
        return ERR_NO_MEMORY;
    }
    if (state.err != ERR_OK) {
        *line = state.bad_line;
    }
    return state.err;
}
