/* SPDX-License-Identifier: Apache-2.0 */
/* A freshness token in front of the camera: found, not judged. */
#include "payload/payload.h"
#include "verify.h"

struct span verify_fresh(struct span payload, struct arena *arena) {
    struct payload found = {0};
    bool is = payload_recognise(payload, arena, &found) == ERR_OK && found.kind == PAYLOAD_FRESH;
    return is ? found.envelope : (struct span){0};
}
