/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/install_tokens.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/build_time.h"
#include "kiosk/install.h"
#include "kiosk/kept.h"

#define HEAD      "credkiosk-tokens 1 "
#define HEX_CHARS (2u * CRYPTO_SHA256_BYTES)
/* The first and last line, and what stands between. */
#define RECORD_BYTES (INSTALL_TOKENS_BYTES + 128u + HEX_CHARS + 1u)
/* What one token takes, decoded. */
#define ARENA_BYTES (4u * LIMIT_FRESH_BYTES)

/* The first line. */
struct head {
    uint64_t root, seq, iat_s, lost;
};

static enum err put_checksum(struct room *record) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    TRY(crypto_sha256(room_span(record), sha256));
    for (size_t i = 0; i < sizeof sha256; i++) {
        TRY(room_put_byte(record, (uint8_t) "0123456789abcdef"[sha256[i] >> 4]));
        TRY(room_put_byte(record, (uint8_t) "0123456789abcdef"[sha256[i] & 15]));
    }
    return room_put_byte(record, '\n');
}

static enum err put_record(const struct pack_info *info, const struct install_tokens *tokens,
                           struct room *record) {
    char head[128];
    snprintf(head, sizeof head, HEAD "%" PRIu64 " %" PRIu64 " %" PRId64 " %d\n", info->root_version,
             info->seq, tokens->iat_s, tokens->lost ? 1 : 0);
    TRY(room_put_text(record, head));
    TRY(room_put(record, span_of_bytes(tokens->text, tokens->len)));
    return put_checksum(record);
}

/* The next number of the line, up to a space or its end. */
static bool take_number(struct span line, size_t *at, uint64_t *out) {
    size_t end = span_find(line, ' ', *at);
    bool whole = *at <= line.len && span_decimal(span_slice(line, *at, end - *at), 19, out);
    *at = end + 1;
    return whole;
}

static bool read_head(struct span line, struct head *out) {
    size_t at = sizeof HEAD - 1;
    return span_starts_with(line, HEAD) && take_number(line, &at, &out->root) &&
           take_number(line, &at, &out->seq) && take_number(line, &at, &out->iat_s) &&
           take_number(line, &at, &out->lost) && at == line.len + 1 && out->lost <= 1;
}

/* The record is whole when its checksum, written anew, is the same. */
static bool is_whole(struct room *record) {
    uint8_t line[HEX_CHARS + 1];
    size_t len = record->len;
    if (len < sizeof line) {
        return false;
    }
    record->len -= sizeof line;
    memcpy(line, record->ptr + record->len, sizeof line);
    bool whole =
        put_checksum(record) == ERR_OK && memcmp(record->ptr + len - sizeof line, line, sizeof line) == 0;
    record->len = len - sizeof line;
    return whole;
}

/* What a whole record means for the pack in use. */
static void take_record(struct span record, const struct pack_info *info, struct install_tokens *out) {
    struct head head = {0};
    size_t end = span_find(record, '\n', 0);
    if (!read_head(span_slice(record, 0, end), &head) || record.len - end - 1 > sizeof out->text) {
        out->lost = true;
        return;
    }
    bool newer = head.root > info->root_version || (head.root == info->root_version && head.seq > info->seq);
    bool same = head.root == info->root_version && head.seq == info->seq;
    out->iat_s = head.root == info->root_version ? (int64_t)head.iat_s : 0;
    out->lost = newer || (same && head.lost == 1);
    if (same) {
        out->len = record.len - end - 1;
        memcpy(out->text, record.ptr + end + 1, out->len);
    }
}

enum err install_tokens_read(const struct store_port *store, const struct pack_info *info,
                             struct install_tokens *out) {
    void *memory = malloc(RECORD_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room record = room_over(memory, RECORD_BYTES);
    enum err err = store->read(store->ctx, INSTALL_TOKENS, &record);
    *out = (struct install_tokens){0};
    if (err == ERR_OK && is_whole(&record)) {
        take_record(room_span(&record), info, out);
    } else if (err == ERR_OK || err == ERR_NO_ROOM) {
        out->lost = true;
        err = ERR_OK;
    }
    free(memory);
    return err == ERR_STORE_MISSING ? ERR_OK : err;
}

/* A pack, and memory in which its tokens are read one by one. */
struct reading {
    const struct pack *pack;
    void *memory;
};

static enum err read_token(const struct reading *reading, struct span text, struct fresh_token *out) {
    struct arena arena = arena_over(reading->memory, ARENA_BYTES);
    return fresh_read(text, pack_open_root(reading->pack), pack_info(reading->pack), &arena, out);
}

/* The line at *at without its line feed; *at goes behind it. */
static struct span next_line(const struct install_tokens *tokens, size_t *at) {
    struct span all = span_of_bytes(tokens->text, tokens->len);
    size_t end = span_find(all, '\n', *at);
    struct span line = span_slice(all, *at, end - *at);
    *at = end + 1;
    return line;
}

enum err install_tokens_join(const struct install_tokens *tokens, const struct pack *pack,
                             struct fresh *out) {
    struct reading reading = {pack, malloc(ARENA_BYTES)};
    struct fresh_token token;
    if (reading.memory == NULL) {
        return ERR_NO_MEMORY;
    }
    *out = (struct fresh){.incomplete = tokens->lost};
    for (size_t at = 0; at < tokens->len;) {
        struct span line = next_line(tokens, &at);
        bool good = read_token(&reading, line, &token) == ERR_OK && fresh_join(&token, out) == ERR_OK;
        out->incomplete = out->incomplete || !good;
    }
    free(reading.memory);
    return ERR_OK;
}

static enum err put_line(struct span line, struct install_tokens *out) {
    if (line.len >= sizeof out->text - out->len) {
        return ERR_FRESH_FULL;
    }
    memcpy(out->text + out->len, line.ptr, line.len);
    out->text[out->len + line.len] = '\n';
    out->len += line.len + 1;
    return ERR_OK;
}

/* Those that are still needed, then the new one. */
static enum err join_new(const struct reading *reading, const struct install_tokens *before, struct span text,
                         const struct fresh_token *token, struct install_tokens *out) {
    struct fresh_token earlier;
    size_t count = 1;
    out->lost = before->lost;
    out->iat_s = token->iat_s;
    for (size_t at = 0; at < before->len;) {
        struct span line = next_line(before, &at);
        bool good = read_token(reading, line, &earlier) == ERR_OK;
        out->lost = out->lost || !good;
        if (good && !fresh_covers(token, &earlier)) {
            TRY(put_line(line, out));
            count++;
        }
    }
    return count > LIMIT_FRESH_TOKENS ? ERR_FRESH_FULL : put_line(text, out);
}

/* Both records, too large for a stack. */
struct records {
    struct install_tokens before, after;
};

static enum err keep(const struct store_port *store, const struct pack_info *info,
                     const struct install_tokens *tokens) {
    void *memory = malloc(RECORD_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room record = room_over(memory, RECORD_BYTES);
    enum err err = put_record(info, tokens, &record);
    if (err == ERR_OK) {
        err = kept_write(store, INSTALL_TOKENS, room_span(&record));
    }
    free(memory);
    return err;
}

enum err install_tokens_renew(const struct store_port *store, const struct pack_info *info, int64_t lo_s) {
    struct install_tokens *tokens = malloc(sizeof *tokens);
    enum err err = tokens == NULL ? ERR_NO_MEMORY : install_tokens_read(store, info, tokens);
    if (err == ERR_OK && (tokens->lost || tokens->len > 0 || tokens->iat_s > 0)) {
        bool known = !tokens->lost || tokens->iat_s > lo_s;
        struct install_tokens *renewed = tokens;
        *renewed = (struct install_tokens){.iat_s = known ? tokens->iat_s : lo_s};
        err = keep(store, info, renewed);
    }
    free(tokens);
    return err;
}

/* Without a record of when the last one was made, what has passed for certain stands for it. */
static int64_t last_of(const struct install_tokens *before, const struct interval *now) {
    return before->lost && before->iat_s < now->lo_s ? now->lo_s : before->iat_s;
}

static enum err add(const struct store_port *store, const struct reading *reading, struct span text,
                    const struct pack_rules *rules, struct records *records) {
    struct fresh_token token;
    struct interval now = build_time_raise(&rules->now);
    TRY(read_token(reading, text, &token));
    TRY(install_tokens_read(store, pack_info(reading->pack), &records->before));
    TRY(fresh_admit(&token, last_of(&records->before, &rules->now), &now));
    TRY(join_new(reading, &records->before, text, &token, &records->after));
    return keep(store, pack_info(reading->pack), &records->after);
}

static struct span without_trailing_space(struct span text) {
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r' ||
                            text.ptr[text.len - 1] == ' ')) {
        text.len--;
    }
    return text;
}

enum err install_tokens_add(const struct store_port *store, struct span text, const struct pack_rules *rules,
                            struct install_tokens *out) {
    struct pack *pack = NULL;
    TRY(install_current(store, rules, &pack, NULL));
    struct reading reading = {pack, malloc(ARENA_BYTES)};
    struct records *records = calloc(1, sizeof *records);
    enum err err = reading.memory == NULL || records == NULL
                       ? ERR_NO_MEMORY
                       : add(store, &reading, without_trailing_space(text), rules, records);
    if (err == ERR_OK && out != NULL) {
        *out = records->after;
    }
    free(records);
    free(reading.memory);
    pack_close(pack);
    return err;
}
