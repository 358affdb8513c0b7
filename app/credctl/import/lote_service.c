/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_service.h"

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"
#include "credctl/import/lote_extension.h"
#include "credctl/import/lote_kind.h"
#include "crypto/did.h"

/* A state of a service: as it is, or as it was. */
struct state {
    const json_t *information; /* ServiceInformation, or an instance of the history */
    enum lote_kind_type type;
    enum lote_kind_status status;
    int64_t start_s; /* of this status; 0: unsaid */
    int64_t end_s;   /* of one that has gone by; 0: unsaid */
    bool past;
};

static bool is_good(const struct state *state) {
    return state->status == LOTE_KIND_GRANTED && state->type != LOTE_KIND_OTHER;
}

static const json_t *extensions_of(const struct state *state) {
    return json_object_get(state->information, "ServiceInformationExtensions");
}

/* ---- names ---------------------------------------------------------------------------------------------------------------- */

static enum err add_name(struct lote_service_all *all, struct span name) {
    if (!issuer_file_may_name(name)) {
        return ERR_OK;
    }
    for (size_t i = 0; i < json_array_size(all->names); i++) {
        if (span_equal(jsontext_span(json_array_get(all->names, i)), name)) {
            return ERR_OK;
        }
    }
    if (json_array_size(all->names) == LOTE_SERVICE_NAMES_MAX) {
        return ERR_LOTE_MANY;
    }
    return json_array_append_new(all->names, json_stringn((const char *)name.ptr, name.len)) == 0
               ? ERR_OK
               : ERR_NO_MEMORY;
}

static enum err add_names(struct lote_service_all *all, const struct state *state) {
    const json_t *others =
        json_object_get(json_object_get(state->information, "ServiceDigitalIdentity"), "OtherIds");
    const json_t *unique = lote_extension_find(extensions_of(state), LOTE_EXTENSION_IDENTIFIER);
    if (unique != NULL && !json_is_string(unique)) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < json_array_size(others); i++) {
        TRY(add_name(all, jsontext_span(json_array_get(others, i))));
    }
    TRY(add_name(all, jsontext_span(unique)));
    for (size_t i = 0; i < all->identity.key_count; i++) {
        struct span controller = did_without_fragment(all->identity.keys[i].kid);
        TRY(span_starts_with(controller, "did:") ? add_name(all, controller) : ERR_OK);
    }
    return ERR_OK;
}

/* ---- certificates --------------------------------------------------------------------------------------------------------- */

static enum err scope_lines(const json_t *scope, const char *member, char out[ISSUER_FILE_SCOPE_BYTES],
                            struct span *lines) {
    *lines = (struct span){0};
    return scope == NULL ? ERR_OK : issuer_file_scope(json_object_get(scope, member), out, lines);
}

static enum err add_anchors(struct lote_service_all *all, const json_t *scope) {
    char types_room[ISSUER_FILE_SCOPE_BYTES], achievements_room[ISSUER_FILE_SCOPE_BYTES];
    struct span types, achievements;
    TRY(scope_lines(scope, "types", types_room, &types));
    TRY(scope_lines(scope, "achievements", achievements_room, &achievements));
    for (size_t i = 0; i < all->identity.certificate_count; i++) {
        const struct certificate *certificate = &all->identity.certificates[i];
        TRY(issuer_anchor_add(all->anchors, certificate, types, achievements));
        bool names_itself = certificate->may_sign && !certificate->may_issue;
        for (size_t u = 0; names_itself && u < certificate->uri_count; u++) {
            TRY(add_name(all, certificate->uris[u]));
        }
    }
    return ERR_OK;
}

/* ---- keys ----------------------------------------------------------------------------------------------------------------- */

static struct lote_service_key *find(struct lote_service_all *all, const struct crypto_key *key) {
    for (size_t i = 0; i < all->key_count; i++) {
        if (crypto_key_equal(&all->keys[i].key.key, key)) {
            return &all->keys[i];
        }
    }
    return NULL;
}

/* What a state says of a key beside the key itself. */
static struct lote_service_key in_state(const struct lote_identity_key *key, const struct state *state,
                                        const json_t *scope) {
    struct lote_service_key out = {.key = *key, .past = state->past, .scope = scope};
    out.for_status = state->type == LOTE_KIND_STATUS;
    out.barred = state->type == LOTE_KIND_OTHER || state->status == LOTE_KIND_UNKNOWN;
    if (state->status == LOTE_KIND_WITHDRAWN) {
        out.withdrawn_at_s = state->start_s;
    } else if (state->start_s > out.key.valid_from_s) {
        out.key.valid_from_s = state->start_s;
    }
    int64_t until_s = out.key.valid_until_s;
    if (state->end_s != 0 && (until_s == 0 || state->end_s < until_s)) {
        out.key.valid_until_s = state->end_s;
    }
    return out;
}

static int64_t earlier_withdrawal(int64_t a, int64_t b) {
    return a == 0 || (b != 0 && b < a) ? b : a;
}

/* The same key in two services: withdrawn anywhere is withdrawn; else for what either of them is for. */
static enum err join(struct lote_service_key *there, const struct lote_service_key *key) {
    if ((there->past == false && key->past) || key->barred) {
        return ERR_OK;
    }
    if (there->barred && !there->past) {
        *there = *key;
        return ERR_OK;
    }
    if (there->for_status == key->for_status && json_equal(there->scope, key->scope) == 0 &&
        there->scope != key->scope) {
        return ERR_IMPORT_SHAPE;
    }
    there->scope = there->for_status ? key->scope : there->scope;
    there->for_status = there->for_status && key->for_status;
    there->withdrawn_at_s = earlier_withdrawal(there->withdrawn_at_s, key->withdrawn_at_s);
    struct lote_identity_key *to = &there->key;
    const struct lote_identity_key *from = &key->key;
    to->valid_from_s = from->valid_from_s < to->valid_from_s ? from->valid_from_s : to->valid_from_s;
    bool endless = to->valid_until_s == 0 || from->valid_until_s == 0;
    to->valid_until_s = endless                                   ? 0
                        : from->valid_until_s > to->valid_until_s ? from->valid_until_s
                                                                  : to->valid_until_s;
    to->kid = to->kid.len != 0 ? to->kid : from->kid;
    return ERR_OK;
}

static enum err add_keys(struct lote_service_all *all, const struct state *state, const json_t *scope) {
    for (size_t i = 0; i < all->identity.key_count; i++) {
        struct lote_service_key key = in_state(&all->identity.keys[i], state, scope);
        struct lote_service_key *there = find(all, &key.key.key);
        if (there != NULL) {
            TRY(join(there, &key));
        } else if (all->key_count < LOTE_SERVICE_KEYS_MAX) {
            all->keys[all->key_count++] = key;
        } else {
            return ERR_LOTE_MANY;
        }
    }
    return ERR_OK;
}

/* ---- services ------------------------------------------------------------------------------------------------------------- */

static enum err read_state(struct lote_service_all *all, const struct state *state) {
    TRY(lote_extension_check(extensions_of(state), LOTE_EXTENSION_OF_SERVICE));
    TRY(lote_identity_read(json_object_get(state->information, "ServiceDigitalIdentity"), &all->identity));
    all->passed_over += state->past ? 0 : all->identity.passed_over;
    if (state->status == LOTE_KIND_WITHDRAWN && state->start_s == 0) {
        return ERR_IMPORT_SHAPE;
    }
    const json_t *scope = lote_extension_find(extensions_of(state), LOTE_EXTENSION_SCOPE);
    if (!state->past) {
        bool nothing = all->identity.key_count + all->identity.certificate_count == 0;
        bool barred = state->status == LOTE_KIND_UNKNOWN || state->type == LOTE_KIND_OTHER;
        all->passed_over += nothing || barred;
        TRY(barred ? ERR_OK : add_names(all, state));
        TRY(is_good(state) && state->type == LOTE_KIND_ISSUANCE ? add_anchors(all, scope) : ERR_OK);
    }
    return add_keys(all, state, scope);
}

static enum err read_start(const json_t *information, int64_t *out) {
    struct span text = jsontext_span(json_object_get(information, "StatusStartingTime"));
    *out = 0;
    TRY(text.len == 0 ? ERR_OK : datetime_parse(text, out));
    return *out >= 0 ? ERR_OK : ERR_IMPORT_SHAPE;
}

static enum err state_of(const json_t *information, struct state *out) {
    struct span type = jsontext_span(json_object_get(information, "ServiceTypeIdentifier"));
    *out = (struct state){
        .information = information,
        .type = lote_kind_of_type(type),
        .status = lote_kind_of_status(jsontext_span(json_object_get(information, "ServiceStatus")))};
    return read_start(information, &out->start_s);
}

/* When the state that followed a past one began: the first later one of the service; 0: nobody said. */
static enum err end_of(const json_t *service, int64_t start_s, int64_t *out) {
    const json_t *history = json_object_get(service, "ServiceHistory");
    TRY(read_start(json_object_get(service, "ServiceInformation"), out));
    *out = *out > start_s ? *out : 0;
    for (size_t i = 0; i < json_array_size(history); i++) {
        int64_t other_s = 0;
        TRY(read_start(json_array_get(history, i), &other_s));
        *out = other_s > start_s && (*out == 0 || other_s < *out) ? other_s : *out;
    }
    return ERR_OK;
}

static enum err read_past(struct lote_service_all *all, const json_t *service, const json_t *instance) {
    struct state state, present;
    TRY(state_of(instance, &state));
    TRY(state_of(json_object_get(service, "ServiceInformation"), &present));
    TRY(end_of(service, state.start_s, &state.end_s));
    state.past = true;
    state.type = json_object_get(instance, "ServiceTypeIdentifier") == NULL ? present.type : state.type;
    bool open = state.status == LOTE_KIND_GRANTED && state.end_s == 0;
    state.status = open ? LOTE_KIND_UNKNOWN : state.status;
    return read_state(all, &state);
}

static enum err read_history(struct lote_service_all *all, const json_t *service) {
    const json_t *history = json_object_get(service, "ServiceHistory");
    for (size_t i = 0; i < json_array_size(history); i++) {
        TRY(read_past(all, service, json_array_get(history, i)));
    }
    return ERR_OK;
}

enum err lote_service_read(const json_t *services, struct lote_service_all *out) {
    out->names = json_array();
    out->anchors = json_object();
    if (out->names == NULL || out->anchors == NULL) {
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < json_array_size(services); i++) {
        struct state state;
        TRY(state_of(json_object_get(json_array_get(services, i), "ServiceInformation"), &state));
        TRY(read_state(out, &state));
    }
    for (size_t i = 0; i < json_array_size(services); i++) {
        TRY(read_history(out, json_array_get(services, i)));
    }
    return ERR_OK;
}

void lote_service_close(struct lote_service_all *all) {
    json_decref(all->names);
    json_decref(all->anchors);
    all->names = all->anchors = NULL;
}
