/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "credctl/build/packing.h"
#include "credctl/command.h"
#include "pack/pack_walk.h"

static const struct option_spec table[] = {
    PACKING_OPTIONS,
    {"json", 'j', NULL, "As JSON.", OPTION_ONCE},
};

/* Memory of one walk; each step needs little of it. */
#define ARENA_BYTES (64u * 1024u)

static const char *const bands[] = {[PACK_CLOCK_UNKNOWN] = "unknown",
                                    [PACK_FRESH] = "fresh",
                                    [PACK_STALE] = "stale",
                                    [PACK_EXPIRED] = "expired"};

/* A showing in progress; `arena` is emptied between its rows. */
struct showing {
    struct pack *pack;
    struct arena arena;
    json_t *json;
};

static json_t *json_of_span(struct span text) {
    return json_stringn_nocheck((const char *)text.ptr, text.len);
}

static json_t *json_of_time(int64_t time_s) {
    char text[DATETIME_TEXT_SIZE];
    if (time_s == 0) {
        return json_null();
    }
    datetime_text(time_s, text);
    return json_string(text);
}

static json_t *json_of_hex(const uint8_t bytes[CRYPTO_SHA256_BYTES]) {
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    }
    return json_string(hex);
}

static json_t *json_of_lines(struct span lines) {
    json_t *array = json_array();
    for (size_t at = 0; at < lines.len;) {
        size_t end = span_find(lines, '\n', at);
        json_array_append_new(array, json_of_span(span_slice(lines, at, end - at)));
        at = end + 1;
    }
    return array;
}

static json_t *json_of_key(struct span kid, const struct pack_key *key) {
    return json_pack("{s:o,s:s,s:o,s:o,s:b,s:o,s:o,s:o}", "kid", json_of_span(kid), "alg",
                     crypto_alg_name(key->alg), "types", json_of_lines(key->types), "achievements",
                     json_of_lines(key->achievements), "for_status", key->for_status, "valid_from",
                     json_of_time(key->valid_from_s), "valid_until", json_of_time(key->valid_until_s),
                     "withdrawn_at", json_of_time(key->withdrawn_at_s));
}

static enum err add_keys(struct showing *showing, const struct pack_issuer *issuer, json_t *keys) {
    struct pack_walk_key step = {0};
    for (;;) {
        struct arena arena = showing->arena;
        TRY(pack_walk_next_key(showing->pack, issuer, &arena, &step));
        if (!step.key.found) {
            return ERR_OK;
        }
        json_array_append_new(keys, json_of_key(step.kid, &step.key));
    }
}

static enum err add_issuer(struct showing *showing, struct span identifier, json_t *issuers) {
    struct arena saved = showing->arena;
    struct pack_issuer issuer = {0};
    TRY(pack_find_issuer(showing->pack, identifier, span_of_text("en"), &showing->arena, &issuer));
    json_t *keys = json_array();
    json_array_append_new(issuers,
                          json_pack("{s:o,s:o,s:o,s:b,s:o}", "identifier", json_of_span(identifier), "name",
                                    json_of_span(issuer.name), "territory", json_of_span(issuer.territory),
                                    "unsigned", issuer.unsigned_source, "keys", keys));
    enum err err = add_keys(showing, &issuer, keys);
    showing->arena = saved;
    return err;
}

/* Each identifier in turn; the name of the last one is kept outside the arena. */
static enum err add_issuers(struct showing *showing, json_t *issuers) {
    char last[LIMIT_NAME_BYTES];
    struct span after = {0};
    for (;;) {
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
        TRY(add_issuer(showing, after, issuers));
        showing->arena = saved;
    }
}

static enum err add_status_lists(struct showing *showing, json_t *lists) {
    struct pack_walk_status step = {0};
    for (;;) {
        struct arena arena = showing->arena;
        TRY(pack_walk_next_status(showing->pack, &arena, &step));
        if (!step.list.found) {
            return ERR_OK;
        }
        json_array_append_new(
            lists, json_pack("{s:o,s:o,s:o,s:o,s:I,s:I,s:o,s:o}", "address", json_of_span(step.address),
                             "purpose", json_of_span(step.list.purpose), "kind", json_of_span(step.list.kind),
                             "issuer", json_of_span(step.list.issuer), "entries",
                             (json_int_t)step.list.entries, "bits", (json_int_t)step.list.bits, "as_of",
                             json_of_time(step.list.as_of_s), "expires", json_of_time(step.list.expires_s)));
    }
}

static enum err collect(struct showing *showing, const struct interval *now) {
    const struct pack_info *info = pack_info(showing->pack);
    json_t *issuers = json_array(), *lists = json_array();
    showing->json = json_pack("{s:o,s:I,s:I,s:b,s:o,s:o,s:o,s:s,s:I,s:o,s:o,s:o,s:o}", "scheme",
                              json_of_span(info->scheme), "seq", (json_int_t)info->seq, "root",
                              (json_int_t)info->root_version, "demo", info->demo, "issued",
                              json_of_time(info->iat_s), "next_update", json_of_time(info->next_update_s),
                              "expires", json_of_time(info->expires_s), "band", bands[pack_band(info, now)],
                              "bytes", (json_int_t)info->database_bytes, "sha256", json_of_hex(info->sha256),
                              "id", json_of_hex(info->id), "issuers", issuers, "status_lists", lists);
    if (showing->json == NULL) {
        return ERR_NO_MEMORY;
    }
    TRY(add_issuers(showing, issuers));
    return add_status_lists(showing, lists);
}

/* A string of the collected JSON, made safe for a terminal: no control characters. */
static void print_text(const json_t *object, const char *member) {
    const char *text = json_string_value(json_object_get(object, member));
    for (; text != NULL && *text != '\0'; text++) {
        putchar((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text);
    }
}

static void print_member(const char *label, const json_t *object, const char *member) {
    printf("%-14s", label);
    print_text(object, member);
    putchar('\n');
}

static void print_issuer(const json_t *issuer) {
    size_t index = 0;
    const json_t *key = NULL;
    printf("issuer        ");
    print_text(issuer, "identifier");
    printf("  ");
    print_text(issuer, "name");
    printf("%s\n", json_is_true(json_object_get(issuer, "unsigned")) ? "  (from an unsigned source)" : "");
    json_array_foreach(json_object_get(issuer, "keys"), index, key) {
        printf("  key         ");
        print_text(key, "alg");
        printf("  ");
        print_text(key, "kid");
        printf("%s%s\n", json_is_true(json_object_get(key, "for_status")) ? "  (status lists)" : "",
               json_is_string(json_object_get(key, "withdrawn_at")) ? "  (withdrawn)" : "");
    }
}

static void print(const json_t *json) {
    size_t index = 0;
    const json_t *row = NULL;
    print_member("scheme", json, "scheme");
    printf("%-14s%" JSON_INTEGER_FORMAT "%s\n", "number", json_integer_value(json_object_get(json, "seq")),
           json_is_true(json_object_get(json, "demo")) ? "  DEMO" : "");
    print_member("issued", json, "issued");
    print_member("fresh until", json, "next_update");
    print_member("expires", json, "expires");
    print_member("freshness", json, "band");
    print_member("id", json, "id");
    json_array_foreach(json_object_get(json, "issuers"), index, row) {
        print_issuer(row);
    }
    json_array_foreach(json_object_get(json, "status_lists"), index, row) {
        printf("status list   ");
        print_text(row, "address");
        printf("  ");
        print_text(row, "purpose");
        printf("  %" JSON_INTEGER_FORMAT " entries, as of ",
               json_integer_value(json_object_get(row, "entries")));
        print_text(row, "as_of");
        putchar('\n');
    }
}

static int show(struct showing *showing, const struct interval *now, bool as_json, const char *path) {
    void *memory = malloc(ARENA_BYTES);
    showing->arena = arena_over(memory, memory == NULL ? 0 : ARENA_BYTES);
    enum err err = collect(showing, now);
    if (err == ERR_OK && as_json) {
        json_dumpf(showing->json, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (err == ERR_OK) {
        print(showing->json);
    }
    json_decref(showing->json);
    free(memory);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int run(const struct options *options) {
    const char *path = options->operands[0];
    struct packing packing = {0};
    struct showing showing = {0};
    int status = packing_open(options, path, &packing);
    if (status == EX_OK) {
        enum err err = pack_open_file(packing.file, &packing.rules, PACK_OPEN_INSTALL, &showing.pack);
        status = err == ERR_OK ? EX_OK : command_fail_err(err, path);
    }
    if (status == EX_OK) {
        status = show(&showing, &packing.rules.now, options_has(options, "json"), path);
    }
    pack_close(showing.pack);
    packing_close(&packing);
    return status;
}

const struct command command_trust_show = {
    .group = "trust",
    .name = "show",
    .operands = "PACK",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Show what a pack holds: dates, issuers, keys with their scopes, status lists.",
    .more = "An expired pack is shown too.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
