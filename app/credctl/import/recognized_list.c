/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/recognized_list.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "linked/shelf.h"
#include "proof/integrity.h"

/* Memory for the proofs of a list: its text stands there in canonical form, and in what is signed. */
#define TIMES_TEXT 4u
#define MORE_BYTES (1024u * 1024u)

static struct span issuer_of(const json_t *credential) {
    const json_t *issuer = json_object_get(credential, "issuer");
    return jsontext_span(json_is_object(issuer) ? json_object_get(issuer, "id") : issuer);
}

static void note_signer(struct recognized_list *list) {
    struct import_file_source *source = &list->job->source;
    struct span issuer = issuer_of(list->document);
    source->is_signed = list->is_proved = true;
    snprintf(source->signer, sizeof source->signer, "%.*s", (int)issuer.len, (const char *)issuer.ptr);
}

/* Only what signs the text itself: the entities are read from its members. */
static enum err check_proof(const struct proof *proof, const struct statuslist_keys *keys,
                            const struct import_job *job) {
    if (proof_suite_is_stated(proof->suite)) {
        return ERR_PROOF_SUITE;
    }
    if (statuslist_keys_signed(keys, proof->kid, proof->alg, proof->signed_bytes, proof->signature) !=
        ERR_OK) {
        return ERR_IMPORT_SIGNER;
    }
    bool ended = proof->expires.present && interval_is_past(&job->now, proof->expires.time_s) != ANSWER_NO;
    return ended ? ERR_IMPORT_EXPIRED : ERR_OK;
}

static enum err check_proofs(struct recognized_list *list, struct arena *arena) {
    static const struct shelf none;
    struct shelf_view view = {.shelf = &none};
    struct context_library library = shelf_view_library(&view);
    struct pins_of of = {&list->pins, issuer_of(list->document)};
    struct statuslist_keys keys = pins_keys_of(&of);
    struct integrity *integrity = calloc(1, sizeof *integrity);
    enum err err = integrity == NULL
                       ? ERR_NO_MEMORY
                       : integrity_read(list->document, INTEGRITY_ASSERTION, &library, arena, integrity);
    /* a proof over statements asks for contexts, of which none are lent */
    err = err == ERR_CONTEXT_UNKNOWN ? ERR_PROOF_SUITE : err;
    for (uint32_t i = 0; err == ERR_OK && i < integrity->count; i++) {
        err = check_proof(&integrity->proofs[i], &keys, list->job);
    }
    free(integrity);
    return err;
}

static enum err check_document(struct recognized_list *list, size_t text_len) {
    size_t size = TIMES_TEXT * text_len + MORE_BYTES;
    void *memory = malloc(size);
    struct arena arena = arena_over(memory, size);
    enum err err = memory == NULL ? ERR_NO_MEMORY : check_proofs(list, &arena);
    free(memory);
    return err;
}

static enum err read_document(struct recognized_list *list, struct span text) {
    TRY(import_json(list->job, 0, &list->document));
    if (list->pins.file_count == 0) {
        return ERR_OK;
    }
    TRY(check_document(list, text.len));
    note_signer(list);
    return ERR_OK;
}

/* What is believed of a token is what it was pinned for: the claims are the credential, or hold it (VCDM 1.1). */
static enum err read_token(struct recognized_list *list, struct span text) {
    struct statement token = {0};
    enum err err = statement_read(text, &token);
    if (err == ERR_OK) {
        json_t *nested = json_object_get(token.claims, "vc");
        list->document = json_incref(nested != NULL ? nested : token.claims);
        bool same = token.issuer.len == 0 || span_equal(token.issuer, issuer_of(list->document));
        err = same ? ERR_OK : ERR_IMPORT_AUTHORITY;
    }
    if (err == ERR_OK && list->pins.file_count > 0) {
        struct pins_of of = {&list->pins, issuer_of(list->document)};
        struct statuslist_keys keys = pins_keys_of(&of);
        err = statement_check(&token, &keys, list->job);
    }
    if (err == ERR_OK && list->pins.file_count > 0) {
        note_signer(list);
    }
    statement_close(&token);
    return err;
}

static enum err take_documents(struct recognized_list *list) {
    for (size_t i = 1; i < list->job->input_count; i++) {
        json_t *document = NULL;
        TRY(import_json(list->job, i, &document));
        if (!dids_is_document(document)) {
            json_decref(document);
            return ERR_IMPORT_SHAPE;
        }
        TRY(dids_take(&list->dids, document));
    }
    return ERR_OK;
}

enum err recognized_list_open(struct import_job *job, struct recognized_list *out) {
    struct span text = {0};
    *out = (struct recognized_list){.job = job};
    TRY(pins_read(job, &out->pins));
    TRY(import_text(job, 0, &text));
    size_t at = 0;
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\n' || text.ptr[at] == '\r')) {
        at++;
    }
    TRY(at < text.len && text.ptr[at] == '{' ? read_document(out, text) : read_token(out, text));
    return take_documents(out);
}

void recognized_list_close(struct recognized_list *list) {
    json_decref(list->document);
    pins_close(&list->pins);
    dids_close(&list->dids);
    roll_close(&list->roll);
    *list = (struct recognized_list){0};
}
