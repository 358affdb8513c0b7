/* SPDX-License-Identifier: Apache-2.0 */
/* A signed badge whose statements are written as another document, its proof put beside: the verdict stays, or it is
 * refused; what is revoked or has ended is never good. */
#include "tests/lib/sealed_property.h"
#include "tests/lib/check.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/sign/data_integrity.h"
#include "tests/lib/forge.h"
#include "tests/lib/rewriting.h"
#include "tests/lib/world.h"

/* What is changed before the badge is signed, and its verdict. */
struct badge {
    const char *from, *to;
    enum verdict_reason reason;
};

static json_t *parsed(const char *original, const struct badge *badge) {
    json_t *document = NULL;
    char *text = forge_replaced(original, badge->from, badge->to);
    assert_ok(jsontext_parse(span_of_text(text), &document));
    free(text);
    return document;
}

static json_t *signed_badge(struct world *world, const struct badge *badge) {
    const struct data_integrity_options options = {
        .suite = PROOF_EDDSA_RDFC_2022,
        .method = span_of_text("did:web:issuer.example#eddsa"),
        .created_s = WORLD_NOW_S,
    };
    struct shelf_view view = {.shelf = &world->vocabulary.shelf};
    struct context_library library = shelf_view_library(&view);
    json_t *document = parsed(rewriting_badge, badge);
    assert_ok(data_integrity_add(document, world->keys[WORLD_EDDSA], &options, &library, &world->arena));
    arena_wipe(&world->arena);
    return document;
}

static void judge(struct world *world, const json_t *document, struct verdict *out) {
    char *text = json_dumps(document, JSON_COMPACT);
    world_verify(world, span_of_text(text), out);
    free(text);
}

static bool same_shown(const struct verdict *a, const struct verdict *b) {
    return sealed_property_same_shown(&a->credential, &b->credential);
}

/* The verdicts of all rewritings; gives how many are the original's. */
static unsigned check_rewritings(struct world *world, const struct badge *badge) {
    unsigned same = 0;
    struct verdict first = {0};
    json_t *signed_one = signed_badge(world, badge);
    judge(world, signed_one, &first);
    assert_string_equal(verdict_reason_code(first.reason), verdict_reason_code(badge->reason));
    for (size_t i = 0; i < rewriting_count; i++) {
        struct verdict verdict = {0};
        json_t *document = parsed(rewriting_all[i].text, badge);
        json_object_set(document, "proof", json_object_get(signed_one, "proof"));
        judge(world, document, &verdict);
        enum verdict_class class = verdict_class_of(verdict.reason);
        bool good = class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
        bool alike = verdict.reason == first.reason && same_shown(&verdict, &first);
        if (good && !alike) {
            fail_msg("%s, %s: %s", badge->to, rewriting_all[i].how, verdict_reason_code(verdict.reason));
        }
        same += alike ? 1 : 0;
        json_decref(document);
    }
    json_decref(signed_one);
    return same;
}

static void a_rewritten_badge_gets_no_better_verdict(void **state) {
    (void)state;
    static const struct badge badges[] = {
        {"94567", "94567", REASON_OK},
        {"94567", "7", REASON_REVOKED},
        {"status/1", "status/3", REASON_STATUS_STALE},
        {"2027-01-01", "2026-02-01", REASON_EXPIRED},
        {"2026-01-01", "2026-12-01", REASON_NOT_YET_VALID},
        {"did:web:issuer.example\"", "did:web:nobody.example\"", REASON_UNKNOWN_ISSUER},
    };
    static struct world world;
    world_start(&world, false);
    for (size_t i = 0; i < sizeof badges / sizeof *badges; i++) {
        unsigned same = check_rewritings(&world, &badges[i]);
        if (same < rewriting_count / 2) {
            fail_msg("%s: only %u of %zu are read alike", badges[i].to, same, rewriting_count);
        }
    }
    world_stop(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_rewritten_badge_gets_no_better_verdict)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
