/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/screen.h"

#include "screen/screens.h"

enum language screen_language(const struct screen_view *view) {
    return view->catalogue == NULL ? LANGUAGE_ENGLISH : view->catalogue->language;
}

const struct verdict *screen_verdict(const struct screen_view *view) {
    static const struct verdict none = {0};
    const struct verdicts *verdicts = &view->verdicts;
    bool there = view->credential < verdicts->count && view->credential < LIMIT_PRESENTED;
    return there ? &verdicts->list[view->credential] : &none;
}

const char *screen_kind_code(enum screen_kind kind) {
    static const char *const codes[SCREEN_KINDS] = {
        [SCREEN_BOOT] = "boot",       [SCREEN_SCAN] = "scan",       [SCREEN_CHECKING] = "checking",
        [SCREEN_VERDICT] = "verdict", [SCREEN_DETAILS] = "details", [SCREEN_OUT_OF_ORDER] = "out_of_order",
        [SCREEN_PIN] = "pin",         [SCREEN_ADMIN] = "admin",     [SCREEN_TRUST] = "trust",
        [SCREEN_IMPORT] = "import",   [SCREEN_CLOCK] = "clock",     [SCREEN_TOKEN] = "token"};
    return (unsigned)kind < SCREEN_KINDS ? codes[kind] : NULL;
}

/* All but the details, which alone have pages. */
static void draw_page(struct page *page) {
    static void (*const draw[SCREEN_KINDS])(struct page *) = {
        [SCREEN_BOOT] = screens_boot,
        [SCREEN_SCAN] = screens_scan,
        [SCREEN_CHECKING] = screens_checking,
        [SCREEN_VERDICT] = screens_verdict,
        [SCREEN_OUT_OF_ORDER] = screens_out_of_order,
        [SCREEN_PIN] = screens_pin,
        [SCREEN_ADMIN] = screens_admin,
        [SCREEN_TRUST] = screens_trust,
        [SCREEN_IMPORT] = screens_import,
        [SCREEN_CLOCK] = screens_clock,
        [SCREEN_TOKEN] = screens_token,
    };
    unsigned kind = (unsigned)page->view->kind;
    (kind < SCREEN_KINDS && draw[kind] != NULL ? draw[kind] : screens_boot)(page);
}

void screen_draw(const struct screen_view *view, const struct draw_measure *measure, struct draw_list *list,
                 struct screen_facts *facts) {
    struct page page = page_begin(view, measure, list);
    unsigned pages = 1;
    if (view->kind == SCREEN_DETAILS) {
        pages = screens_details(&page);
    } else {
        draw_page(&page);
    }
    if (facts != NULL) {
        facts->pages = pages;
    }
}
