#!/usr/bin/env bats
# Registries of issuers that others publish, from the file to what a visitor reads: who signed the list, or that nobody did.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    "$BIN/credctl" key new -o issuer.jwk --alg EdDSA
    did=$("$BIN/credctl" key public issuer.jwk --did)
}

registry() { # DID NAME
    printf '{"meta":{"updated":"2026-08-01T00:00:00Z"},"registry":{"%s":{"name":"%s","url":"https://a.example"}}}\n' "$1" "$2"
}

base64url() {
    basenc --base64url -w0 | tr -d =
}

# A key that only others' tools know: authority.pem, and its public half authority.jwk.
authority() {
    openssl genrsa -out authority.pem 2048 2>/dev/null
    local modulus
    modulus=$(openssl rsa -in authority.pem -noout -modulus | cut -d= -f2 | basenc -d --base16 | base64url)
    printf '{"kty":"RSA","alg":"RS256","kid":"did:web:commission.example#1","n":"%s","e":"AQAB"}' "$modulus" >authority.jwk
}

# A JWT of these claims, signed by it.
token() {
    local head
    head=$(printf '{"alg":"RS256","typ":"vc+jwt","kid":"did:web:commission.example#1"}' | base64url).$(printf %s "$1" | base64url)
    printf '%s.%s\n' "$head" "$(printf %s "$head" | openssl dgst -sha256 -sign authority.pem | base64url)"
}

# A pack of the workspace, and a badge by the did:key issuer.
pack_and_badge() {
    "$BIN/credctl" trust build hq --at 2026-08-28T07:00:00Z
    "$BIN/credctl" trust sign hq --at 2026-08-28T08:00:00Z --out lists.tpk
    fields "issuer = $did" >badge.ini
    "$BIN/credctl" issue --fields badge.ini --key issuer.jwk --out badge.jwt
}

judge() {
    credctl verify badge.jwt --trust lists.tpk --root hq/root.jwt --at 2026-08-28T09:00:00Z "$@"
}

@test "a registry that nobody signed is refused unless that is accepted, and the word is on the verdict" {
    registry "$did" "Example Academy" >registry.json
    credctl trust import dcc hq registry.json
    refuses 65 "Nobody signed"
    holds hq/imports
    credctl trust import dcc hq registry.json --accept-unsigned
    succeeds
    [ "$output" = "hq/imports/dcc.jsonl: 1 issuers, 1 keys; unsigned" ]
    pack_and_badge
    judge --json
    succeeds
    [ "$(member unsigned_source "$output")" = true ]
    judge
    succeeds
    [[ $output == *"unsigned source"* ]]
    credctl trust show lists.tpk --root hq/root.jwt --at 2026-08-28T09:00:00Z
    succeeds
    [[ $output == *"Example Academy  (from an unsigned source)"* ]]
    mkdir kiosk
    "$BIN/credctl" trust install lists.tpk --data kiosk --root hq/root.jwt --at 2026-08-28T09:00:00Z
    credctl verify badge.jwt --data kiosk --root hq/root.jwt --at 2026-08-28T09:00:00Z --json
    succeeds
    [ "$(member unsigned_source "$output")" = true ]
}

@test "a list of recognised entities whose authority is pinned brings no such word" {
    command -v openssl >/dev/null || skip "openssl is not here"
    authority
    list="{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\",\"RecognizedEntityCredential\"],\"issuer\":\"did:web:commission.example\",\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\",\"credentialSubject\":{\"id\":\"$did\",\"type\":\"RecognizedEntity\",\"name\":\"Example Academy\"}}"
    token "$list" >list.jwt
    credctl trust import recognized-entities hq list.jwt --at 2026-08-28T07:00:00Z
    refuses 65 "Nobody signed"
    credctl trust import recognized-entities hq list.jwt --pin authority.jwk --at 2026-08-28T07:00:00Z
    succeeds
    [ "$output" = "hq/imports/recognized-entities.jsonl: 1 issuers, 1 keys" ]
    pack_and_badge
    judge --json
    succeeds
    [ "$(member unsigned_source "$output")" = false ]
    judge
    succeeds
    [[ $output != *"unsigned"* ]]
}

@test "a signature that another key made is refused, and the list that is kept stays" {
    command -v openssl >/dev/null || skip "openssl is not here"
    authority
    list='{"type":["VerifiableCredential","RecognizedEntityCredential"],"issuer":"did:web:commission.example","credentialSubject":{"id":"did:web:a.example","type":"RecognizedEntity","name":"A"}}'
    token "$list" >list.jwt
    credctl trust import recognized-entities hq list.jwt --pin authority.jwk
    succeeds
    [ "$output" = "hq/imports/recognized-entities.jsonl: 1 issuers, 0 keys; 1 without a key" ]
    before=$(sha256sum <hq/imports/recognized-entities.jsonl)
    mv authority.jwk known.jwk
    authority
    token "$list" >list.jwt
    credctl trust import recognized-entities hq list.jwt --pin known.jwk
    refuses 65 "signed by none of the keys" # ERR_IMPORT_SIGNER
    [ "$before" = "$(sha256sum <hq/imports/recognized-entities.jsonl)" ]
}

@test "what is passed over is named, and names that would write on the terminal are not written" {
    key='{"kty":"EC","crv":"P-256","alg":"ES256","x":"AA","y":"AA"}'
    printf '{"time":"2026-08-01T00:00:00Z","issuerInfo":[{"issuer":{"iss":"https://a.example/\u202e\u009b31m","name":"A"},"keys":[%s]}]}' "$key" >snapshot.json
    credctl trust import vci hq snapshot.json --accept-unsigned
    succeeds
    [ "$output" = "hq/imports/vci.jsonl: 1 issuers, 0 keys; unsigned; 1 without a key; passed over 1 of a kind that is not listed" ]
    [ "$stderr" = "credctl: https://a.example/□□31m: passed over: The key is malformed." ]
}

@test "hosted badges are kept as they are hosted, and stand in the pack by their address" {
    printf '{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1","verification":{"type":"HostedBadge"}}' >1.json
    printf '{"type":["BadgeClass"],"id":"https://a.example/class","name":"C"}' >class.json
    printf '{"type":"Profile","id":"https://a.example/issuer","name":"A"}' >issuer.json
    credctl trust import assertions hq 1.json class.json issuer.json
    refuses 65 "Nobody signed"
    credctl trust import assertions hq 1.json class.json issuer.json --accept-unsigned
    succeeds
    [ "$output" = "hq/hosted: 3 documents; unsigned" ]
    cmp 1.json "$(echo hq/hosted/https___a.example_1-*.json)"
    registry "$did" A >registry.json
    "$BIN/credctl" trust import dcc hq registry.json --accept-unsigned
    credctl trust build hq
    succeeds
    [[ $output == *", 3 hosted documents"* ]]
    grep -aq "assertion https://a.example/1" hq/lists.db
    grep -aq "badgeclass https://a.example/class" hq/lists.db
    grep -aq "profile https://a.example/issuer" hq/lists.db
    "$BIN/credctl" trust sign hq --out lists.tpk --at 2026-08-28T08:00:00Z
    credctl trust show lists.tpk --root hq/root.jwt --at 2026-08-28T09:00:00Z
    succeeds
    [[ $output == *"hosted badges  3 documents, unsigned"* ]]
}

@test "a document that is no hosted badge is refused, and with it all that was named" {
    good='{"type":"Profile","id":"https://a.example/issuer"}'
    printf %s "$good" >good.json
    for wrong in '{}' '[]' '{"type":"Assertion","id":"https://a.example/1"}' \
        '{"type":"Assertion","id":"https://a.example/1","verification":{"type":"SignedBadge"}}' \
        '{"type":"Profile","id":"http://a.example/issuer"}' '{"type":"Profile","id":"https://a.example/is suer"}' \
        '{"type":"Profile"}' '{"type":"Endorsement","id":"https://a.example/e"}'; do
        printf %s "$wrong" >wrong.json
        credctl trust import assertions hq good.json wrong.json --accept-unsigned
        refuses 65 "no hosted assertion" # ERR_HOSTED
        [ ! -e hq/hosted ]
    done
    head -c 300000 /dev/zero | tr '\0' ' ' >large.json
    printf %s "$good" >>large.json
    credctl trust import assertions hq large.json --accept-unsigned
    refuses 65 "larger than what is read"
}

@test "contexts are imported by the code of trust add, with their hash" {
    printf '{"@context":{"course":"https://a.example/terms#course"}}' >course.jsonld
    credctl trust import contexts hq course.jsonld
    refuses 64 "needs --url"
    credctl trust import contexts hq course.jsonld course.jsonld --url https://a.example/course/v1
    refuses 64 "2 files"
    credctl trust import contexts hq course.jsonld --url https://a.example/course/v1
    succeeds
    grep -q "$(sha256sum <course.jsonld | cut -d' ' -f1)" "$output"
    credctl trust build hq
    succeeds
    [[ $output == *", 1 contexts"* ]]
}

@test "a file that is larger than any list is refused before it is read as one" {
    truncate -s 65M huge.json
    credctl trust import dcc hq huge.json --accept-unsigned
    refuses 65 "larger than what is read"
}

@test "--type narrows what the issuers of a list without types may sign" {
    registry "$did" "Example Academy" >registry.json
    credctl trust import dcc hq registry.json --accept-unsigned --type DriverLicense
    succeeds
    pack_and_badge
    judge --json
    [ "$status" -eq 2 ]
    [ "$(member reason "$output")" = out_of_scope ]
}
