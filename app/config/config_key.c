/* SPDX-License-Identifier: Apache-2.0 */
#include "config/config_key.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define FIELD(field) offsetof(struct config, field)

static const struct config_key keys[] = {
#define NUMBER(section, key, field, min, max, fallback)                                                      \
    {section, key, CONFIG_NUMBER, FIELD(field), min, max, fallback, NULL},
#define CHOICE(section, key, field, accepted, fallback)                                                      \
    {section, key, CONFIG_CHOICE, FIELD(field), 0, 0, fallback, accepted},
#define TEXT(section, key, field, fallback) {section, key, CONFIG_TEXT, FIELD(field), 0, 0, 0, fallback},
#define LANGUAGE(section, key, field)       {section, key, CONFIG_LANGUAGE, FIELD(field), 0, 0, 0, NULL},
#define LANGUAGES(section, key, field)      {section, key, CONFIG_LANGUAGES, FIELD(field), 0, 0, 0, NULL},
#define NAMES(section, key, field)          {section, key, CONFIG_NAMES, FIELD(field), 0, 0, 0, NULL},
#define PIN(section, key, field)            {section, key, CONFIG_PIN, FIELD(field), 0, 0, 0, NULL},
#include "config/config.def"
#undef NUMBER
#undef CHOICE
#undef TEXT
#undef LANGUAGE
#undef LANGUAGES
#undef NAMES
#undef PIN
};

const struct config_key *config_key_all(size_t *count) {
    *count = sizeof keys / sizeof *keys;
    return keys;
}

const struct config_key *config_key_find(const char *section, const char *name) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static void *field(const struct config_key *key, struct config *config) {
    return (char *)config + key->offset;
}

void config_key_default(const struct config_key *key, struct config *config) {
    switch (key->kind) {
    case CONFIG_NUMBER:
    case CONFIG_CHOICE:
        *(int *)field(key, config) = key->fallback;
        break;
    case CONFIG_TEXT:
        snprintf(field(key, config), CONFIG_TEXT_SIZE, "%s", key->accepted);
        break;
    case CONFIG_LANGUAGE:
        *(int *)field(key, config) = LANGUAGE_ENGLISH;
        break;
    case CONFIG_LANGUAGES:
        *(int *)field(key, config) = (1 << LANGUAGE_COUNT) - 1;
        break;
    case CONFIG_NAMES:
        *(struct policy_list *)field(key, config) = (struct policy_list){0};
        break;
    case CONFIG_PIN:
        *(struct pin_hash *)field(key, config) = (struct pin_hash){0};
        break;
    }
}

/* A whole number in decimal digits, with a minus where the range has one. */
static enum err read_number(const struct config_key *key, const char *value, int *out) {
    const char *digits = *value == '-' ? value + 1 : value;
    size_t len = strlen(digits);
    if (len == 0 || len > 9 || strspn(digits, "0123456789") != len) {
        return ERR_CONFIG;
    }
    long number = strtol(value, NULL, 10);
    if (number < key->min || number > key->max) {
        return ERR_CONFIG;
    }
    *out = (int)number;
    return ERR_OK;
}

/* The index of a value among names between bars. */
static enum err read_choice(const struct config_key *key, const char *value, int *out) {
    struct span accepted = span_of_text(key->accepted);
    int index = 0;
    for (size_t at = 0; at <= accepted.len; index++) {
        size_t end = span_find(accepted, '|', at);
        if (span_equal_text(span_slice(accepted, at, end - at), value)) {
            *out = index;
            return ERR_OK;
        }
        at = end + 1;
    }
    return ERR_CONFIG;
}

static enum err read_language(struct span code, int *out) {
    enum language language = LANGUAGE_ENGLISH;
    if (language_of_code(code, &language) != ERR_OK) {
        return ERR_CONFIG;
    }
    *out = (int)language;
    return ERR_OK;
}

/* Codes with one space between; at least one, none twice. */
static enum err read_languages(struct span codes, int *out) {
    int set = 0;
    for (size_t at = 0; at <= codes.len;) {
        size_t end = span_find(codes, ' ', at);
        int language = 0;
        TRY(read_language(span_slice(codes, at, end - at), &language));
        if ((set & 1 << language) != 0) {
            return ERR_CONFIG;
        }
        set |= 1 << language;
        at = end + 1;
    }
    *out = set;
    return ERR_OK;
}

static enum err read_name(struct span name, struct room *names, struct policy_list *out) {
    size_t from = names->len;
    if (name.len == 0 || out->count >= POLICY_LIST_MAX || room_put(names, name) != ERR_OK) {
        return ERR_CONFIG;
    }
    out->names[out->count++] = span_of_bytes(names->ptr + from, name.len);
    return ERR_OK;
}

enum err config_key_read(const struct config_key *key, const char *value, struct room *names,
                         struct config *config) {
    switch (key->kind) {
    case CONFIG_NUMBER:
        return read_number(key, value, field(key, config));
    case CONFIG_CHOICE:
        return read_choice(key, value, field(key, config));
    case CONFIG_TEXT:
        snprintf(field(key, config), CONFIG_TEXT_SIZE, "%s", value);
        return ERR_OK;
    case CONFIG_LANGUAGE:
        return read_language(span_of_text(value), field(key, config));
    case CONFIG_LANGUAGES:
        return read_languages(span_of_text(value), field(key, config));
    case CONFIG_NAMES:
        return read_name(span_of_text(value), names, field(key, config));
    case CONFIG_PIN:
        return pin_hash_read(span_of_text(value), field(key, config));
    }
    return ERR_CONFIG;
}

/* "en, ru, ar" */
static void list_languages(char *out, size_t size) {
    size_t len = 0;
    for (int i = 0; i < LANGUAGE_COUNT && len < size; i++) {
        len += (size_t)snprintf(out + len, size - len, "%s%s", i > 0 ? ", " : "",
                                language_code((enum language)i));
    }
}

/* Names between bars as names between commas. */
static void list_choices(const char *accepted, char *out, size_t size) {
    size_t len = 0;
    for (; *accepted != '\0' && len + 3 < size; accepted++) {
        if (*accepted == '|') {
            out[len++] = ',';
        }
        out[len++] = *accepted == '|' ? ' ' : *accepted;
    }
    out[len] = '\0';
}

void config_key_accepted(const struct config_key *key, char *out, size_t size) {
    switch (key->kind) {
    case CONFIG_NUMBER:
        snprintf(out, size, "%d to %d", key->min, key->max);
        break;
    case CONFIG_CHOICE:
        list_choices(key->accepted, out, size);
        break;
    case CONFIG_TEXT:
        snprintf(out, size, "any text");
        break;
    case CONFIG_LANGUAGE:
        list_languages(out, size);
        break;
    case CONFIG_LANGUAGES: {
        char codes[64];
        list_languages(codes, sizeof codes);
        snprintf(out, size, "one or several of %s, each once, with one space between", codes);
        break;
    }
    case CONFIG_NAMES:
        snprintf(out, size, "one name a line, at most %u lines of this key", POLICY_LIST_MAX);
        break;
    case CONFIG_PIN:
        snprintf(out, size, "%s", PIN_HASH_FORM);
        break;
    }
}
