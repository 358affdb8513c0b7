/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/limits.h"
#include "codec/deflate.h"
#include "codec/inflate.h"

static const enum inflate_format formats[] = {INFLATE_ZLIB, INFLATE_GZIP, INFLATE_RAW};
#define FORMATS (sizeof formats / sizeof *formats)
#define TEXT    "a badge, a badge, a badge held to the camera of a kiosk; a badge, a badge"

static uint8_t packed_memory[512];

static struct span packed(enum inflate_format format, struct span bytes) {
    struct room room = room_over(packed_memory, sizeof packed_memory);
    assert_ok(deflate_bytes(format, bytes, &room));
    return room_span(&room);
}

static void gives_back_what_was_deflated(void **state) {
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        char memory[100];
        struct room room = room_over(memory, sizeof memory);
        assert_ok(room_put_text(&room, "> "));
        assert_ok(inflate_bytes(formats[i], packed(formats[i], span_of_text(TEXT)), &room));
        assert_span_text(room_span(&room), "> " TEXT);
        room = (struct room){0};
        assert_ok(inflate_bytes(formats[i], packed(formats[i], (struct span){0}), &room));
        assert_int_equal(room.len, 0);
    }
}

static void fits_exactly_or_says_too_large(void **state) {
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        struct span stream = packed(formats[i], span_of_text(TEXT));
        for (size_t cap = 0; cap <= strlen(TEXT); cap++) {
            char memory[sizeof TEXT];
            struct room room = room_over(memory, cap);
            assert_err(inflate_bytes(formats[i], stream, &room),
                       cap == strlen(TEXT) ? ERR_OK : ERR_INFLATE_TOO_LARGE);
            assert_int_equal(room.len, cap == strlen(TEXT) ? cap : 0);
        }
    }
}

static void refuses_streams_cut_anywhere(void **state) {
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        struct span stream = packed(formats[i], span_of_text(TEXT));
        for (size_t len = 0; len < stream.len; len++) {
            char memory[200];
            struct room room = room_over(memory, sizeof memory);
            assert_err(inflate_bytes(formats[i], span_slice(stream, 0, len), &room), ERR_INFLATE_DATA);
            assert_int_equal(room.len, 0);
        }
    }
}

static void refuses_bytes_behind_the_end(void **state) {
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        struct span stream = packed(formats[i], span_of_text(TEXT));
        char memory[200];
        struct room room = room_over(memory, sizeof memory);
        packed_memory[stream.len] = 0;
        assert_err(inflate_bytes(formats[i], span_of_bytes(stream.ptr, stream.len + 1), &room),
                   ERR_INFLATE_DATA);
        memmove(packed_memory + stream.len, packed_memory, stream.len);
        assert_err(inflate_bytes(formats[i], span_of_bytes(stream.ptr, stream.len * 2), &room),
                   ERR_INFLATE_DATA);
    }
}

static void notices_flipped_bits_by_the_checksum(void **state) {
    (void)state;
    struct span stream = packed(INFLATE_ZLIB, span_of_text(TEXT));
    for (size_t bit = 0; bit < stream.len * 8; bit++) {
        char memory[2000];
        struct room room = room_over(memory, sizeof memory);
        packed_memory[bit / 8] ^= (uint8_t)(1u << bit % 8);
        enum err err = inflate_bytes(INFLATE_ZLIB, stream, &room);
        packed_memory[bit / 8] ^= (uint8_t)(1u << bit % 8);
        /* the two bits that tell the effort of compression, and the check bits over them, change nothing */
        assert_true(err == ERR_INFLATE_DATA || span_equal_text(room_span(&room), TEXT));
    }
}

static void refuses_another_format(void **state) {
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        for (size_t j = 0; j < FORMATS; j++) {
            char memory[200];
            struct room room = room_over(memory, sizeof memory);
            assert_err(inflate_bytes(formats[i], packed(formats[j], span_of_text(TEXT)), &room),
                       i == j ? ERR_OK : ERR_INFLATE_DATA);
        }
    }
}

static void refuses_a_preset_dictionary(void **state) {
    (void)state;
    z_stream stream = {0};
    uint8_t text[] = TEXT;
    assert_int_equal(deflateInit(&stream, 9), Z_OK);
    assert_int_equal(deflateSetDictionary(&stream, text, sizeof text), Z_OK);
    stream.next_in = text;
    stream.avail_in = sizeof text;
    stream.next_out = packed_memory;
    stream.avail_out = sizeof packed_memory;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    char memory[200];
    struct room room = room_over(memory, sizeof memory);
    assert_err(inflate_bytes(INFLATE_ZLIB, span_of_bytes(packed_memory, stream.total_out), &room),
               ERR_INFLATE_DATA);
    deflateEnd(&stream);
}

/* 100 MB of zeros, deflated piece by piece: about 100 kB. */
static struct span bomb(void) {
    size_t cap = 200 * 1024;
    uint8_t *out = malloc(cap);
    uint8_t *zeros = calloc(1, 1024 * 1024);
    z_stream stream = {0};
    assert_int_equal(deflateInit(&stream, 9), Z_OK);
    stream.next_out = out;
    stream.avail_out = (uInt)cap;
    for (int i = 0; i < 100; i++) {
        stream.next_in = zeros;
        stream.avail_in = 1024 * 1024;
        assert_int_equal(deflate(&stream, i < 99 ? Z_NO_FLUSH : Z_FINISH), i < 99 ? Z_OK : Z_STREAM_END);
    }
    struct span span = span_of_bytes(out, stream.total_out);
    deflateEnd(&stream);
    free(zeros);
    return span;
}

static void bounds_a_bomb_of_100_megabytes(void **state) {
    (void)state;
    struct span stream = bomb();
    uint8_t *memory = malloc(LIMIT_INFLATED_BYTES);
    struct room room = room_over(memory, LIMIT_INFLATED_BYTES);
    assert_err(inflate_bytes(INFLATE_ZLIB, stream, &room), ERR_INFLATE_TOO_LARGE);
    assert_int_equal(room.len, 0);
    free(memory);
    free((void *)(uintptr_t)stream.ptr);
}

static void deflates_only_into_enough_room(void **state) {
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        uint8_t memory[512];
        size_t need = packed(formats[i], span_of_text(TEXT)).len;
        for (size_t cap = 0; cap <= need; cap++) {
            struct room room = room_over(memory, cap);
            assert_err(deflate_bytes(formats[i], span_of_text(TEXT), &room),
                       cap == need ? ERR_OK : ERR_NO_ROOM);
            assert_int_equal(room.len, cap == need ? need : 0);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_was_deflated),
        cmocka_unit_test(fits_exactly_or_says_too_large),
        cmocka_unit_test(refuses_streams_cut_anywhere),
        cmocka_unit_test(refuses_bytes_behind_the_end),
        cmocka_unit_test(notices_flipped_bits_by_the_checksum),
        cmocka_unit_test(refuses_another_format),
        cmocka_unit_test(refuses_a_preset_dictionary),
        cmocka_unit_test(bounds_a_bomb_of_100_megabytes),
        cmocka_unit_test(deflates_only_into_enough_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
