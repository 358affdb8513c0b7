#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

# Codes as PNG: one, another, two in one picture; none as PGM.
setup_file() {
    export MADE=$BATS_FILE_TMPDIR
    printf hello >"$MADE/hello"
    printf world >"$MADE/world"
    mkdir "$MADE/folder"
    "$BIN/credctl" qr "$MADE/hello" --form plain --module 6 -o "$MADE/folder/b.png" 2>"$MADE/log"
    "$BIN/credctl" qr "$MADE/world" --form plain --module 6 -o "$MADE/folder/a.png"
    "$BIN/credctl" qr "$MADE/hello" "$MADE/world" --form plain --module 6 -o "$MADE/two.png"
    { printf 'P5\n320 240\n255\n'; head -c 76800 /dev/zero | tr '\0' '\200'; } >"$MADE/none.pgm"
    echo "no picture" >"$MADE/folder/notes.txt"
    hello=68656c6c6f
    world=776f726c64
    export hello world
}

@test "a line a picture: file, codes, milliseconds, payloads in hex" {
    credctl scan "$MADE/folder/b.png" "$MADE/none.pgm"
    succeeds
    [ "${#lines[@]}" -eq 2 ]
    [[ ${lines[0]} =~ ^"$MADE/folder/b.png: 1 code, "[0-9]+\.[0-9]" ms, "[a-z]+": $hello"$ ]]
    [[ ${lines[1]} =~ ^"$MADE/none.pgm: 0 codes, "[0-9]+\.[0-9]" ms"$ ]]
}

@test "all codes of a picture are told, each once" {
    credctl scan "$MADE/two.png"
    succeeds
    [[ $output == *": 2 codes, "*" ms, "*$hello* ]]
    [[ $output == *$world* ]]
}

@test "--json is an object of one picture, and an array of several" {
    credctl scan --json "$MADE/folder/b.png"
    succeeds
    [[ $output =~ ^'{"file": "'"$MADE"'/folder/b.png", "codes": 1, "payloads": ["'$hello'"], "cpu_ms": '[0-9.]+', "pass": "'[a-z]+'", "sees": "a code"}'$ ]]
    credctl scan --json "$MADE/none.pgm" "$MADE/folder/a.png"
    succeeds
    [ "${lines[0]}" = "[" ]
    [[ ${lines[1]} == *'"codes": 0, "payloads": [], '*'"pass": null, "sees": "nothing"},' ]]
    [[ ${lines[2]} == *'"payloads": ["'$world'"]'*'}' ]]
    [ "${lines[3]}" = "]" ]
}

@test "a picture that shows a code too blurred to be read says so" {
    "$BIN/credctl" scan --help | grep -q 'too far, too near'
    LC_ALL=C awk -f "$BATS_TEST_DIRNAME/../lib/blurred_code.awk" >"$MADE/blurred.pgm"
    credctl scan "$MADE/blurred.pgm"
    succeeds
    [[ $output =~ ": 0 codes, "[0-9.]+" ms, blurred"$ ]]
    credctl scan --json "$MADE/blurred.pgm"
    succeeds
    [[ $output == *'"codes": 0,'*'"sees": "blurred"}' ]]
}

@test "a folder means its pictures by name" {
    credctl scan "$MADE/folder"
    succeeds
    [ "${#lines[@]}" -eq 2 ]
    [[ ${lines[0]} == "$MADE/folder/a.png: "*$world ]]
    [[ ${lines[1]} == "$MADE/folder/b.png: "*$hello ]]
}

@test "--sequence numbers the frames of one camera, and tells a code of each frame that shows it" {
    credctl scan --sequence --json "$MADE/folder/a.png" "$MADE/none.pgm" "$MADE/folder/a.png"
    succeeds
    [[ ${lines[1]} == *'"frame": 1, "codes": 1, "payloads": ["'$world'"]'* ]]
    [[ ${lines[2]} == *'"frame": 2, "codes": 0'* ]]
    [[ ${lines[3]} == *'"frame": 3, "codes": 1, "payloads": ["'$world'"]'* ]]
}

@test "standard input is a picture too" {
    run --separate-stderr bash -c '"$BIN/credctl" scan - <"$MADE/folder/a.png"'
    succeeds
    [[ $output == "-: 1 code, "*$world ]]
}

@test "a picture that cannot be read is named, and nothing is printed of the others" {
    credctl scan "$MADE/folder/a.png" "$MADE/missing.png"
    refuses 66 "missing.png: There is no such file."
    mkdir "$BATS_TEST_TMPDIR/empty"
    credctl scan "$BATS_TEST_TMPDIR/empty"
    refuses 66 "empty: "
    credctl scan "$MADE/folder/a.png" "$MADE/hello"
    refuses 65 "hello: The file is neither JPEG, PNG nor PGM."
}

@test "a damaged picture and one that is too large are told apart, and the others are read" {
    local broken=$BATS_TEST_TMPDIR/broken.jpg wide=$BATS_TEST_TMPDIR/wide.pgm cut=$BATS_TEST_TMPDIR/cut.png
    printf '\xff\xd8\xff\xe0 no JPEG at all' >"$broken"
    { printf 'P5\n5000 16\n255\n'; head -c 80000 /dev/zero; } >"$wide"
    head -c 100 "$MADE/folder/a.png" >"$cut"
    credctl scan "$MADE/folder/a.png" "$broken" "$wide" "$cut"
    succeeds
    [[ ${lines[0]} == *": 1 code, "*$world ]]
    [ "${lines[1]}" = "$broken: ERR_FRAME_JPEG: The JPEG picture is damaged." ]
    [ "${lines[2]}" = "$wide: ERR_FRAME_TOO_LARGE: The picture is larger than any camera's." ]
    [ "${lines[3]}" = "$cut: ERR_PICTURE_DAMAGED: The picture file is damaged." ]
    printf '\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x13\x88\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00' >"$BATS_TEST_TMPDIR/wide.jpg"
    credctl scan "$BATS_TEST_TMPDIR/wide.jpg"
    succeeds
    [ "${lines[0]}" = "$BATS_TEST_TMPDIR/wide.jpg: ERR_FRAME_TOO_LARGE: The picture is larger than any camera's." ]
    credctl scan --json "$broken"
    succeeds
    [[ $output == *'"codes": 0, "payloads": [], '*'"error": "ERR_FRAME_JPEG", "sentence": "The JPEG picture is damaged."}' ]]
    credctl scan --sequence --json "$cut" "$MADE/folder/a.png" "$broken" "$MADE/folder/a.png"
    succeeds
    [[ ${lines[1]} == *'"frame": 1, '*'"error": "ERR_PICTURE_DAMAGED"'* ]]
    [[ ${lines[2]} == *'"frame": 2, "codes": 1, '* && ${lines[2]} != *error* ]]
    [[ ${lines[3]} == *'"frame": 3, '*'"error": "ERR_FRAME_JPEG"'* ]]
    [[ ${lines[4]} == *'"frame": 4, "codes": 1, '* && ${lines[4]} != *error* ]]
}

@test "a name's control characters are not printed, and JSON wants UTF-8" {
    local odd
    odd=$BATS_TEST_TMPDIR/$(printf 'a\033[2Jb.png')
    cp "$MADE/folder/a.png" "$odd"
    credctl scan "$odd"
    succeeds
    [[ $output == *'/a?[2Jb.png: 1 code'* ]]
    odd=$BATS_TEST_TMPDIR/$(printf 'a\377.png')
    cp "$MADE/folder/a.png" "$odd"
    credctl scan --json "$odd"
    refuses 65 "not UTF-8"
}

@test "without its reader nothing is scanned" {
    if [ -x /usr/libexec/credkiosk/credkiosk-reader ]; then skip "a reader is installed here"; fi
    mkdir "$BATS_TEST_TMPDIR/alone"
    cp "$BIN/credctl" "$BATS_TEST_TMPDIR/alone/credctl"
    run --separate-stderr "$BATS_TEST_TMPDIR/alone/credctl" scan "$MADE/none.pgm"
    refuses 70 "does not start"
}

@test "it explains itself, and refuses what it does not know" {
    credctl scan --help
    succeeds
    [[ $output == *"--sequence"* ]]
    credctl scan
    refuses 64 "PICTURE..."
    credctl scan --thorough "$MADE/none.pgm"
    refuses 64 "thorough"
}

@test "as many pictures as a shell's pattern gives" {
    many=()
    for _ in $(seq 300); do many+=("$MADE/none.pgm"); done
    credctl scan "${many[@]}"
    succeeds
    [ "${#lines[@]}" -eq 300 ]
}
