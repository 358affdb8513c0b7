#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

at="--at 2026-09-01T10:00:00Z"

# A list with one issuer, and what it issued: made once, with credctl alone.
setup_file() {
    export MADE=$BATS_FILE_TMPDIR
    cd "$MADE"
    PATH=$(cd "$OLDPWD" && cd "$BIN" && pwd):$PATH
    credctl() { command credctl "$@"; }
    for name in issuer status stranger; do credctl key new -o $name.jwk; done
    make_pack
    fields "holder = Amira <Haddad>" "status_list = https://academy.example/status/1" "status_index = 7" >good.txt
    credctl issue --key issuer.jwk --fields good.txt -o good.jwt --qr good.png --contents good.code
    fields "status_list = https://academy.example/status/1" "status_index = 8" >revoked.txt
    credctl issue --key issuer.jwk --fields revoked.txt -o revoked.jwt
    fields "holder = -" "email = a@example.org" "email_salt = x" >unnamed.txt
    credctl issue --key issuer.jwk --fields unnamed.txt -o unnamed.jwt
    fields "issuer = did:web:other.example" >unknown.txt
    credctl issue --key stranger.jwk --fields unknown.txt -o unknown.jwt
    credctl qr good.jwt unknown.jwt -o two.png --module 4
}
