/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/certificate_pins.h"

#include <stdlib.h>

#include "credctl/file.h"

static enum err add(void *ctx, struct span der) {
    struct certificate_pins *pins = ctx;
    if (pins->count == CERTIFICATE_PINS_MAX) {
        return ERR_LOTE_MANY;
    }
    uint8_t *copy = malloc(der.len + 1);
    if (copy == NULL) {
        return ERR_NO_MEMORY;
    }
    memcpy(copy, der.ptr, der.len);
    enum err err = certificate_read(span_of_bytes(copy, der.len), &pins->certificates[pins->count]);
    if (err != ERR_OK) {
        free(copy);
        return err;
    }
    pins->der[pins->count++] = copy;
    return ERR_OK;
}

enum err certificate_pins_read(const struct import_job *job, struct certificate_pins *out) {
    for (size_t n = 0;; n++) {
        bool given = false;
        struct room file = {0};
        TRY(import_option_file(job, "pin", n, &given, &file));
        if (!given) {
            return ERR_OK;
        }
        enum err err = certificate_each(room_span(&file), add, out);
        file_release(&file);
        TRY(err);
    }
}

void certificate_pins_close(struct certificate_pins *pin) {
    for (size_t i = 0; i < pin->count; i++) {
        free(pin->der[i]);
    }
    *pin = (struct certificate_pins){0};
}
