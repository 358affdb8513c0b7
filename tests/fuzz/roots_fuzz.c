/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chain of roots from a stranger, behind the provisioned root 1 (keys a, b and c, of which two sign). The first byte
 * chooses what the rest is: the whole chain; what follows root 1; claims of further versions, each behind a byte that
 * names who signs them, with a zero between; the same with "#1" to "#4" standing for keys. Whatever is followed must have
 * been signed by enough keys of both roots: they are counted again here.
 */
#include <stdlib.h>
#include <string.h>

#include "credctl/build/packer.h"
#include "crypto/jwk.h"
#include "pack/root_version.h"
#include "tests/lib/testroot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct testroot keys;
static char first_text[TESTROOT_TEXT_BYTES];
static struct span first;
static uint8_t memory[2 * LIMIT_ROOT_CHAIN_BYTES], text[LIMIT_ROOT_CHAIN_BYTES + 65536];

static void prepare(void) {
    static const struct testroot_version version = {1, "abc", 2, "ab", NULL, false};
    if (first.len == 0) {
        testroot_start(&keys);
        first = testroot_chain(&keys, &version, 1, first_text);
    }
}

/* Read the chain version by version, and look at what root_follow should have seen. */
static void look_again(struct span chain, const struct root *last) {
    struct root before = {0};
    struct arena arena = arena_over(memory, sizeof memory);
    for (size_t at = 0; at < chain.len;) {
        struct root_version version = {0};
        const struct root *earlier = before.version == 0 ? NULL : &before;
        struct span rest = {chain.ptr + at, chain.len - at};
        size_t used = arena.used;
        if (root_version_read(rest, earlier, &arena, &version) != ERR_OK ||
            root_version_own_missing(&version) != 0 || root_version_before_missing(&version, earlier) != 0 ||
            version.root.version != before.version + 1 || !span_equal_text(version.root.scheme, "example")) {
            abort();
        }
        before = version.root;
        before.scheme = span_of_text("example");
        arena_rewind(&arena, used);
        at += version.text.len + 1;
    }
    if (before.version != last->version || before.key_count != last->key_count ||
        memcmp(before.keys[0].thumbprint, last->keys[0].thumbprint, sizeof before.keys[0].thumbprint) != 0) {
        abort();
    }
}

static void follow(struct span chain) {
    struct arena arena = arena_over(memory, sizeof memory);
    struct root root = {0};
    enum err err = root_follow(first, chain, &arena, &root);
    if ((err == ERR_OK) != (root.version != 0)) {
        abort();
    }
    if (err == ERR_OK) {
        look_again(chain, &root);
    }
}

static void follow_behind_first(struct span rest) {
    struct room room = room_over(text, sizeof text);
    if (room_put(&room, first) == ERR_OK && room_put_byte(&room, ' ') == ERR_OK &&
        room_put(&room, rest) == ERR_OK) {
        follow(room_span(&room));
    }
}

/* Each piece: a byte whose bits name the keys that sign, then claims up to a zero. */
static void follow_signed(struct span pieces) {
    struct room room = room_over(text, sizeof text);
    bool whole = room_put(&room, first) == ERR_OK;
    for (size_t at = 0; whole && at < pieces.len;) {
        size_t end = span_find(pieces, 0, at + 1);
        struct span claims = span_slice(pieces, at + 1, end - at - 1);
        for (size_t i = 0; whole && claims.len <= 4096 && i < TESTROOT_KEYS; i++) {
            if ((pieces.ptr[at] & 1u << i) != 0) {
                whole = room_put_byte(&room, ' ') == ERR_OK &&
                        packer_sign_payload(claims, keys.root[i], &room) == ERR_OK;
            }
        }
        at = end + 1;
    }
    if (whole) {
        follow(room_span(&room));
    }
}

/* Claims of a next root with keys of ours in the place of '#': JSON that no chance finds. */
static void follow_named(struct span pieces) {
    static uint8_t filled[16384];
    struct room room = room_over(filled, sizeof filled);
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < pieces.len; i++) {
        uint8_t c = pieces.ptr[i];
        if (c >= '1' && c < '1' + TESTROOT_KEYS && i > 0 && pieces.ptr[i - 1] == '#') {
            room.len--;
            struct room tail = room;
            uint8_t jwk[512];
            struct room jwk_room = room_over(jwk, sizeof jwk);
            err = jwk_write(signer_public(keys.root[c - '1']), &jwk_room);
            err = err == ERR_OK ? room_put(&tail, room_span(&jwk_room)) : err;
            room = tail;
        } else {
            err = room_put_byte(&room, c);
        }
    }
    if (err == ERR_OK) {
        follow_signed(room_span(&room));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    prepare();
    if (size == 0) {
        return 0;
    }
    struct span rest = {data + 1, size - 1};
    switch (data[0] % 4) {
    case 0:
        follow(rest);
        break;
    case 1:
        follow_behind_first(rest);
        break;
    case 2:
        follow_signed(rest);
        break;
    default:
        follow_named(rest);
    }
    return 0;
}
