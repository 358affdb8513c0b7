/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/release.h"

enum err release_check(const struct document *document, const struct root *root, enum err stranger,
                       enum err wrong) {
    for (size_t i = 0; i < root->release_count; i++) {
        if (memcmp(root->release[i].thumbprint, document->kid, CRYPTO_SHA256_BYTES) == 0) {
            enum err err = crypto_verify(document->alg, &root->release[i].key, document->jws.signing_input,
                                         document->jws.signature);
            return err == ERR_SIGNATURE_WRONG ? wrong : err;
        }
    }
    return stranger;
}
