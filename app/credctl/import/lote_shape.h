/* lote_shape: the form of a list of trusted entities in JSON (ETSI TS 119 602 v1.1.1, annex A). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_LOTE_SHAPE_H
#define CREDCTL_IMPORT_LOTE_SHAPE_H

#include <jansson.h>

#include "base/err.h"

/*
 * {"LoTE": {"ListAndSchemeInformation": {...}, "TrustedEntitiesList": [...]}} and all of the scheme information: members of the
 * right type, those that must be there, and no others: a member under a name that is not known could be one that withdraws. The
 * entities are looked at by the next function. "NextUpdate" may be null: a closed list.
 *
 * ERR_IMPORT_SHAPE
 */
MUST_USE enum err lote_shape_check_list(const json_t *document);

/* An entry of TrustedEntitiesList, whole. ERR_IMPORT_SHAPE. */
MUST_USE enum err lote_shape_check_entity(const json_t *entity);

#endif
