/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/lote_import.h"

#include <stdlib.h>

#include "tests/lib/check.h"

int lote_import_start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

struct imported lote_import_at(json_t *list, int64_t now_s) {
    char *text = json_dumps(list, 0);
    assert_non_null(text);
    struct imported out =
        imported_text(&import_lote, span_of_text(text), &(struct imported_how){.now_s = now_s});
    free(text);
    json_decref(list);
    return out;
}

struct imported lote_import(json_t *list) {
    return lote_import_at(list, 0);
}

struct imported lote_import_service(const char *service) {
    struct imported out = lote_import(lote_text_list(lote_text_entity("Academy", service)));
    assert_ok(out.err);
    return out;
}

void lote_import_refused(json_t *list, enum err expected, const char *entry) {
    struct imported out = lote_import(list);
    if (out.err != expected) {
        fail_msg("%s, not %s", err_name(out.err), err_name(expected));
    }
    assert_string_equal(out.job.entry, entry);
    imported_close(&out);
}

void lote_import_refused_service(const char *service, enum err expected) {
    lote_import_refused(lote_text_list(lote_text_entity("Academy", service)), expected, "Academy");
}

const char *lote_import_text(const json_t *object, const char *member) {
    return json_string_value(json_object_get(object, member));
}

const json_t *lote_import_key(const struct imported *of, size_t n) {
    return json_array_get(json_object_get(json_array_get(of->issuers, 0), "keys"), n);
}

struct imported lote_import_two(const char *first, const char *second) {
    json_t *entity = lote_text_entity("Academy", first), *other = lote_text_entity("Academy", second);
    json_array_extend(json_object_get(entity, "TrustedEntityServices"),
                      json_object_get(other, "TrustedEntityServices"));
    json_decref(other);
    return lote_import(lote_text_list(entity));
}
