/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/root_draft.h"

#include <stdlib.h>

#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "crypto/jwk.h"

/* Signatures are decoded, and so is the chain, one after the other. */
#define ARENA_BYTES (ROOT_DRAFT_SIGNATURES_BYTES + LIMIT_ROOT_CHAIN_BYTES)

static enum err make_room(size_t cap, struct room *out) {
    uint8_t *memory = malloc(cap);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    *out = room_over(memory, cap);
    return ERR_OK;
}

static enum err make(struct root_draft *draft) {
    TRY(make_room(LIMIT_ROOT_CHAIN_BYTES, &draft->chain));
    TRY(make_room(PACKER_ROOT_BYTES, &draft->payload));
    TRY(make_room(ROOT_DRAFT_SIGNATURES_BYTES, &draft->signatures));
    draft->memory = malloc(ARENA_BYTES);
    draft->arena = arena_over(draft->memory, ARENA_BYTES);
    return draft->memory == NULL ? ERR_NO_MEMORY : ERR_OK;
}

/* What the root says, by the payload alone. */
static enum err read_payload(struct root_draft *draft) {
    json_t *claims = NULL;
    TRY(jsontext_parse(room_span(&draft->payload), &claims));
    enum err err = root_version_claims(claims, &draft->before, &draft->arena, &draft->next.root);
    json_decref(claims);
    return err;
}

/* Do these signatures sign the payload? The first tells, for they all sign the same. */
static bool sign_payload(const struct root_draft *draft, struct span signatures) {
    uint8_t text[PACKER_ROOT_BYTES / 3 * 4 + 4];
    struct room encoded = room_over(text, sizeof text);
    size_t first = span_find(signatures, '.', 0), second = span_find(signatures, '.', first + 1);
    return base64url_encode(room_span(&draft->payload), &encoded) == ERR_OK && second > first &&
           span_equal(span_slice(signatures, first + 1, second - first - 1), room_span(&encoded));
}

/* Find out anew who has signed. */
static enum err count(struct root_draft *draft) {
    struct span signatures = room_span(&draft->signatures);
    struct root_version version = {0};
    struct arena arena = draft->arena;
    if (signatures.len == 0) {
        return ERR_OK;
    }
    if (!sign_payload(draft, signatures)) {
        return ERR_ROOT_DRAFT;
    }
    TRY(root_version_read(signatures, &draft->before, &arena, &version));
    if (version.text.len != signatures.len) {
        return ERR_ROOT_DRAFT;
    }
    memcpy(draft->next.own, version.own, sizeof version.own);
    memcpy(draft->next.before, version.before, sizeof version.before);
    return ERR_OK;
}

static enum err begin(struct span chain, const struct packer_root *next, struct root_draft *draft) {
    TRY(make(draft));
    TRY(room_put(&draft->chain, root_trim(chain)));
    TRY(root_read(room_span(&draft->chain), &draft->arena, &draft->before));
    TRY(packer_root_payload(next, &draft->payload));
    return read_payload(draft);
}

enum err root_draft_begin(struct span chain, const struct packer_root *next, struct root_draft *out) {
    struct root_draft draft = {0};
    enum err err = begin(chain, next, &draft);
    if (err != ERR_OK) {
        root_draft_close(&draft);
        return err;
    }
    *out = draft;
    return ERR_OK;
}

/* The next line goes into a room; false: there is none, or it is too long. */
static bool take_line(struct span *text, struct room *out) {
    size_t end = span_find(*text, '\n', 0);
    if (end == text->len || end == 0 || room_put(out, span_slice(*text, 0, end)) != ERR_OK) {
        return false;
    }
    *text = span_slice(*text, end + 1, text->len - end - 1);
    return true;
}

static enum err split(struct span text, struct root_draft *draft) {
    if (!take_line(&text, &draft->chain) || !take_line(&text, &draft->payload)) {
        return ERR_ROOT_DRAFT;
    }
    while (text.len > 0) {
        if (draft->signatures.len > 0) {
            TRY(room_put_byte(&draft->signatures, ' '));
        }
        if (!take_line(&text, &draft->signatures)) {
            return ERR_ROOT_DRAFT;
        }
    }
    return ERR_OK;
}

static enum err load(struct span text, struct root_draft *draft) {
    TRY(make(draft));
    TRY(split(text, draft));
    TRY(root_read(room_span(&draft->chain), &draft->arena, &draft->before));
    TRY(read_payload(draft));
    return count(draft);
}

enum err root_draft_load(const char *path, struct root_draft *out) {
    struct room text = {0};
    struct root_draft draft = {0};
    TRY(file_read(path, ROOT_DRAFT_BYTES, &text));
    enum err err = load(room_span(&text), &draft);
    file_release(&text);
    if (err != ERR_OK) {
        root_draft_close(&draft);
        return err;
    }
    *out = draft;
    return ERR_OK;
}

static enum err put_lines(const struct root_draft *draft, struct room *out) {
    TRY(room_put(out, room_span(&draft->chain)));
    TRY(room_put_byte(out, '\n'));
    TRY(room_put(out, room_span(&draft->payload)));
    TRY(room_put_byte(out, '\n'));
    size_t start = out->len;
    TRY(room_put(out, room_span(&draft->signatures)));
    for (size_t i = start; i < out->len; i++) {
        out->ptr[i] = out->ptr[i] == ' ' ? '\n' : out->ptr[i];
    }
    return draft->signatures.len > 0 ? room_put_byte(out, '\n') : ERR_OK;
}

enum err root_draft_save(const struct root_draft *draft, const char *path, struct file_how how) {
    struct room text = {0};
    TRY(make_room(ROOT_DRAFT_BYTES, &text));
    enum err err = put_lines(draft, &text);
    if (err == ERR_OK) {
        err = file_write(path, room_span(&text), how);
    }
    free(text.ptr);
    return err;
}

/* Add signatures, or leave the draft as it was. */
static enum err add(struct root_draft *draft, struct span signatures) {
    size_t len = draft->signatures.len;
    enum err err = len == 0 ? ERR_OK : room_put_byte(&draft->signatures, ' ');
    err = err == ERR_OK ? room_put(&draft->signatures, signatures) : err;
    err = err == ERR_OK ? count(draft) : err;
    if (err != ERR_OK) {
        draft->signatures.len = len;
    }
    return err;
}

/* Has the key with this id signed? *known: one of both roots names it. */
static bool has_signed(const struct root_draft *draft, const uint8_t kid[CRYPTO_SHA256_BYTES], bool *known) {
    const struct root *roots[] = {&draft->next.root, &draft->before};
    const bool *signers[] = {draft->next.own, draft->next.before};
    bool yes = false;
    *known = false;
    for (size_t r = 0; r < 2; r++) {
        for (size_t i = 0; i < roots[r]->key_count; i++) {
            if (memcmp(roots[r]->keys[i].thumbprint, kid, CRYPTO_SHA256_BYTES) == 0) {
                *known = true;
                yes = yes || signers[r][i];
            }
        }
    }
    return yes;
}

enum err root_draft_sign(struct root_draft *draft, const struct signer *signer) {
    uint8_t kid[CRYPTO_SHA256_BYTES];
    bool known = false;
    struct room text = {0};
    TRY(jwk_thumbprint(signer_public(signer), kid));
    if (has_signed(draft, kid, &known)) {
        return ERR_OK;
    }
    if (!known) {
        return ERR_ROOT_SIGNER;
    }
    TRY(make_room(PACKER_ROOT_BYTES / 3 * 4 + 1024u, &text));
    enum err err = packer_sign_payload(room_span(&draft->payload), signer, &text);
    if (err == ERR_OK) {
        err = add(draft, room_span(&text));
    }
    free(text.ptr);
    return err;
}

/* One signature that was checked already: by whom is it? */
static enum err take_one(struct root_draft *draft, struct span signature) {
    struct root_version version = {0};
    struct arena arena = draft->arena;
    bool news = false;
    TRY(root_version_read(signature, &draft->before, &arena, &version));
    for (size_t i = 0; i < LIMIT_ROOT_KEYS; i++) {
        news =
            news || (version.own[i] && !draft->next.own[i]) || (version.before[i] && !draft->next.before[i]);
    }
    return news ? add(draft, signature) : ERR_OK;
}

enum err root_draft_take(struct root_draft *draft, const struct root_draft *other) {
    struct span signatures = room_span(&other->signatures);
    if (!span_equal(room_span(&draft->chain), room_span(&other->chain)) ||
        !span_equal(room_span(&draft->payload), room_span(&other->payload))) {
        return ERR_ROOT_DRAFT_OTHER;
    }
    for (size_t at = 0; at < signatures.len;) {
        size_t end = span_find(signatures, ' ', at);
        TRY(take_one(draft, span_slice(signatures, at, end - at)));
        at = end + 1;
    }
    return ERR_OK;
}

bool root_draft_complete(const struct root_draft *draft) {
    return root_version_own_missing(&draft->next) == 0 &&
           root_version_before_missing(&draft->next, &draft->before) == 0;
}

enum err root_draft_chain(const struct root_draft *draft, struct room *out) {
    struct root last = {0};
    struct arena arena = draft->arena;
    struct room chain = *out;
    TRY(room_put(&chain, room_span(&draft->chain)));
    TRY(room_put_byte(&chain, ' '));
    TRY(room_put(&chain, room_span(&draft->signatures)));
    TRY(root_follow(room_span(&draft->chain), span_slice(room_span(&chain), out->len, chain.len - out->len),
                    &arena, &last));
    *out = chain;
    return ERR_OK;
}

void root_draft_close(struct root_draft *draft) {
    free(draft->chain.ptr);
    free(draft->payload.ptr);
    free(draft->signatures.ptr);
    free(draft->memory);
    *draft = (struct root_draft){0};
}
