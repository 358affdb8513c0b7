/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/install_inspect.h"

#include "kiosk/install.h"
#include "pack/difference.h"

static uint32_t count(uint64_t issuers) {
    return issuers < UINT32_MAX ? (uint32_t)issuers : UINT32_MAX;
}

/* Without a readable pack in use everything is new, and nothing is compared. */
static enum err compare(const struct store_port *store, const struct pack_rules *rules, struct pack *pack,
                        struct install_inspect *out) {
    struct pack *before = NULL;
    struct difference difference = {0};
    out->compared = install_current(store, rules, &before, NULL) == ERR_OK;
    enum err err = difference_walk(before, pack, NULL, &difference);
    pack_close(before);
    TRY(err);
    out->issuers = count(difference.issuers.after);
    out->added = count(difference.issuers.added);
    out->removed = count(difference.issuers.removed);
    out->changed = count(difference.issuers.changed);
    return ERR_OK;
}

enum err install_inspect_file(const struct store_port *store, int file, const struct pack_rules *rules,
                              struct install_inspect *out) {
    struct install_inspect inspect = {0};
    struct pack *pack = NULL;
    TRY(install_examine(store, file, rules, &inspect.unchanged));
    TRY(pack_open_file(file, rules, PACK_OPEN_INSTALL, &pack));
    const struct pack_info *info = pack_info(pack);
    inspect.seq = info->seq;
    inspect.root = info->root_version;
    inspect.issued_s = info->iat_s;
    inspect.next_update_s = info->next_update_s;
    inspect.expires_s = info->expires_s;
    enum err err = compare(store, rules, pack, &inspect);
    pack_close(pack);
    TRY(err);
    *out = inspect;
    return ERR_OK;
}
