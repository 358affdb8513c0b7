/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"
#include "tests/lib/same_context.h"

#include <stdlib.h>

#include "crypto/crypto.h"
#include "linked/context_unit.h"
#include "linked/shelf.h"
#include "linked/termtable.h"

#define FOLDER "jsonld-contexts"
#define MEMORY (8u << 20)
#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* JSON to a table and back: both mean the same. */
static void round_trip(void *ctx, const char *name, struct span bytes) {
    struct interop *interop = ctx;
    json_error_t error;
    json_t *json = json_loadb((const char *)bytes.ptr, bytes.len, 0, &error);
    const json_t *context = json_object_get(json, "@context");
    if (context == NULL) { /* the index */
        json_decref(json);
        return;
    }
    void *memory = malloc(MEMORY);
    struct arena arena = arena_over(memory, MEMORY);
    struct context_env env = {.arena = &arena};
    struct room table = {0};
    struct termtable_head head = {span_of_text("https://example.org/c"), span_of_text("a test"),
                                  span_of_text(SHA256)};
    json_t *again = NULL;
    assert_ok(arena_room(&arena, 1 << 17, &table));
    enum err err = termtable_write(&head, context, &table);
    err = err == ERR_OK ? termtable_read(room_span(&table), &head, &again) : err;
    bool same = err == ERR_OK && span_equal_text(head.sha256, SHA256) &&
                same_context_meaning(&env, context, again, head.address);
    interop_case(interop, name, same, err_name(err));
    json_decref(again);
    json_decref(json);
    free(memory);
}

static void contexts_as_tables(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "contexts", FOLDER);
    interop_each_file(FOLDER "/bundle", round_trip, &interop);
    interop_each_file(FOLDER "/openbadges-spec/ob_v3p0", round_trip, &interop);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(contexts_as_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
