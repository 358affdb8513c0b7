/* screen_several: views of presentations: several credentials, and the holder's signature over what was shown. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SCREEN_SEVERAL_H
#define TESTS_LIB_SCREEN_SEVERAL_H

#include "screen/screen.h"

/* Have every verdict of the view say that its holder signed `ago_s` seconds before SCREEN_CASES_NOON_S, judged right
 * then by a good clock. */
void screen_several_present(struct screen_view *view, int64_t ago_s);

/* Cases of one credential with such a signature, and of several credentials. */
void screen_several_presented(struct screen_view *view);
void screen_several_presented_lately(struct screen_view *view);
void screen_several_presented_long_ago(struct screen_view *view);
void screen_several_presented_in_future(struct screen_view *view);
void screen_several_not_valid(struct screen_view *view);
void screen_several_chosen(struct screen_view *view);
void screen_several_valid(struct screen_view *view);
void screen_several_noted(struct screen_view *view);
void screen_several_unknown(struct screen_view *view);
void screen_several_elsewhere(struct screen_view *view);
void screen_several_eight(struct screen_view *view);
void screen_several_details_several(struct screen_view *view);

#endif
