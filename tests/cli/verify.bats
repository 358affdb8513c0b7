#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

at=2026-09-01T10:00:00Z
issuer=did:web:academy.example
list=https://academy.example/status/1

# A list with one issuer, and what it issued: made once, with credctl alone.
setup_file() {
    export MADE=$BATS_FILE_TMPDIR
    local name
    {
        for name in issuer status stranger; do
            "$BIN/credctl" key new -o "$MADE/$name.jwk"
            "$BIN/credctl" key public "$MADE/$name.jwk" --document $issuer -o "$MADE/$name.json"
        done
        "$BIN/credctl" status new --issuer $issuer --address $list --out "$MADE/status.list"
        "$BIN/credctl" status revoke "$MADE/status.list" 8
        "$BIN/credctl" status sign "$MADE/status.list" --key "$MADE/status.jwk" --at 2026-08-28T08:00:00Z --out "$MADE/status.jwt"
        make_pack "$MADE" "$MADE/status.json" "$issuer=$MADE/issuer.json" -- "$MADE/status.jwt"
        badge good "holder = Amira <Haddad>" "status_list = $list" "status_index = 7"
        badge revoked "status_list = $list" "status_index = 8"
        badge unnamed "holder = -" "email = a@example.org" "email_salt = x"
        badge strange "holder = $(printf 'A\xe2\x80\xaeB\xcc\x81\xcc\x81\xcc\x81\xcc\x81')"
        fields "issuer = did:web:other.example" >"$MADE/fields"
        "$BIN/credctl" issue --key "$MADE/stranger.jwk" --fields "$MADE/fields" -o "$MADE/unknown.jwt"
        awk -F. '{ c = substr($3, 1, 1); print $1 "." $2 "." (c == "A" ? "B" : "A") substr($3, 2) }' "$MADE/good.jwt" >"$MADE/altered.jwt"
        "$BIN/credctl" qr "$MADE/good.jwt" "$MADE/unknown.jwt" --module 4 -o "$MADE/two.png"
        "$BIN/credctl" qr "$MADE/good.jwt" "$MADE/good.jwt" --module 4 -o "$MADE/twice.png"
    } >"$MADE/log" 2>&1
}

badge() { # NAME FIELD...
    fields "${@:2}" >"$MADE/fields"
    "$BIN/credctl" issue --key "$MADE/issuer.jwk" --fields "$MADE/fields" -o "$MADE/$1.jwt" --qr "$MADE/$1.png" --contents "$MADE/$1.code"
}

# Judge under the test's own list.
judge() {
    credctl verify --trust "$MADE/lists.tpk" --root "$MADE/root.jwt" --at $at "$@"
}

# The verdict was this, with its exit status.
verdict() { # STATUS VERDICT REASON
    [ "$status" -eq "$1" ] || { echo "status $status: $output$stderr"; return 1; }
    [ "$(member verdict "$output")" = "$2" ] || { echo "$output"; return 1; }
    [ "$(member reason "$output")" = "$3" ] || { echo "$output"; return 1; }
    [ -z "$stderr" ] || { echo "$stderr"; return 1; }
}

@test "the exit status follows the verdict" {
    judge --json "$MADE/good.jwt"
    verdict 0 valid ok
    judge --json "$MADE/revoked.jwt"
    verdict 1 not_valid revoked
    judge --json "$MADE/altered.jwt"
    verdict 1 not_valid altered
    judge --json "$MADE/unknown.jwt"
    verdict 2 cannot_check unknown_issuer
    judge --json "$MADE/unnamed.jwt"
    verdict 3 valid_note holder_unnamed
}

@test "pictures, code contents, tokens and standard input give the same answer" {
    judge --json "$MADE/good.jwt"
    answer=$output
    for file in "$MADE/good.png" "$MADE/good.code" "$MADE/twice.png"; do
        judge --json "$file"
        [ "$output" = "$answer" ]
    done
    for file in "$MADE/good.jwt" "$MADE/good.png"; do
        judge --json - <"$file"
        [ "$output" = "$answer" ]
    done
}

@test "JSON has the members that are promised" {
    judge --json "$MADE/good.jwt"
    verdict 0 valid ok
    for check in signature issuer dates status event freshness holder; do
        [[ $output == *"\"check\": \"$check\""* ]]
    done
    [ "$(member issuer "$output")" = "Listed $issuer" ]
    [ "$(member holder "$output")" = "Amira <Haddad>" ]
    [ "$(member scheme "$output")" = test.example/lists ]
    [ "$(member seq "$output")" = 1 ]
    [ "$(member issued "$output")" = 2026-08-28T08:00:00Z ]
    [ "$(member lo "$output")" = $at ]
    [ "$(member hi "$output")" = $at ]
    [ "$(member source "$output")" = stated ]
    [[ $output == *'"as_of": "2026-08-28T08:00:00Z"'* ]]
}

@test "of what is not trusted nothing is shown" {
    for name in altered unknown; do
        judge --json "$MADE/$name.jwt"
        [[ $output == *'"credential": null'* ]]
        [[ $output != *Haddad* && $output != *INNOVATOR* ]]
        judge "$MADE/$name.jwt"
        [[ $output != *Haddad* && $output != *INNOVATOR* ]]
    done
}

@test "people read an aligned summary, without colours when it is no terminal" {
    judge "$MADE/good.jwt"
    succeeds
    [[ $output == *"good.jwt: ✓ VALID"* ]]
    [[ $output == *"  Achievement  INNOVATOR"* && $output == *"  Holder       Amira <Haddad>"* ]]
    [[ $output == *"2026-09-01T10:00:00Z (stated, not measured)"* ]]
    [[ $output != *$'\033'* ]]
}

@test "what a credential says cannot steer a terminal" {
    judge "$MADE/strange.jwt"
    succeeds
    [[ $output == *"Holder       A□B"* ]]
    [[ $output != *$'\xe2\x80\xae'* ]]
    cp "$MADE/good.jwt" "$BATS_TEST_TMPDIR/$(printf 'a\033[31mb')"
    judge "$BATS_TEST_TMPDIR/$(printf 'a\033[31mb')"
    succeeds
    [[ $output != *$'\033'* ]]
}

@test "several files: an array, and the worst status" {
    judge --json "$MADE/good.jwt" "$MADE/unnamed.jwt"
    [ "$status" -eq 3 ]
    [[ $output == "["*"]" && $output == *"\"file\": \"$MADE/good.jwt\""* ]]
    judge --json "$MADE/good.jwt" "$MADE/unknown.jwt" "$MADE/unnamed.jwt"
    [ "$status" -eq 2 ]
    judge "$MADE/revoked.jwt" "$MADE/unknown.jwt" "$MADE/good.jwt"
    [ "$status" -eq 1 ]
    [[ $output == *"revoked.jwt: "*"unknown.jwt: "*"good.jwt: "* ]]
}

@test "a JPEG of a camera is read, and one cut short gets no verdict" {
    "$BIN/credkiosk-simcam" --play "$MADE/good.png" --hold 1 | tail -c +33 >"$BATS_TEST_TMPDIR/good.jpg"
    judge --json "$BATS_TEST_TMPDIR/good.jpg"
    verdict 0 valid ok
    for bytes in 3 100 900 20000; do
        head -c $bytes "$BATS_TEST_TMPDIR/good.jpg" >"$BATS_TEST_TMPDIR/cut.jpg"
        judge --json "$BATS_TEST_TMPDIR/cut.jpg"
        verdict 2 cannot_check unreadable
    done
}

@test "a picture with two codes or none gets no verdict" {
    judge --json "$MADE/two.png"
    verdict 2 cannot_check two_codes
    printf 'P' >"$BATS_TEST_TMPDIR/text"
    judge --json "$BATS_TEST_TMPDIR/text"
    verdict 2 cannot_check not_a_credential
}

@test "a damaged or hostile picture is refused or unreadable, never more" {
    head -c 400 "$MADE/good.png" >"$BATS_TEST_TMPDIR/cut.png"
    judge "$BATS_TEST_TMPDIR/cut.png"
    refuses 65 "cut.png"
    printf '\xff\xd8\xff\xe0nonsense' >"$BATS_TEST_TMPDIR/bad.jpg"
    judge --json "$BATS_TEST_TMPDIR/bad.jpg"
    verdict 2 cannot_check unreadable
    head -c 17000000 /dev/zero >"$BATS_TEST_TMPDIR/large"
    judge "$BATS_TEST_TMPDIR/large"
    refuses 65 "larger than what is read"
}

@test "nothing is printed when one of the files cannot be read" {
    judge "$MADE/good.jwt" "$MADE/none.jwt"
    refuses 66 "no such file"
    judge --json "$MADE/good.jwt" "$MADE"
    refuses 66 "cannot be read"
    credctl verify
    refuses 64 "takes FILE..."
}

@test "a pack proves nothing without its root, or under another" {
    credctl verify --trust "$MADE/lists.tpk" "$MADE/good.jwt"
    refuses 64 "--root"
    credctl verify --trust "$MADE/lists.tpk" --root "$MADE/root.jwt" --data / "$MADE/good.jwt"
    refuses 64 "excludes --data"
    "$BIN/credctl" trust init "$BATS_TEST_TMPDIR/hq" --scheme test.example/lists >/dev/null
    credctl verify --trust "$MADE/lists.tpk" --root "$BATS_TEST_TMPDIR/hq/root.jwt" "$MADE/good.jwt"
    refuses 65 "lists.tpk"
    credctl verify --trust "$MADE/none" --root "$MADE/root.jwt" "$MADE/good.jwt"
    refuses 66 "no such file"
    credctl verify --trust "$MADE/lists.tpk" --root "$MADE/none" "$MADE/good.jwt"
    refuses 66 "no such file"
}

@test "one changed byte anywhere in a pack's signed parts is refused" {
    size=$(stat -c %s "$MADE/lists.tpk")
    for offset in 10 200 400 $((size / 2)) $((size - 1)); do
        cp "$MADE/lists.tpk" "$BATS_TEST_TMPDIR/bad.tpk"
        old=$(od -An -tu1 -j$offset -N1 "$MADE/lists.tpk")
        printf "\\x$(printf %02x $((old ^ 1)))" | dd of="$BATS_TEST_TMPDIR/bad.tpk" bs=1 seek=$offset conv=notrunc 2>/dev/null
        credctl verify --trust "$BATS_TEST_TMPDIR/bad.tpk" --root "$MADE/root.jwt" --at $at "$MADE/good.jwt"
        refuses 65 "bad.tpk"
    done
}

@test "the installed pack is the default of --data" {
    mkdir "$BATS_TEST_TMPDIR/data"
    "$BIN/credctl" trust install "$MADE/lists.tpk" --root "$MADE/root.jwt" --data "$BATS_TEST_TMPDIR/data" --at $at >/dev/null
    credctl verify --json --data "$BATS_TEST_TMPDIR/data" --root "$MADE/root.jwt" --at $at "$MADE/good.jwt"
    verdict 0 valid ok
    mkdir "$BATS_TEST_TMPDIR/empty"
    credctl verify --json --data "$BATS_TEST_TMPDIR/empty" --root "$MADE/root.jwt" --at $at "$MADE/good.jwt"
    verdict 2 cannot_check no_list
    credctl verify --data "$BATS_TEST_TMPDIR/none" --root "$MADE/root.jwt" "$MADE/good.jwt"
    refuses 74 "none"
}

@test "--at moves the time, and is said to be stated" {
    judge --json "$MADE/good.jwt" --at 2027-01-01T00:00:00Z
    refuses 64 "stands twice"
    credctl verify --json --trust "$MADE/lists.tpk" --root "$MADE/root.jwt" --at 2026-09-20T00:00:00Z "$MADE/good.jwt"
    verdict 3 valid_note list_stale
    [ "$(member source "$output")" = stated ]
    credctl verify --json --trust "$MADE/lists.tpk" --root "$MADE/root.jwt" --at 2028-01-01T00:00:00Z "$MADE/good.jwt"
    verdict 1 not_valid expired
    credctl verify --trust "$MADE/lists.tpk" --root "$MADE/root.jwt" --at yesterday "$MADE/good.jwt"
    refuses 64 "--at takes"
}

@test "--config brings the event's rules, and a bad one is refused by line" {
    printf '[event]\nadmit_achievement = https://academy.example/badges/other\n' >"$BATS_TEST_TMPDIR/other.ini"
    printf '[event]\nadmit_achievement = https://academy.example/badges/innovator\n' >"$BATS_TEST_TMPDIR/this.ini"
    printf '[event]\nadmit = all\n' >"$BATS_TEST_TMPDIR/bad.ini"
    judge --json --config "$BATS_TEST_TMPDIR/other.ini" "$MADE/good.jwt"
    verdict 1 not_valid wrong_event
    judge --json --config "$BATS_TEST_TMPDIR/this.ini" "$MADE/good.jwt"
    verdict 0 valid ok
    judge --config "$BATS_TEST_TMPDIR/bad.ini" "$MADE/good.jwt"
    refuses 78 "bad.ini:2"
    judge --config "$BATS_TEST_TMPDIR/none.ini" "$MADE/good.jwt"
    refuses 66 "none.ini"
}

@test "without its reader a picture is refused, and so is one over which the reader dies" {
    mkdir "$BATS_TEST_TMPDIR/alone"
    cp "$BIN/credctl" "$BATS_TEST_TMPDIR/alone/credctl"
    mkdir -p "$BATS_TEST_TMPDIR/share"
    ln -s "$PWD/assets" "$BATS_TEST_TMPDIR/share/credkiosk" # what ships with it is found beside its folder
    run --separate-stderr "$BATS_TEST_TMPDIR/alone/credctl" verify --assets "$BIN/../share/credkiosk" "$MADE/good.png"
    if [ -x /usr/libexec/credkiosk/credkiosk-reader ]; then skip "a reader is installed here"; fi
    refuses 70 "does not start"
    printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/alone/credkiosk-reader"
    chmod +x "$BATS_TEST_TMPDIR/alone/credkiosk-reader"
    run --separate-stderr "$BATS_TEST_TMPDIR/alone/credctl" verify --assets "$BIN/../share/credkiosk" "$MADE/good.png"
    refuses 70 "does not start"
}
