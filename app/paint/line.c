/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/line.h"

#include <stdlib.h>

/* A stencil wider than this is text that nobody measured; it is not drawn. */
#define WIDTH_MAX_PX 8192

/* FNV-1a, to find the set; lines are compared in full. */
static uint32_t hash(const struct line_key *key) {
    uint32_t sum =
        2166136261u ^ (uint32_t)key->size_px ^ (uint32_t)key->bold << 12 ^ (uint32_t)key->direction << 16;
    for (size_t i = 0; i < key->text.len; i++) {
        sum = (sum ^ key->text.ptr[i]) * 16777619u;
    }
    return sum ^ sum >> 15;
}

static bool same(const struct line_key *a, const struct line_key *b) {
    return a->size_px == b->size_px && a->bold == b->bold && a->direction == b->direction &&
           span_equal(a->text, b->text);
}

static void drop_stencil(struct line_memory *memory, struct line_entry *entry) {
    memory->stencil_bytes -= (size_t)entry->stencil.width_px * (size_t)entry->stencil.height_px;
    free(entry->stencil.cover);
    entry->stencil = (struct canvas_stencil){0};
}

static void forget(struct line_memory *memory, struct line_entry *entry) {
    drop_stencil(memory, entry);
    free((void *)entry->key.text.ptr);
    *entry = (struct line_entry){0};
}

void line_memory_close(struct line_memory *memory) {
    for (int i = 0; i < LINE_SETS * LINE_WAYS; i++) {
        forget(memory, &memory->entries[i / LINE_WAYS][i % LINE_WAYS]);
    }
}

/* Drop the stencil that was not used for longest. */
static void drop_oldest(struct line_memory *memory) {
    struct line_entry *oldest = NULL;
    for (int i = 0; i < LINE_SETS * LINE_WAYS; i++) {
        struct line_entry *entry = &memory->entries[i / LINE_WAYS][i % LINE_WAYS];
        if (entry->stencil.cover != NULL && (oldest == NULL || entry->used < oldest->used)) {
            oldest = entry;
        }
    }
    if (oldest != NULL) {
        drop_stencil(memory, oldest);
    }
}

/* The place of a line, old or new; NULL without memory. */
static struct line_entry *find(struct line_memory *memory, const struct line_key *key) {
    struct line_entry *set = memory->entries[hash(key) % LINE_SETS], *place = &set[0];
    for (int i = 0; i < LINE_WAYS; i++) {
        if (set[i].key.text.ptr != NULL && same(&set[i].key, key)) {
            set[i].used = ++memory->clock;
            return &set[i];
        }
        place = set[i].used < place->used ? &set[i] : place;
    }
    uint8_t *text = malloc(key->text.len);
    if (text == NULL) {
        return NULL;
    }
    memcpy(text, key->text.ptr, key->text.len);
    forget(memory, place);
    *place = (struct line_entry){.key = *key, .width_px = -1, .used = ++memory->clock};
    place->key.text.ptr = text;
    return place;
}

/* The font of a run, told which way and in which script to shape; NULL when it is not there. */
static TTF_Font *font_of(struct line_memory *memory, const struct run *run, const struct line_key *key) {
    TTF_Font *font = typeface_at(memory->faces, run->face, key->size_px, key->bold);
    if (font != NULL && (TTF_SetFontDirection(font, run->rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR) != 0 ||
                         TTF_SetFontScriptName(font, run->script) != 0)) {
        return NULL;
    }
    return font;
}

static int run_width(struct line_memory *memory, int i, const struct line_key *key) {
    const struct run *run = &memory->runs.runs[i];
    TTF_Font *font = font_of(memory, run, key);
    int width = 0;
    if (font == NULL || TTF_SizeUTF8(font, memory->runs.text + run->at, &width, NULL) != 0) {
        return 0;
    }
    return width > 0 ? width : 0;
}

static int measure(struct line_memory *memory, const struct line_key *key) {
    struct run_faces faces = typeface_choice(memory->faces);
    run_split(key->text, key->direction, &faces, &memory->runs);
    int width = 0;
    for (int i = 0; i < memory->runs.count && width <= WIDTH_MAX_PX; i++) {
        width += run_width(memory, i, key);
    }
    return width;
}

static bool askable(const struct line_key *key) {
    return key->text.len > 0 && key->text.len <= DRAW_TEXT_BYTES && key->size_px > 0;
}

int line_width(struct line_memory *memory, struct line_key key) {
    struct line_entry *entry = askable(&key) ? find(memory, &key) : NULL;
    if (entry == NULL) {
        return 0;
    }
    if (entry->width_px < 0) {
        entry->width_px = measure(memory, &key);
    }
    return entry->width_px;
}

/* Add a run's letters to the stencil at column x; overlapping letters keep the darker pixel. */
static void stamp(struct canvas_stencil *stencil, const SDL_Surface *letters, int x, int y) {
    for (int row = 0; row < letters->h; row++) {
        if (y + row < 0 || y + row >= stencil->height_px) {
            continue;
        }
        const uint8_t *bytes = (const uint8_t *)letters->pixels + (size_t)row * (size_t)letters->pitch;
        uint8_t *cover = stencil->cover + (size_t)(y + row) * (size_t)stencil->width_px;
        for (int column = 0; column < letters->w && x + column < stencil->width_px; column++) {
            uint32_t pixel;
            memcpy(&pixel, bytes + (size_t)column * 4, sizeof pixel);
            uint8_t alpha = (uint8_t)(pixel >> 24);
            cover[x + column] = alpha > cover[x + column] ? alpha : cover[x + column];
        }
    }
}

/* Letters of one run into the stencil; gives the column behind them. */
static int render_run(struct line_memory *memory, int i, struct line_entry *entry, int x) {
    const struct run *run = &memory->runs.runs[i];
    TTF_Font *font = font_of(memory, run, &entry->key);
    int width = 0;
    if (font == NULL || TTF_SizeUTF8(font, memory->runs.text + run->at, &width, NULL) != 0 || width <= 0) {
        return x;
    }
    SDL_Surface *letters =
        TTF_RenderUTF8_Blended(font, memory->runs.text + run->at, (SDL_Color){255, 255, 255, 255});
    if (letters != NULL) {
        stamp(&entry->stencil, letters, x, entry->base_px - TTF_FontAscent(font));
        SDL_FreeSurface(letters);
    }
    return x + width;
}

/* Room above and below the base line: stacked marks and deep Arabic letters reach about this far. */
static bool render(struct line_memory *memory, struct line_entry *entry) {
    int width = measure(memory, &entry->key);
    entry->width_px = width;
    if (width <= 0 || width > WIDTH_MAX_PX) {
        return false;
    }
    int size = entry->key.size_px, height = size * 5 / 2;
    uint8_t *cover = calloc((size_t)width, (size_t)height);
    if (cover == NULL) {
        return false;
    }
    entry->base_px = size * 3 / 2;
    entry->stencil = (struct canvas_stencil){width, height, cover};
    memory->stencil_bytes += (size_t)width * (size_t)height;
    int x = 0;
    for (int i = 0; i < memory->runs.count; i++) {
        x = render_run(memory, i, entry, x);
    }
    return true;
}

const struct line_entry *line_stencil(struct line_memory *memory, struct line_key key) {
    while (memory->stencil_bytes > LINE_STENCIL_BYTES) {
        drop_oldest(memory);
    }
    struct line_entry *entry = askable(&key) ? find(memory, &key) : NULL;
    if (entry == NULL || (entry->stencil.cover == NULL && !render(memory, entry))) {
        return NULL;
    }
    return entry;
}
