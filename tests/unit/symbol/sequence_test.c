/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>
#include <string.h>

#include "symbol/alignment.h"
#include "symbol/symbol.h"
#include "symbol/version.h"
#include "tests/lib/looker.h"
#include "tests/lib/plate.h"
#include "tests/lib/scene.h"

/* Dust, scratches and reflections that change from picture to picture: of 1000 modules of data so many are turned. */
#define DUST 60

/* Whether a module holds data, or format information, by and large. */
static bool is_data(const struct render_code *code, unsigned column, unsigned row) {
    int line[ALIGNMENT_LINES];
    int lines = alignment_lines((int)code->version, line);
    unsigned far = code->side - 11;
    if ((column < 9 && (row < 9 || row >= far)) || (column >= far && row < 9) || column == 6 || row == 6) {
        return false;
    }
    for (int k = 0; k < lines * lines; k++) {
        if (abs((int)column - line[k % lines]) <= 2 && abs((int)row - line[k / lines]) <= 2) {
            return false;
        }
    }
    return true;
}

static void dust(struct render_code *code, uint64_t seed) {
    struct render_dice dice = render_dice_of(seed, 5);
    for (unsigned i = 0; i < code->side * code->side; i++) {
        unsigned column = i % code->side, row = i / code->side;
        if (is_data(code, column, row) && render_dice_below(&dice, 1000) < DUST) {
            code->dark[row][column] ^= 1;
        }
    }
}

/* A picture of a code, under the dust of a seed. */
static struct grey picture_of(const struct plate *plate, uint64_t seed) {
    struct render_code dusty = *plate->code;
    struct plate shown = *plate;
    dust(&dusty, seed);
    shown.code = &dusty;
    return plate_draw(&shown, plate_side(plate), plate_side(plate));
}

/* Look at it. Returns whether a code was read; it is the plate's. */
static bool look(const struct plate *plate, uint64_t seed, bool thorough) {
    struct grey picture = picture_of(plate, seed);
    struct symbols symbols = {0};
    assert_ok(symbol_read(looker_reader, &picture, thorough, &symbols));
    free(picture.pixels);
    const struct render_code *code = plate->code;
    assert_true(symbols.count == 0 ||
                (symbols.count == 1 &&
                 span_equal(symbols.payloads[0], span_of_bytes(code->payload, code->payload_len))));
    return symbols.count == 1;
}

/* Pictures until it is read, at most twelve. */
static unsigned pictures_to_read(struct plate plate, double turn_degrees) {
    for (unsigned i = 1; i <= 12; i++) {
        if (look(&plate, i, false)) {
            return i;
        }
        plate.turn_degrees += turn_degrees;
    }
    return 13;
}

/* Neither at a glance, nor in all ways. */
static void no_picture_alone_gives_it(const struct plate *plate) {
    for (unsigned i = 1; i <= 2; i++) {
        symbol_forget(looker_reader);
        assert_false(look(plate, i, false));
        assert_false(look(plate, i, true));
    }
    symbol_forget(looker_reader);
}

static void reads_a_code_that_no_picture_gives(void **state) {
    static const unsigned versions[] = {3, 10, 25};
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct render_code code;
        plate_code(versions[i], &code);
        struct plate plate = plate_of(&code, 3);
        no_picture_alone_gives_it(&plate);
        unsigned pictures = pictures_to_read(plate, 0);
        if (pictures < 2 || pictures > 8) {
            fail_msg("version %u takes %u pictures", versions[i], pictures);
        }
        assert_true(look(&plate, 20, false)); /* it is still there */
    }
}

/* Turned further each time, light on dark, or in a mirror. */
static void knows_a_code_however_it_is_shown(void **state) {
    (void)state;
    struct render_code code;
    plate_code(10, &code);
    struct plate plate = plate_of(&code, 3.3);
    symbol_forget(looker_reader);
    assert_in_range(pictures_to_read(plate, 40), 2, 8);
    plate.inverted = true;
    symbol_forget(looker_reader);
    assert_in_range(pictures_to_read(plate, 90), 2, 8);
    plate.mirrored = true;
    symbol_forget(looker_reader);
    assert_in_range(pictures_to_read(plate, -70), 2, 8);
}

/* Another code of its kind comes at once after it, and is read as soon as the first was. */
static void is_not_held_up_by_the_code_before(void **state) {
    (void)state;
    struct render_code first, second;
    struct render_dice dice = {.state = 40};
    render_code_make(&dice, 10, 'L', RENDER_PAYLOAD_JWS, &first);
    render_code_make(&dice, 10, 'L', RENDER_PAYLOAD_JWS, &second);
    struct plate plates[2] = {plate_of(&first, 3), plate_of(&second, 3)};
    symbol_forget(looker_reader);
    unsigned alone = pictures_to_read(plates[1], 0);
    symbol_forget(looker_reader);
    assert_in_range(pictures_to_read(plates[0], 0), 2, 8);
    assert_in_range(pictures_to_read(plates[1], 0), 2, alone);
}

/* A code that is not read leaves nothing behind for a picture that stands alone. */
static void keeps_single_pictures_apart(void **state) {
    (void)state;
    struct render_code code;
    plate_code(10, &code);
    struct plate plate = plate_of(&code, 3);
    symbol_forget(looker_reader);
    for (unsigned i = 1; i <= 6; i++) {
        assert_false(look(&plate, i, true));
    }
    for (unsigned i = 1; i <= 8; i++) {
        assert_false(look(&plate, i, false));
        symbol_forget(looker_reader);
    }
}

/* Who has it. */
struct turn {
    int taken, left;
    bool held;
};

static void take(void *ctx) {
    struct turn *turn = ctx;
    assert_false(turn->held);
    turn->held = true;
    turn->taken++;
}

static void leave(void *ctx) {
    struct turn *turn = ctx;
    assert_true(turn->held);
    turn->held = false;
    turn->left++;
}

/* Every other picture each; what they share they touch under the lock alone. */
static void two_readers_know_what_both_saw(void **state) {
    (void)state;
    struct render_code code;
    struct turn turn = {0};
    const struct lock lock = {&turn, take, leave};
    struct symbol_reader *readers[2], *before = looker_reader;
    plate_code(10, &code);
    struct plate plate = plate_of(&code, 3);
    symbol_forget(looker_reader);
    unsigned alone = pictures_to_read(plate, 0);
    for (int i = 0; i < 2; i++) {
        assert_ok(symbol_start(&readers[i]));
        symbol_share(readers[i], readers[0], &lock);
    }
    bool read = false;
    for (unsigned i = 1; i <= alone; i++) {
        assert_false(read);
        looker_reader = readers[i % 2];
        read = look(&plate, i, false);
    }
    assert_true(read);
    symbol_forget(readers[1]);
    looker_reader = readers[0];
    assert_false(look(&plate, alone + 1, false));
    assert_true(turn.taken >= 2 * (int)alone && turn.taken == turn.left);
    symbol_stop(readers[1]);
    symbol_stop(readers[0]);
    looker_reader = before;
}

/* A code too small to be read as it is, beside something larger that is busier. */
static struct grey small_beside_busy(const struct plate *plate) {
    struct grey out = scene_blank(1000, 600), code = plate_draw(plate, plate_side(plate), plate_side(plate));
    struct render_dice dice = {.state = 9};
    for (size_t i = 0; i < 260 * 260; i++) {
        uint64_t grain = render_dice_next(&dice);
        if (i % 260 % 2 == 0 && i / 260 % 2 == 0) {
            uint8_t *at = out.pixels + (i / 260 + 60) * 1000 + i % 260 + 60;
            at[0] = at[1] = at[1000] = at[1001] = (grain >> 40) % 2 == 0 ? 20 : 240;
        }
    }
    for (uint32_t y = 0; y < code.height_px; y++) {
        memcpy(out.pixels + (y + 150) * 1000 + 650, code.pixels + (size_t)y * code.width_px, code.width_px);
    }
    free(code.pixels);
    return out;
}

static void looks_closely_at_one_place_after_the_other(void **state) {
    (void)state;
    struct render_code code;
    struct symbols symbols = {0};
    plate_code(28, &code);
    struct plate plate = plate_of(&code, 1.2);
    struct grey picture = small_beside_busy(&plate);
    symbol_forget(looker_reader);
    for (int i = 0; i < 16 && symbols.count == 0; i++) {
        assert_ok(symbol_read(looker_reader, &picture, false, &symbols));
    }
    assert_int_equal(symbols.count, 1);
    assert_string_equal(symbols.pass, "double");
    assert_ok(
        symbol_read(looker_reader, &picture, false, &symbols)); /* and again, now that it is known where */
    assert_int_equal(symbols.count, 1);
    assert_ok(symbol_read(looker_reader, &picture, true, &symbols));
    assert_int_equal(symbols.count, 1);
    free(picture.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_code_that_no_picture_gives),
        cmocka_unit_test(knows_a_code_however_it_is_shown),
        cmocka_unit_test(is_not_held_up_by_the_code_before),
        cmocka_unit_test(keeps_single_pictures_apart),
        cmocka_unit_test(two_readers_know_what_both_saw),
        cmocka_unit_test(looks_closely_at_one_place_after_the_other),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
