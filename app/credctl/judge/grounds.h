/* grounds: the trust pack and the rules under which credctl judges: those it is told, or the machine's. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_JUDGE_GROUNDS_H
#define CREDCTL_JUDGE_GROUNDS_H

#include "base/interval.h"
#include "base/room.h"
#include "config/config.h"
#include "credctl/options.h"
#include "pack/fresh.h"
#include "vocabulary/vocabulary.h"

/* Where a kiosk keeps what is its own. */
#define GROUNDS_CONFIG "/etc/credkiosk/kiosk.ini"
#define GROUNDS_DATA   "/var/lib/credkiosk"

/* What is judged by. All zero is nothing; an open one must stay where it is. */
struct grounds {
    struct config config;
    struct pack *pack;  /* NULL: none is installed */
    struct fresh fresh; /* what freshness tokens say: the installed ones, or --token */
    struct vocabulary vocabulary;
    struct interval now;
    struct room root;
};

/*
 * Open what the options name: --trust with --root, or else --data (GROUNDS_DATA) with the root that kiosk.ini
 * names or --root gives; --config (without --trust: GROUNDS_CONFIG where it is there); --at, or else the
 * machine's clock; the freshness tokens beside an installed pack, and --token; the contexts of --assets (assets.h).
 *
 * An error is said on standard error, and its status of sysexits.h given back; 0: all is open. A data folder
 * into which no pack was installed yet is none.
 *
 * out  grounds_close it, in either case
 */
int grounds_open(const struct options *options, struct grounds *out);

/* Release all; takes one that is all zero. */
void grounds_close(struct grounds *grounds);

#endif
