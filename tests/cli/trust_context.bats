#!/usr/bin/env bats
# Contexts that headquarters adds to those that ship.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    here=$PWD
    in_workspace
    address=https://academy.example/course/v1
    printf '{"@context": {"@protected": true, "ects": "https://academy.example/course#ects"}}\n' >course.jsonld
}

pack() {
    "$BIN/credctl" trust build hq
    "$BIN/credctl" trust sign hq -o lists.tpk --at 2026-08-28T08:00:00Z
}

@test "a published context is kept as a table, listed, packed and shown" {
    credctl trust add hq --context course.jsonld --address $address --source "academy.example, course/v1"
    succeeds
    [[ $output == hq/contexts/https___academy.example_course_v1_*.terms ]]
    diff "$output" <("$BIN/credctl" context course.jsonld --address $address --source "academy.example, course/v1")
    credctl trust build hq
    succeeds
    [ "$output" = "hq/lists.db: 0 issuers, 0 keys, 0 status lists, 1 contexts" ]
    pack
    credctl trust show lists.tpk --root hq/root.jwt
    succeeds
    grep -qE "^context +$address  academy.example, course/v1$" <<<"$output"
    grep -qE "^source +JSON-LD  1 contexts$" <<<"$output"
    credctl trust show lists.tpk --root hq/root.jwt --json
    succeeds
    [ "$(member sha256 "${output#*\"contexts\"}")" = "$(sha256sum <course.jsonld | cut -d' ' -f1)" ]
    credctl trust verify lists.tpk --root hq/root.jwt --at 2026-08-29T08:00:00Z
    succeeds
}

@test "a list without contexts is made and shown as before" {
    credctl trust build hq
    succeeds
    [ "$output" = "hq/lists.db: 0 issuers, 0 keys, 0 status lists" ]
    rmdir hq/contexts # a workspace of before
    credctl trust build hq
    succeeds
    pack
    credctl trust show lists.tpk --root hq/root.jwt
    succeeds
    [[ $output != *context* ]]
    credctl trust add hq --context course.jsonld --address $address
    succeeds
}

@test "versions of one address stand beside each other; the same one is kept once" {
    for i in 1 2 2; do
        printf '{"@context": {"ects": "https://academy.example/course#ects%s"}}\n' $i >course.jsonld
        credctl trust add hq --context course.jsonld --address $address
        succeeds
    done
    [ "$(ls hq/contexts | wc -l)" = 2 ]
    pack
    credctl trust show lists.tpk --root hq/root.jwt
    succeeds
    [ "$(grep -c "^context " <<<"$output")" = 2 ]
}

@test "a table of terms is taken as it is, and says its address itself" {
    credctl trust add hq --context "$here/assets/contexts/w3id.org_dcc_v1.terms"
    succeeds
    diff "$output" "$here/assets/contexts/w3id.org_dcc_v1.terms"
    credctl trust add hq --context "$here/assets/contexts/w3id.org_dcc_v1.terms" --address $address
    refuses 64 "names its address itself"
    credctl trust add hq --context course.jsonld
    refuses 64 "needs --address"
}

@test "what is no context is not kept" {
    echo 'no JSON' >none.jsonld
    credctl trust add hq --context none.jsonld --address $address
    refuses 65 "not JSON"
    echo '{"ects": 7}' >none.jsonld
    credctl trust add hq --context none.jsonld --address $address
    refuses 65 "none.jsonld: A vocabulary that the credential names is none."
    echo '{"@context": {"ects": {"@id": "https://academy.example/#ects", "@container": "@nothing"}}}' >none.jsonld
    credctl trust add hq --context none.jsonld --address $address
    refuses 65 "none.jsonld: A term of a context has an unknown container."
    echo '{"@context": "https://academy.example/elsewhere"}' >none.jsonld
    credctl trust add hq --context none.jsonld --address $address
    refuses 65 "none.jsonld: The credential uses a vocabulary that this kiosk does not hold."
    head -5 "$here/assets/contexts/w3id.org_dcc_v1.terms" >none.terms
    echo 'a line' >>none.terms
    credctl trust add hq --context none.terms
    refuses 65 "none.terms: A line of the table of terms is not understood."
    credctl trust add hq --context absent --address $address
    refuses 66 "no such file"
    [ -z "$(ls hq/contexts)" ]
}

@test "a context that is right only behind the credentials' own is taken" {
    printf '{"@context": ["https://www.w3.org/2018/credentials/v1", {"ects": "https://academy.example/#ects"}]}' >on.jsonld
    credctl trust add hq --context on.jsonld --address $address/1
    succeeds
    echo '{"@context": {"Certificate": "VerifiableCredential"}}' >on.jsonld
    credctl trust add hq --context on.jsonld --address $address/2
    succeeds
    echo '{"@context": {"Certificate": "UnverifiableCredential"}}' >on.jsonld
    credctl trust add hq --context on.jsonld --address $address/3
    refuses 65 "on.jsonld: A term of a context means no address."
}

@test "a context that was changed by hand is checked when the list is built" {
    credctl trust add hq --context course.jsonld --address $address
    place=$output
    echo 'a line' >>"$place"
    credctl trust build hq
    refuses 65 "$place: A line of the table of terms is not understood."
    [ ! -e hq/lists.db ]
}

@test "a file that stands there twice is one too many" {
    credctl trust add hq --context course.jsonld --address $address
    cp "$output" hq/contexts/again.terms
    credctl trust build hq
    refuses 65 "stands on the list twice"
}

@test "more contexts than kiosks keep are refused" {
    for i in $(seq 65); do
        "$BIN/credctl" context course.jsonld --address $address/$i --source "a test" -o hq/contexts/$i.terms
    done
    credctl trust build hq
    refuses 65 "The trust pack holds more vocabularies than are kept."
    rm hq/contexts/1.terms
    credctl trust build hq
    succeeds
    [[ $output == *"64 contexts" ]]
    pack
    credctl trust verify lists.tpk --root hq/root.jwt --at 2026-08-29T08:00:00Z
    succeeds
    echo "no credential" >text
    credctl verify --trust lists.tpk --root hq/root.jwt text
    [ "$status" -eq 2 ]
}

@test "one thing is added at a time" {
    credctl trust add hq --context course.jsonld --address $address --issuer did:web:academy.example
    refuses 64 "one of --issuer, --status-list and --context"
    credctl trust add hq
    refuses 64 "one of --issuer, --status-list and --context"
}

@test "without the vocabulary that ships no context can be checked" {
    credctl trust add hq --context course.jsonld --address $address --assets nowhere
    refuses 65 "nowhere/contexts/contexts.list: The list of vocabularies is missing"
}
