/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/cborld_run.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define XSD         "http://www.w3.org/2001/XMLSchema#"
#define CRYPTOSUITE "https://w3id.org/security#cryptosuiteString"

/* What CBORLD_SINGLETON stood for before there was a registry: contexts, addresses and values without a type. */
static const struct cborld_word first_words[] = {
    {"https://www.w3.org/ns/activitystreams", 16},
    {"https://www.w3.org/2018/credentials/v1", 17},
    {"https://www.w3.org/ns/did/v1", 18},
    {"https://w3id.org/security/suites/ed25519-2018/v1", 19},
    {"https://w3id.org/security/suites/ed25519-2020/v1", 20},
    {"https://w3id.org/cit/v1", 21},
    {"https://w3id.org/age/v1", 22},
    {"https://w3id.org/security/suites/x25519-2020/v1", 23},
    {"https://w3id.org/veres-one/v1", 24},
    {"https://w3id.org/webkms/v1", 25},
    {"https://w3id.org/zcap/v1", 26},
    {"https://w3id.org/security/suites/hmac-2019/v1", 27},
    {"https://w3id.org/security/suites/aes-2019/v1", 28},
    {"https://w3id.org/vaccination/v1", 29},
    {"https://w3id.org/vc-revocation-list-2020/v1", 30},
    {"https://w3id.org/dcc/v1", 31},
    {"https://w3id.org/vc/status-list/v1", 32},
    {"https://www.w3.org/ns/credentials/v2", 33},
    {"https://w3id.org/security/data-integrity/v1", 48},
    {"https://w3id.org/security/multikey/v1", 49},
    {"https://purl.imsglobal.org/spec/ob/v3p0/context.json", 50},
    {"https://w3id.org/security/data-integrity/v2", 51},
};

static const struct cborld_word cryptosuites[] = {
    {"ecdsa-rdfc-2019", 1},
    {"ecdsa-sd-2023", 2},
    {"eddsa-rdfc-2022", 3},
    {"ecdsa-xi-2023", 4},
};

static const struct cborld_type first_types[] = {
    {"context", first_words, COUNT(first_words)},
    {"url", first_words, COUNT(first_words)},
    {"none", first_words, COUNT(first_words)},
    {CRYPTOSUITE, cryptosuites, COUNT(cryptosuites)},
};
static const struct cborld_entry first_entry = {1, first_types, COUNT(first_types)};

/* Entry 100: Verifiable Credential Barcodes; before there was a registry, the same numbers in CBORLD_SINGLETON. */
static const struct cborld_word barcode_contexts[] = {
    {"https://www.w3.org/ns/credentials/v2", 32768},
    {"https://w3id.org/vc-barcodes/v1", 32769},
    {"https://w3id.org/utopia/v2", 32770},
};
static const struct cborld_type barcode_types[] = {
    {"context", barcode_contexts, COUNT(barcode_contexts)},
    {CRYPTOSUITE, cryptosuites, COUNT(cryptosuites)},
};
static const struct cborld_entry entries[] = {{100, barcode_types, COUNT(barcode_types)}};
static const struct cborld_registry registered = {.entries = entries,
                                                  .count = COUNT(entries),
                                                  .app_words = barcode_contexts,
                                                  .app_count = COUNT(barcode_contexts)};

const struct cborld_registry *cborld_registered(void) {
    return &registered;
}

static const struct cborld_type *table_of(const struct cborld_entry *entry, struct span type) {
    for (size_t i = 0; entry != NULL && i < entry->count; i++) {
        if (span_equal_text(type, entry->types[i].type)) {
            return &entry->types[i];
        }
    }
    return NULL;
}

enum err cborld_run_tables(struct cborld_run *run, struct cborld_form form,
                           const struct cborld_registry *registry) {
    run->legacy = form.header == CBORLD_SINGLETON;
    run->entry = run->legacy ? &first_entry : NULL;
    run->app_words = run->legacy ? registry->app_words : NULL;
    run->app_count = run->legacy ? registry->app_count : 0;
    if (run->legacy || form.entry <= 1) {
        return ERR_OK;
    }
    for (size_t i = 0; i < registry->count; i++) {
        if (registry->entries[i].id == form.entry) {
            run->entry = &registry->entries[i];
            return ERR_OK;
        }
    }
    return ERR_CBORLD_ENTRY;
}

static struct cborld_kind kind_of_type(const struct cborld_run *run, enum cborld_codec codec,
                                       struct span type) {
    bool by_bytes = codec == CBORLD_PLAIN || codec == CBORLD_DATE || codec == CBORLD_DATE_TIME ||
                    (codec == CBORLD_URL && !run->legacy);
    return (struct cborld_kind){codec, type, table_of(run->entry, type), by_bytes};
}

struct cborld_kind cborld_kind_url(const struct cborld_run *run) {
    return kind_of_type(run, CBORLD_URL, span_of_text("url"));
}

struct cborld_kind cborld_kind_context(const struct cborld_run *run) {
    return kind_of_type(run, CBORLD_URL, span_of_text("context"));
}

static enum cborld_codec codec_of(struct span type) {
    static const struct {
        const char *type;
        enum cborld_codec codec;
    } codecs[] = {
        {"https://w3id.org/security#multibase", CBORLD_MULTIBASE},
        {XSD "date", CBORLD_DATE},
        {XSD "dateTime", CBORLD_DATE_TIME},
    };
    for (size_t i = 0; i < COUNT(codecs); i++) {
        if (span_equal_text(type, codecs[i].type)) {
            return codecs[i].codec;
        }
    }
    return CBORLD_TYPED;
}

static bool is_either(struct span text, const char *one, const char *other) {
    return span_equal_text(text, one) || span_equal_text(text, other);
}

enum err cborld_kind_is_type(struct cborld_run *run, struct span term, struct cborld_found found, bool *out) {
    if (found.def != NULL) {
        TRY(cborld_active_resolve(run, found));
    }
    *out = span_equal_text(term, "@type") || (found.def != NULL && span_equal_text(found.def->id, "@type"));
    return ERR_OK;
}

enum err cborld_kind_of(struct cborld_run *run, struct span term, struct cborld_found found,
                        struct cborld_kind *out) {
    static const struct cborld_def none;
    if (found.def != NULL) {
        TRY(cborld_active_resolve(run, found));
    }
    const struct cborld_def *def = found.def == NULL ? &none : found.def;
    if (is_either(term, "@id", "@type") || is_either(def->id, "@id", "@type") ||
        is_either(def->type, "@id", "@vocab")) {
        *out = cborld_kind_url(run);
    } else if (def->type.ptr == NULL) {
        *out = kind_of_type(run, CBORLD_PLAIN, span_of_text("none"));
    } else {
        *out = kind_of_type(run, codec_of(def->type), def->type);
    }
    return ERR_OK;
}

/* Applications added words to everything that the first table is for; what both have is written by the table, which
 * every reader knows. */
static bool has_app_words(const struct cborld_run *run, const struct cborld_kind *kind) {
    return run->app_count > 0 && (kind->codec == CBORLD_PLAIN || kind->codec == CBORLD_URL);
}

bool cborld_kind_has_words(const struct cborld_run *run, const struct cborld_kind *kind) {
    return kind->table != NULL || kind->codec == CBORLD_PLAIN || kind->codec == CBORLD_URL ||
           has_app_words(run, kind);
}

static bool number_of(const struct cborld_word *words, size_t count, struct span text, uint64_t *out) {
    for (size_t i = 0; i < count; i++) {
        if (span_equal_text(text, words[i].text)) {
            *out = words[i].number;
            return true;
        }
    }
    return false;
}

bool cborld_kind_number(const struct cborld_run *run, const struct cborld_kind *kind, struct span text,
                        uint64_t *out) {
    return (kind->table != NULL && number_of(kind->table->words, kind->table->count, text, out)) ||
           (has_app_words(run, kind) && number_of(run->app_words, run->app_count, text, out));
}

static bool text_of(const struct cborld_word *words, size_t count, uint64_t number, struct span *out) {
    for (size_t i = 0; i < count; i++) {
        if (words[i].number == number) {
            *out = span_of_text(words[i].text);
            return true;
        }
    }
    return false;
}

bool cborld_kind_text(const struct cborld_run *run, const struct cborld_kind *kind, uint64_t number,
                      struct span *out) {
    return (kind->table != NULL && text_of(kind->table->words, kind->table->count, number, out)) ||
           (has_app_words(run, kind) && text_of(run->app_words, run->app_count, number, out));
}
