/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/reader_report.h"

#include "base/limits.h"

/* A symbol's message: its bytes, their length, time and number. */
#define BODY_MAX (LIMIT_JOINED_BYTES + 64u)

enum err reader_report_stats(struct reader *reader) {
    uint8_t bytes[BODY_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    reader->stats.skipped = lookout_skipped(reader->lookout);
    TRY(messages_put_stats(&reader->stats, &body));
    return messages_send(reader->socket, MESSAGE_READER_STATS, room_span(&body), NULL, 0);
}

enum err reader_report_symbol(struct reader *reader, enum message_type type, struct span payload,
                              const struct lookout_result *of) {
    uint8_t bytes[BODY_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_symbol symbol = {of->captured_us, of->number, payload};
    TRY(messages_put_symbol(&symbol, &body));
    return messages_send(reader->socket, type, room_span(&body), NULL, 0);
}

enum err reader_report_lost(struct reader *reader, enum err cause) {
    uint8_t bytes[BODY_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_lost lost = {cause};
    TRY(messages_put_lost(&lost, &body));
    return messages_send(reader->socket, MESSAGE_CAMERA_LOST, room_span(&body), NULL, 0);
}
