/* SPDX-License-Identifier: Apache-2.0 */
#include "config/config.h"

#include <fcntl.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/room.h"
#include "base/utf8.h"
#include "config/config_key.h"

/* One reading of a file. inih tells no line number, so it is counted where lines are handed to it. */
struct reading {
    struct span text;
    size_t at;
    int line;
    const char *name;
    struct config *config;
    struct room names;
    uint64_t keys_seen;
    bool refused;
    struct config_complaint *why;
};

static void refuse(struct reading *reading, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void refuse(struct reading *reading, const char *format, ...) {
    if (reading->refused) {
        return;
    }
    reading->refused = true;
    char *out = reading->why->text;
    int len = snprintf(out, CONFIG_COMPLAINT_SIZE, "%s:%d: ", reading->name, reading->line);
    va_list arguments;
    va_start(arguments, format);
    if (len > 0 && len < (int)CONFIG_COMPLAINT_SIZE) {
        vsnprintf(out + len, CONFIG_COMPLAINT_SIZE - (size_t)len, format, arguments);
    }
    va_end(arguments);
}

static bool printable(struct span line) {
    for (size_t i = 0; i < line.len; i++) {
        uint8_t byte = line.ptr[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7F) {
            return false;
        }
    }
    return utf8_valid(line);
}

/* inih takes an indented line for the rest of the value above, cuts long ones in two, and skips what it does
 * not know. */
static bool line_allowed(struct reading *reading, struct span line) {
    if (line.len > CONFIG_LINE_MAX) {
        refuse(reading, "the line has %zu bytes; accepted: at most %u", line.len, CONFIG_LINE_MAX);
    } else if (!printable(line)) {
        refuse(reading, "the line holds control characters or is not UTF-8");
    } else if (line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t')) {
        refuse(reading, "the line is indented; accepted: lines that begin at the left");
    }
    return !reading->refused;
}

static bool known_section(const char *section) {
    size_t count = 0;
    const struct config_key *keys = config_key_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(keys[i].section, section) == 0) {
            return true;
        }
    }
    return false;
}

/* The names of a section's keys, or of all sections. */
static void list_names(const char *section, char *out, size_t size) {
    size_t count = 0, len = 0;
    const struct config_key *keys = config_key_all(&count);
    const char *last = "";
    out[0] = '\0';
    for (size_t i = 0; i < count && len < size; i++) {
        const char *name = section == NULL ? keys[i].section : keys[i].name;
        bool listed = section == NULL ? strcmp(last, name) != 0 : strcmp(keys[i].section, section) == 0;
        if (listed) {
            len += (size_t)snprintf(out + len, size - len, "%s%s", len > 0 ? ", " : "", name);
        }
        last = name;
    }
}

/* inih tells nobody of a section without keys, nor of what stands behind its bracket. */
static bool section_allowed(struct reading *reading, struct span line) {
    char section[CONFIG_LINE_MAX + 1], accepted[400];
    if (line.len == 0 || line.ptr[0] != '[') {
        return true;
    }
    snprintf(section, sizeof section, "%.*s", (int)line.len - 1, (const char *)line.ptr + 1);
    char *end = strchr(section, ']');
    if (end == NULL || strspn(end + 1, " \t") != strlen(end + 1)) {
        refuse(reading, "this is no [section]");
        return false;
    }
    *end = '\0';
    if (!known_section(section)) {
        list_names(NULL, accepted, sizeof accepted);
        refuse(reading, "there is no section [%s]; accepted: %s", section, accepted);
        return false;
    }
    return true;
}

/* inih's fgets: the next line with its line feed. */
static char *next_line(char *out, int size, void *stream) {
    struct reading *reading = stream;
    if (reading->refused || reading->at >= reading->text.len) {
        return NULL;
    }
    size_t end = span_find(reading->text, '\n', reading->at);
    struct span line = span_slice(reading->text, reading->at, end - reading->at);
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
        line.len--;
    }
    reading->line++;
    reading->at = end + 1;
    if (!line_allowed(reading, line) || !section_allowed(reading, line)) {
        return NULL;
    }
    snprintf(out, (size_t)size, "%.*s\n", (int)line.len, (const char *)line.ptr);
    return out;
}

static void refuse_name(struct reading *reading, const char *section, const char *name) {
    char accepted[400];
    list_names(section, accepted, sizeof accepted);
    if (section[0] == '\0') {
        refuse(reading, "%s stands before the first section", name);
    } else {
        refuse(reading, "[%s] has no key \"%s\"; accepted: %s", section, name, accepted);
    }
}

/* inih's handler: 0 makes ini_parse_stream give the line back, which `refuse` has said already. */
static int take_value(void *user, const char *section, const char *name, const char *value) {
    struct reading *reading = user;
    size_t count = 0;
    const struct config_key *key = config_key_find(section, name);
    if (key == NULL) {
        refuse_name(reading, section, name);
        return 0;
    }
    uint64_t bit = UINT64_C(1) << (key - config_key_all(&count));
    if ((reading->keys_seen & bit) != 0 && key->kind != CONFIG_NAMES) {
        refuse(reading, "%s stands twice; accepted: once", name);
        return 0;
    }
    reading->keys_seen |= bit;
    if (config_key_read(key, value, &reading->names, reading->config) != ERR_OK) {
        char accepted[160];
        config_key_accepted(key, accepted, sizeof accepted);
        if (key->kind == CONFIG_PIN) {
            refuse(reading, "%s is something else than what is accepted: %s", name, accepted);
        } else {
            refuse(reading, "%s is \"%s\"; accepted: %s", name, value, accepted);
        }
        return 0;
    }
    return 1;
}

void config_default(struct config *out) {
    *out = (struct config){0};
    size_t count = 0;
    const struct config_key *keys = config_key_all(&count);
    for (size_t i = 0; i < count; i++) {
        config_key_default(&keys[i], out);
    }
}

/* What follows from several keys together. */
static void settle(struct reading *reading) {
    struct config *config = reading->config;
    config->policy.expired_is_note = config->expired == 1;
    config->policy.clock_required = config->clock_required == 1;
    if ((config->languages & 1 << config->language) == 0) {
        refuse(reading, "language is \"%s\"; accepted: one that stands in languages",
               language_code((enum language)config->language));
    }
}

enum err config_parse(struct span text, const char *name, struct config *out, struct config_complaint *why) {
    struct config config;
    config_default(&config);
    struct reading reading = {.text = text, .name = name, .config = &config, .why = why};
    if (text.len > CONFIG_BYTES_MAX) {
        refuse(&reading, "the file has %zu bytes; accepted: at most %u", text.len, CONFIG_BYTES_MAX);
        return ERR_CONFIG;
    }
    config.names = malloc(text.len + 1);
    if (config.names == NULL) {
        refuse(&reading, "%s", err_sentence(ERR_NO_MEMORY));
        return ERR_NO_MEMORY;
    }
    reading.names = room_over(config.names, text.len + 1);
    int bad_line = ini_parse_stream(next_line, &reading, take_value, &reading);
    if (bad_line != 0 && !reading.refused) {
        reading.line = bad_line > 0 ? bad_line : reading.line;
        refuse(&reading, "this is no [section], no key = value and no comment");
    }
    if (!reading.refused) {
        settle(&reading);
    }
    if (reading.refused) {
        config_close(&config);
        return ERR_CONFIG;
    }
    *out = config;
    return ERR_OK;
}

static enum err read_whole(const char *path, struct room *out) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return ERR_FILE_READ;
    }
    ssize_t got = 1;
    while (got > 0 && out->len < out->cap) {
        got = read(file, out->ptr + out->len, out->cap - out->len);
        out->len += got > 0 ? (size_t)got : 0;
    }
    close(file);
    return got < 0 ? ERR_FILE_READ : ERR_OK;
}

enum err config_load(const char *path, struct config *out, struct config_complaint *why) {
    const char *slash = strrchr(path, '/');
    struct room text = room_over(malloc(CONFIG_BYTES_MAX + 1), CONFIG_BYTES_MAX + 1);
    enum err err = text.ptr == NULL ? ERR_NO_MEMORY : read_whole(path, &text);
    if (err != ERR_OK) {
        snprintf(why->text, sizeof why->text, "%s: %s", path, err_sentence(err));
    } else {
        err = config_parse(room_span(&text), slash != NULL ? slash + 1 : path, out, why);
    }
    free(text.ptr);
    return err;
}

int config_result_s(const struct config *config) {
    if (config->result_s > 0) {
        return config->result_s;
    }
    return config->mode == CONFIG_STAFFED ? CONFIG_RESULT_STAFFED_S : CONFIG_RESULT_SELF_SERVICE_S;
}

int config_rotate_deg(const struct config *config, int board_deg) {
    return config->screen_rotate == 0 ? board_deg : (config->screen_rotate - 1) * 90;
}

void config_close(struct config *config) {
    free(config->names);
    *config = (struct config){0};
}
