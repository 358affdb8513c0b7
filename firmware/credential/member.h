/* member: members of a credential by the shapes that JSON-LD allows them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_MEMBER_H
#define CREDENTIAL_MEMBER_H

#include "credential/credential.h"

/*
 * Text that may come in languages: a string; {"@value": ..., "@language": ...}; an array of these; or an
 * object of strings by language. English is taken, else the first. Empty where the member is absent.
 *
 * ERR_CREDENTIAL_TEXT  another shape
 */
MUST_USE enum err member_text(const json_t *object, const char *name, struct span *out);

/*
 * An identifier: a string, or an object with an `id`. *out is empty where the member is absent, or the object
 * has no id.
 *
 * ERR_CREDENTIAL_ID  another shape
 */
MUST_USE enum err member_id(const json_t *object, const char *name, struct span *out);

/* A date. ERR_CREDENTIAL_DATE where it is present and not an RFC 3339 date-time. */
MUST_USE enum err member_date(const json_t *object, const char *name, struct credential_date *out);

/* Values of a member that may be one or an array; 0 where it is absent. */
size_t member_count(const json_t *object, const char *name);

/* Value `at` of them, or NULL. */
const json_t *member_at(const json_t *object, const char *name, size_t at);

/* One of the member's values is this word. */
bool member_says(const json_t *object, const char *name, const char *word);

#endif
