/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sysexits.h>

#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/sign/public_form.h"
#include "credctl/sign/signer.h"

static const struct option_spec table[] = {
    {"jwks", 0, NULL, "As a JWK Set, to be served at an issuer's https address.", OPTION_ONCE},
    {"did", 0, NULL, "As a did:key (RSA: did:jwk), which is itself the issuer's name.", OPTION_ONCE},
    {"document", 0, "DID", "As the DID document of this did:web.", OPTION_ONCE},
    {"kid", 0, "KID", "Key id; otherwise the key's RFC 7638 thumbprint.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where it goes; otherwise standard output.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

static enum err write_form(const struct options *options, const struct signer *signer, struct room *out) {
    enum crypto_alg alg = signer_alg(signer);
    const struct crypto_key *key = signer_public(signer);
    struct span kid = span_of_text(options_or(options, "kid", ""));
    const char *did = options_value(options, "document");
    if (did != NULL) {
        return public_form_document(alg, key, span_of_text(did), kid, out);
    }
    if (options_has(options, "did")) {
        TRY(public_form_did(key, out));
        return room_put_byte(out, '\n');
    }
    return options_has(options, "jwks") ? public_form_jwks(alg, key, kid, out)
                                        : public_form_jwk(alg, key, kid, out);
}

static int run(const struct options *options) {
    uint8_t bytes[PUBLIC_FORM_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    struct signer *signer = NULL;
    const char *did = options_value(options, "document");
    if (options_has(options, "jwks") + options_has(options, "did") + (did != NULL) > 1) {
        return command_fail(EX_USAGE, "--jwks, --did and --document exclude each other");
    }
    if (did != NULL && !span_starts_with(span_of_text(did), "did:")) {
        return command_fail(EX_USAGE, "--document takes a DID, and %s is none", did);
    }
    enum err err = signer_load(options->operands[0], &signer);
    if (err != ERR_OK) {
        return command_fail_err(err, options->operands[0]);
    }
    err = write_form(options, signer, &room);
    signer_close(signer);
    if (err != ERR_OK) {
        return command_fail_err(err, options->operands[0]);
    }
    const char *path = options_or(options, "out", "-");
    err = file_write(path, room_span(&room), (struct file_how){.replace = options_has(options, "force")});
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

const struct command command_key_public = {
    .group = "key",
    .name = "public",
    .operands = "KEY",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Show the public half of a key, as a list or a web site takes it.",
    .more =
        "  credctl key public key.jwk --document did:web:academy.example --out did.json\n"
        "  credctl key public key.jwk --jwks\n\n"
        "The document of did:web:academy.example belongs at https://academy.example/.well-known/did.json; "
        "the makers of trust lists take\nthe same file: credctl trust add ... --key did.json",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
