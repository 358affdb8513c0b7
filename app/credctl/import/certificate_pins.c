/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/certificate_pins.h"

#include <stdlib.h>

#include "credctl/file.h"
#include "crypto/der.h"

static enum err add(struct certificate_pins *pins, struct span der) {
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

static enum err add_pem(struct certificate_pins *pins, struct span text) {
    uint8_t memory[LIMIT_CERTIFICATE_BYTES];
    for (size_t at = 0, found = 0;; found++) {
        struct room der = room_over(memory, sizeof memory);
        enum err err = certificate_next_pem(text, &at, &der);
        if (err == ERR_CERTIFICATE_NONE && found > 0) {
            return ERR_OK;
        }
        TRY(err);
        TRY(add(pins, room_span(&der)));
    }
}

enum err certificate_pins_read(const struct import_job *job, struct certificate_pins *out) {
    for (size_t n = 0;; n++) {
        bool given = false;
        struct room file = {0};
        TRY(import_option_file(job, "pin", n, &given, &file));
        if (!given) {
            return ERR_OK;
        }
        struct span text = room_span(&file);
        bool is_der = text.len > 0 && text.ptr[0] == DER_SEQUENCE;
        enum err err = is_der ? add(out, text) : add_pem(out, text);
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
