/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stddef.h>

static const char *const names[] = {
    "ERR_OK",
#define ERR(name, sentence) #name,
#include "base/err.def"
#undef ERR
};

static const char *const sentences[] = {
    "",
#define ERR(name, sentence) sentence,
#include "base/err.def"
#undef ERR
};

const char *err_name(enum err err) {
    return (unsigned)err < ERR_COUNT ? names[err] : NULL;
}

const char *err_sentence(enum err err) {
    return (unsigned)err < ERR_COUNT ? sentences[err] : NULL;
}
