/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/sd.h"

#include "codec/base64url.h"
#include "crypto/point.h"
#include "proof/sdvalue.h"

/* "_:u" and a label in base64url. */
#define NAME_BYTES (3u + BASE64URL_CHARS(SDVALUE_LABEL_BYTES))

/* What is shown. */
struct showing {
    const struct rdf_dataset *set;
    const uint32_t *labels;
};

/* The statements, those that every showing must hold apart from the others. */
struct split {
    struct span mandatory; /* their lines, one after the other */
    struct proof_part *parts;
    uint32_t part_count;
    bool status_chosen;
};

static enum err name_of(struct span label, struct arena *arena, struct span *out) {
    struct room room = {0};
    TRY(arena_room(arena, NAME_BYTES, &room));
    TRY(room_put_text(&room, "_:u"));
    TRY(base64url_encode(label, &room));
    *out = room_span(&room);
    return ERR_OK;
}

/* Each blank node by its label. RDFC-1.0 counts from 0 on, and the labels have no gap: equal counts are a match. */
static enum err names_of(const struct showing *shown, const struct sdvalue *value, struct arena *arena,
                         struct span **out) {
    uint32_t count = shown->set->blank_count, used = 0;
    void *taken = NULL;
    TRY(arena_take(arena, count * sizeof(struct span), &taken));
    struct span *names = taken;
    for (uint32_t blank = 0; blank < count; blank++) {
        uint32_t number = shown->labels[blank];
        if (number == RDFC_UNLABELLED) {
            continue;
        }
        if (number >= value->label_count) {
            return ERR_PROOF_LABELS;
        }
        TRY(name_of(value->labels[number], arena, &names[blank]));
        used++;
    }
    *out = names;
    return used == value->label_count ? ERR_OK : ERR_PROOF_LABELS;
}

/* VC Data Model 2.0 section 4.10: how a credential is tied to an entry of its status. A subject has no spaces. */
static bool ties_status(struct span line) {
    static const char predicate[] = " <https://www.w3.org/2018/credentials#credentialStatus> ";
    size_t at = 0;
    while (at < line.len && line.ptr[at] != ' ') {
        at++;
    }
    return span_starts_with(span_slice(line, at, line.len), predicate);
}

static enum err add_part(struct span line, const struct sdvalue *value, struct split *split) {
    if (split->part_count == value->signature_count) {
        return ERR_PROOF_UNSIGNED;
    }
    split->parts[split->part_count] = (struct proof_part){line, value->signatures[split->part_count]};
    split->part_count++;
    split->status_chosen = split->status_chosen || ties_status(line);
    return ERR_OK;
}

/* Section 3.5, createVerifyData: by place among the sorted lines. */
static enum err split_lines(const struct rdfc_form *form, const struct sdvalue *value, struct room *mandatory,
                            struct split *split) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < form->line_count; i++) {
        if (next < value->index_count && value->indexes[next] == i) {
            TRY(room_put(mandatory, form->lines[i]));
            next++;
        } else {
            TRY(add_part(form->lines[i], value, split));
        }
    }
    split->mandatory = room_span(mandatory);
    if (next != value->index_count) {
        return ERR_PROOF_INDEXES;
    }
    return split->part_count == value->signature_count ? ERR_OK : ERR_PROOF_UNSIGNED;
}

static enum err split_statements(const struct showing *shown, const struct sdvalue *value,
                                 struct arena *arena, struct split *out) {
    struct span *names = NULL;
    struct rdfc_form form = {0};
    struct room mandatory = {0};
    void *taken = NULL;
    TRY(names_of(shown, value, arena, &names));
    TRY(rdfc_rename(shown->set, names, arena, &form));
    TRY(arena_take(arena, value->signature_count * sizeof(struct proof_part), &taken));
    TRY(arena_room(arena, form.text.len, &mandatory));
    out->parts = taken;
    return split_lines(&form, value, &mandatory, out);
}

/* Section 3.5, serializeSignData: the options' hash, the key, the hash of the mandatory statements. */
static enum err join_signed(struct span options_hash, struct span key, struct span mandatory,
                            struct arena *arena, struct span *out) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct room room = {0};
    TRY(crypto_sha256(mandatory, hash));
    TRY(arena_room(arena, options_hash.len + key.len + sizeof hash, &room));
    TRY(room_put(&room, options_hash));
    TRY(room_put(&room, key));
    TRY(room_put(&room, span_of_bytes(hash, sizeof hash)));
    *out = room_span(&room);
    return ERR_OK;
}

enum err sd_read(struct span value, struct span options_hash, const struct rdf_dataset *set,
                 const uint32_t *labels, struct arena *arena, struct proof *out) {
    const struct showing shown = {set, labels};
    struct sdvalue read = {0};
    struct crypto_key key = {0};
    struct split split = {0};
    struct span signed_bytes = {0};
    TRY(sdvalue_read(value, arena, &read));
    TRY(point_decompress(CRYPTO_KEY_P256, span_slice(read.key, 2, read.key.len), &key));
    TRY(split_statements(&shown, &read, arena, &split));
    TRY(join_signed(options_hash, read.key, split.mandatory, arena, &signed_bytes));
    key.only = CRYPTO_ES256;
    out->alg = CRYPTO_ES256;
    out->signed_bytes = signed_bytes;
    out->signature = read.base_signature;
    out->parts = (struct proof_parts){key, split.part_count, split.parts};
    out->partial = true;
    out->status_chosen = split.status_chosen;
    return ERR_OK;
}
