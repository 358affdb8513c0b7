#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
    BIN=$(realpath "$BIN")
    cd "$dir" || return 1
}

# A workspace "hq" with one issuer whose private key is issuer.jwk.
workspace() {
    "$BIN/credctl" trust init hq --scheme test.example/lists "$@"
    "$BIN/credctl" key new -o issuer.jwk
    "$BIN/credctl" key public issuer.jwk -o public.jwk
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name en="Example Academy" --name ru=Академия \
        --territory EE --key public.jwk --kid did:web:academy.example#1
}

pack() { # NAME [OPTIONS...]
    local name=$1
    shift
    "$BIN/credctl" trust build hq
    "$BIN/credctl" trust sign hq -o "$name" --at 2026-08-28T08:00:00Z "$@"
}

@test "init makes keys for their owner alone, a root, and nothing twice" {
    credctl trust init hq --scheme test.example/lists
    succeeds
    [ "$output" = hq/root.jwt ]
    [ "$(stat -c %a hq/keys/root.jwk hq/keys/release.jwk | sort -u)" = 600 ]
    before=$(cat hq/keys/* hq/root.jwt hq/scheme.json | sha256sum)
    credctl trust init hq --scheme other
    refuses 73 "workspace already"
    [ "$before" = "$(cat hq/keys/* hq/root.jwt hq/scheme.json | sha256sum)" ]
}

@test "every command explains itself" {
    for words in "trust init" "trust add" "trust build" "trust sign" "trust verify" "trust show" "trust install" \
        "status new" "status revoke" "status suspend" "status sign"; do
        credctl $words --help
        succeeds
        [[ $output == "credctl $words"* ]]
    done
}

@test "usage, missing files and folders have their statuses" {
    credctl trust init hq
    refuses 64 "scheme"
    credctl trust init none/hq --scheme x
    refuses 73 "cannot be made"
    credctl trust build nowhere
    refuses 73 "cannot be written"
    credctl trust add nowhere --issuer did:web:a.example
    refuses 65 "not a workspace"
    workspace
    credctl trust add hq
    refuses 64 "--issuer and --status-list"
    credctl trust add hq --issuer did:web:new.example --key public.jwk
    refuses 64 "--name"
    credctl trust add hq --issuer did:web:new.example --name en=New --key none.jwk
    refuses 66 "no such file"
    credctl trust add hq --issuer did:web:new.example --name en=New --key issuer.jwk
    refuses 65 "private key"
    credctl trust add hq --issuer did:web:new.example --name en=New --territory Estonia --key public.jwk
    refuses 65 "malformed"
    holds hq/issuers "$(basename hq/issuers/did_web_academy.example-*)"
}

@test "the same workspace gives the same bytes" {
    workspace
    "$BIN/credctl" trust build hq -o a.db
    "$BIN/credctl" trust build hq -o b.db
    cmp a.db b.db
}

@test "a pack is signed, verified and shown; numbers only grow" {
    workspace --demo
    pack a.tpk
    credctl trust verify a.tpk --root hq/root.jwt --at 2026-09-01T00:00:00Z
    succeeds
    [[ $output == *"number 1"* ]]
    credctl trust show a.tpk --root hq/root.jwt --at 2026-09-01T00:00:00Z --json
    succeeds
    [ "$(member band "$output")" = fresh ]
    [ "$(member demo "$output")" = true ]
    [ "$(member name "$output")" = "Example Academy" ]
    [ "$(member kid "$output")" = "did:web:academy.example#1" ]
    credctl trust show a.tpk --root hq/root.jwt --at 2026-09-20T00:00:00Z
    succeeds
    [[ $output == *"freshness     stale"* ]]
    credctl trust sign hq -o a.tpk
    refuses 73 "exists already"
    credctl trust sign hq -o b.tpk --seq 1
    refuses 64 "only grow"
    credctl trust sign hq -o b.tpk --days 185
    refuses 64 "--days"
    pack b.tpk
    credctl trust show b.tpk --root hq/root.jwt --json
    [ "$(member seq "$output")" = 2 ]
}

@test "a pack is refused by another root, too late, too early, for another site, and when a byte is changed" {
    workspace
    pack a.tpk --audience hall-3
    "$BIN/credctl" trust init other --scheme test.example/lists
    credctl trust verify a.tpk --root other/root.jwt --audience hall-3
    refuses 65 "another root"
    credctl trust verify a.tpk --root hq/root.jwt --audience hall-3 --at 2026-12-01T00:00:00Z
    refuses 65 "expired"
    credctl trust verify a.tpk --root hq/root.jwt --audience hall-3 --at 2026-08-01T00:00:00Z
    refuses 65 "future"
    credctl trust verify a.tpk --root hq/root.jwt --at 2026-09-01T00:00:00Z
    refuses 65 "another site"
    credctl trust verify a.tpk --root hq/root.jwt --audience hall-3 --at 2026-09-01T00:00:00Z
    succeeds
    printf 'X' | dd of=a.tpk bs=1 seek=20000 conv=notrunc status=none
    credctl trust verify a.tpk --root hq/root.jwt --audience hall-3 --at 2026-09-01T00:00:00Z
    refuses 65 "not the one that was signed"
    credctl trust verify nothing.tpk --root hq/root.jwt
    refuses 66 "no such file"
    credctl trust verify hq/root.jwt --root hq/root.jwt
    refuses 65 "not a trust pack"
}

@test "installing takes the newer, keeps it, and refuses the older" {
    workspace
    pack a.tpk
    pack b.tpk
    mkdir data
    set -- --root hq/root.jwt --at 2026-09-01T00:00:00Z --data data
    credctl trust install a.tpk "$@"
    succeeds
    [[ $output == *": installed" ]]
    credctl trust install a.tpk "$@"
    succeeds
    [[ $output == *"nothing changed" ]]
    credctl trust install b.tpk "$@"
    succeeds
    before=$(find data -type f -exec sha256sum {} + | sort)
    credctl trust install a.tpk "$@"
    refuses 65 "older than the installed"
    [ "$before" = "$(find data -type f -exec sha256sum {} + | sort)" ]
    rm data/slots/*
    credctl trust install b.tpk "$@"
    refuses 65 "record of the accepted"
    credctl trust install b.tpk --root hq/root.jwt --data none
    refuses 73 "cannot be opened"
}

@test "killed at any moment, an installation leaves the old pack or the new" {
    workspace
    pack a.tpk
    pack b.tpk
    set -- --root hq/root.jwt --at 2026-09-01T00:00:00Z --data data
    for wait in 0 0.005 0.01 0.02 0.03 0.05 0.08; do
        rm -rf data
        mkdir data
        "$BIN/credctl" trust install a.tpk "$@" >/dev/null
        "$BIN/credctl" trust install b.tpk "$@" >/dev/null 2>&1 3>&- &
        child=$!
        sleep $wait
        kill -9 $child 2>/dev/null || true
        wait $child || true
        credctl trust install b.tpk "$@"
        succeeds
        credctl trust install a.tpk "$@"
        refuses 65 "older than the installed"
    done
}

@test "a did:key brings its own key, and a DID document its assertion methods" {
    workspace
    credctl trust add hq --issuer did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK --name en=Self
    succeeds
    [[ $output == *"1 keys" ]]
    jwk=$(tr -d '\n' <public.jwk)
    printf '{"id":"did:web:doc.example","verificationMethod":[{"id":"#1","publicKeyJwk":%s}],"assertionMethod":["#1"]}' \
        "$jwk" >did.json
    credctl trust add hq --issuer did:web:doc.example --name en=Doc --key did.json --type OpenBadgeCredential
    succeeds
    credctl trust add hq --issuer did:web:else.example --name en=Else --key did.json
    refuses 65 "another issuer"
    credctl trust build hq
    succeeds
    [[ $output == *"3 issuers, 3 keys, 0 status lists" ]]
    pack c.tpk
    credctl trust show c.tpk --root hq/root.jwt --json
    [[ $output == *'"did:web:doc.example#1"'* ]]
    [[ $output == *'"OpenBadgeCredential"'* ]]
}

@test "no command leaves a half file behind" {
    workspace
    pack a.tpk
    holds . a.tpk hq issuer.jwk public.jwk
    holds hq issuers keys lists.db root.jwt scheme.json status
}

@test "lists that are older than the workspace are not signed" {
    workspace
    pack a.tpk
    "$BIN/credctl" trust add hq --issuer did:web:new.example --name en=New --key public.jwk
    credctl trust sign hq -o b.tpk
    refuses 65 "changed after its lists were built"
    credctl trust build hq
    succeeds
    credctl trust sign hq -o b.tpk
    succeeds
    rm hq/issuers/did_web_new*
    credctl trust sign hq -o c.tpk
    refuses 65 "changed after"
}
