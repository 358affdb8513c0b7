/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/floor.h"
#include "tests/lib/testpack.h"

static void a_floor_is_kept_and_damage_is_none(void **state) {
    (void)state;
    struct testpack folder;
    struct store_port store = {0};
    testpack_start(&folder);
    int opened = open(folder.folder, O_RDONLY | O_DIRECTORY);
    assert_ok(store_open(opened, &store));
    assert_int_equal(floor_read(&store), FLOOR_RELEASE_S);
    assert_ok(floor_write(&store, 1788000000));
    assert_int_equal(floor_read(&store), 1788000000);
    static const char *const damaged[] = {
        "",     "1788000000",    "17880x\n",       "5\n",
        "-1\n", "99999999999\n", "1788000000\n\n", "9999999999999999999999\n"};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        testpack_put(&folder, "floor", span_of_text(damaged[i]));
        assert_int_equal(floor_read(&store), FLOOR_RELEASE_S);
    }
    store_close(&store);
    close(opened);
    testpack_stop(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_floor_is_kept_and_damage_is_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
