/* eye_photos: folders of pictures with what they hold: photographs that others published, frames made elsewhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_EYE_PHOTOS_H
#define TESTS_LIB_EYE_PHOTOS_H

#include "tests/lib/eye_tally.h"

/*
 * Show the pictures of a folder. What they hold stands in manifest.tsv (picture, file of the payload or "-",
 * number of codes), or in NAME.bin or expected/NAME.bin for a picture NAME.jpg.
 *
 * Where a payload is not known, a picture is read when one code or more is seen in it; where the number of
 * codes is 0, whatever is seen is wrong. JPEG, PNG and PGM are shown. WebP where `converted` (a folder, or
 * NULL) holds NAME.webp.png. All others, and those that are too large for the kiosk, are counted and said.
 *
 * tally  its conditions are the folder's name
 */
void eye_photos_show(const char *folder, const char *converted, struct eye_tally *tally);

#endif
