/* SPDX-License-Identifier: Apache-2.0 */
#include "payload/prefix.h"

static const struct {
    const char *prefix; /* in small letters */
    enum payload_kind kind;
} prefixes[] = {
    {"https://", PAYLOAD_LINK},
    {"http://", PAYLOAD_LINK},
    {"openid-credential-offer://", PAYLOAD_OFFER},
    {"openid4vp://", PAYLOAD_OFFER},
    {"openid-vc://", PAYLOAD_OFFER},
    {"openid://", PAYLOAD_OFFER},
    {"haip://", PAYLOAD_OFFER},
    {"haip-vci://", PAYLOAD_OFFER},
    {"haip-vp://", PAYLOAD_OFFER},
    {"eudi-openid4vp://", PAYLOAD_OFFER},
    {"mdoc-openid4vp://", PAYLOAD_OFFER},
    {"vp1-", PAYLOAD_CBOR_LD},
    {"vc1-", PAYLOAD_CBOR_LD},
    {"hc1:", PAYLOAD_HEALTH},
    {"nzcp:/", PAYLOAD_NZCP},
    {"shc:/", PAYLOAD_SHC},
    {"ur:", PAYLOAD_MULTIPART},
};

static bool starts_with(struct span text, const char *prefix) {
    return span_equal_small(span_slice(text, 0, strlen(prefix)), prefix);
}

enum payload_kind prefix_kind(struct span text) {
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (starts_with(text, prefixes[i].prefix)) {
            return prefixes[i].kind;
        }
    }
    return PAYLOAD_NONE;
}
