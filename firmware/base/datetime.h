/* datetime: calendar time as text (RFC 3339), as seconds since 1970 UTC, and as a date to show. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_DATETIME_H
#define BASE_DATETIME_H

#include "base/err.h"
#include "base/span.h"

/* The years that a credential or list may speak of. */
#define DATETIME_YEAR_MIN 1900
#define DATETIME_YEAR_MAX 9999

/* Bytes of "2026-09-01T10:00:00Z" with its terminator. */
#define DATETIME_TEXT_SIZE 21

/* A moment in UTC, month and day from 1. */
struct datetime {
    int year, month, day, hour, minute, second;
};

/*
 * Read an RFC 3339 date-time (the form of XML Schema's dateTimeStamp that VCDM 2.0 asks for).
 *
 * A zone, "Z" or an offset, is required; fractions are read and cut off; a leap second counts as the second
 * before it; 24:00 is refused.
 *
 * ERR_DATETIME  not of that form, no zone, or a day that does not exist
 */
MUST_USE enum err datetime_parse(struct span text, int64_t *out_s);

/* Seconds since 1970 UTC of a moment whose day exists, of any year of the Gregorian calendar. */
int64_t datetime_seconds(struct datetime when);

/* The moment of those seconds; false, and `out` as before, outside the years 0 to DATETIME_YEAR_MAX. */
bool datetime_civil(int64_t time_s, struct datetime *out);

/* The moment `time_s` seconds after 1970 UTC; the years are cut to DATETIME_YEAR_MIN and MAX. */
struct datetime datetime_of(int64_t time_s);

/* "2026-09-01T10:00:00Z" with a terminator. */
void datetime_text(int64_t time_s, char out[DATETIME_TEXT_SIZE]);

#endif
