/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack.h"

#include <stdlib.h>
#include <unistd.h>

#include "pack/opened.h"

const struct pack_info *pack_info(const struct pack *pack) {
    return &pack->info;
}

enum pack_band pack_band(const struct pack_info *info, const struct interval *now) {
    if (interval_has_come(now, info->expires_s) == ANSWER_YES) {
        return PACK_EXPIRED;
    }
    if (interval_has_come(now, info->next_update_s) == ANSWER_YES) {
        return PACK_STALE;
    }
    if (now->hi_s == INTERVAL_UNBOUNDED || now->hi_s < info->iat_s || now->hi_s < now->lo_s) {
        return PACK_CLOCK_UNKNOWN;
    }
    return now->hi_s < info->next_update_s ? PACK_FRESH : PACK_STALE;
}

enum err pack_admit_time(int64_t iat_s, const struct interval *now) {
    if (iat_s > now->hi_s) {
        return ERR_PACK_FUTURE;
    }
    return interval_is_far(now, iat_s) ? ERR_PACK_FAR_AHEAD : ERR_OK;
}

enum err pack_admit(const struct pack_info *info, const struct interval *now) {
    if (interval_has_come(now, info->expires_s) == ANSWER_YES) {
        return ERR_PACK_EXPIRED;
    }
    return pack_admit_time(info->iat_s, now);
}

void pack_close(struct pack *pack) {
    if (pack == NULL) {
        return;
    }
    for (size_t i = 0; i < OPENED_QUERIES; i++) {
        sqlite3_finalize(pack->queries[i]);
    }
    sqlite3_close_v2(pack->database);
    descriptor_vfs_drop(&pack->vfs);
    if (pack->descriptor_open) {
        close(pack->descriptor);
    }
    free(pack);
}
