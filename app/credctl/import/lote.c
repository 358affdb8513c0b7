/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of trusted entities in JSON (ETSI TS 119 602), signed with compact JAdES, or not at all. */
#include <stdlib.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/jades.h"
#include "credctl/import/import.h"
#include "credctl/import/lote_entity.h"
#include "credctl/import/lote_extension.h"
#include "credctl/import/lote_shape.h"
#include "credctl/import/certificate_pins.h"

/* The version of the format that is read here. */
#define VERSION 1

static struct span trim(struct span text) {
    while (text.len > 0 && strchr(" \t\r\n", text.ptr[text.len - 1]) != NULL) {
        text.len--;
    }
    while (text.len > 0 && strchr(" \t\r\n", text.ptr[0]) != NULL) {
        text = span_slice(text, 1, text.len);
    }
    return text;
}

/* What was signed, once the signature is found right. */
static enum err read_signed(struct import_job *job, struct span text, json_t **out) {
    struct certificate_pins pins = {0};
    struct jades jades = {0};
    size_t size = text.len + JADES_HEADER_BYTES;
    void *memory = malloc(size);
    struct arena arena = arena_over(memory, memory == NULL ? 0 : size);
    enum err err = memory == NULL ? ERR_NO_MEMORY : certificate_pins_read(job, &pins);
    if (err == ERR_OK) {
        struct jades_rules rules = {pins.certificates, pins.count, job->now};
        err = pins.count == 0 ? ERR_LOTE_PIN : jades_read(text, &rules, &arena, &jades);
    }
    if (err == ERR_OK) {
        struct room signer = room_over(job->source.signer, sizeof job->source.signer - 1);
        err = certificate_name(jades.signer.subject, &signer);
    }
    if (err == ERR_OK) {
        err = jsontext_parse_large(jades.payload, IMPORT_JSON_VALUES_MAX, out);
    }
    job->source.is_signed = err == ERR_OK;
    certificate_pins_close(&pins);
    free(memory);
    return err;
}

static enum err open_list(struct import_job *job, json_t **out) {
    struct span text = {0};
    TRY(import_text(job, 0, &text));
    text = trim(text);
    return text.len > 0 && text.ptr[0] == '{' ? jsontext_parse_large(text, IMPORT_JSON_VALUES_MAX, out)
                                              : read_signed(job, text, out);
}

/* What the list says of itself, and whether it is in force. */
static enum err read_scheme(struct import_job *job, const json_t *scheme) {
    struct import_file_source *source = &job->source;
    const json_t *next_update = json_object_get(scheme, "NextUpdate");
    source->seq = json_integer_value(json_object_get(scheme, "LoTESequenceNumber"));
    if (json_integer_value(json_object_get(scheme, "LoTEVersionIdentifier")) != VERSION) {
        return ERR_LOTE_VERSION;
    }
    TRY(source->seq > 0 ? ERR_OK : ERR_IMPORT_SHAPE);
    TRY(lote_extension_check(json_object_get(scheme, "SchemeExtensions"), LOTE_EXTENSION_OF_LIST));
    TRY(json_is_null(next_update) ? ERR_LOTE_CLOSED : ERR_OK);
    TRY(datetime_parse(jsontext_span(json_object_get(scheme, "ListIssueDateTime")), &source->issued_s));
    TRY(datetime_parse(jsontext_span(next_update), &source->next_update_s));
    TRY(import_not_ahead(job, source->issued_s));
    if (source->issued_s <= 0 || source->next_update_s <= source->issued_s) {
        return ERR_IMPORT_SHAPE;
    }
    return job->now.lo_s > source->next_update_s ? ERR_LOTE_ENDED : ERR_OK;
}

static void say_how_it_is_named(struct import_job *job, const struct lote_entity *entity) {
    if (entity->named == LOTE_ENTITY_UNNAMED) {
        job->passed_over++;
        import_note(
            job,
            "passed over: it has no name that credentials use, or no key or certificate that is judged here");
    } else if (entity->named == LOTE_ENTITY_BY_ANCHORS) {
        import_note(job, "it has no name that credentials use: known by its certificates alone");
    }
}

static enum err read_entity(struct import_job *job, const json_t *scheme, const json_t *json, size_t number) {
    struct lote_entity entity = {0};
    import_at(job, lote_entity_name(json), number);
    TRY(lote_entity_read(json, jsontext_span(json_object_get(scheme, "SchemeTerritory")), &entity));
    job->passed_over += entity.passed_over;
    say_how_it_is_named(job, &entity);
    enum err err = entity.issuer == NULL ? ERR_OK : import_add(job, entity.issuer);
    json_decref(entity.issuer);
    return err;
}

static enum err read_document(struct import_job *job, const json_t *document) {
    TRY(lote_shape_check_list(document));
    const json_t *list = json_object_get(document, "LoTE");
    const json_t *scheme = json_object_get(list, "ListAndSchemeInformation");
    const json_t *entities = json_object_get(list, "TrustedEntitiesList");
    TRY(read_scheme(job, scheme));
    for (size_t i = 0; i < json_array_size(entities); i++) {
        TRY(read_entity(job, scheme, json_array_get(entities, i), i));
    }
    return ERR_OK;
}

static enum err read_lote(struct import_job *job) {
    json_t *document = NULL;
    TRY(open_list(job, &document));
    enum err err = read_document(job, document);
    json_decref(document);
    return err;
}

const struct import_format import_lote = {
    .name = "lote",
    .sentence = "A list of trusted entities, ETSI TS 119 602, in JSON: signed (compact JAdES, --pin its "
                "certificate or CA), or not.",
    .takes = {"pin"},
    .read = read_lote,
};
