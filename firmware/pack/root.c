/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/root.h"

#include "pack/root_version.h"

struct span root_trim(struct span provisioned) {
    struct span text = provisioned;
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r' ||
                            text.ptr[text.len - 1] == ' ')) {
        text.len--;
    }
    return text;
}

/* Do the documents of `whole` begin with those of `start`? */
static bool begins_with(struct span whole, struct span start) {
    return span_equal(span_slice(whole, 0, start.len), start) &&
           (whole.len == start.len || whole.ptr[start.len] == ' ');
}

static enum err compare(struct span provisioned, struct span chain) {
    if (provisioned.len == 0 || provisioned.len > LIMIT_ROOT_CHAIN_BYTES || chain.len == 0 ||
        chain.len > LIMIT_ROOT_CHAIN_BYTES) {
        return ERR_ROOT_SHAPE;
    }
    if (begins_with(chain, provisioned)) {
        return ERR_OK;
    }
    return begins_with(provisioned, chain) ? ERR_ROOT_OLDER : ERR_ROOT_OTHER;
}

/* Read the next version and put it in the place of the one before it; nothing of it stays in the arena. */
static enum err step(struct span text, struct arena *arena, struct root *root, size_t *length) {
    struct root_version version = {0};
    const struct root *before = root->version == 0 ? NULL : root;
    TRY(root_version_read(text, before, arena, &version));
    if (root_version_own_missing(&version) > 0) {
        return ERR_ROOT_THRESHOLD;
    }
    if (root_version_before_missing(&version, before) > 0) {
        return ERR_ROOT_HANDOVER;
    }
    *length = version.text.len;
    *root = version.root;
    return ERR_OK;
}

/* Go through all versions. The name of the list, which all of them share, is kept in `scheme`. */
static enum err walk(struct span given, struct span text, struct arena *arena, struct room *scheme,
                     struct root *root) {
    bool passed = false; /* one version ends where the provisioned ones do */
    for (size_t at = 0, length = 0; at <= text.len; at += length + 1) {
        size_t used = arena->used;
        if (root->version == LIMIT_ROOT_VERSIONS) {
            return ERR_ROOT_MANY;
        }
        TRY(step(span_slice(text, at, text.len - at), arena, root, &length));
        if (scheme->len == 0) {
            TRY(room_put(scheme, root->scheme));
        }
        root->scheme = room_span(scheme);
        arena_rewind(arena, used);
        passed = passed || at + length == given.len;
    }
    return passed ? ERR_OK : ERR_ROOT_OTHER;
}

enum err root_follow(struct span provisioned, struct span chain, struct arena *arena, struct root *out) {
    struct span given = root_trim(provisioned);
    struct root root = {0};
    struct room scheme = {0};
    TRY(compare(given, chain));
    TRY(arena_room(arena, LIMIT_NAME_BYTES, &scheme));
    TRY(walk(given, chain, arena, &scheme, &root));
    *out = root;
    return ERR_OK;
}

enum err root_read(struct span provisioned, struct arena *arena, struct root *out) {
    return root_follow(provisioned, root_trim(provisioned), arena, out);
}
