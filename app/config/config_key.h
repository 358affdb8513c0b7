/* config_key: the table of config.def in memory, and values read by it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONFIG_CONFIG_KEY_H
#define CONFIG_CONFIG_KEY_H

#include "base/room.h"
#include "config/config.h"

enum config_kind {
    CONFIG_NUMBER = 0,
    CONFIG_CHOICE,
    CONFIG_TEXT,
    CONFIG_LANGUAGE,
    CONFIG_LANGUAGES,
    CONFIG_NAMES,
    CONFIG_PIN
};

/* One key: where its value lies in struct config, and what it accepts. */
struct config_key {
    const char *section, *name;
    enum config_kind kind;
    size_t offset;
    int min, max, fallback;
    const char *accepted; /* of a choice: names between bars; of a text: its default */
};

/* The keys, and how many there are. Static. */
const struct config_key *config_key_all(size_t *count);

/* A key by its section and name; NULL where there is none. */
const struct config_key *config_key_find(const char *section, const char *name);

/* Give the field its default. */
void config_key_default(const struct config_key *key, struct config *config);

/*
 * Read a value into its field. NAMES are appended to `names`, which must outlive config.
 *
 * ERR_CONFIG  not accepted
 */
MUST_USE enum err config_key_read(const struct config_key *key, const char *value, struct room *names,
                                  struct config *config);

/* What the key accepts, for people; terminated, cut at `size`. */
void config_key_accepted(const struct config_key *key, char *out, size_t size);

#endif
