/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/sighting.h"

#include <string.h>

/* The code has not been seen for so long that it left. */
static bool has_left(const struct sighting *sighting, const struct sighting_code *code, int64_t now_ms) {
    return sighting->pictures - code->last_picture > SIGHTING_ABSENT_PICTURES &&
           now_ms - code->last_ms > SIGHTING_ABSENT_MS;
}

/* Forget what left. */
static void forget(struct sighting *sighting, int64_t now_ms) {
    for (size_t i = 0; i < SIGHTING_MEMORY; i++) {
        struct sighting_code *code = &sighting->codes[i];
        if (code->len > 0 && has_left(sighting, code, now_ms)) {
            *code = (struct sighting_code){0};
        }
    }
}

static struct sighting_code *find(struct sighting *sighting, struct span payload) {
    for (size_t i = 0; i < SIGHTING_MEMORY; i++) {
        struct sighting_code *code = &sighting->codes[i];
        if (code->len > 0 && span_equal(span_of_bytes(code->bytes, code->len), payload)) {
            return code;
        }
    }
    return NULL;
}

/* An unused place, else that of the code seen longest ago. */
static struct sighting_code *place(struct sighting *sighting) {
    struct sighting_code *oldest = &sighting->codes[0];
    for (size_t i = 0; i < SIGHTING_MEMORY; i++) {
        struct sighting_code *code = &sighting->codes[i];
        if (code->len == 0) {
            return code;
        }
        if (code->last_picture < oldest->last_picture) {
            oldest = code;
        }
    }
    return oldest;
}

/* Note that it is in this picture. */
static void touch(const struct sighting *sighting, struct sighting_code *code, int64_t now_ms) {
    code->last_ms = now_ms;
    code->last_picture = sighting->pictures;
}

/* More than one payload stands in the picture. */
static bool differ(const struct symbols *symbols) {
    for (size_t i = 1; i < symbols->count; i++) {
        if (!span_equal(symbols->payloads[0], symbols->payloads[i])) {
            return true;
        }
    }
    return false;
}

/* Of several codes none is judged, so none is remembered; those judged before stay in view. */
static void touch_all(struct sighting *sighting, const struct symbols *symbols, int64_t now_ms) {
    for (size_t i = 0; i < symbols->count; i++) {
        struct sighting_code *code = find(sighting, symbols->payloads[i]);
        if (code != NULL) {
            touch(sighting, code, now_ms);
        }
    }
}

enum sighting_kind sighting_note(struct sighting *sighting, const struct symbols *symbols, int64_t now_ms,
                                 struct span *payload) {
    *payload = (struct span){0};
    sighting->pictures++;
    forget(sighting, now_ms);
    if (symbols->count == 0) {
        return SIGHTING_NONE;
    }
    if (differ(symbols)) {
        touch_all(sighting, symbols, now_ms);
        return SIGHTING_TWO_CODES;
    }
    *payload = symbols->payloads[0];
    struct sighting_code *code = find(sighting, *payload);
    enum sighting_kind kind = SIGHTING_SAME;
    if (code == NULL && payload->len <= LIMIT_JOINED_BYTES) {
        kind = SIGHTING_NEW;
        code = place(sighting);
        memcpy(code->bytes, payload->ptr, payload->len);
        code->len = payload->len;
    }
    if (code != NULL) {
        touch(sighting, code, now_ms);
    }
    return kind;
}

void sighting_note_late(struct sighting *sighting, const struct symbols *symbols, int64_t now_ms) {
    touch_all(sighting, symbols, now_ms);
}
