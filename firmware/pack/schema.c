/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/schema.h"

const struct schema_object schema_objects[] = {
#define SCHEMA(type, name, table, sql) {type, name, table, sql},
#include "pack/schema.def"
#undef SCHEMA
};
const size_t schema_object_count = sizeof schema_objects / sizeof *schema_objects;
