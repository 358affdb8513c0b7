/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/presentation.h"

#include "codec/jsontext.h"
#include "credential/facts.h"
#include "credential/member.h"

/* Media types of envelopes, as VC-JOSE-COSE and its drafts have named them. */
static const struct {
    const char *media_type; /* in small letters */
    enum err err;
} envelopes[] = {
    {"application/vc+jwt", ERR_OK},
    {"application/vp+jwt", ERR_OK},
    {"application/vc-ld+jwt", ERR_OK},
    {"application/vp-ld+jwt", ERR_OK},
    {"application/vc+ld+json+jwt", ERR_OK},
    {"application/vp+ld+json+jwt", ERR_OK},
    {"application/jwt", ERR_OK},
    {"application/vc+sd-jwt", ERR_OK},
    {"application/dc+sd-jwt", ERR_OK},
    {"application/vp+sd-jwt", ERR_OK},
    {"application/vc-ld+sd-jwt", ERR_OK},
    {"application/vp-ld+sd-jwt", ERR_OK},
    {"application/sd-jwt", ERR_OK},
    {"application/vc+ld+json+sd-jwt", ERR_OK},
    {"application/vc+cose", ERR_FORMAT_COSE},
    {"application/vp+cose", ERR_FORMAT_COSE},
};

/* The header of a token is a JSON object: '{"', or '{' and white space. */
static bool is_like_token(struct span text) {
    return span_starts_with(text, "ey") || span_starts_with(text, "ew");
}

/* "data:", a media type, a comma, the token (RFC 2397). */
static enum err token_of_address(struct span address, struct span *token) {
    size_t from = strlen("data:");
    size_t comma = span_find(address, ',', 0);
    if (!span_equal_small(span_slice(address, 0, from), "data:") || comma == address.len) {
        return ERR_PRESENTATION_MEMBER;
    }
    struct span whole = span_slice(address, from, comma - from);
    struct span media_type = span_slice(whole, 0, span_find(whole, ';', 0));
    struct span text = span_slice(address, comma + 1, address.len);
    for (size_t i = 0; i < sizeof envelopes / sizeof *envelopes; i++) {
        if (span_equal_small(media_type, envelopes[i].media_type)) {
            TRY(envelopes[i].err);
            bool good = whole.len == media_type.len && is_like_token(text);
            *token = good ? text : *token;
            return good ? ERR_OK : ERR_PRESENTATION_MEMBER;
        }
    }
    return ERR_PRESENTATION_MEMBER;
}

enum err presentation_envelope(const json_t *document, struct span *token) {
    struct span found = {0};
    if (member_says(document, "type", "EnvelopedVerifiableCredential") ||
        member_says(document, "type", "EnvelopedVerifiablePresentation")) {
        TRY(token_of_address(jsontext_span(json_object_get(document, "id")), &found));
    }
    *token = found;
    return ERR_OK;
}

bool presentation_is(const json_t *document) {
    return member_says(document, "type", "VerifiablePresentation");
}

static struct presented one_of(const json_t *member) {
    struct presented one = {0};
    if (json_is_string(member)) {
        bool token = is_like_token(jsontext_span(member));
        one.token = token ? jsontext_span(member) : one.token;
        one.err = token ? ERR_OK : ERR_PRESENTATION_MEMBER;
        return one;
    }
    one.err = presentation_envelope(member, &one.token);
    if (one.err == ERR_OK && one.token.len == 0) {
        bool credential = member_says(member, "type", "VerifiableCredential");
        one.document = credential ? (json_t *)member : NULL;
        one.err = credential ? ERR_OK : ERR_PRESENTATION_MEMBER;
    }
    return one;
}

static enum err read_list(const json_t *document, struct presentation *out) {
    size_t count = member_count(document, "verifiableCredential");
    if (count == 0) {
        return ERR_PRESENTATION_EMPTY;
    }
    if (count > LIMIT_PRESENTED) {
        return ERR_PRESENTATION_MANY;
    }
    for (size_t i = 0; i < count; i++) {
        out->list[i] = one_of(member_at(document, "verifiableCredential", i));
    }
    out->count = (uint32_t)count;
    return ERR_OK;
}

enum err presentation_read(const json_t *document, struct presentation *out) {
    struct presentation read = {0};
    enum credential_version version = CREDENTIAL_VERSION_NONE;
    if (!presentation_is(document)) {
        return ERR_CREDENTIAL_NONE;
    }
    TRY(facts_version(document, &version));
    const json_t *id = json_object_get(document, "id");
    read.id = jsontext_span(id);
    if (id != NULL && read.id.len == 0) {
        return ERR_CREDENTIAL_ID;
    }
    bool shaped = member_id(document, "holder", &read.holder) == ERR_OK;
    if (!shaped || (json_object_get(document, "holder") != NULL && read.holder.len == 0)) {
        return ERR_PRESENTATION_HOLDER;
    }
    TRY(read_list(document, &read));
    *out = read;
    return ERR_OK;
}
