/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/packing.h"
#include "credctl/build/pack_json.h"
#include "credctl/build/pack_text.h"
#include "credctl/command.h"
#include "credctl/progress.h"
#include "pack/pack_walk.h"
#include "pack/schema.h"

static const struct option_spec table[] = {
    PACKING_OPTIONS,
    {"json", 'j', NULL, "As JSON.", OPTION_ONCE},
};

/* Memory of one step of the walk, and of the head. */
#define ARENA_BYTES (256u * 1024u)

/* A showing in progress: one row is in memory at a time, however many there are. */
struct showing {
    struct pack *pack;
    struct arena arena; /* emptied between rows */
    const struct interval *now;
    FILE *out;
    bool as_json, first;
};

/* One row; "issuers", "certificates", "status_lists" and "contexts" are arrays of them. */
static enum err put(struct showing *showing, json_t *row, void (*as_text)(FILE *out, const json_t *row)) {
    enum err err = row == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK && showing->as_json) {
        fputs(showing->first ? "\n" : ",\n", showing->out);
        err = json_dumpf(row, showing->out, JSON_INDENT(2)) == 0 ? ERR_OK : ERR_FILE_WRITE;
    } else if (err == ERR_OK) {
        as_text(showing->out, row);
    }
    showing->first = false;
    json_decref(row);
    return err;
}

static enum err add_keys(struct showing *showing, const struct pack_issuer *issuer, json_t *keys) {
    struct pack_walk_key step = {0};
    for (;;) {
        struct arena arena = showing->arena;
        TRY(pack_walk_next_key(showing->pack, issuer, &arena, &step));
        if (!step.key.found) {
            return ERR_OK;
        }
        if (json_array_append_new(keys, pack_json_key(&step)) != 0) {
            return ERR_NO_MEMORY;
        }
    }
}

static enum err add_names(struct showing *showing, const struct pack_issuer *issuer, json_t *names) {
    struct arena arena = showing->arena;
    struct pack_walk_name step = {0};
    for (;;) {
        TRY(pack_walk_next_name(showing->pack, issuer, &arena, &step));
        if (!step.found) {
            return ERR_OK;
        }
        char language[LIMIT_NAME_BYTES + 1];
        snprintf(language, sizeof language, "%.*s", (int)step.language.len, (const char *)step.language.ptr);
        json_t *name = json_stringn((const char *)step.name.ptr, step.name.len);
        if (json_object_set_new(names, language, name) != 0) {
            return ERR_PACK_DAMAGED;
        }
    }
}

static enum err put_issuer(struct showing *showing, struct span identifier) {
    struct pack_issuer issuer = {0};
    TRY(pack_find_issuer(showing->pack, identifier, span_of_text("en"), &showing->arena, &issuer));
    json_t *names = json_object(), *keys = json_array();
    enum err err = add_names(showing, &issuer, names);
    err = err == ERR_OK ? add_keys(showing, &issuer, keys) : err;
    json_t *row = pack_json_issuer(&issuer, names, keys);
    if (err != ERR_OK) {
        json_decref(row);
        return err;
    }
    return put(showing, row, pack_text_issuer);
}

/* Each identifier in turn; the name of the last one is kept outside the arena. */
static enum err put_issuers(struct showing *showing) {
    char last[LIMIT_NAME_BYTES];
    struct span after = {0};
    for (showing->first = true;;) {
        struct arena saved = showing->arena;
        struct span identifier = {0};
        bool found = false;
        TRY(pack_walk_next_identifier(showing->pack, after, &showing->arena, &found, &identifier));
        if (!found) {
            return ERR_OK;
        }
        if (identifier.len > sizeof last) {
            return ERR_PACK_DAMAGED;
        }
        memcpy(last, identifier.ptr, identifier.len);
        after = span_of_bytes(last, identifier.len);
        TRY(put_issuer(showing, after));
        showing->arena = saved;
    }
}

static enum err put_status_lists(struct showing *showing) {
    struct pack_walk_status step = {0};
    for (showing->first = true;;) {
        struct arena arena = showing->arena;
        TRY(pack_walk_next_status(showing->pack, &arena, &step));
        if (!step.list.found) {
            return ERR_OK;
        }
        TRY(put(showing, pack_json_status(&step), pack_text_status));
    }
}

static enum err put_anchors(struct showing *showing) {
    struct pack_walk_anchor step = {0};
    for (showing->first = true;;) {
        struct arena arena = showing->arena;
        TRY(pack_walk_next_anchor(showing->pack, &arena, &step));
        if (!step.found) {
            return ERR_OK;
        }
        TRY(put(showing, pack_json_anchor(&step), pack_text_anchor));
    }
}

static enum err put_context(void *ctx, const struct pack_context *context) {
    return put(ctx, pack_json_context(context), pack_text_context);
}

static enum err put_contexts(struct showing *showing) {
    showing->first = true;
    return pack_context_each(showing->pack, put_context, showing);
}

static enum err make_head(struct showing *showing, json_t **out) {
    struct arena arena = showing->arena;
    struct span text = {0};
    json_t *sources = NULL;
    TRY(pack_walk_meta(showing->pack, SCHEMA_META_SOURCES, &arena, &text));
    if (text.len > 0) {
        TRY(jsontext_parse(text, &sources));
    }
    *out = pack_json_head(pack_info(showing->pack), showing->now, sources == NULL ? json_array() : sources);
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

static enum err walk_as_json(struct showing *showing, const json_t *head) {
    char *text = json_dumps(head, JSON_INDENT(2));
    if (text == NULL) {
        return ERR_NO_MEMORY;
    }
    /* The head's last two characters, a line feed and a brace, end the whole. */
    fprintf(showing->out, "%.*s,\n  \"issuers\": [", (int)strlen(text) - 2, text);
    free(text);
    TRY(put_issuers(showing));
    fputs("\n  ],\n  \"certificates\": [", showing->out);
    TRY(put_anchors(showing));
    fputs("\n  ],\n  \"status_lists\": [", showing->out);
    TRY(put_status_lists(showing));
    fputs("\n  ],\n  \"contexts\": [", showing->out);
    TRY(put_contexts(showing));
    fputs("\n  ]\n}\n", showing->out);
    return ERR_OK;
}

static enum err walk(struct showing *showing) {
    json_t *head = NULL;
    TRY(make_head(showing, &head));
    enum err err = ERR_OK;
    if (showing->as_json) {
        err = walk_as_json(showing, head);
    } else {
        pack_text_head(showing->out, head);
        err = put_issuers(showing);
        err = err == ERR_OK ? put_anchors(showing) : err;
        err = err == ERR_OK ? put_status_lists(showing) : err;
        err = err == ERR_OK ? put_contexts(showing) : err;
    }
    json_decref(head);
    return err;
}

/* Twice, for nothing stands on standard output where something fails: first to nowhere, then to there. */
static enum err show(struct showing *showing) {
    showing->out = fopen("/dev/null", "w");
    if (showing->out == NULL) {
        return ERR_FILE_WRITE;
    }
    enum err err = walk(showing);
    fclose(showing->out);
    showing->out = stdout;
    return err == ERR_OK ? walk(showing) : err;
}

static int run(const struct options *options) {
    const char *path = options->operands[0];
    struct packing packing = {0};
    struct showing showing = {.as_json = options_has(options, "json")};
    void *memory = malloc(ARENA_BYTES);
    int status =
        memory == NULL ? command_fail_err(ERR_NO_MEMORY, path) : packing_open(options, path, &packing);
    if (status == EX_OK) {
        showing.arena = arena_over(memory, ARENA_BYTES);
        showing.now = &packing.rules.now;
        struct progress progress = {0};
        progress_begin(&progress, "checking");
        enum err err = pack_open_file(packing.file, &packing.rules, PACK_OPEN_INSTALL, &showing.pack);
        progress_clear(&progress);
        err = err == ERR_OK ? show(&showing) : err;
        status = err == ERR_OK ? EX_OK : command_fail_err(err, path);
    }
    pack_close(showing.pack);
    packing_close(&packing);
    free(memory);
    return status;
}

const struct command command_trust_show = {
    .group = "trust",
    .name = "show",
    .operands = "PACK",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Show what a pack holds: dates, sources, issuers, keys with their scopes, certificates, "
                "status lists, contexts.",
    .more = "  credctl trust show lists.tpk --root root.jwt\n"
            "  credctl trust show lists.tpk --root root.jwt --json\n\n"
            "An expired pack is shown too.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
