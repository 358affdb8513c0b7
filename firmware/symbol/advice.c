/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/advice.h"

#include <stdbool.h>

/* Percent of a window's pictures that have something to say: as many to begin, as few to end. */
#define BEGIN_PERCENT 70
#define END_PERCENT   30

/* How often each was seen within the window. */
struct votes {
    unsigned all, hints;
    unsigned of[GUIDANCE_COUNT];
};

static bool is_hint(enum guidance guidance) {
    return guidance != GUIDANCE_NOTHING && guidance != GUIDANCE_READ;
}

static struct votes count_votes(const struct advice *advice, int64_t now_ms) {
    struct votes votes = {0};
    unsigned known = advice->count < ADVICE_MEMORY ? advice->count : ADVICE_MEMORY;
    for (unsigned i = 1; i <= known; i++) {
        unsigned at = (advice->count - i) % ADVICE_MEMORY;
        if (now_ms - advice->frames[at].at_ms < ADVICE_WINDOW_MS) {
            votes.all++;
            votes.of[advice->frames[at].seen]++;
            votes.hints += is_hint(advice->frames[at].seen);
        }
    }
    return votes;
}

/* The commonest, or nothing where few pictures have any. */
static enum guidance elected(const struct votes *votes) {
    enum guidance best = GUIDANCE_NOTHING;
    if (votes->all < ADVICE_FRAMES || votes->hints * 100 < votes->all * BEGIN_PERCENT) {
        return GUIDANCE_NOTHING;
    }
    for (unsigned i = 0; i < GUIDANCE_COUNT; i++) {
        if (is_hint((enum guidance)i) && votes->of[i] > (is_hint(best) ? votes->of[best] : 0)) {
            best = (enum guidance)i;
        }
    }
    return best;
}

static void say(struct advice *advice, enum guidance guidance, int64_t now_ms) {
    advice->said = guidance;
    advice->said_ms = now_ms;
}

/* What is said gives way to something else only after a while, and to nothing only when few pictures support it. */
static void choose(struct advice *advice, const struct votes *votes, int64_t now_ms) {
    enum guidance best = elected(votes);
    int64_t lasted_ms = now_ms - advice->said_ms;
    if (votes->of[advice->stale] == 0) {
        advice->stale = GUIDANCE_NOTHING;
    }
    if (is_hint(advice->said) && lasted_ms >= ADVICE_MOST_MS) {
        advice->stale = advice->said;
        say(advice, GUIDANCE_NOTHING, now_ms);
    }
    if (best == advice->said || (best != GUIDANCE_NOTHING && best == advice->stale)) {
        return;
    }
    if (!is_hint(advice->said)) {
        say(advice, best, now_ms);
    } else if (lasted_ms >= ADVICE_LEAST_MS &&
               (best != GUIDANCE_NOTHING || votes->hints * 100 < votes->all * END_PERCENT)) {
        say(advice, best, now_ms);
    }
}

static int64_t newest_ms(const struct advice *advice) {
    return advice->frames[(advice->count - 1) % ADVICE_MEMORY].at_ms;
}

enum guidance advice_note(struct advice *advice, enum guidance seen, int64_t now_ms) {
    int64_t late_ms = advice->count > 0 ? newest_ms(advice) - now_ms : 0;
    if (late_ms > ADVICE_MOST_MS) {
        *advice = (struct advice){0};
    } else if ((unsigned)seen >= GUIDANCE_COUNT || late_ms > 0) {
        return advice->said;
    }
    if (seen == GUIDANCE_READ) {
        *advice = (struct advice){.said = GUIDANCE_READ, .said_ms = now_ms};
    }
    advice->frames[advice->count % ADVICE_MEMORY].at_ms = now_ms;
    advice->frames[advice->count % ADVICE_MEMORY].seen = seen;
    advice->count++;
    if (advice->said == GUIDANCE_READ && now_ms - advice->said_ms < ADVICE_READ_MS) {
        return GUIDANCE_READ;
    }
    struct votes votes = count_votes(advice, now_ms);
    choose(advice, &votes, now_ms);
    return advice->said;
}
