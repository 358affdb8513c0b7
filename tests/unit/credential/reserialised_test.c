/* SPDX-License-Identifier: Apache-2.0 */
/* The same signed statements written as other documents: what is read must stay the same, or the document be refused. */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credential/credential.h"
#include "crypto/crypto.h"
#include "linked/linked.h"
#include "tests/lib/forge.h"
#include "tests/lib/rewriting.h"
#include "tests/lib/rewriting_pieces.h"
#include "tests/lib/same_facts.h"
#include "tests/lib/shipped.h"

#define MEMORY (3u << 20)
struct rig {
    struct vocabulary vocabulary;
    struct arena arena;
};

static int open_rig(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    assert_ok(crypto_start());
    shipped_open(&rig->vocabulary);
    rig->arena = arena_over(malloc(MEMORY), MEMORY);
    *state = rig;
    return 0;
}

static int close_rig(void **state) {
    struct rig *rig = *state;
    vocabulary_close(&rig->vocabulary);
    free(rig->arena.base);
    free(rig);
    return 0;
}

/* The canonical statements of a text, for the caller to free, and what is read from them. */
static enum err read_text(struct rig *rig, const char *text, char **form, struct claimed_credential *out) {
    struct shelf_view view = {.shelf = &rig->vocabulary.shelf};
    struct context_library library = shelf_view_library(&view);
    struct linked_document linked = {0};
    json_t *document = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &document));
    arena_wipe(&rig->arena);
    enum err err = linked_canonize(document, &library, RDFC_SHA256, &rig->arena, &linked);
    if (err == ERR_OK) {
        *form = strndup((const char *)linked.form.text.ptr, linked.form.text.len);
        err = credential_read_statements(&linked.set, &rig->arena, out);
    }
    json_decref(document);
    return err;
}

/* A rewriting makes the same statements, so that its signature is right, and is read alike. */
static void check_all(struct rig *rig, const char *original, const struct rewriting *all, size_t count) {
    struct claimed_credential first = {0};
    char *form = NULL;
    assert_ok(read_text(rig, original, &form, &first));
    assert_int_equal(first.status_count, 1);
    assert_true(first.statuses[0].has_index);
    assert_true(first.valid_until.present);
    for (size_t i = 0; i < count; i++) {
        struct claimed_credential again = {0};
        char *other = NULL;
        enum err err = read_text(rig, all[i].text, &other, &again);
        if (err != ERR_OK) {
            fail_msg("%s: %s", all[i].how, err_name(err));
        }
        if (strcmp(form, other) != 0) {
            fail_msg("%s: other statements:\n%s\n%s", all[i].how, form, other);
        }
        if (same_facts_difference(&first, &again) != NULL) {
            fail_msg("%s: another %s", all[i].how, same_facts_difference(&first, &again));
        }
        credential_close(&again);
        free(other);
    }
    credential_close(&first);
    free(form);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void reads_the_same_under_other_names_and_at_other_places(void **state) {
    check_all(*state, rewriting_badge, rewriting_all, rewriting_count);
}

static void reads_the_same_with_other_labels(void **state) {
    static const struct rewriting all[] = {
        {"a label", "{" CONTEXT ID TYPE REST ",\"credentialStatus\":{\"id\":\"_:x\"," ENTRY "}}"},
        {"a label that is another's canonical one",
         "{" CONTEXT "\"@graph\":[{" ID TYPE REST
         ",\"credentialStatus\":\"_:c14n0\"},{\"id\":\"_:c14n0\"," ENTRY "}]}"},
    };
    check_all(*state, BLANK_BADGE, all, COUNT(all));
}

static void refuses_what_would_hide_a_fact(void **state) {
    static const struct {
        const char *how, *text;
        enum err expected;
    } all[] = {
        {"null in the familiar place",
         "{" CONTEXT ID TYPE ISSUER FROM "\"validUntil\":null," UNTIL_FULL "\"credentialSubject\":" SUBJECT
         ",\"credentialStatus\":null," STATUS_KEY STATUS "}",
         ERR_SAFE_DROPPED},
        {"name and description exchanged at the top",
         "{" AND("{\"name\":\"https://schema.org/description\",\"description\":\"https://schema.org/name\"}")
             WHOLE "}",
         ERR_CONTEXT_PROTECTED},
        {"all contexts thrown away", "{" AND("null") WHOLE "}", ERR_CONTEXT_NULLIFIED},
        {"a name that nothing defines", "{" CONTEXT WHOLE ",\"colour\":\"blue\"}", ERR_SAFE_TERM},
        {"another credential beside it",
         "{" CONTEXT "\"@graph\":[{" WHOLE "},{\"id\":\"urn:c:2\"," TYPE REST "}]}", ERR_CREDENTIAL_TWICE},
        {"another credential inside the subject",
         "{" CONTEXT WHOLE ",\"@included\":[{\"id\":\"urn:c:2\"," TYPE REST "}]}", ERR_CREDENTIAL_TWICE},
        {"no credential", "{" CONTEXT "\"id\":\"urn:s:1\"," ENTRY "}", ERR_CREDENTIAL_TYPE},
        {"the credential in a graph with a name", "{" CONTEXT "\"id\":\"urn:g:1\",\"@graph\":[{" WHOLE "}]}",
         ERR_CREDENTIAL_TYPE},
    };
    for (size_t i = 0; i < COUNT(all); i++) {
        struct claimed_credential c = {0};
        char *form = NULL;
        enum err err = read_text(*state, all[i].text, &form, &c);
        if (err != all[i].expected) {
            fail_msg("%s: %s, not %s", all[i].how, err_name(err), err_name(all[i].expected));
        }
        free(form);
    }
}

/* What changes a statement changes what is signed; nothing of the changed word may stay unseen. */
static void a_changed_fact_changes_the_statements(void **state) {
    struct rig *rig = *state;
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"urn:c:1", "urn:c:2"},
        {"\"OpenBadgeCredential\"", "\"EndorsementCredential\""},
        {"did:web:issuer.example", "did:web:other.example"},
        {"2026-01-01", "2025-01-01"},
        {"2027-01-01", "2099-01-01"},
        {"did:example:ada", "did:example:eve"},
        {"urn:a:1", "urn:a:2"},
        {"Pioneer", "Captain"},
        {"For pioneers", "For captains"},
        {"Go first", "Go last"},
        {"BitstringStatusListEntry", "BitstringStatusList"},
        {"\"revocation\"", "\"suspension\""},
        {"94567", "94568"},
        {"status/1\"", "status/2\""},
    };
    struct claimed_credential c = {0};
    char *form = NULL;
    assert_ok(read_text(rig, BADGE, &form, &c));
    credential_close(&c);
    for (size_t i = 0; i < COUNT(changes); i++) {
        char *other = NULL;
        char *text = forge_replaced(BADGE, changes[i].from, changes[i].to);
        enum err err = read_text(rig, text, &other, &c);
        if (err == ERR_OK && strcmp(form, other) == 0) {
            fail_msg("%s -> %s: the same statements", changes[i].from, changes[i].to);
        }
        credential_close(&c);
        free(other);
        free(text);
    }
    free(form);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_same_under_other_names_and_at_other_places),
        cmocka_unit_test(reads_the_same_with_other_labels),
        cmocka_unit_test(refuses_what_would_hide_a_fact),
        cmocka_unit_test(a_changed_fact_changes_the_statements),
    };
    return cmocka_run_group_tests(tests, open_rig, close_rig);
}
