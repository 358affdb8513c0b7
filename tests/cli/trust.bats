#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_folder
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
    for words in "trust init" "trust rotate" "trust cosign" "trust root" "trust add" "trust build" "trust sign" "trust fresh" "trust verify" "trust show" "trust install" \
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
    refuses 65 "not a workspace"
    credctl trust sign nowhere -o a.tpk
    refuses 65 "not a workspace"
    credctl trust add nowhere --issuer did:web:a.example
    refuses 65 "not a workspace"
    workspace
    credctl trust add hq
    refuses 64 "--issuer, --status-list and --context"
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
    [[ $output == *"as of 2026-09-01T00:00:00Z (stated)" ]]
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
    [[ $output == *": installed, as of 2026-09-01T00:00:00Z (stated)" ]]
    credctl trust install a.tpk "$@"
    succeeds
    [[ $output == *"nothing changed, as of"* ]]
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
    printf '{"id":"did:web:doc.example","verificationMethod":[{"id":"#1","type":"JsonWebKey","publicKeyJwk":%s}],"assertionMethod":["#1"]}' \
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
    holds hq contexts fresh.json issuers keys lists.db root.jwt scheme.json signed.db status
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

@test "signed by many hands at once, packs have numbers of their own" {
    workspace
    "$BIN/credctl" trust build hq
    for i in $(seq 1 8); do
        "$BIN/credctl" trust sign hq -o "$i.tpk" --at 2026-08-28T08:00:00Z >"$i.out" 3>&- &
    done
    wait
    [ "$(cat ./*.out | sed 's/.*number //' | sort -n | tr '\n' ' ')" = "1 2 3 4 5 6 7 8 " ]
}

@test "keys added by many hands at once are all kept" {
    workspace
    for i in $(seq 1 8); do
        "$BIN/credctl" key new -o "$i.jwk"
        "$BIN/credctl" key public "$i.jwk" -o "$i.public"
    done
    for i in $(seq 1 8); do
        "$BIN/credctl" trust add hq --issuer did:web:academy.example --key "$i.public" >/dev/null 3>&- &
    done
    wait
    credctl trust build hq
    [[ $output == *"1 issuers, 9 keys"* ]]
}

@test "an installation waits for another in the same folder" {
    workspace
    pack a.tpk
    mkdir data
    flock data sleep 3 3>&- &
    sleep 0.3
    run timeout 1 "$BIN/credctl" trust install a.tpk --root hq/root.jwt --at 2026-09-01T00:00:00Z --data data
    [ "$status" -eq 124 ]
    holds data
    wait
    credctl trust install a.tpk --root hq/root.jwt --at 2026-09-01T00:00:00Z --data data
    succeeds
}

@test "a withdrawn key stays withdrawn, and a listed one is not changed by the way" {
    workspace --demo
    credctl trust add hq --issuer did:web:academy.example --key public.jwk --type OpenBadgeCredential
    refuses 65 "listed already"
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --key public.jwk --withdrawn 2026-08-01T00:00:00Z
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --key public.jwk --replace
    pack a.tpk
    credctl trust show a.tpk --root hq/root.jwt --json
    [ "$(member withdrawn_at "$output")" = 2026-08-01T00:00:00Z ]
    [ "$(member kid "$output")" = "did:web:academy.example#1" ]
}

@test "identifiers that no credential can carry, and texts that are none, are refused" {
    workspace
    before=$(cat hq/issuers/* | sha256sum)
    for id in academy.example http://academy.example "did:web:a b" $'did:web:a\nb' "did:web:a#1" "" $'did:web:\xff' \
        "did:web:$(head -c 2000 /dev/zero | tr '\0' a)"; do
        credctl trust add hq --issuer "$id" --name en=X --key public.jwk
        refuses 64 "--issuer takes a DID"
        credctl trust add hq --issuer did:web:academy.example --also "$id"
        refuses 64 "--also takes a DID"
    done
    credctl trust add hq --issuer did:web:academy.example --name $'en=\xff'
    refuses 64 "--name"
    credctl trust add hq --issuer did:web:academy.example --key public.jwk --type $'a\nb'
    refuses 64 "--type"
    [ "$before" = "$(cat hq/issuers/* | sha256sum)" ]
    credctl trust init other --scheme $'a\nb'
    refuses 64 "--scheme"
}

@test "an issuer's file that is another's is not added to" {
    workspace
    "$BIN/credctl" trust add hq --issuer did:web:other.example --name en=Other --key public.jwk
    cp hq/issuers/did_web_academy* "$(echo hq/issuers/did_web_other*)"
    credctl trust add hq --issuer did:web:other.example --key public.jwk
    refuses 65 "malformed"
}

@test "key sets with a private key, a key id twice, or a shared secret are refused" {
    workspace
    jwk=$(tr -d '\n' <public.jwk)
    private=$(tr -d '\n' <issuer.jwk)
    "$BIN/credctl" key new -o two.jwk
    two=$("$BIN/credctl" key public two.jwk --kid same | tr -d '\n')
    one=$("$BIN/credctl" key public issuer.jwk --kid same | tr -d '\n')
    set -- --issuer did:web:new.example --name en=New --key set.jwks
    printf '{"keys":[%s,%s]}' "$jwk" "$private" >set.jwks
    credctl trust add hq "$@"
    refuses 65 "private key"
    printf '{"keys":[%s,%s]}' "$one" "$two" >set.jwks
    credctl trust add hq "$@"
    refuses 65 "key id"
    printf '{"keys":[%s,{"kty":"oct","k":"c2VjcmV0"}]}' "$jwk" >set.jwks
    credctl trust add hq "$@"
    [ "$status" -eq 65 ]
    holds hq/issuers "$(basename hq/issuers/did_web_academy*)"
}

@test "what a list was made of stands in its manifest and is shown" {
    workspace
    "$BIN/credctl" status new --issuer did:web:academy.example --address https://academy.example/s -o s.json
    "$BIN/credctl" status sign s.json --key issuer.jwk -o s.jwt --at 2026-08-28T07:00:00Z
    "$BIN/credctl" trust add hq --status-list s.jwt --from did:web:academy.example
    pack a.tpk
    manifest=$(head -1 a.tpk | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true)
    [[ $manifest == *'"sources":[{"format":"by hand","result":"1 issuers"},'* ]]
    [[ $manifest == *"\"sha256\":\"$(sha256sum <s.jwt | cut -d' ' -f1)\",\"signer\":\"did:web:academy.example\""* ]]
    credctl trust show a.tpk --root hq/root.jwt
    [[ $output == *"source        by hand  1 issuers"* ]]
    [[ $output == *"https://academy.example/s  signature right, as of 2026-08-28T07:00:00Z"* ]]
}

@test "everything of an issuer and its keys is shown as JSON" {
    workspace
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name ar=Akademia --name ru=Akademie
    pack a.tpk
    credctl trust show a.tpk --root hq/root.jwt --json
    succeeds
    tr -d ' \n' <<<"$output" >shown
    grep -qF '"names":{"ar":"Akademia","en":"ExampleAcademy","ru":"Akademie"}' shown
    [ "$(member thumbprint "$output")" = "$(member kid "$(cat public.jwk)")" ]
    [ "$(member x "$output")" = "$(member x "$(cat public.jwk)")" ]
    grep -qF '"certificates":[]' shown
}

@test "names in a list do not reach the terminal as they are" {
    workspace
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name "en=$(printf 'A\033[2J\342\200\256B\302\233C')"
    pack a.tpk
    credctl trust show a.tpk --root hq/root.jwt
    succeeds
    [[ $output == *"A□[2J□B□C"* ]]
}

@test "a change while lists are being built is noticed" {
    workspace
    "$BIN/credctl" trust build hq
    made=$(stat -c %.9Y hq/lists.db)
    [[ $made < $(stat -c %.9Z hq/lists.db) ]]
    touch -d "@$made" hq/issuers/*
    credctl trust sign hq -o a.tpk
    succeeds
}

@test "an issuer from an unsigned source keeps that word" {
    workspace
    sed -i 's/"unsigned": false/"unsigned": true/' hq/issuers/*
    pack a.tpk
    credctl trust show a.tpk --root hq/root.jwt
    [[ $output == *"(from an unsigned source)"* ]]
    [[ $output == *"source        by hand, unsigned  1 issuers"* ]]
}

@test "a DID document brings the ends of its keys, and the keys that nobody judges are counted" {
    workspace
    printf '{"id":"did:web:doc.example","assertionMethod":[
        {"id":"#1","type":"Multikey","controller":"did:web:doc.example","revoked":"2026-02-01T00:00:00Z",
         "publicKeyMultibase":"z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"},
        {"id":"#2","type":"JsonWebKey","expires":"2027-01-01T00:00:00Z","publicKeyJwk":%s},
        {"id":"#3","type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"02"}]}' "$(tr -d '\n' <public.jwk)" >did.json
    credctl trust add hq --issuer did:web:doc.example --name en=Doc --key did.json
    succeeds
    [[ $output == *": 2 keys; passed over 1 of a kind that kiosks do not judge" ]]
    pack a.tpk
    credctl trust show a.tpk --root hq/root.jwt --json
    succeeds
    [ "$(member withdrawn_at "${output#*doc.example#1}")" = 2026-02-01T00:00:00Z ]
    [ "$(member valid_until "${output#*doc.example#2}")" = 2027-01-01T00:00:00Z ]
    credctl trust add hq --issuer did:web:b.example --name en=B --key did.json
    refuses 65 "another issuer"
    printf '{"id":"did:web:doc.example","assertionMethod":[{"id":"#3","type":"EcdsaSecp256k1VerificationKey2019"}]}' >did.json
    credctl trust add hq --issuer did:web:doc.example --key did.json
    refuses 65 "does not judge"
}

@test "the document that key public writes is one that trust add reads" {
    for alg in ES256 ES384 EdDSA RS256; do
        rm -rf hq k.jwk
        "$BIN/credctl" trust init hq --scheme test.example/lists
        "$BIN/credctl" key new --alg $alg -o k.jwk
        "$BIN/credctl" key public k.jwk --document did:web:doc.example --out did.json --force
        credctl trust add hq --issuer did:web:doc.example --name en=Doc --key did.json
        succeeds
        [[ $output == *": 1 keys" ]]
    done
}
