/* wire_parts: what several messages carry: intervals, shown text, trust, receipts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_WIRE_PARTS_H
#define KIOSK_WIRE_PARTS_H

#include "kiosk/wire.h"
#include "pack/pack_open.h"
#include "verdict/verdict.h"

void wire_put_interval(struct wire_out *wire, const struct interval *now);
struct interval wire_interval(struct wire_in *wire);

void wire_put_shown(struct wire_out *wire, const struct shown *text);
/* Text that shown_set would leave as it is; anything else fails. */
void wire_shown(struct wire_in *wire, struct shown *out);

void wire_put_trust(struct wire_out *wire, const struct shown_trust *trust);
void wire_trust(struct wire_in *wire, struct shown_trust *out);

void wire_put_receipt(struct wire_out *wire, const struct pack_receipt *receipt);
struct pack_receipt wire_receipt(struct wire_in *wire);

#endif
