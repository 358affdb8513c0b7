/* ending: with which exit statuses face's children end, which face writes into the journal. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_ENDING_H
#define KIOSK_ENDING_H

enum {
    ENDING_WELL = 0,
    ENDING_START = 70,   /* it could not prepare for its work */
    ENDING_SANDBOX = 71, /* it could not lock itself in */
    ENDING_WORK = 72,    /* its messages, memory or preview are not as they should be */
};

#endif
