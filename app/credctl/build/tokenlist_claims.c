/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/tokenlist_claims.h"

/* The end of the year 9999: no sum of two such times overflows. */
#define TIME_MAX_S 253402300799LL

static bool in_time(const struct tokenlist_number *number) {
    return !number->present || (number->value > 0 && number->value <= TIME_MAX_S);
}

enum err tokenlist_claims_take(const struct tokenlist_claims *claims, struct span issuer,
                               struct statuslist *list) {
    if (claims->sub.len == 0 || !claims->iat.present || !in_time(&claims->iat) || !in_time(&claims->exp) ||
        !in_time(&claims->ttl)) {
        return ERR_STATUS_SHAPE;
    }
    if (claims->iss.len > 0 && !span_equal(claims->iss, issuer)) {
        return ERR_STATUS_ISSUER;
    }
    list->kind = span_of_text("TokenStatusList");
    list->id = claims->sub;
    list->only_there = true;
    list->issuer = issuer;
    list->purpose_count = 1;
    list->as_of_s = claims->iat.value;
    statuslist_end_at(list, claims->exp.value);
    statuslist_end_at(list, claims->ttl.present ? claims->iat.value + claims->ttl.value : 0);
    return ERR_OK;
}
