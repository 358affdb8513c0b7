/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first lines of a pack from a stranger. The first byte chooses what the rest is: the head of a pack file; a manifest;
 * claims that the release key signs as a manifest. What is accepted keeps every promise of manifest.h.
 */
#include <stdlib.h>

#include "credctl/build/packer.h"
#include "pack/container.h"
#include "pack/manifest.h"
#include "pack/pack_open.h"
#include "tests/lib/testroot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW_S 1788000000

static struct testroot keys;
static struct root root;
static char root_text[TESTROOT_TEXT_BYTES];
static uint8_t memory[2 * LIMIT_ROOT_CHAIN_BYTES], text[LIMIT_MANIFEST_BYTES + 1024];

/* The release key is Ed25519, the quickest to sign by. */
static void prepare(void) {
    static const struct testroot_version version = {1, "a", 1, "a", NULL, false};
    if (root.version == 0) {
        struct arena arena = arena_over(memory, sizeof memory);
        testroot_start(&keys);
        struct signer *release = keys.release;
        keys.release = keys.root[2];
        struct span chain = testroot_chain(&keys, &version, 1, root_text);
        keys.release = release;
        if (root_follow(chain, chain, &arena, &root) != ERR_OK) {
            abort();
        }
        root.scheme = span_of_text("example");
    }
}

static void split(struct span head) {
    struct container parts = {0};
    if (container_split(head, &parts) == ERR_OK &&
        (parts.manifest.len == 0 || parts.manifest.len > LIMIT_MANIFEST_BYTES || parts.roots.len == 0 ||
         parts.roots.len > LIMIT_ROOT_CHAIN_BYTES || parts.database_at + CONTAINER_MAGIC_BYTES > head.len)) {
        abort();
    }
}

static void read_manifest(struct span manifest_text) {
    struct arena arena = arena_over(memory, sizeof memory);
    struct pack_rules rules = {.app_version = PACK_APP_VERSION, .now = interval_at(NOW_S)};
    struct manifest manifest = {0};
    if (manifest_read(manifest_text, &root, &rules, &arena, &manifest) != ERR_OK) {
        return;
    }
    bool kept = manifest.seq >= 1 && manifest.seq <= LIMIT_JSON_INTEGER && manifest.root_version == 1 &&
                manifest.min_app <= PACK_APP_VERSION && manifest.iat_s >= 0 && manifest.iat_s <= NOW_S &&
                manifest.iat_s <= manifest.next_update_s && manifest.next_update_s <= manifest.expires_s &&
                manifest.expires_s - manifest.iat_s <= LIMIT_PACK_LIFETIME_S &&
                manifest.database_bytes >= 1 && manifest.database_bytes <= (uint64_t)LIMIT_PACK_BYTES &&
                manifest.audience.len == 0 && span_equal_text(manifest.scheme, "example");
    if (!kept) {
        abort();
    }
}

static void read_signed(struct span claims) {
    uint8_t kid_bytes[PACKER_KID_BYTES];
    struct room kid = room_over(kid_bytes, sizeof kid_bytes), room = room_over(text, sizeof text);
    if (packer_kid(signer_public(keys.root[2]), &kid) == ERR_OK &&
        signer_jws(keys.root[2], span_of_text(MANIFEST_TYP), room_span(&kid), claims, &room) == ERR_OK) {
        read_manifest(room_span(&room));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    prepare();
    if (size == 0) {
        return 0;
    }
    struct span rest = {data + 1, size - 1};
    switch (data[0] % 3) {
    case 0:
        split(rest);
        break;
    case 1:
        read_manifest(rest);
        break;
    default:
        read_signed(rest);
    }
    return 0;
}
