/* reader_report: what the reader says to face. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_READER_REPORT_H
#define KIOSK_READER_REPORT_H

#include "kiosk/reader.h"

/* Totals so far. ERR_MESSAGE_SEND. */
MUST_USE enum err reader_report_stats(struct reader *reader);

/* A code of that frame, or that there are two (no payload). ERR_MESSAGE_SEND. */
MUST_USE enum err reader_report_symbol(struct reader *reader, enum message_type type, struct span payload,
                                       const struct lookout_result *of);

/* Why there is no camera. ERR_MESSAGE_SEND. */
MUST_USE enum err reader_report_lost(struct reader *reader, enum err cause);

#endif
