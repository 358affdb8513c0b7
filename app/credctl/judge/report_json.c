/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/report.h"

#include "base/datetime.h"

static void put_shown(json_t *object, const char *member, const struct shown *shown) {
    if (shown->len > 0) {
        json_object_set_new(object, member, json_stringn(shown->bytes, shown->len));
    }
}

static json_t *time_value(int64_t time_s) {
    char text[DATETIME_TEXT_SIZE];
    datetime_text(time_s, text);
    return json_string(text);
}

static void put_date(json_t *object, const char *member, const struct shown_date *date) {
    if (date->present) {
        json_object_set_new(object, member, time_value(date->time_s));
    }
}

static json_t *checks(const struct verdict *verdict) {
    json_t *list = json_array();
    for (int i = 0; i < CHECK_COUNT; i++) {
        const struct verdict_check *check = &verdict->checks[i];
        json_t *line =
            json_pack("{s:s, s:s, s:s}", "check", verdict_check_code((enum verdict_check_kind)i), "result",
                      verdict_result_code(check->result), "text", verdict_sentence_text(check->sentence));
        if (check->has_as_of) {
            json_object_set_new(line, "as_of", time_value(check->as_of_s));
        }
        json_array_append_new(list, line);
    }
    return list;
}

/* What a freshness token revokes it by. */
static void put_tag(json_t *object, const uint8_t tag[VERDICT_TAG_BYTES]) {
    char text[2 * VERDICT_TAG_BYTES];
    for (size_t i = 0; i < VERDICT_TAG_BYTES; i++) {
        text[2 * i] = "0123456789abcdef"[tag[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[tag[i] & 15];
    }
    json_object_set_new(object, "tag", json_stringn(text, sizeof text));
}

static json_t *credential(const struct shown_credential *shown) {
    if (!shown->present) {
        return json_null();
    }
    json_t *object = json_object();
    put_shown(object, "issuer", &shown->issuer);
    put_shown(object, "issuer_id", &shown->issuer_id);
    put_shown(object, "holder", &shown->holder);
    put_shown(object, "subject_id", &shown->subject_id);
    put_shown(object, "achievement", &shown->achievement);
    put_shown(object, "achievement_id", &shown->achievement_id);
    put_shown(object, "achievement_type", &shown->achievement_type);
    put_shown(object, "description", &shown->description);
    put_shown(object, "criteria", &shown->criteria);
    put_shown(object, "status_message", &shown->status_message);
    put_shown(object, "id", &shown->id);
    put_shown(object, "format", &shown->format);
    put_tag(object, shown->tag);
    put_date(object, "awarded", &shown->awarded);
    put_date(object, "valid_from", &shown->valid_from);
    put_date(object, "valid_until", &shown->valid_until);
    return object;
}

static json_t *trust(const struct shown_trust *shown) {
    if (!shown->present) {
        return json_null();
    }
    json_t *object = json_object();
    put_shown(object, "scheme", &shown->scheme);
    json_object_set_new(object, "seq", json_integer((json_int_t)shown->seq));
    json_object_set_new(object, "issued", time_value(shown->issued_s));
    json_object_set_new(object, "next_update", time_value(shown->next_update_s));
    json_object_set_new(object, "expires", time_value(shown->expires_s));
    json_object_set_new(object, "status_lists", json_integer(shown->status_lists));
    json_object_set_new(object, "status_lists_in_force", json_integer(shown->status_in_force));
    json_object_set_new(object, "demo", json_boolean(shown->demo));
    json_object_set_new(object, "unsigned_source", json_boolean(shown->unsigned_source));
    return object;
}

static json_t *notes(const struct verdict *verdict) {
    json_t *list = json_array();
    for (int reason = REASON_STATUS_UNKNOWN; reason < REASON_OK; reason++) {
        if ((verdict->notes >> (reason - REASON_STATUS_UNKNOWN) & 1) == 1) {
            json_array_append_new(list, json_string(verdict_reason_code((enum verdict_reason)reason)));
        }
    }
    return list;
}

static json_t *time_known(const struct interval *now) {
    json_t *object = json_object();
    json_object_set_new(object, "lo", time_value(now->lo_s));
    json_object_set_new(object, "hi", now->hi_s == INTERVAL_UNBOUNDED ? json_null() : time_value(now->hi_s));
    json_object_set_new(object, "source", json_string(interval_source_code(now->source)));
    return object;
}

/* The answer in a word: class, reason, sentence. */
static json_t *answer(const struct verdict *verdict) {
    const char *reason = verdict_reason_code(verdict->reason);
    const char *class = verdict_class_code(verdict_class_of(verdict->reason));
    json_t *object = json_object();
    json_object_set_new(object, "verdict", json_string(class));
    json_object_set_new(object, "reason", json_string(reason == NULL ? "none" : reason));
    json_object_set_new(object, "text", json_string(verdict_reason_sentence(verdict->reason)));
    return object;
}

static json_t *whole(const struct verdict *verdict) {
    json_t *object = answer(verdict);
    json_object_set_new(object, "notes", notes(verdict));
    if (verdict->cause != ERR_OK) {
        json_object_set_new(object, "cause", json_string(err_sentence(verdict->cause)));
    }
    json_object_set_new(object, "checks", checks(verdict));
    json_object_set_new(object, "credential", credential(&verdict->credential));
    json_object_set_new(object, "trust", trust(&verdict->trust));
    json_object_set_new(object, "time", time_known(&verdict->now));
    return object;
}

json_t *report_json(const struct verdicts *verdicts) {
    static const struct verdict none = {0};
    if (verdicts->count < 2) {
        return whole(verdicts->count == 0 ? &none : &verdicts->list[0]);
    }
    json_t *object = answer(&verdicts->list[verdict_worst(verdicts)]);
    json_t *list = json_array();
    for (uint32_t i = 0; i < verdicts->count; i++) {
        json_array_append_new(list, whole(&verdicts->list[i]));
    }
    json_object_set_new(object, "credentials", list);
    return object;
}
