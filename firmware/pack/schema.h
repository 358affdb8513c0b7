/* schema: the tables of a pack's database: one text for who builds them and for who checks them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_SCHEMA_H
#define PACK_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

/* "tpk1" in the database's header: PRAGMA application_id. */
#define SCHEMA_APPLICATION_ID 0x74706b31

/* Bytes of a bitmap in one row; the last row of a list may be shorter. A larger row would leave its page. */
#define SCHEMA_CHUNK_BYTES 512u

/* Bytes of a page: half as many would make trees of a million rows a level deeper. */
#define SCHEMA_PAGE_BYTES 8192

/* The row of a piece of a bitmap: the list's number, below 2^31, then the piece's. */
#define SCHEMA_CHUNK_ID(list, chunk) ((int64_t)(list) << 32 | (int64_t)(chunk))
#define SCHEMA_CHUNK_LISTS           INT32_MAX

/* Lines of the table meta: how many status lists there are, seconds since 1970 UTC of the oldest (0: there is
 * none), both in decimal digits; and what the lists were made of, a JSON array (as the manifest repeats it). */
#define SCHEMA_META_STATUS_LISTS "status_lists"
#define SCHEMA_META_STATUS_AS_OF "status_as_of"
#define SCHEMA_META_SOURCES      "sources"

/* What the address of a JSON-LD context begins with in the table document. */
#define SCHEMA_DOCUMENT_CONTEXT "context "
/* And what that of a hosted badge, its class and its issuer's profile does (Open Badges 2.0). */
#define SCHEMA_DOCUMENT_ASSERTION   "assertion "
#define SCHEMA_DOCUMENT_BADGE_CLASS "badgeclass "
#define SCHEMA_DOCUMENT_PROFILE     "profile "

/* One row of sqlite_schema. */
struct schema_object {
    const char *type, *name, *table, *sql;
};

/* In the order in which they are made. */
extern const struct schema_object schema_objects[];
extern const size_t schema_object_count;

#endif
