/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/action.h"

#include "screen/language.h"

static const struct {
    const char *name;
    enum action action;
} names[] = {
    {"pause", ACTION_PAUSE},        {"details", ACTION_DETAILS},  {"done", ACTION_DONE},
    {"back", ACTION_BACK},          {"next", ACTION_PAGE_NEXT},   {"previous", ACTION_PAGE_PREVIOUS},
    {"staff", ACTION_STAFF},        {"leave", ACTION_LEAVE},      {"trust", ACTION_TILE_TRUST},
    {"import", ACTION_TILE_IMPORT}, {"clock", ACTION_TILE_CLOCK}, {"confirm", ACTION_CONFIRM},
    {"cancel", ACTION_CANCEL},      {"erase", ACTION_ERASE},      {"enter", ACTION_ENTER},
};

enum action action_of_name(struct span name) {
    enum language language = LANGUAGE_ENGLISH;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (span_equal_text(name, names[i].name)) {
            return names[i].action;
        }
    }
    if (name.len == 1 && name.ptr[0] >= '0' && name.ptr[0] <= '9') {
        return (enum action)(ACTION_DIGIT + (name.ptr[0] - '0'));
    }
    return language_of_code(name, &language) == ERR_OK ? (enum action)(ACTION_LANGUAGE + (int)language)
                                                       : ACTION_NONE;
}
