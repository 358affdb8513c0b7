#!/usr/bin/env bats
# Lists of trusted entities in and out, and what issuers publish of themselves: certificates, DID documents, key sets.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    certificates=$(realpath tests/lib/certificates)
    in_workspace
}

# An operator's workspace with one issuer, whose badges leaf.jwk signs, and what it publishes of it: list.jws, signed by rsa.jwk.
publish() {
    "$BIN/credctl" trust init operator --scheme register.example/lists
    "$BIN/credctl" key public "$certificates/leaf.jwk" -o leaf.public
    "$BIN/credctl" trust add operator --issuer did:web:academy.example --name 'en=Example Academy' --name 'et=Akadeemia' \
        --territory EE --type OpenBadgeCredential --key leaf.public "$@"
    "$BIN/credctl" trust export lote operator list.jws --key "$certificates/rsa.jwk" --cert "$certificates/rsa.pem" \
        --at 2026-08-20T00:00:00Z
}

# A badge of that issuer, judged by a pack of hq.
judge_badge() {
    fields >badge.txt
    "$BIN/credctl" issue --key "$certificates/leaf.jwk" --fields badge.txt --out badge.jwt -f
    "$BIN/credctl" trust build hq --at 2026-08-28T00:00:00Z
    "$BIN/credctl" trust sign hq --at 2026-08-28T08:00:00Z --out lists.tpk -f
    credctl verify --json --trust lists.tpk --root hq/root.jwt --at 2026-09-01T10:00:00Z badge.jwt
}

@test "a badge of an issuer that a signed list names is VALID" {
    publish
    credctl trust import lote hq list.jws --pin "$certificates/rsa.pem" --at 2026-08-21T00:00:00Z
    succeeds
    [ "$output" = "hq/imports/lote.jsonl: 1 issuers, 1 keys" ]
    [[ $(head -1 hq/imports/lote.jsonl) == *'"signer":"CN=RSA"'*'"unsigned":false'* ]]
    judge_badge
    succeeds
    [ "$(member verdict "$output")" = valid ]
    [[ $output == *"Example Academy"* ]]
}

@test "a badge of an issuer whose key a list withdrew is NOT VALID" {
    publish --withdrawn 2026-08-01T00:00:00Z
    "$BIN/credctl" trust import lote hq list.jws --pin "$certificates/rsa.pem" --at 2026-08-21T00:00:00Z
    judge_badge
    [ "$status" = 1 ]
    [ "$(member reason "$output")" = key_withdrawn ]
}

@test "a badge under the key of a listed certificate is VALID, and out of scope where --type says so" {
    cat "$certificates/leaf.pem" "$certificates/ca.pem" >bundle.pem
    credctl trust import certificates hq bundle.pem --accept-unsigned --at 2026-08-21T00:00:00Z
    succeeds
    [ "$output" = "hq/imports/certificates.jsonl: 2 issuers, 1 keys; unsigned; 1 without a key" ]
    [[ $stderr == *"CN=Example Register Root,O=Example Register,C=EE: it has no name that credentials use"* ]]
    judge_badge
    succeeds
    [ "$(member verdict "$output")" = valid ]
    credctl trust import certificates hq bundle.pem --accept-unsigned --type Diploma --at 2026-08-21T00:00:00Z
    judge_badge
    [ "$status" = 2 ]
    [ "$(member reason "$output")" = out_of_scope ]
}

@test "a signed list needs its pin, and one that is not signed needs --accept-unsigned" {
    publish
    credctl trust import lote hq list.jws --at 2026-08-21T00:00:00Z
    refuses 65 "--pin names the certificate" # ERR_LOTE_PIN
    credctl trust import lote hq list.jws --pin "$certificates/leaf.pem" --at 2026-08-21T00:00:00Z
    refuses 65 "neither pinned nor issued by a pinned one" # ERR_JADES_SIGNER
    sed 's/[A-Za-z]$/-/' list.jws >other.jws
    credctl trust import lote hq other.jws --pin "$certificates/rsa.pem" --at 2026-08-21T00:00:00Z
    refuses 65 ""
    holds hq/imports
    "$BIN/credctl" trust export lote operator list.json --at 2026-08-20T00:00:00Z
    credctl trust import lote hq list.json --at 2026-08-21T00:00:00Z
    refuses 65 "Nobody signed"
    credctl trust import lote hq list.json --accept-unsigned --at 2026-08-21T00:00:00Z
    succeeds
    [ "$output" = "hq/imports/lote.jsonl: 1 issuers, 1 keys; unsigned" ]
    holds hq/imports lote.jsonl
}

@test "the number of a list never falls, and a list past its next update is refused" {
    publish
    "$BIN/credctl" trust export lote operator 7.json --seq 7 --at 2026-08-20T00:00:00Z
    "$BIN/credctl" trust export lote operator 6.json --seq 6 --at 2026-08-20T00:00:00Z
    "$BIN/credctl" trust import lote hq 7.json --accept-unsigned --at 2026-08-21T00:00:00Z
    before=$(sha256sum <hq/imports/lote.jsonl)
    credctl trust import lote hq 6.json --accept-unsigned --at 2026-08-21T00:00:00Z
    refuses 65 "older than the one that is kept" # ERR_IMPORT_OLDER
    credctl trust import lote hq 7.json --accept-unsigned --at 2026-09-04T00:00:00Z
    refuses 65 "past its next update" # ERR_LOTE_ENDED
    [ "$before" = "$(sha256sum <hq/imports/lote.jsonl)" ]
}

@test "what is exported and imported is the same issuer, and exported again the same list" {
    publish
    "$BIN/credctl" trust import lote hq list.jws --pin "$certificates/rsa.pem" --at 2026-08-21T00:00:00Z
    "$BIN/credctl" trust export lote operator one.json --at 2026-08-20T00:00:00Z --operator Register --territory EU
    "$BIN/credctl" trust export lote hq two.json --at 2026-08-20T00:00:00Z --operator Register --territory EU
    cmp one.json two.json
    [[ $(cat one.json) == *'"CredentialScope":{"achievements":[],"types":["OpenBadgeCredential"]},"critical":true'* ]]
    credctl trust export lote operator one.json
    refuses 73 ""
}

@test "what nobody signed, and Ed25519 keys, are exported only where that is asked for, and counted" {
    "$BIN/credctl" key new --alg EdDSA -o ed.jwk
    "$BIN/credctl" key public ed.jwk -o ed.public
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=A --key ed.public
    "$BIN/credctl" trust import certificates hq "$certificates/leaf.pem" --accept-unsigned
    credctl trust export lote hq list.json
    succeeds
    [ "$output" = "list.json: 0 issuers, number 1; unsigned; left out 2 issuers and 2 keys" ]
    credctl trust export lote hq list.json -f --ed25519
    [ "$output" = "list.json: 1 issuers, number 1; unsigned; left out 1 issuers and 1 keys" ]
    credctl trust export lote hq list.json -f --ed25519 --accept-unsigned
    [ "$output" = "list.json: 2 issuers, number 1; unsigned" ]
}

@test "an export says what is wrong with its options" {
    credctl trust export lotl hq out
    refuses 64 "is no format"
    credctl trust export lote hq out --key k.jwk
    refuses 64 "go together"
    credctl trust export lote hq out --territory Estonia
    refuses 64 "two capitals"
    credctl trust export lote hq out --seq 0
    refuses 64 "--seq"
    credctl trust export lote hq out --operator ""
    refuses 64 "--operator"
    credctl trust export lote hq out --key "$certificates/rsa.jwk" --cert "$certificates/leaf.pem" --at 2026-08-20T00:00:00Z
    refuses 65 "" # ERR_KEY_MISMATCH
    credctl trust export lote nowhere out
    refuses 65 "not a workspace"
    [ ! -e out ]
}

@test "keys come from a key set whose issuer is named, and from DID documents" {
    "$BIN/credctl" key public "$certificates/leaf.jwk" -o leaf.public
    printf '{"keys":[%s]}' "$(cat leaf.public)" >set.jwks
    credctl trust import jwks hq set.jwks --accept-unsigned
    refuses 65 "--issuer takes a DID or an https address" # ERR_IMPORT_NAMED
    credctl trust import jwks hq set.jwks --accept-unsigned --issuer nobody
    refuses 65 "neither a DID nor an https address"
    credctl trust import jwks hq set.jwks --issuer did:web:academy.example
    refuses 65 "Nobody signed"
    credctl trust import jwks hq set.jwks --accept-unsigned --issuer did:web:academy.example --at 2026-08-21T00:00:00Z
    succeeds
    [ "$output" = "hq/imports/jwks.jsonl: 1 issuers, 1 keys; unsigned" ]
    judge_badge
    succeeds
    [ "$(member verdict "$output")" = valid ]
    cat >did.json <<END
{"id": "did:web:b.example", "assertionMethod": ["#1"], "verificationMethod": [{"id": "#1", "type": "JsonWebKey",
 "controller": "did:web:b.example", "publicKeyJwk": $(cat leaf.public)}]}
END
    credctl trust import did hq did.json --accept-unsigned
    succeeds
    [ "$output" = "hq/imports/did.jsonl: 1 issuers, 1 keys; unsigned" ]
    grep -q '"identifiers":\["did:web:b.example"\]' hq/imports/did.jsonl
    credctl trust import did hq set.jwks --accept-unsigned
    refuses 65 ""
    credctl trust import did hq did.json did.json --accept-unsigned
    refuses 65 "" # twice
}

@test "certificates say whose they are, or --issuer does, or they are told" {
    credctl trust import certificates hq "$certificates/leaf.pem" --accept-unsigned --issuer https://b.example
    succeeds
    grep -q '"identifiers":\["https://b.example"\]' hq/imports/certificates.jsonl
    credctl trust import certificates hq "$certificates/leaf.pem" --accept-unsigned --issuer b.example
    refuses 65 "--issuer takes a DID"
    cat "$certificates/ed.pem" "$certificates/crit.pem" "$certificates/p521.pem" >bundle.pem
    credctl trust import certificates hq bundle.pem --accept-unsigned
    succeeds
    [[ $output == *"1 issuers, 0 keys (1 issuers before); unsigned; 1 without a key; passed over 3"* ]]
    credctl trust import certificates hq "$certificates/leaf.jwk" --accept-unsigned
    refuses 65 "holds no certificate" # ERR_CERTIFICATE_NONE
}
