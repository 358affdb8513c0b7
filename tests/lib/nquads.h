/* nquads: N-Quads text to a dataset, for tests (RDF 1.1 N-Quads). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_NQUADS_H
#define TESTS_LIB_NQUADS_H

#include "linked/rdf.h"

/* Read a document into an open dataset; quads that stand there twice are taken out. Fails the test when it is
 * none. */
void nquads_read(struct span text, struct rdf_dataset *set);

#endif
