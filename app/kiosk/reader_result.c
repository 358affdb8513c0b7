/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/reader_result.h"

#include <stdio.h>

#include "kiosk/child.h"
#include "kiosk/reader_report.h"

static bool wants(const struct reader *reader, uint32_t flag) {
    return (reader->orders.flags & flag) != 0;
}

/* Say each code of one picture, new or not. */
static enum err report_each(struct reader *reader, const struct lookout_result *result) {
    for (size_t i = 0; i < result->symbols.count; i++) {
        TRY(reader_report_symbol(reader, MESSAGE_SYMBOL, result->symbols.payloads[i], result));
    }
    return ERR_OK;
}

/* Say what is new of one picture. */
static enum err report_picture(struct reader *reader, const struct lookout_result *result, int64_t now_ms) {
    struct span payload;
    enum sighting_kind kind = sighting_note(&reader->sighting, &result->symbols, now_ms, &payload);
    bool every = wants(reader, READER_EVERY_FRAME);
    bool again = every || kind != reader->last_kind || now_ms - reader->last_two_ms >= READER_STATS_MS;
    reader->last_kind = kind;
    if (kind == SIGHTING_NEW || (kind == SIGHTING_SAME && every)) {
        return reader_report_symbol(reader, MESSAGE_SYMBOL, payload, result);
    }
    if (kind == SIGHTING_TWO_CODES && again) {
        reader->last_two_ms = now_ms;
        return reader_report_symbol(reader, MESSAGE_TWO_CODES, (struct span){0}, result);
    }
    return ERR_OK;
}

/* Put parts of a message together, and say which of them are here. */
static void join_parts(struct reader *reader, struct symbols *symbols, int64_t now_ms) {
    joining_note(&reader->joining, symbols, now_ms);
    reader->stats.parts_seen = reader->joining.seen;
    reader->stats.parts_total = reader->joining.total;
}

/* What to say to whoever holds a code. Another word is no news for a tool that hears of each frame anyway. */
static enum err note_advice(struct reader *reader, const struct lookout_result *result) {
    enum guidance before = reader->stats.advice;
    reader->stats.sees = result->symbols.guidance;
    reader->stats.advice = advice_note(&reader->advice, result->symbols.guidance, result->captured_us / 1000);
    bool news = reader->stats.advice != before && !wants(reader, READER_EVERY_FRAME);
    return news ? reader_report_stats(reader) : ERR_OK;
}

/* What the newest frame was, for face. */
static void count(struct reader *reader, const struct lookout_result *result) {
    struct message_stats *stats = &reader->stats;
    stats->fault = ERR_OK;
    stats->cpu_us = result->cpu_us;
    stats->width_px = result->width_px;
    stats->height_px = result->height_px;
    stats->codes = (uint32_t)result->symbols.count;
    snprintf(stats->pass, sizeof stats->pass, "%s", result->symbols.pass == NULL ? "" : result->symbols.pass);
}

static enum err note_picture(struct reader *reader, struct lookout_result *result) {
    int64_t now_ms = child_now_ms();
    join_parts(reader, &result->symbols, now_ms);
    if (result->number < reader->newest_with_codes) {
        sighting_note_late(&reader->sighting, &result->symbols, now_ms);
        return ERR_OK;
    }
    if (result->symbols.count > 0) {
        reader->newest_with_codes = result->number;
    }
    count(reader, result);
    TRY(note_advice(reader, result));
    return wants(reader, READER_EACH_CODE) ? report_each(reader, result)
                                           : report_picture(reader, result, now_ms);
}

enum err reader_result_note(struct reader *reader, const struct lookout_result *result) {
    if (result->err == ERR_NO_MEMORY) {
        return result->err;
    }
    if (result->err != ERR_OK) {
        reader->stats.cpu_us = result->cpu_us;
        return reader_result_drop(reader, result->err);
    }
    struct lookout_result looked = *result; /* what its parts complete is added */
    TRY(note_picture(reader, &looked));
    return wants(reader, READER_EVERY_FRAME) ? reader_report_stats(reader) : ERR_OK;
}

enum err reader_result_drop(struct reader *reader, enum err why) {
    reader->stats.dropped++;
    reader->stats.fault = why;
    reader->stats.codes = 0;
    reader->stats.pass[0] = 0;
    reader->stats.sees = GUIDANCE_NOTHING;
    return wants(reader, READER_EVERY_FRAME) ? reader_report_stats(reader) : ERR_OK;
}
