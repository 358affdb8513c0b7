#!/usr/bin/env bats
# Lists made of several sources: what counts first, what an unsigned one can never do, and what is left out.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    for i in 1 2 3; do
        "$BIN/credctl" key new -o $i.jwk
        "$BIN/credctl" key public $i.jwk -o $i.public
    done
}

# An issuer of the format "issuers": identifiers, name, key file, key id, further members of the key.
line() {
    printf '{"identifiers":["%s"],"names":{"en":"%s"},"territory":"","source":"x","unsigned":false,"keys":[{"kid":"%s","alg":"ES256","jwk":%s,"types":[],"achievements":[],"for_status":false%s}]}\n' \
        "${1//,/\",\"}" "$2" "$4" "$(tr -d '\n' <"$3")" "${5:-}"
}

import() { # NAME, lines on standard input
    cat >"$1.list"
    "$BIN/credctl" trust import issuers hq "$1.list" --name "$1" --accept-unsigned --at 2026-08-01T00:00:00Z
}

# Say of a kept list that somebody signed it: what a format with signatures writes.
signed_by() { # NAME SIGNER
    sed -i "1s/\"unsigned\": *true/\"unsigned\":false/; 1s|\"signer\": *\"\"|\"signer\":\"$2\"|; 2,\$s/\"unsigned\":true/\"unsigned\":false/g" "hq/imports/$1.jsonl"
}

due() { # NAME TIME
    sed -i "1s/\"next_update\": *\"\"/\"next_update\":\"$2\"/" "hq/imports/$1.jsonl"
}

show() {
    "$BIN/credctl" trust build hq --at 2026-08-28T07:00:00Z >/dev/null
    "$BIN/credctl" trust sign hq -o a.tpk --force --ack --at 2026-08-28T08:00:00Z >/dev/null
    credctl trust show a.tpk --root hq/root.jwt --at 2026-08-29T08:00:00Z --json
    succeeds
    tr -d ' \n' <<<"$output" | sed -E 's/"(names|jwk)":\{[^}]*\},//g' >shown
}

@test "what was added by hand gives the name; keys of all lists stand under it, each with its own word" {
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=ByHand --key 1.public --kid one
    { line did:web:a.example Other 2.public two; line did:web:b.example B 3.public three; } | import wild
    credctl trust build hq
    succeeds
    [ "$output" = "hq/lists.db: 2 issuers, 3 keys, 0 status lists, 1 imports" ]
    show
    grep -qF '"identifier":"did:web:a.example","name":"ByHand","territory":"","unsigned":false' shown
    grep -qF '"identifier":"did:web:b.example","name":"B","territory":"","unsigned":true' shown
    grep -qE '"kid":"one"[^}]*"unsigned":false' shown
    grep -qE '"kid":"two"[^}]*"unsigned":true' shown
    grep -qF '"format":"byhand","result":"1issuers"' shown
    grep -qE '"format":"issuers","name":"wild","result":"2issuers,unsigned","sha256":"[0-9a-f]{64}"' shown
}

# What verify says of the list, of a badge under a key.
expect() { # KEY WANTED
    "$BIN/credctl" issue --fields badge.txt --key "$1.jwk" -o "$1.badge"
    credctl verify --trust a.tpk --root hq/root.jwt --at 2026-08-29T08:00:00Z --json "$1.badge"
    succeeds
    [[ $output == *"\"unsigned_source\": $2"* ]]
}

@test "a credential under an unsigned list's key says so, though its issuer was added by hand" {
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name en=ByHand --key 1.public
    line did:web:academy.example Other 2.public "$(member kid "$(cat 2.public)")" | import wild
    show
    fields >badge.txt
    expect 1 false
    expect 2 true
}

@test "an unsigned list makes nobody's address its own, and joins no two issuers" {
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=ByHand --key 1.public --kid one
    line did:web:evil.example,did:web:a.example Evil 2.public two | import wild
    show
    grep -qF '"identifier":"did:web:a.example","name":"ByHand"' shown
    grep -qF '"identifier":"did:web:evil.example","name":"Evil","territory":"","unsigned":true' shown
    "$BIN/credctl" trust add hq --issuer did:web:b.example --name en=Second --key 3.public --kid three
    line did:web:a.example,did:web:b.example,did:web:c.example Evil 2.public two | import wild
    signed_by wild did:web:lists.example
    show
    grep -qF '"identifier":"did:web:a.example","name":"ByHand"' shown
    grep -qF '"identifier":"did:web:b.example","name":"Second"' shown
    grep -qF '"identifier":"did:web:c.example","name":"ByHand"' shown
    [ "$(grep -o '"kid":"two"' shown | wc -l)" = 3 ]
}

@test "signed lists come before unsigned ones whatever they are called" {
    line did:web:a.example Unsigned 1.public one | import aaa
    line did:web:a.example Signed 2.public two | import zzz
    signed_by zzz did:web:lists.example
    show
    grep -qF '"identifier":"did:web:a.example","name":"Signed","territory":"","unsigned":false' shown
    grep -qE '"format":"issuers","name":"zzz","result":"1issuers,signatureright","sha256":"[0-9a-f]{64}","signer":"did:web:lists.example"' shown
    rm hq/imports/zzz.jsonl
    show
    grep -qF '"identifier":"did:web:a.example","name":"Unsigned","territory":"","unsigned":true' shown
}

@test "a key withdrawn anywhere is withdrawn, a key on a signed list is signed, and no list takes another's key id" {
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=A --key 1.public --kid one
    line did:web:a.example A 1.public one ',"withdrawn_at":"2026-07-01T00:00:00Z"' | import gone
    line did:web:a.example A 2.public one | import thief
    show
    grep -qE '"kid":"one"[^}]*"unsigned":false[^}]*"withdrawn_at":"2026-07-01T00:00:00Z"' shown
    grep -qE '"kid":""[^}]*"unsigned":true[^}]*"withdrawn_at":null' shown
}

@test "a withdrawn key is withdrawn under names that are not joined, and by a list that is past its time" {
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=A --key 1.public --kid one
    "$BIN/credctl" trust add hq --issuer did:web:a.example --key 1.public --withdrawn 2026-07-01T00:00:00Z
    { line did:web:a.example,did:web:c.example A 1.public one; line did:web:d.example D 2.public two; } | import wild
    line did:web:x.example,did:web:d.example X 2.public two ',"withdrawn_at":"2026-07-02T00:00:00Z"' | import late
    due late 2026-08-20T00:00:00Z
    show
    grep -qF '"identifier":"did:web:c.example"' shown
    [ "$(grep -o '"withdrawn_at":"2026-07-01T00:00:00Z"' shown | wc -l)" = 2 ]
    [ "$(grep -o '"withdrawn_at":"2026-07-02T00:00:00Z"' shown | wc -l)" = 1 ]
    [[ $(<shown) != *'"withdrawn_at":null'* ]]
    [[ $(<shown) != *did:web:x.example* ]]
}

@test "a status list under a key of an unsigned list is an unsigned one, though its issuer was added by hand" {
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name en=ByHand --key 1.public --kid did:web:academy.example#1
    line did:web:academy.example A 2.public did:web:academy.example#2 | import wild
    "$BIN/credctl" status new --issuer did:web:academy.example --address https://academy.example/s -o s.json
    local key wanted
    for key in 1 2; do
        wanted=$([ $key = 2 ] && echo true || echo false)
        "$BIN/credctl" status sign s.json --key $key.jwk -o $key.jwt --at 2026-08-28T07:00:00Z
        "$BIN/credctl" trust add hq --status-list $key.jwt --from did:web:academy.example
        show
        sed 's/.*"status_lists"//' shown >lists
        grep -qF "\"unsigned\":$wanted" lists || { cat lists; return 1; }
    done
}

@test "an unsigned key that claims to be signed keeps its word" {
    line did:web:a.example A 1.public one ',"unsigned":false' | import wild
    sed -i '2s/"unsigned":true/"unsigned":false/' hq/imports/wild.jsonl
    show
    grep -qE '"kid":"one"[^}]*"unsigned":true' shown
}

@test "an import past its next update is left out, said on standard error and in the sources" {
    line did:web:a.example A 1.public one | import late
    line did:web:b.example B 2.public two | import good
    due late 2026-08-20T00:00:00Z
    due good 2026-08-29T00:00:00Z
    credctl trust build hq --at 2026-08-28T07:00:00Z
    succeeds
    [ "$output" = "hq/lists.db: 1 issuers, 1 keys, 0 status lists, 1 imports" ]
    [ "$stderr" = "credctl: warning: the import late is left out, its next update was due at 2026-08-20T00:00:00Z" ]
    show
    grep -qF '"result":"leftout,itsnextupdatewasdueat2026-08-20T00:00:00Z"' shown
    grep -vqF 'did:web:a.example' shown
    credctl trust build hq --at 2026-08-19T07:00:00Z
    succeeds
    [ "$output" = "hq/lists.db: 2 issuers, 2 keys, 0 status lists, 2 imports" ]
}

@test "a status list of an imported issuer is checked with its imported key" {
    line did:web:academy.example A 1.public did:web:academy.example#1 | import wild
    "$BIN/credctl" status new --issuer did:web:academy.example --address https://academy.example/s -o s.json
    "$BIN/credctl" status sign s.json --key 1.jwk -o s.jwt --at 2026-08-28T07:00:00Z
    credctl trust add hq --status-list s.jwt --from did:web:academy.example
    succeeds
    credctl trust build hq
    succeeds
    [[ $output == *"1 status lists, 1 imports" ]]
    credctl trust add hq --status-list s.jwt --from did:web:b.example
    refuses 65 "another issuer"
}

@test "an import that changed after the lists were built is noticed, and a damaged one is named" {
    line did:web:a.example A 1.public one | import wild
    "$BIN/credctl" trust build hq
    line did:web:a.example A 2.public one | import wild
    credctl trust sign hq -o a.tpk
    refuses 65 "changed after"
    echo '{"identifiers":["did:web:x.example"],"names":{"en":"X"},"territory":"","source":"x","unsigned":false,"keys":[{}]}' >>hq/imports/wild.jsonl
    credctl trust build hq
    refuses 65 "hq/imports/wild.jsonl: did:web:x.example: The issuer's file is malformed"
    echo '[]' >>hq/imports/wild.jsonl
    credctl trust build hq
    refuses 65 "as it is kept is malformed"
}

@test "two files by hand of one issuer are refused, and so are more words on one issuer than are joined" {
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=A --key 1.public
    cp hq/issuers/did_web_a* hq/issuers/again.json
    credctl trust build hq
    refuses 65 "twice"
    rm hq/issuers/again.json
    for _ in $(seq 1 1100); do line did:web:a.example A 2.public two; done | import many
    credctl trust build hq
    refuses 65 "more lists, or more keys" # ERR_LISTS_MANY
}

@test "the same workspace gives the same bytes" {
    "$BIN/credctl" trust add hq --issuer did:web:b.example --name en=B --key 1.public
    { line did:web:c.example C 2.public two; line did:web:b.example,did:web:z.example B 3.public three; } | import one
    { line did:web:c.example C 1.public two; line did:web:a.example A 3.public three; } | import two
    "$BIN/credctl" trust build hq --at 2026-08-28T07:00:00Z
    cp hq/lists.db first.db
    "$BIN/credctl" trust build hq --at 2026-08-28T09:00:00Z
    cmp hq/lists.db first.db
}
