/* SPDX-License-Identifier: Apache-2.0 */
/* config: kiosk.ini as somebody types it, and the staff's PIN in it. */
#include <stdlib.h>

#include "config/config.h"

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

/* What was read as a hash is written as it stood, and read back the same. */
static void insist_on_pin(const struct pin_hash *pin) {
    struct pin_hash back = {0};
    char text[PIN_HASH_TEXT_SIZE];
    insist(pin->rounds >= PIN_HASH_ROUNDS_MIN && pin->rounds <= PIN_HASH_ROUNDS_MAX);
    pin_hash_write(pin, text);
    insist(pin_hash_read(span_of_text(text), &back) == ERR_OK && back.rounds == pin->rounds);
    insist(memcmp(back.salt, pin->salt, sizeof back.salt) == 0);
    insist(memcmp(back.hash, pin->hash, sizeof back.hash) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct config config = {0};
    struct config_complaint why = {""};
    struct pin_hash pin = {0};
    enum err err = config_parse(span_of_bytes(data, size), "kiosk.ini", &config, &why);
    insist((err == ERR_OK) == (why.text[0] == '\0'));
    if (err == ERR_OK) {
        insist(config_result_s(&config) > 0 && (config.languages & 1 << config.language) != 0);
        if (config.pin.set) {
            insist_on_pin(&config.pin);
        }
        config_close(&config);
    }
    if (pin_hash_read(span_of_bytes(data, size), &pin) == ERR_OK && pin.set) {
        insist_on_pin(&pin);
    }
    return 0;
}
