/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_extension.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define CRITICAL "critical"

static const struct {
    const char *name;
    enum lote_extension_place place;
} understood[] = {
    /* who is associated with an entity says nothing of its keys */
    {"OtherAssociatedBodies", LOTE_EXTENSION_OF_ENTITY},
    {"OtherAssociatedBodiesExtension", LOTE_EXTENSION_OF_ENTITY},
    {"OtherAssociatedBodiesExtensions", LOTE_EXTENSION_OF_ENTITY},
    {LOTE_EXTENSION_IDENTIFIER, LOTE_EXTENSION_OF_SERVICE},
    {LOTE_EXTENSION_SCOPE, LOTE_EXTENSION_OF_SERVICE},
};

static bool is_understood(const char *name, enum lote_extension_place place) {
    for (size_t i = 0; i < sizeof understood / sizeof *understood; i++) {
        if (understood[i].place == place && strcmp(understood[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* What an object says of itself; in capitals or not, as authors do not agree. */
static enum err read_critical(json_t *object, bool *critical) {
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(object, name, value) {
        if (strcasecmp(name, CRITICAL) != 0) {
            continue;
        }
        if (!json_is_boolean(value)) {
            return ERR_IMPORT_SHAPE;
        }
        *critical = *critical || json_is_true(value);
    }
    return ERR_OK;
}

static enum err check_one(json_t *extension, enum lote_extension_place place) {
    const char *name = NULL;
    json_t *value = NULL;
    bool critical = false, known = true, named = false;
    TRY(read_critical(extension, &critical));
    json_object_foreach(extension, name, value) {
        TRY(read_critical(value, &critical));
        bool is_name = strcasecmp(name, CRITICAL) != 0;
        named = named || is_name;
        known = known && (!is_name || is_understood(name, place));
    }
    return critical && !(named && known) ? ERR_LOTE_EXTENSION : ERR_OK;
}

enum err lote_extension_check(const json_t *extensions, enum lote_extension_place place) {
    for (size_t i = 0; i < json_array_size(extensions); i++) {
        TRY(check_one(json_array_get(extensions, i), place));
    }
    return ERR_OK;
}

const json_t *lote_extension_find(const json_t *extensions, const char *name) {
    const json_t *found = NULL;
    for (size_t i = 0; found == NULL && i < json_array_size(extensions); i++) {
        found = json_object_get(json_array_get(extensions, i), name);
    }
    return found;
}
