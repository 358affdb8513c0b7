/* SPDX-License-Identifier: Apache-2.0 */
/* Freshness tokens: the text before its signature is checked, claims behind a right signature, and the record of those
 * that were accepted. The first byte chooses. */
#include "credctl/build/packer.h"
#include "crypto/jwk.h"
#include "kiosk/install_tokens.h"

#include <stdlib.h>

/* The release key, made once. */
static struct signer *release;
static struct root root;
static const struct pack_info info = {
    .seq = 5, .root_version = 1, .iat_s = 1000, .next_update_s = 2000, .expires_s = 3000};
static uint8_t memory[512 * 1024];

static void start(void) {
    if (crypto_start() != ERR_OK || signer_make(CRYPTO_EDDSA, &release) != ERR_OK) {
        abort();
    }
    root.scheme = span_of_text("example");
    root.version = 1;
    root.release_count = 1;
    root.release[0].key = *signer_public(release);
    if (jwk_thumbprint(&root.release[0].key, root.release[0].thumbprint) != ERR_OK) {
        abort();
    }
}

/* What came through keeps its bounds, and joins. */
static void read_text(struct span text) {
    struct arena arena = arena_over(memory, sizeof memory);
    struct fresh_token token = {0};
    struct fresh fresh = {0};
    if (fresh_read(text, &root, &info, &arena, &token) != ERR_OK) {
        return;
    }
    if (token.count > LIMIT_FRESH_REVOKED || token.next_update_s > info.expires_s ||
        token.iat_s < info.iat_s || fresh_join(&token, &fresh) != ERR_OK || fresh.count > token.count) {
        abort();
    }
    for (size_t i = 0; i < token.count; i++) {
        if (fresh_find(&fresh, token.revoked[i].kind, token.revoked[i].sha256) == NULL) {
            abort();
        }
    }
}

static void read_claims(struct span claims) {
    static uint8_t text[65536];
    uint8_t kid_bytes[PACKER_KID_BYTES];
    struct room out = room_over(text, sizeof text), kid = room_over(kid_bytes, sizeof kid_bytes);
    if (packer_kid(signer_public(release), &kid) == ERR_OK &&
        signer_jws(release, span_of_text(FRESH_TYP), room_span(&kid), claims, &out) == ERR_OK) {
        read_text(room_span(&out));
    }
}

static enum err give(void *ctx, const char *path, struct room *out) {
    (void)path;
    return room_put(out, *(const struct span *)ctx);
}

/* Only a record whose checksum is right gives tokens. */
static void read_record(struct span record) {
    static struct install_tokens tokens;
    struct store_port store = {.ctx = &record, .read = give};
    if (install_tokens_read(&store, &info, &tokens) != ERR_OK || tokens.len > sizeof tokens.text) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (release == NULL) {
        start();
    }
    if (size > 0) {
        struct span rest = span_of_bytes(data + 1, size - 1);
        (data[0] == 'c' ? read_claims : data[0] == 'r' ? read_record : read_text)(rest);
    }
    return 0;
}
