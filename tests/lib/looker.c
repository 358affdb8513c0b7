/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/looker.h"

#include <stdlib.h>

#include "tests/lib/check.h"

struct symbol_reader *looker_reader;

int looker_start(void **state) {
    (void)state;
    return symbol_start(&looker_reader) == ERR_OK ? 0 : -1;
}

int looker_stop(void **state) {
    (void)state;
    symbol_stop(looker_reader);
    looker_reader = NULL;
    return 0;
}

struct symbols looker_read(struct grey picture, bool thorough) {
    struct symbols out = {0};
    assert_non_null(picture.pixels);
    assert_ok(symbol_read(looker_reader, &picture, thorough, &out));
    free(picture.pixels);
    return out;
}

bool looker_reads(struct grey picture, const struct render_code *code) {
    struct symbols out = looker_read(picture, true);
    return out.count == 1 && span_equal(out.payloads[0], span_of_bytes(code->payload, code->payload_len));
}
