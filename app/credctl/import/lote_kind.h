/* lote_kind: what the status and the type of a trusted entity's service mean here. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_KIND_H
#define CREDCTL_IMPORT_LOTE_KIND_H

#include "base/span.h"

/* Zero: one that is not known, which is never taken for granted. */
enum lote_kind_status { LOTE_KIND_UNKNOWN = 0, LOTE_KIND_GRANTED, LOTE_KIND_WITHDRAWN };
/* Zero: a service that has nothing to do with credentials. */
enum lote_kind_type { LOTE_KIND_OTHER = 0, LOTE_KIND_ISSUANCE, LOTE_KIND_STATUS };

/* Of ServiceStatus, by the last part of its URI; empty: a list of those who are approved says no more (ETSI TS 119 602 clause 6.6). */
enum lote_kind_status lote_kind_of_status(struct span uri);

/* Of ServiceTypeIdentifier. ETSI's own types issue attestations only where they say so; those of others, and none, do. */
enum lote_kind_type lote_kind_of_type(struct span uri);

#endif
