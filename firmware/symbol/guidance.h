/* guidance: what keeps a code from being read, in a word for whoever holds it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_GUIDANCE_H
#define SYMBOL_GUIDANCE_H

/* What a picture shows. Zero is that nothing can be said. */
enum guidance {
    GUIDANCE_NOTHING = 0, /* no code, or one that no advice helps */
    GUIDANCE_READ,
    GUIDANCE_FAR,        /* its modules are too small for the camera */
    GUIDANCE_NEAR,       /* it is larger than the picture */
    GUIDANCE_BLURRED,    /* out of focus, or moved */
    GUIDANCE_DARK,       /* too little light on it, or from it */
    GUIDANCE_GLARE,      /* a lamp is mirrored in it */
    GUIDANCE_PARTLY_OUT, /* it lies across the picture's border */
    GUIDANCE_COUNT
};

/* "too far": in English, small letters, for reports; NULL outside the enum. Static. */
const char *guidance_name(enum guidance guidance);

#endif
