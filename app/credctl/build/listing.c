/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/context_file.h"
#include "credctl/build/hosted_file.h"
#include "credctl/build/sources.h"
#include "credctl/build/status_listing.h"
#include "credctl/build/workspace.h"
#include "pack/document.h"

/* A building in progress. */
struct building {
    const char *folder;
    const struct listing_how *how;
    struct merge *merge;
    struct lists *lists;
    struct listing *listing;
    struct sources sources;
};

static enum err list_issuer(void *ctx, const json_t *issuer, bool by_hand) {
    struct building *building = ctx;
    TRY(issuer_file_list(issuer, building->lists));
    building->listing->issuers++;
    building->listing->keys += issuer_file_keys(issuer);
    return !by_hand
               ? ERR_OK
               : sources_add_issuer(&building->sources, json_string_value(json_object_get(issuer, "source")),
                                    json_is_true(json_object_get(issuer, "unsigned")));
}

static enum err step(void *ctx, uint64_t done, uint64_t of) {
    const struct building *building = ctx;
    const struct listing_how *how = building->how;
    return how->step == NULL ? ERR_OK : how->step(how->ctx, done, of);
}

/* What each import was; of those that are past their next update, somebody is told. */
static enum err note_imports(struct building *building) {
    const struct listing_how *how = building->how;
    const struct merge_import *import = NULL;
    for (size_t i = 0; (import = merge_import_nth(building->merge, i)) != NULL; i++) {
        TRY(sources_add_import(&building->sources, import));
        building->listing->imports += import->left_out ? 0 : 1;
        if (import->left_out && how->left_out != NULL) {
            how->left_out(how->ctx, import);
        }
    }
    return ERR_OK;
}

static enum err list_issuers(struct building *building) {
    TRY(merge_open(building->folder, building->how->now_s, step, building, &building->merge));
    TRY(note_imports(building));
    return merge_each(building->merge, list_issuer, step, building);
}

static enum err list_statuses(struct building *building) {
    const struct listing_how *how = building->how;
    struct status_listing listing = {.folder = building->folder,
                                     .merge = building->merge,
                                     .shelf = how->shelf,
                                     .lists = building->lists,
                                     .sources = &building->sources,
                                     .now_s = how->now_s,
                                     .ctx = how->ctx,
                                     .ended = how->ended};
    enum err err = status_listing_write(&listing);
    building->listing->status_lists = listing.count;
    if (err != ERR_OK) {
        snprintf(building->listing->trouble, sizeof building->listing->trouble, "%s", listing.trouble);
    }
    return err;
}

static enum err list_all(struct building *building) {
    struct workspace workspace = {0};
    TRY(workspace_open(building->folder, &workspace));
    enum err err = lists_add_meta(building->lists, span_of_text("scheme"), workspace.scheme);
    workspace_close(&workspace);
    TRY(err);
    err = list_issuers(building);
    if (err != ERR_OK && building->merge != NULL) {
        snprintf(building->listing->trouble, sizeof building->listing->trouble, "%s",
                 merge_trouble(building->merge));
    }
    TRY(err);
    TRY(list_statuses(building));
    TRY(context_file_list(building->folder, building->lists, &building->listing->contexts,
                          building->listing->trouble));
    building->sources.contexts = building->listing->contexts;
    TRY(hosted_file_list(building->folder, building->lists, &building->listing->hosted,
                         building->listing->trouble, sizeof building->listing->trouble));
    building->sources.hosted = building->listing->hosted;
    return sources_keep(&building->sources, building->lists);
}

enum err listing_build(const char *folder, const char *path, const struct listing_how *how,
                       struct listing *out) {
    *out = (struct listing){0};
    struct building building = {.folder = folder, .how = how, .listing = out};
    snprintf(out->trouble, sizeof out->trouble, "%s", folder);
    TRY(lists_create(path, &building.lists));
    enum err err = list_all(&building);
    sources_close(&building.sources);
    merge_close(building.merge);
    if (err != ERR_OK) {
        lists_close(building.lists);
        return err;
    }
    return lists_finish(building.lists);
}

enum err listing_try_issuer(const json_t *issuer) {
    struct lists *lists = NULL;
    TRY(lists_create(":memory:", &lists));
    enum err err = issuer_file_list(issuer, lists);
    lists_close(lists);
    return err;
}
