/* SPDX-License-Identifier: Apache-2.0 */
/* W3C vc-barcodes: credentials in CBOR-LD entry 100, from the listings of its specification and its QR codes. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "boards/picture.h"
#include "codec/base64.h"
#include "linked/cborld.h"
#include "payload/document.h"
#include "symbol/symbol.h"
#include "tests/lib/interop.h"
#include "tests/lib/library.h"

#define FOLDER   "vc-barcodes/spec-examples/"
#define LICENCE  FOLDER "08-A-JSON-LD-VC-for-a-Utopia-Driver-s-License-VCB.json"
#define LICENCE2 FOLDER "24-A-JSON-LD-VC-for-a-Utopia-Driver-s-License-VCB.json"
#define PERMIT   FOLDER "15-A-JSON-LD-VC-for-a-Utopia-EAD-VCB.json"
#define PERMIT2  FOLDER "32-A-JSON-LD-VC-for-a-Utopia-EAD-VCB.json"

struct suite {
    struct interop interop;
    struct library library;
    uint8_t *memory;
};

/* The payload's document is the JSON of a listing, and where it is entry 100 it is written as the same bytes. */
static void check_payload(struct suite *suite, const char *name, struct span bytes, const char *json) {
    struct arena arena = arena_over(suite->memory, LIMIT_SCAN_ARENA_BYTES);
    struct payload payload = {0};
    json_t *got = NULL;
    json_t *want = interop_json(json);
    enum err err = payload_recognise(bytes, &arena, &payload);
    if (err == ERR_OK) {
        err = payload_document(&payload, &suite->library.library, &arena, &got);
    }
    bool same = err == ERR_OK && json_equal(got, want);
    struct cborld_form form = {CBORLD_1_0, 100};
    if (same && payload.envelope.ptr[1] == 0xCB) {
        uint8_t output[1024];
        struct room room = room_over(output, sizeof output);
        assert_ok(cborld_encode(want, form, NULL, &suite->library.library, &arena, &room));
        same = span_equal(room_span(&room), payload.envelope);
    }
    interop_case(&suite->interop, name, same, err_name(err));
    json_decref(got);
    json_decref(want);
}

static size_t hex_digits(struct span text, size_t from) {
    size_t count = 0;
    while (from + count < text.len && strchr("0123456789ABCDEF", text.ptr[from + count]) != NULL) {
        count++;
    }
    return count;
}

/* A listing that begins with the bytes in hexadecimal digits. */
static void check_hex(struct suite *suite, const char *name, const char *json) {
    char path[300];
    snprintf(path, sizeof path, FOLDER "%s", name);
    struct span text = interop_read(path);
    char *digits = strndup((const char *)text.ptr, hex_digits(text, 0));
    struct span bytes = interop_unhex(digits);
    check_payload(suite, name, bytes, json);
    interop_free(bytes);
    interop_free(text);
    free(digits);
}

static void check_text(struct suite *suite, const char *name, const char *json) {
    char path[300];
    snprintf(path, sizeof path, FOLDER "%s", name);
    struct span text = interop_read(path);
    check_payload(suite, name, text, json);
    interop_free(text);
}

/* The bytes of a PDF417, of which the field ZZA holds the credential in base64. */
static void check_field(struct suite *suite, const char *name, const char *json) {
    char path[300];
    uint8_t bytes[1024];
    struct room room = room_over(bytes, sizeof bytes);
    snprintf(path, sizeof path, FOLDER "%s", name);
    struct span text = interop_read(path);
    size_t from = 0;
    while (!span_starts_with(span_slice(text, from, text.len), "ZZA2")) {
        from++;
    }
    from += strlen("ZZA");
    struct span field = span_slice(text, from, span_find(text, '\\', from) - from);
    assert_ok(base64_decode(field, &room));
    check_payload(suite, name, room_span(&room), json);
    interop_free(text);
}

static void check_picture(struct suite *suite, const char *name, const char *json) {
    static struct symbols found;
    char path[300];
    struct symbol_reader *reader = NULL;
    struct picture picture = {0};
    snprintf(path, sizeof path, "../shared/interop/vc-barcodes/diagrams/%s", name);
    assert_ok(symbol_start(&reader));
    assert_ok(picture_from_file(path, &picture));
    struct grey grey = {picture.memory, picture.frame.width_px, picture.frame.height_px};
    assert_ok(symbol_read(reader, &grey, true, &found));
    assert_int_equal(found.count, 1);
    check_payload(suite, name, found.payloads[0], json);
    picture_close(&picture);
    symbol_stop(reader);
}

static void exclude_the_rest(struct interop *interop) {
    interop_exclude(interop, "spec-examples 01 to 05, 26, 27, 34", 8,
                    "fragments with dots or remarks in place of values");
    interop_exclude(interop, "spec-examples 06, 07, 13, 14, 25, 33", 6,
                    "what is printed beside the code: the card's own fields and its machine readable zone");
    interop_exclude(interop, "spec-examples 09, 10, 16, 17, 22, 23, 30, 31", 8,
                    "tables of numbers, which the bytes of the other cases go by");
    interop_exclude(interop, "20", 1, "base64 of two alphabets at once");
    interop_exclude(interop, "diagrams/dl-barcode*.png", 3, "PDF417, no QR codes");
}

static void reads_and_writes_credentials_of_barcodes(void **state) {
    struct suite suite = {0};
    (void)state;
    interop_open(&suite.interop, "vc-barcodes", "vc-barcodes");
    suite.memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    library_open(&suite.library, NULL, "jsonld-contexts/bundle", "index.json", false);
    check_hex(&suite, "11-A-CBOR-LD-compressed-Utopia-Driver-s-License-VC.txt", LICENCE);
    check_field(&suite, "12-Bytes-from-a-PDF417-including-an-encoded-Utopia-Driver-s-License-VCB.txt",
                LICENCE);
    check_hex(&suite, "18-A-CBOR-LD-compressed-Utopia-EAD-VC.txt", PERMIT);
    check_text(&suite, "19-An-encoded-Utopia-EAD-VCB.txt", PERMIT);
    check_hex(&suite, "21-A-Utopia-Driver-s-License-VC-compressed-with-CBOR-LD.txt", LICENCE2);
    check_text(&suite, "28-An-encoded-Utopia-Driver-s-License-EAD.txt", PERMIT2);
    check_hex(&suite, "29-A-CBOR-LD-compressed-Utopia-EAD-VC.txt", PERMIT2);
    check_picture(&suite, "ead-qr.png", PERMIT);
    check_picture(&suite, "ead-qr-cborld-7.png", PERMIT);
    check_picture(&suite, "ead-qr-cborld-6.png", PERMIT);
    exclude_the_rest(&suite.interop);
    library_close(&suite.library);
    free(suite.memory);
    interop_close(&suite.interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_credentials_of_barcodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
