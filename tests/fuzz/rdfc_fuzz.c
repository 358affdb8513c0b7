/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/crypto.h"
#include "linked/rdfc.h"

#include <stdio.h>
#include <stdlib.h>

#define MEMORY (8u << 20)
#define BLANKS 24u

/* Three bytes make a quad over a few blank nodes, relations and values; *blind where a blank node names a graph. */
static enum err build(const uint8_t *data, size_t size, const uint32_t *names, struct arena *arena,
                      struct rdf_dataset *set, bool *blind) {
    TRY(rdf_open(arena, set));
    for (size_t i = 0; i + 3 <= size; i += 3) {
        struct rdf_quad quad = {0};
        char label[32];
        snprintf(label, sizeof label, "_:b%u", names[data[i] % BLANKS]);
        TRY(rdf_blank(set, span_of_text(label), &quad.subject));
        snprintf(label, sizeof label, "urn:p%u", data[i + 1] & 3u);
        TRY(rdf_iri(set, span_of_text(label), &quad.predicate));
        if ((data[i + 1] & 0x10u) != 0) {
            TRY(rdf_literal(set, span_of_bytes(&data[i + 2], 1), (struct span){0}, (struct span){0},
                            &quad.object));
        } else {
            snprintf(label, sizeof label, "_:b%u", names[data[i + 2] % BLANKS]);
            TRY(rdf_blank(set, span_of_text(label), &quad.object));
        }
        if ((data[i + 1] & 0x28u) == 0x28u) {
            snprintf(label, sizeof label, "_:b%u", names[(data[i + 1] >> 6) % BLANKS]);
            TRY(rdf_blank(set, span_of_text(label), &quad.graph));
            *blind = true;
        } else if ((data[i + 1] & 0x20u) != 0) {
            snprintf(label, sizeof label, "urn:g%u", data[i + 1] >> 6);
            TRY(rdf_iri(set, span_of_text(label), &quad.graph));
        }
        TRY(rdf_add(set, quad));
    }
    rdf_distinct(set);
    return ERR_OK;
}

/*
 * The canonical form does not depend on what blank nodes are called, nor on the order of quads. Where blank nodes
 * name graphs RDFC-1.0 does not keep that promise: section 4.7 forgets in which graph two nodes are related, so that
 * nodes which differ in that alone are labelled in any order (rdf-canonize does the same).
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t *memory;
    uint32_t names[2][BLANKS];
    struct rdfc_form forms[2] = {{{0}, NULL, 0, NULL}, {{0}, NULL, 0, NULL}};
    enum err errs[2];
    bool blind = false;
    size = size > 3000 ? 3000 : size;
    if (memory == NULL) {
        memory = malloc(2 * MEMORY);
        if (crypto_start() != ERR_OK) {
            abort();
        }
    }
    uint8_t *turned = malloc(size + 1);
    for (size_t i = 0; i + 3 <= size; i += 3) {
        memcpy(turned + i, data + (size / 3 - 1) * 3 - i, 3);
    }
    for (uint32_t i = 0; i < BLANKS; i++) {
        names[0][i] = i;
        names[1][i] = (i * 7 + 5) % BLANKS;
    }
    for (int i = 0; i < 2; i++) {
        struct rdf_dataset set = {0};
        struct arena arena = arena_over(memory + (size_t)i * MEMORY, MEMORY);
        errs[i] = build(i == 0 ? data : turned, size, names[i], &arena, &set, &blind);
        errs[i] = errs[i] == ERR_OK ? rdfc_canonize(&set, RDFC_SHA256, &arena, &forms[i]) : errs[i];
    }
    free(turned);
    if (!blind && errs[0] == ERR_OK && errs[1] == ERR_OK && !span_equal(forms[0].text, forms[1].text)) {
        abort();
    }
    return 0;
}
