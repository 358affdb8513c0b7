/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/root_text.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "codec/base64url.h"
#include "verdict/shown.h"

/* Lines of keys: what they are called, and what is said of each. */
struct lines {
    FILE *out;
    const char *label;
    const bool *signers;          /* or NULL */
    const struct root_key *other; /* keys of the other root, or NULL: none is compared */
    size_t other_count;
    const char *alone; /* what is said of a key that the other root does not have */
    bool alone_only;   /* and others have no line */
};

static void put_scheme(FILE *out, struct span text) {
    fprintf(out, "%-14s", "scheme");
    for (size_t at = 0; at < text.len;) {
        uint8_t bytes[4];
        size_t len = utf8_encode(shown_character(utf8_next(text, &at)), bytes);
        fwrite(bytes, 1, len, out);
    }
    fputc('\n', out);
}

static enum err put_kid(FILE *out, const struct root_key *key) {
    uint8_t text[PACKER_KID_BYTES];
    struct room room = room_over(text, sizeof text);
    TRY(base64url_encode(span_of_bytes(key->thumbprint, sizeof key->thumbprint), &room));
    fprintf(out, "%.*s", (int)room.len, (const char *)text);
    return ERR_OK;
}

static bool has(const struct root_key *keys, size_t count, const struct root_key *key) {
    for (size_t i = 0; i < count; i++) {
        if (memcmp(keys[i].thumbprint, key->thumbprint, sizeof key->thumbprint) == 0) {
            return true;
        }
    }
    return false;
}

static enum err put_keys(const struct lines *lines, const struct root_key *keys, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool alone = lines->alone != NULL && !has(lines->other, lines->other_count, &keys[i]);
        if (lines->alone_only && !alone) {
            continue;
        }
        fprintf(lines->out, "%-14s", lines->label);
        TRY(put_kid(lines->out, &keys[i]));
        fprintf(lines->out, "%s%s\n", alone ? lines->alone : "",
                lines->signers != NULL && lines->signers[i] ? "  (has signed)" : "");
    }
    return ERR_OK;
}

static void put_head(FILE *out, const struct root *root) {
    put_scheme(out, root->scheme);
    fprintf(out, "%-14s%" PRIu64 "%s\n%-14s%" PRIu64 " of %zu keys\n", "root", root->version,
            root->demo ? "  DEMO" : "", "threshold", root->threshold, root->key_count);
}

enum err root_text_root(FILE *out, const struct root *root) {
    put_head(out, root);
    TRY(put_keys(&(struct lines){.out = out, .label = "root key"}, root->keys, root->key_count));
    return put_keys(&(struct lines){.out = out, .label = "release key"}, root->release, root->release_count);
}

enum err root_text_draft(FILE *out, const struct root_draft *draft) {
    const struct root *next = &draft->next.root, *before = &draft->before;
    struct lines keys = {out, "root key", draft->next.own, before->keys, before->key_count, "  (new)", false};
    struct lines gone = {out, "root key", draft->next.before, next->keys, next->key_count, "  (goes)", true};
    struct lines release = {out,       "release key", NULL, before->release, before->release_count,
                            "  (new)", false};
    struct lines release_gone = {out,        "release key", NULL, next->release, next->release_count,
                                 "  (goes)", true};
    put_head(out, next);
    TRY(put_keys(&keys, next->keys, next->key_count));
    TRY(put_keys(&gone, before->keys, before->key_count));
    TRY(put_keys(&release, next->release, next->release_count));
    TRY(put_keys(&release_gone, before->release, before->release_count));
    return root_text_missing(out, draft);
}

/* "root 1: 1 of 2 signatures; still KID KID". */
static enum err put_missing(FILE *out, const struct root *root, const bool *signers, uint64_t missing) {
    fprintf(out, "%-14skeys of root %" PRIu64 ": %" PRIu64 " of %" PRIu64 " signatures", "signed",
            root->version, root->threshold - missing, root->threshold);
    for (size_t i = 0; missing > 0 && i < root->key_count; i++) {
        if (!signers[i]) {
            fputs("\n                missing  ", out);
            TRY(put_kid(out, &root->keys[i]));
        }
    }
    fputc('\n', out);
    return ERR_OK;
}

enum err root_text_missing(FILE *out, const struct root_draft *draft) {
    const struct root *before = &draft->before;
    TRY(put_missing(out, before, draft->next.before, root_version_before_missing(&draft->next, before)));
    return put_missing(out, &draft->next.root, draft->next.own, root_version_own_missing(&draft->next));
}
