/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sysexits.h>

#include "credctl/command.h"
#include "credctl/sign/signer.h"

static const struct option_spec table[] = {
    {"alg", 'a', "ALG", "ES256 (the default), ES384, EdDSA, RS256 or PS256.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the private key goes; an existing file is never overwritten.",
     OPTION_REQUIRED},
};

static int run(const struct options *options) {
    const char *name = options_or(options, "alg", "ES256");
    const char *path = options_value(options, "out");
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    struct signer *signer = NULL;
    if (crypto_alg_from_name(span_of_text(name), &alg) != ERR_OK) {
        return command_fail(EX_USAGE, "%s is none of ES256, ES384, EdDSA, RS256, PS256", name);
    }
    enum err err = signer_make(alg, &signer);
    if (err == ERR_OK) {
        err = signer_save(signer, path);
    }
    signer_close(signer);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

const struct command command_key_new = {
    .group = "key",
    .name = "new",
    .operands = "",
    .sentence = "Make a private key, as a JWK that its owner alone can read.",
    .more = "  credctl key new --alg ES256 --out key.jwk\n\n"
            "Keep it: what it signs is the issuer's word. credctl key public gives what others need of it.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
