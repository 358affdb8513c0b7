/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/report.h"

#include "base/datetime.h"
#include "base/utf8.h"
#include "verdict/shown.h"

/* How a class looks: the kiosk's word and sign, and a terminal's colour. */
static const struct {
    const char *word, *colour;
} looks[VERDICT_CLASSES] = {
    [VERDICT_NONE] = {"? CANNOT CHECK", "\033[1;37;100m"},
    [VERDICT_VALID] = {"\xE2\x9C\x93 VALID", "\033[1;37;42m"},
    [VERDICT_VALID_NOTE] = {"! VALID, NOTE", "\033[1;30;43m"},
    [VERDICT_NOT_VALID] = {"\xE2\x9C\x97 NOT VALID", "\033[1;37;41m"},
    [VERDICT_CANNOT_CHECK] = {"? CANNOT CHECK", "\033[1;37;100m"},
};

static const char *const marks[RESULT_COUNT] = {
    [RESULT_UNKNOWN] = "?",
    [RESULT_PASSED] = "\xE2\x9C\x93",
    [RESULT_FAILED] = "\xE2\x9C\x97",
    [RESULT_NOT_APPLICABLE] = "-",
};

/* Nothing from outside reaches a terminal but characters that only draw: no escape, no override. */
static void print_safe(FILE *out, struct span text) {
    uint8_t bytes[4];
    for (size_t at = 0; at < text.len;) {
        uint32_t code = shown_character(utf8_next(text, &at));
        fwrite(bytes, 1, utf8_encode(code, bytes), out);
    }
}

static void print_shown(FILE *out, const char *label, const struct shown *shown) {
    if (shown->len > 0) {
        fprintf(out, "  %-12s ", label);
        print_safe(out, span_of_bytes(shown->bytes, shown->len));
        fputc('\n', out);
    }
}

static void print_date(FILE *out, const char *label, const struct shown_date *date) {
    char text[DATETIME_TEXT_SIZE];
    if (date->present) {
        datetime_text(date->time_s, text);
        fprintf(out, "  %-12s %s\n", label, text);
    }
}

static void print_credential(FILE *out, const struct shown_credential *shown) {
    if (!shown->present) {
        return;
    }
    fputc('\n', out);
    print_shown(out, "Achievement", &shown->achievement);
    print_shown(out, "Type", &shown->achievement_type);
    print_shown(out, "Holder", &shown->holder);
    print_shown(out, "Subject", &shown->subject_id);
    print_shown(out, "Issuer", &shown->issuer);
    print_shown(out, "Issuer id", &shown->issuer_id);
    print_shown(out, "Criteria", &shown->criteria);
    print_shown(out, "Note", &shown->status_message);
    print_date(out, "Awarded", &shown->awarded);
    print_date(out, "Valid from", &shown->valid_from);
    print_date(out, "Valid until", &shown->valid_until);
    print_shown(out, "Id", &shown->id);
    print_shown(out, "Format", &shown->format);
}

static void print_checks(FILE *out, const struct verdict *verdict) {
    fputc('\n', out);
    for (int i = 0; i < CHECK_COUNT; i++) {
        const struct verdict_check *check = &verdict->checks[i];
        fprintf(out, "  %s %-10s %s", marks[check->result], verdict_check_code((enum verdict_check_kind)i),
                verdict_sentence_text(check->sentence));
        if (check->has_as_of) {
            char text[DATETIME_TEXT_SIZE];
            datetime_text(check->as_of_s, text);
            fprintf(out, i == CHECK_HOLDER ? " (on %s, by the signer's own word)" : " (as of %s)", text);
        }
        fputc('\n', out);
    }
}

static void print_notes(FILE *out, const struct verdict *verdict) {
    for (int reason = REASON_STATUS_UNKNOWN; reason < REASON_OK; reason++) {
        bool set = (verdict->notes >> (reason - REASON_STATUS_UNKNOWN) & 1) == 1;
        if (set && reason != (int)verdict->reason) {
            fprintf(out, "  Also: %s\n", verdict_reason_sentence((enum verdict_reason)reason));
        }
    }
}

static void print_trust(FILE *out, const struct shown_trust *trust) {
    char issued[DATETIME_TEXT_SIZE], until[DATETIME_TEXT_SIZE];
    if (!trust->present) {
        fputs("  Trust list  none\n", out);
        return;
    }
    datetime_text(trust->issued_s, issued);
    datetime_text(trust->next_update_s, until);
    fputs("  Trust list  ", out);
    print_safe(out, span_of_bytes(trust->scheme.bytes, trust->scheme.len));
    fprintf(out, " #%llu, issued %s, good until %s%s%s\n", (unsigned long long)trust->seq, issued, until,
            trust->unsigned_source ? " (from an unsigned source)" : "",
            trust->demo ? " \xE2\x80\x94 DEMO" : "");
}

static void print_time(FILE *out, const struct interval *now) {
    static const char *const sources[INTERVAL_SOURCES] = {
        [INTERVAL_NO_CLOCK] = "no clock that can be relied on; credctl verify --at states a time",
        [INTERVAL_RTC] = "battery clock",
        [INTERVAL_SYSTEM] = "synchronised system clock",
        [INTERVAL_STATED] = "stated, not measured",
        [INTERVAL_STAFF] = "set by staff",
        [INTERVAL_DISAGREE] = "the clocks contradict each other, so none is believed",
    };
    char text[DATETIME_TEXT_SIZE];
    datetime_text(now->lo_s, text);
    fprintf(out, "  Time        %s%s (%s)\n", now->hi_s == INTERVAL_UNBOUNDED ? "after " : "", text,
            sources[now->source]);
}

/* The class's word with its sign, in its colour. */
static void print_class(FILE *out, enum verdict_class class, bool colour) {
    fprintf(out, ": %s%s%s\n", colour ? looks[class].colour : "", looks[class].word, colour ? "\033[0m" : "");
}

/* The answer, what is shown and the check lines; without lists and time, which all credentials share. */
static void print_answer(FILE *out, const struct verdict *verdict) {
    fprintf(out, "  %s", verdict_reason_sentence(verdict->reason));
    if (verdict->cause != ERR_OK) {
        fprintf(out, " %s", err_sentence(verdict->cause));
    }
    fprintf(out, "\n  %s\n", verdict_reason_advice(verdict->reason));
    print_notes(out, verdict);
    print_credential(out, &verdict->credential);
    print_checks(out, verdict);
    fputc('\n', out);
}

/* Of several: how many, and the worst; then each under its number. */
static void print_several(FILE *out, const char *name, const struct verdicts *verdicts, bool colour) {
    print_safe(out, span_of_text(name));
    fprintf(out, ": %u credentials, of which the worst", verdicts->count);
    print_class(out, verdict_class_of(verdicts->list[verdict_worst(verdicts)].reason), colour);
    for (uint32_t i = 0; i < verdicts->count; i++) {
        const struct verdict *verdict = &verdicts->list[i];
        fprintf(out, "%sCredential %u of %u", i == 0 ? "\n" : "", i + 1, verdicts->count);
        print_class(out, verdict_class_of(verdict->reason), colour);
        print_answer(out, verdict);
    }
}

void report_text(FILE *out, const char *name, const struct verdicts *verdicts, bool colour) {
    static const struct verdict none = {0};
    const struct verdict *first = verdicts->count > 0 ? &verdicts->list[0] : &none;
    if (verdicts->count > 1) {
        print_several(out, name, verdicts, colour);
    } else {
        print_safe(out, span_of_text(name));
        print_class(out, verdict_class_of(first->reason), colour);
        print_answer(out, first);
    }
    print_trust(out, &first->trust);
    print_time(out, &first->now);
}
