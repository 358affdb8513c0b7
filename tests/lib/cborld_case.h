/* cborld_case: contexts, bytes and documents for the tests of CBOR-LD. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_CBORLD_CASE_H
#define TESTS_LIB_CBORLD_CASE_H

#include "linked/cborld.h"

/* A context of these tests, as a member and as its bytes. Its names are numbered in order: Person 100, at 102, id 104,
 * knows 106, sign 108, type 110. */
#define CBORLD_CASE_A1     "\"@context\":\"https://a.example/1\""
#define CBORLD_CASE_A1_HEX "00 73 68747470733a2f2f612e6578616d706c652f31"

/* The contexts, an arena's memory, and what was written last. */
struct cborld_case {
    json_t *contexts;
    struct context_document document;
    struct context_library library;
    uint8_t *memory;
    size_t memory_size;
    uint8_t output[1 << 16];
    struct room out;
};

/* cmocka's set up and tear down of a struct cborld_case. */
int cborld_case_open(void **state);
int cborld_case_close(void **state);

/* Entry 1 of CBOR-LD 1.0. */
extern const struct cborld_form cborld_case_first;

MUST_USE enum err cborld_case_decode(struct cborld_case *f, struct span bytes, json_t **out);

/* Into f->out. The text is JSON. */
MUST_USE enum err cborld_case_encode(struct cborld_case *f, const json_t *document, struct cborld_form form);
MUST_USE enum err cborld_case_encode_text(struct cborld_case *f, const char *json, struct cborld_form form);

/* Hexadecimal digits, with spaces between as wanted. */
struct span cborld_case_unhex(const char *text, uint8_t *out);

#endif
