/* err: every way in which something can fail, one name and one sentence for each cause. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))

/* ERR_OK is zero; the others are the lines of err.def. */
enum err {
    ERR_OK = 0,
#define ERR(name, sentence) name,
#include "base/err.def"
#undef ERR
    ERR_COUNT
};

/* Leave the function with the error of `call`, where it has one. */
#define TRY(call)                                                                                            \
    do {                                                                                                     \
        enum err try_err_ = (call);                                                                          \
        if (try_err_ != ERR_OK) {                                                                            \
            return try_err_;                                                                                 \
        }                                                                                                    \
    } while (0)

/* Its name as in the source, "ERR_NO_ROOM"; "ERR_OK"; NULL outside the enum. Static. */
const char *err_name(enum err err);

/* Its English sentence, the key of its translations; "" for ERR_OK; NULL outside the enum. Static. */
const char *err_sentence(enum err err);

#endif
