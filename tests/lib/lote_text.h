/* lote_text: lists of trusted entities made up for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_LOTE_TEXT_H
#define TESTS_LIB_LOTE_TEXT_H

#include <jansson.h>

/* An entity "NAME" of Estonia with one service, whose information has these further members beside its name: an object's text. */
json_t *lote_text_entity(const char *name, const char *service);

/* The same with a history: an array's text. */
json_t *lote_text_entity_with_history(const char *name, const char *service, const char *history);

/* A list of that one entity (taken over; NULL: of nobody), number 7, of 2026-08-01 until 2026-12-01. */
json_t *lote_text_list(json_t *entity);

/* The scheme information of such a list; borrowed. */
json_t *lote_text_scheme(json_t *list);

/* A service's identity: {"X509Certificates": [the certificates of tests/lib/certificates with these names, up to a NULL]}. */
json_t *lote_text_certificates(const char *const names[]);

#endif
