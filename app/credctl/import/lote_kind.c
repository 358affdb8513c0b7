/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/lote_kind.h"

/* Last parts of URIs, in small letters. */
static const char *const granted[] = {"granted",    "notified",         "approved",
                                      "valid",      "recognised",       "recognisedatnationallevel",
                                      "accredited", "undersupervision", "supervisionincessation"};
static const char *const withdrawn[] = {"withdrawn",           "revoked",
                                        "suspended",           "supervisionrevoked",
                                        "supervisionceased",   "accreditationrevoked",
                                        "accreditationceased", "deprecatedatnationallevel"};
static const char *const for_status[] = {"revocation", "status", "ocsp", "crl"};
/* Attestations that people show: identification data, electronic attestations of attributes of the three kinds. */
static const char *const attestations[] = {"pid", "pubeaa", "qeaa", "eaa"};

#define IS_ONE_OF(word, list) is_one_of(word, list, sizeof(list) / sizeof *(list))

static bool is_one_of(struct span word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (span_equal_small(word, list[i])) {
            return true;
        }
    }
    return false;
}

/* The last part behind '/', ':' or '#', and what stands before it. */
static struct span last_part(struct span uri, struct span *before) {
    size_t start = uri.len;
    while (start > 0 && strchr("/:#", uri.ptr[start - 1]) == NULL) {
        start--;
    }
    *before = span_slice(uri, 0, start > 0 ? start - 1 : 0);
    return span_slice(uri, start, uri.len);
}

enum lote_kind_status lote_kind_of_status(struct span uri) {
    struct span before, word = last_part(uri, &before);
    if (uri.len == 0 || IS_ONE_OF(word, granted)) {
        return LOTE_KIND_GRANTED;
    }
    return IS_ONE_OF(word, withdrawn) ? LOTE_KIND_WITHDRAWN : LOTE_KIND_UNKNOWN;
}

static bool is_of_etsi(struct span uri) {
    return span_starts_with(uri, "http://uri.etsi.org/") || span_starts_with(uri, "https://uri.etsi.org/");
}

enum lote_kind_type lote_kind_of_type(struct span uri) {
    struct span before, word = last_part(uri, &before);
    if (IS_ONE_OF(word, for_status)) {
        return LOTE_KIND_STATUS;
    }
    if (!is_of_etsi(uri)) {
        return LOTE_KIND_ISSUANCE;
    }
    struct span further, of = last_part(before, &further);
    return span_equal_small(word, "issuance") && IS_ONE_OF(of, attestations) ? LOTE_KIND_ISSUANCE
                                                                             : LOTE_KIND_OTHER;
}
