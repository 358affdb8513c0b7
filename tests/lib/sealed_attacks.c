/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/sealed_attacks.h"

#include "codec/base45.h"
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/sealed.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define EVIL         "https://evil.example/"

/* A change of one text. */
struct change {
    const char *name, *way, *from, *to;
    enum verdict_reason reason;
    enum err cause;
};

#define ATTACK(...)   {__VA_ARGS__},
#define CONTEXT(more) "],\"id\":\"urn:uuid:", "," more "],\"id\":\"urn:uuid:"
static const struct change changes[] = {
#include "tests/scenarios/sealed_attacks.def"
};
#undef ATTACK

/* A change that is too long to be written down: `count` times `piece`, where %zu is its number, in place of `from`. */
static const struct {
    const char *name, *way, *from, *before, *piece, *after;
    size_t count;
    enum verdict_reason reason;
    enum err cause;
} heaps[] = {
#define HEAP(...) {__VA_ARGS__},
#include "tests/scenarios/sealed_heaps.def"
#undef HEAP
};

enum carriage { PIXELPASS, VC1 };

/* Bytes that are nothing. */
static const struct {
    const char *name;
    enum carriage carriage;
    const char *bytes;
    enum verdict_reason reason;
    enum err cause;
} nothings[] = {
#define BYTES(...) {__VA_ARGS__},
#include "tests/scenarios/sealed_bytes.def"
#undef BYTES
};

static void shelve(struct world *world, const char *address, const char *context) {
    char text[512];
    snprintf(text, sizeof text, "{\"@context\":%s}", context);
    assert_ok(shelf_add_json(&world->vocabulary.shelf, span_of_text(address), span_of_text(text)));
}

void sealed_attacks_shelve(struct world *world) {
    shelve(world, EVIL "circle/1", "\"" EVIL "circle/2\"");
    shelve(world, EVIL "circle/2", "\"" EVIL "circle/1\"");
    shelve(world, EVIL "import/1", "{\"@import\":\"" EVIL "import/2\"}");
    shelve(world, EVIL "import/2", "{\"p\":\"urn:p\"}");
    shelve(world, EVIL "import/own", "{\"@import\":\"" EVIL "import/own\"}");
    for (unsigned i = 0; i <= LIMIT_CONTEXT_CHAIN; i++) {
        char address[64], next[64];
        snprintf(address, sizeof address, EVIL "chain/%u", i);
        snprintf(next, sizeof next, "\"" EVIL "chain/%u\"", i + 1);
        shelve(world, address, next);
    }
}

static const struct sealed_way *way_of(const char *name) {
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        if (strcmp(sealed_ways[i].name, name) == 0) {
            return &sealed_ways[i];
        }
    }
    fail_msg("no way to sign is called %s", name);
    return NULL;
}

/* Every badge signed once; release by free. */
struct sealed {
    char *texts[SEALED_WAYS];
};

static const char *text_of(const struct sealed *sealed, const char *way) {
    return sealed->texts[way_of(way) - sealed_ways];
}

/* The text, with what stands for it filled in; release by free. */
static char *filled(const struct world *world, const char *to) {
    const char *at = strstr(to, "DID_KEY");
    return at != NULL ? forge_replaced(to, "DID_KEY", world->did_key) : strdup(to);
}

static char *repeated(const char *before, const char *piece, size_t count, const char *after) {
    size_t size = strlen(before) + (strlen(piece) + 40) * count + strlen(after) + 1, len = 0;
    char *out = malloc(size);
    assert_non_null(out);
    len += (size_t)snprintf(out, size, "%s", before);
    for (size_t i = 0; i < count; i++) {
        const char *number = strstr(piece, "%zu");
        int head = number != NULL ? (int)(number - piece) : (int)strlen(piece);
        len += (size_t)snprintf(out + len, size - len, "%s%.*s", i > 0 ? "," : "", head, piece);
        if (number != NULL) {
            len += (size_t)snprintf(out + len, size - len, "%zu%s", i, number + 3);
        }
    }
    snprintf(out + len, size - len, "%s", after);
    return out;
}

static void visit_text(const char *name, const char *text, enum verdict_reason reason, enum err cause,
                       void (*visit)(void *ctx, const struct sealed_attack *attack), void *ctx) {
    struct sealed_attack attack = {name, span_of_text(text), reason, cause};
    visit(ctx, &attack);
}

/* "A1 3*FF": the bytes, into a room of its own. */
static struct room bytes_of(const char *hex) {
    struct room out = forge_room(1u << 17);
    while (*hex != 0) {
        char *end = NULL;
        unsigned long times =
            strchr(hex, '*') == hex + strspn(hex, "0123456789") ? strtoul(hex, &end, 10) : 1;
        unsigned long byte = strtoul(end != NULL ? end + 1 : hex, &end, 16);
        for (unsigned long i = 0; i < times; i++) {
            assert_ok(room_put_byte(&out, (uint8_t)byte));
        }
        hex = end + strspn(end, " ");
    }
    return out;
}

static void visit_bytes(size_t at, void (*visit)(void *ctx, const struct sealed_attack *attack), void *ctx) {
    struct room bytes = bytes_of(nothings[at].bytes), text = forge_room(1u << 18);
    if (nothings[at].carriage == PIXELPASS) {
        forge_compressed(room_span(&bytes), &text);
    } else {
        assert_ok(room_put_text(&text, "VC1-R"));
        assert_ok(base45_encode(room_span(&bytes), &text));
    }
    struct sealed_attack attack = {nothings[at].name, room_span(&text), nothings[at].reason,
                                   nothings[at].cause};
    visit(ctx, &attack);
    forge_release(&bytes);
    forge_release(&text);
}

void sealed_attacks_each(const struct world *world,
                         void (*visit)(void *ctx, const struct sealed_attack *attack), void *ctx) {
    struct sealed sealed;
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        sealed.texts[i] = sealed_by(world, &sealed_ways[i], sealed_text(&sealed_ways[i]));
    }
    for (size_t i = 0; i < COUNT(changes); i++) {
        char *to = filled(world, changes[i].to);
        char *text = forge_replaced(text_of(&sealed, changes[i].way), changes[i].from, to);
        visit_text(changes[i].name, text, changes[i].reason, changes[i].cause, visit, ctx);
        free(text);
        free(to);
    }
    for (size_t i = 0; i < COUNT(heaps); i++) {
        char *to = repeated(heaps[i].before, heaps[i].piece, heaps[i].count, heaps[i].after);
        char *text = forge_replaced(text_of(&sealed, heaps[i].way), heaps[i].from, to);
        visit_text(heaps[i].name, text, heaps[i].reason, heaps[i].cause, visit, ctx);
        free(text);
        free(to);
    }
    for (size_t i = 0; i < COUNT(nothings); i++) {
        visit_bytes(i, visit, ctx);
    }
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        free(sealed.texts[i]);
    }
}
