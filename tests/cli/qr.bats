#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
}

# Width and height that a PNG states.
sides() {
    od -An -tu1 -j16 -N8 "$1" | awk '{ print $3 * 256 + $4 "x" $7 * 256 + $8 }'
}

@test "a text becomes a picture of the size asked for" {
    printf 'https://example.org/badge' >"$dir/text"
    credctl qr "$dir/text" -o "$dir/a.png" --size 640x480
    succeeds
    [[ ${lines[0]} == "QR version 2-L, plain, 25 characters, 25 x 25 modules; picture 640 x 480 pixels, "* ]]
    [[ ${lines[1]} == "Otherwise base45: version "*" characters" ]]
    [ "$(sides "$dir/a.png")" = 640x480 ]
    credctl qr "$dir/text" -o "$dir/b.png" --module 3
    succeeds
    [ "$(sides "$dir/b.png")" = 99x99 ]
}

@test "each of several texts says what it came to; a picture on standard output stays alone there" {
    printf 'https://example.org/badge' >"$dir/text"
    head -c 600 /dev/zero | tr '\0' a >"$dir/dull"
    credctl qr "$dir/text" "$dir/dull" -o "$dir/a.png"
    succeeds
    [[ ${lines[0]} == "$dir/text: QR version 2-L, plain, 25 characters, 25 x 25 modules" ]]
    [[ ${lines[2]} == "$dir/dull: QR version 1-L, base45, "* ]]
    "$BIN/credctl" qr "$dir/text" -o - 2>"$dir/said" | head -c 4 | grep -aq PNG
    grep -q "^QR version 2-L" "$dir/said"
}

@test "a credential in JSON takes the form of the smallest code, and what the others take is said" {
    credctl key new --alg EdDSA -o "$dir/key.jwk"
    fields >"$dir/fields"
    credctl issue --key "$dir/key.jwk" --fields "$dir/fields" --proof eddsa-rdfc-2022 -o "$dir/a.json"
    credctl qr "$dir/a.json" -o "$dir/a.png"
    succeeds
    [[ ${lines[0]} =~ ^"QR version "([0-9]+)"-L, cbor-ld, "[0-9]+" characters" ]]
    smallest=${BASH_REMATCH[1]}
    [[ ${lines[1]} =~ ^"Otherwise plain: version "([0-9]+)", "[0-9]+" characters; base45: version "([0-9]+)", "[0-9]+" characters"$ ]]
    [ "$smallest" -lt "${BASH_REMATCH[2]}" ]
    [ "${BASH_REMATCH[2]}" -lt "${BASH_REMATCH[1]}" ]
    credctl present "$dir/a.json" --contents "$dir/a.txt" --form cbor-ld
    succeeds
    grep -q '^VP1-R' "$dir/a.txt"
}

@test "cbor-ld is for JSON whose contexts are at hand" {
    credctl key new --alg EdDSA -o "$dir/key.jwk"
    fields >"$dir/fields"
    credctl issue --key "$dir/key.jwk" --fields "$dir/fields" -o "$dir/a.jwt"
    credctl qr "$dir/a.jwt" -o "$dir/a.png" --form cbor-ld
    refuses 65 "Only a credential or presentation in JSON"
    echo '{"@context":"https://x.example/unknown","type":"VerifiableCredential"}' >"$dir/b.json"
    credctl qr "$dir/b.json" -o "$dir/a.png" --form cbor-ld
    refuses 65 "vocabulary"
    credctl qr "$dir/b.json" -o "$dir/a.png"
    succeeds
    [[ ${lines[1]} == *"; cbor-ld: The credential uses a vocabulary that this kiosk does not hold." ]]
    credctl qr "$dir/b.json" -o "$dir/a.png" --force --assets "$dir"
    refuses 65 "$dir/contexts"
    credctl qr "$dir/b.json" -o "$dir/a.png" --force --assets "$dir" --form base45
    succeeds
}

@test "an existing picture is replaced only when told" {
    echo text >"$dir/text"
    echo mine >"$dir/a.png"
    credctl qr "$dir/text" -o "$dir/a.png"
    refuses 73 "exists already"
    [ "$(cat "$dir/a.png")" = mine ]
    credctl qr "$dir/text" -o "$dir/a.png" --force
    succeeds
    holds "$dir" a.png text
}

@test "what cannot be drawn is refused" {
    head -c 9000 /dev/urandom >"$dir/large"
    : >"$dir/empty"
    credctl qr "$dir/large" -o "$dir/a.png"
    refuses 65 "does not fit"
    credctl qr "$dir/empty" -o "$dir/a.png"
    refuses 65 "nothing to put"
    credctl qr "$dir/none" -o "$dir/a.png"
    refuses 66 "no such file"
    holds "$dir" empty large
}
