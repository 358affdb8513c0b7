/* service: what every part of face works with, refreshed for each turn of the loop. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_SERVICE_H
#define KIOSK_SERVICE_H

#include "base/interval.h"
#include "boards/board.h"
#include "config/config.h"
#include "kiosk/child.h"
#include "kiosk/journal.h"

/* Borrowed by the parts for one call. */
struct service {
    const char *programs; /* folder of the children */
    const char *data;     /* the data folder */
    const struct config *config;
    struct span root;       /* the provisioned root document; empty: there is none */
    struct span vocabulary; /* what verifiers are given: a bundle (vocabulary/vocabulary.h) */
    struct board *board;
    struct journal *journal;
    struct interval now;
    int64_t now_ms;
    struct child_left left; /* ended children that have not gone */
    bool landlock_missed;   /* the journal says that this kernel has none */
};

/* Start a child. ERR_CHILD_START: it cannot be started, or too many that were ended have not gone. */
MUST_USE enum err service_start_child(const struct service *service, const char *program, struct child *out);

/*
 * End a child and say in the journal why: "reader", "died", "silent", "grown", "spoke"; one that could not lock
 * itself in is "not_locked". What that means: ERR_SANDBOX then, else ERR_CHILD_START.
 */
enum err service_end_child(struct service *service, struct child *child, const char *name, const char *why);

/* A child is ready. Without Landlock the kiosk goes on, and the journal says so once. */
void service_note_ready(struct service *service, uint32_t landlock_abi);

/* Why a child that runs must be replaced, or NULL: it has grown, or `silent_ms` passed since it was heard. */
const char *service_complaint(const struct service *service, const struct child *child, int64_t silent_ms);

#endif
