/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/shipped.h"

#include <unistd.h>

#include "tests/lib/check.h"

/* Tests run in the root of the repository, fuzzers in build/fuzz. */
void shipped_open(struct vocabulary *out) {
    struct vocabulary_complaint why = {""};
    struct room bundle = {0};
    const char *folder = access("assets/contexts", R_OK) == 0 ? "assets/contexts" : "../../assets/contexts";
    assert_ok(vocabulary_read(folder, &bundle, &why));
    assert_ok(vocabulary_open(room_span(&bundle), out));
    vocabulary_release(&bundle);
}
