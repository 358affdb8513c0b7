/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/stated.h"

#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"
#include "tests/lib/nquads.h"

enum err stated_read_in(const char *nquads, bool backwards, size_t memory, struct claimed_credential *out) {
    struct rdf_dataset set = {0};
    struct arena kept = arena_over(malloc(STATED_MEMORY), STATED_MEMORY);
    struct arena arena = arena_over(malloc(memory), memory);
    assert_ok(rdf_open(&kept, &set));
    nquads_read(span_of_text(nquads), &set);
    for (uint32_t i = 0; backwards && i < set.quad_count / 2; i++) {
        struct rdf_quad quad = set.quads[i];
        set.quads[i] = set.quads[set.quad_count - 1 - i];
        set.quads[set.quad_count - 1 - i] = quad;
    }
    enum err err = credential_read_statements(&set, &arena, out);
    assert_int_equal(arena.used, 0);
    free(kept.base);
    free(arena.base);
    return err;
}

enum err stated_read(const char *nquads, struct claimed_credential *out) {
    return stated_read_in(nquads, false, STATED_MEMORY, out);
}

char *stated_changed(const char *from, const char *to, const char *behind) {
    char *text = forge_replaced(STATED_BADGE, from, to);
    size_t size = strlen(text) + strlen(behind) + 1;
    char *whole = malloc(size);
    snprintf(whole, size, "%s%s", text, behind);
    free(text);
    return whole;
}

enum err stated_error(const char *from, const char *to, const char *behind) {
    struct claimed_credential c = {0};
    char *text = stated_changed(from, to, behind);
    enum err err = stated_read(text, &c);
    assert_true(err == ERR_OK || c.document == NULL);
    credential_close(&c);
    free(text);
    return err;
}
