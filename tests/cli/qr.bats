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
