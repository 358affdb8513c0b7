/* regrow: a mesh that lies right in one part and wrong in another, laid anew from the right part outwards. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_REGROW_H
#define SYMBOL_REGROW_H

#include "symbol/settle.h"

/*
 * Where a settled mesh is off by a module or more, modules do not pull it back: they look as good as others, but a
 * seam of nodes around them does not. What is connected with the finders without a seam lies right. From there, lay
 * the nodes next to it as paper goes on, let it settle, and go on from what is right then.
 *
 * view     in the code's polarity
 * settled  memory of the last settle_mesh of this very mesh; used anew
 *
 * Returns false where all lies right already, or nothing does: then nothing is changed.
 */
bool regrow_mesh(const struct view *view, struct settle *settled, struct mesh *mesh);

#endif
