#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
}

# typed ANSWER...: credctl kiosk pin on a terminal; each answer is typed when the next question stands there. What the
# terminal shows is in $shown, the status last.
typed() {
    local answer part
    shown=""
    coproc TTY { timeout 20 script -qec "$BIN/credctl kiosk pin; echo status \$?" /dev/null 2>&1; }
    local from=${TTY[0]} to=${TTY[1]} process=$TTY_PID
    for answer in "$@"; do
        IFS= read -r -d : part <&"$from"
        shown+=$part:
        printf '%b' "$answer" >&"$to"
    done
    shown+=$(cat <&"$from")
    wait "$process" || true
}

@test "a PIN from standard input becomes a line of kiosk.ini that the kiosk takes" {
    run "$BIN/credctl" kiosk pin --stdin <<<246810
    [ "$status" -eq 0 ]
    [[ $output =~ ^pin\ =\ pbkdf2-sha256\$60000\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$ ]]
    printf '[staff]\n%s\n' "$output" >"$dir/kiosk.ini"
    run "$BIN/credctl" verify --config "$dir/kiosk.ini" /dev/null
    [[ $output != *kiosk.ini* ]]
}

@test "two hashes of the same PIN differ" {
    [ "$("$BIN/credctl" kiosk pin --stdin <<<246810)" != "$("$BIN/credctl" kiosk pin --stdin <<<246810)" ]
}

@test "what is no PIN makes no line" {
    for pin in "" 12345 1234567890123 12345a " 246810" 24681000000000000000000000000; do
        run "$BIN/credctl" kiosk pin --stdin <<<"$pin"
        [ "$status" -eq 65 ]
        [ "$output" = "credctl: a PIN has 6 to 12 digits and nothing else" ]
    done
}

@test "a PIN is asked for twice on a terminal, and never echoed" {
    typed '246810\n' '246810\n'
    [[ $shown == *"PIN, 6 to 12 digits:"*"The same again:"*'pin = pbkdf2-sha256$'*"status 0"* ]]
    [[ $shown != *246810* ]]
}

@test "two that differ make no line, and Ctrl-C leaves none either" {
    typed '246810\n' '246811\n'
    [[ $shown == *"the two differ"*"status 65"* && $shown != *'pin = '* ]]
    typed '2468\003'
    [[ $shown == *"status 130"* && $shown != *'pin = '* ]]
}

@test "without a terminal it says what to do" {
    run "$BIN/credctl" kiosk pin </dev/null
    [ "$status" -eq 64 ]
    [[ $output == *"--stdin"* ]]
}
