#!/usr/bin/env bats
# Published lists read into a workspace: kept whole or not at all, never an older one, never an unsigned one unasked.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    for i in 1 2; do
        "$BIN/credctl" key new -o $i.jwk
        "$BIN/credctl" key public $i.jwk -o $i.public
    done
}

# A line of the format "issuers": identifier, name, key file.
line() {
    printf '{"identifiers":["%s"],"names":{"en":"%s"},"territory":"","source":"x","unsigned":false,"keys":[{"kid":"%s#1","alg":"ES256","jwk":%s,"types":[],"achievements":[],"for_status":false}]}\n' \
        "$1" "$2" "$1" "$(tr -d '\n' <"$3")"
}

@test "a published list is kept with what it is, and each key with its source and since when" {
    { line did:web:a.example A 1.public; line did:web:b.example B 2.public; } >list
    credctl trust import issuers hq list --url https://lists.example/l --accept-unsigned --at 2026-08-01T00:00:00Z
    succeeds
    [ "$output" = "hq/imports/issuers.jsonl: 2 issuers, 2 keys; unsigned" ]
    [ "$(wc -l <hq/imports/issuers.jsonl)" = 3 ]
    head=$(head -1 hq/imports/issuers.jsonl)
    [[ $head == *'"format": "issuers", "name": "issuers", "url": "https://lists.example/l", '* ]] ||
        [[ $head == *'"format":"issuers","name":"issuers","url":"https://lists.example/l",'* ]]
    [[ $head == *"\"sha256\":\"$(sha256sum <list | cut -d' ' -f1)\""* ]]
    [[ $head == *'"unsigned":true'* ]]
    [ "$(grep -c '"since":"2026-08-01T00:00:00Z","source":"issuers"' hq/imports/issuers.jsonl)" = 2 ]
    [ "$(grep -c '"source":"issuers","territory":"","unsigned":true}$' hq/imports/issuers.jsonl)" = 2 ]
}

@test "a key that stays keeps its since; a key of another issuer does not lend it" {
    line did:web:a.example A 1.public >list
    "$BIN/credctl" trust import issuers hq list --accept-unsigned --at 2026-08-01T00:00:00Z
    { line did:web:a.example "A new" 1.public; line did:web:b.example B 1.public; } >list
    credctl trust import issuers hq list --accept-unsigned --at 2026-08-09T00:00:00Z
    succeeds
    [ "$output" = "hq/imports/issuers.jsonl: 2 issuers, 2 keys (1 issuers before); unsigned" ]
    [[ $(sed -n 2p hq/imports/issuers.jsonl) == *'"since":"2026-08-01T00:00:00Z"'* ]]
    [[ $(sed -n 3p hq/imports/issuers.jsonl) == *'"since":"2026-08-09T00:00:00Z"'* ]]
}

@test "what nobody signed is refused unless that is accepted, and leaves the workspace as it was" {
    line did:web:a.example A 1.public >list
    credctl trust import issuers hq list
    refuses 65 "Nobody signed" # ERR_IMPORT_UNSIGNED
    holds hq/imports
    "$BIN/credctl" trust import issuers hq list --accept-unsigned
    before=$(sha256sum <hq/imports/issuers.jsonl)
    line did:web:b.example B 1.public >list
    credctl trust import issuers hq list
    refuses 65 "Nobody signed"
    [ "$before" = "$(sha256sum <hq/imports/issuers.jsonl)" ]
    holds hq/imports issuers.jsonl
}

@test "several files are one list, and its hash is made of theirs" {
    line did:web:a.example A 1.public >one
    line did:web:b.example B 2.public >two
    credctl trust import issuers hq one two --accept-unsigned
    succeeds
    [[ $output == *": 2 issuers, 2 keys; unsigned" ]]
    wanted=$(for f in one two; do sha256sum <$f | cut -d' ' -f1 | sed 's/../\\x&/g'; done | while read -r hex; do printf "$hex"; done | sha256sum | cut -d' ' -f1)
    [[ $(head -1 hq/imports/issuers.jsonl) == *"\"sha256\":\"$wanted\""* ]]
}

@test "an entry that cannot be listed is named, and nothing is kept" {
    { line did:web:a.example A 1.public; line $'did:web:b\302\233.example' "" 2.public; } >list
    credctl trust import issuers hq list --accept-unsigned
    refuses 65 "list: did:web:b□.example: The issuer's file is malformed"
    { line did:web:a.example A 1.public; echo '[]'; } >list
    credctl trust import issuers hq list --accept-unsigned
    refuses 65 "list: entry 1: The published list is malformed" # ERR_IMPORT_SHAPE
    echo '{"identifiers"' >list
    credctl trust import issuers hq list --accept-unsigned
    refuses 65 "entry 0"
    holds hq/imports
}

@test "a list of another address is not taken for the kept one" {
    line did:web:a.example A 1.public >list
    "$BIN/credctl" trust import issuers hq list --url https://a.example/list --accept-unsigned
    credctl trust import issuers hq list --url https://b.example/list --accept-unsigned
    refuses 65 "under this name"
    credctl trust import issuers hq list --url https://b.example/list --accept-unsigned --name b
    succeeds
    credctl trust import issuers hq list --accept-unsigned --at 2026-12-01T00:00:00Z
    succeeds
    holds hq/imports b.jsonl issuers.jsonl
}

@test "a kept list that was damaged is not built upon" {
    line did:web:a.example A 1.public >list
    "$BIN/credctl" trust import issuers hq list --accept-unsigned
    sed -i '1s/"unsigned"/"unsigne"/' hq/imports/issuers.jsonl
    credctl trust import issuers hq list --accept-unsigned
    refuses 65 "as it is kept is malformed"
}

@test "names, addresses, formats and files that are none are refused" {
    line did:web:a.example A 1.public >list
    for name in "" . ../x a/b .x "a b" "$(head -c 65 /dev/zero | tr '\0' a)"; do
        credctl trust import issuers hq list --accept-unsigned --name "$name"
        refuses 64 "--name takes"
    done
    credctl trust import issuers hq list --accept-unsigned --url http://a.example
    refuses 64 "--url takes"
    credctl trust import nonsense hq list
    refuses 64 "no format"
    credctl trust import issuers hq nothing --accept-unsigned
    refuses 66 "no such file"
    credctl trust import issuers nowhere list
    refuses 65 "not a workspace"
    head -c 1100000 /dev/zero | tr '\0' ' ' >list
    credctl trust import issuers hq list --accept-unsigned
    refuses 65 "larger"
}

@test "the help names every format" {
    credctl trust import --help
    succeeds
    for format in $(sed -nE 's/^IMPORT_FORMAT\((.*)\)/\1/p' "$BATS_TEST_DIRNAME/../../app/credctl/import/formats.def"); do
        [[ $output == *"  ${format//_/-} "* ]]
    done
}

# Format, then the options that it takes, beside those that every list has.
takes() {
    cat <<'END'
issuers
lote pin
vci pin signature
dcc
oidf pin
recognized-entities pin
ebsi pin
certificates issuer
did
jwks issuer
END
}

@test "an option that a format has no use for is refused by name" {
    line did:web:a.example A 1.public >list
    formats=0
    while read -r format options; do
        formats=$((formats + 1))
        for option in pin signature issuer source assets; do
            credctl trust import "$format" hq list "--$option" list --accept-unsigned
            [ "$status" -ne 0 ]
            case " $options " in
                *" $option "*) [[ $stderr != *"has no use for"* ]] ;;
                *) refuses 64 "the format $format has no use for --$option" ;;
            esac || { echo "$format --$option: $stderr"; return 1; }
        done
    done < <(takes)
    for option in --pin=list --type=A --name=a --accept-unsigned --at=2026-08-01T00:00:00Z; do
        credctl trust import contexts hq list "$option"
        refuses 64 "the format contexts has no use for ${option%%=*}"
    done
    for option in --pin=list --url=https://a.example/b --type=A; do
        credctl trust import assertions hq list "$option" --accept-unsigned
        refuses 64 "the format assertions has no use for ${option%%=*}"
    done
    # and no format is left out above
    [ "$("$BIN/credctl" trust import --help | sed -n "/^FORMAT is one of/,/^$/p" | grep -cE "^  [a-z]")" -eq $((formats + 2)) ]
    holds hq/imports
}
