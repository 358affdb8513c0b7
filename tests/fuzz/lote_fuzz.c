/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/import/lote_entity.h"
#include "credctl/import/lote_shape.h"
#include "credctl/import/lote_write.h"
#include "crypto/crypto.h"

/* What is listed can be published, and that has the standard's form, and is read again. */
static void judge_issuer(const json_t *issuer) {
    struct lote_write_how how = {.with_unsigned = true, .with_okp = true};
    uint64_t left_out = 0;
    json_t *entity = NULL;
    struct lote_entity again = {0};
    if (issuer_file_check(issuer) != ERR_OK) {
        return;
    }
    if (lote_write_entity(issuer, &how, &left_out, &entity) != ERR_OK || left_out != 0) {
        abort();
    }
    if (entity != NULL && (lote_shape_check_entity(entity) != ERR_OK ||
                           lote_entity_read(entity, (struct span){0}, &again) != ERR_OK)) {
        abort();
    }
    json_decref(again.issuer);
    json_decref(entity);
}

static void judge_entity(const json_t *entity) {
    struct lote_entity out = {0};
    enum err err = lote_entity_read(entity, span_of_text("EE"), &out);
    if (err != ERR_OK && out.issuer != NULL) {
        abort();
    }
    if (out.issuer != NULL) {
        judge_issuer(out.issuer);
    }
    json_decref(out.issuer);
}

/* A list, or an entity of one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool started = false;
    json_t *json = NULL;
    if (!started && crypto_start() != ERR_OK) {
        abort();
    }
    started = true;
    if (jsontext_parse(span_of_bytes(data, size), &json) != ERR_OK) {
        return 0;
    }
    if (lote_shape_check_list(json) == ERR_OK) {
        const json_t *entities = json_object_get(json_object_get(json, "LoTE"), "TrustedEntitiesList");
        for (size_t i = 0; i < json_array_size(entities) && i < 16; i++) {
            judge_entity(json_array_get(entities, i));
        }
    }
    judge_entity(json);
    json_decref(json);
    return 0;
}
