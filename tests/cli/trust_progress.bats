#!/usr/bin/env bats
# Long work on lists: it tells on a terminal how far it is, and Ctrl-C leaves the old or the new, never half.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    "$BIN/credctl" key new --alg EdDSA -o key.jwk
    "$BIN/credctl" key public key.jwk -o key.public
    key=$(tr -d '\n' <key.public)
    issuers 6000 >list
}

issuers() { # HOW MANY
    seq -w "$1" | sed "s|.*|{\"identifiers\":[\"did:web:a&.example\"],\"names\":{\"en\":\"A\"},\"territory\":\"\",\"source\":\"x\",\"unsigned\":false,\"keys\":[{\"kid\":\"\",\"alg\":\"EdDSA\",\"jwk\":$key,\"types\":[],\"achievements\":[],\"for_status\":false}]}|"
}

# Run a command on a terminal; what it drew is in `drawn`.
on_terminal() {
    script -qec "$*" drawn </dev/null >/dev/null
}

# Run credctl and press Ctrl-C after a while; $status and $said.
interrupt() { # SECONDS WORDS...
    local wait=$1
    shift
    status=0
    timeout --foreground --preserve-status -k 30 -s INT "$wait" "$BIN/credctl" "$@" >said 2>&1 || status=$?
    said=$(cat said)
}

# It ended by the signal (ERR_INTERRUPTED where a file was being written), and said so unless it had not begun yet. What
# was done already when the signal came has told its result before.
heard() {
    [ -z "$said" ] || [ "$(tail -n 1 said)" = "credctl: interrupted" ] || { echo "status $status, said: $said" && false; }
    [ -z "$said" ] || stopped=$((stopped + 1))
}

@test "on a terminal each long work tells how far it is, and takes that line away" {
    credit="$BIN/credctl"
    on_terminal "$credit" trust import issuers hq list --accept-unsigned
    grep -q "credctl: importing" drawn
    grep -q $'\r\033\[K' drawn
    on_terminal "$credit" trust build hq
    grep -q "credctl: building" drawn
    on_terminal "$credit" trust sign hq -o a.tpk --at 2026-08-28T08:00:00Z
    grep -q "credctl: signing" drawn
    on_terminal "$credit" trust sign hq -o b.tpk --at 2026-08-28T08:00:00Z
    grep -q "credctl: comparing with the list before" drawn
    on_terminal "$credit" trust verify a.tpk --root hq/root.jwt --at 2026-08-29T08:00:00Z
    grep -q "credctl: checking" drawn
    mkdir data
    on_terminal "$credit" trust install a.tpk --root hq/root.jwt --data data --at 2026-08-29T08:00:00Z
    grep -q "credctl: installing" drawn
    # The last that was drawn of the work is that its line is gone.
    tail -c 400 drawn | tr '\r' '\n' | grep -vE 'Script done' | grep -q $'^\033\[K'
}

@test "elsewhere nothing is told but the result" {
    credctl trust import issuers hq list --accept-unsigned
    succeeds
    [ -z "$stderr" ]
    credctl trust build hq
    succeeds
    [ -z "$stderr" ]
}

@test "Ctrl-C at any moment of an import leaves the list that was kept" {
    issuers 10 >old
    "$BIN/credctl" trust import issuers hq old --accept-unsigned --at 2026-08-01T00:00:00Z
    before=$(sha256sum <hq/imports/issuers.jsonl)
    stopped=0
    for wait in 0.01 0.05 0.1 0.15 0.2 0.3 0.4; do
        interrupt $wait trust import issuers hq list --accept-unsigned --at 2026-08-02T00:00:00Z
        holds hq/imports issuers.jsonl
        if [ "$status" = 130 ]; then
            heard
            [ "$before" = "$(sha256sum <hq/imports/issuers.jsonl)" ] || [ "$(wc -l <hq/imports/issuers.jsonl)" = 6001 ]
        else
            [ "$status" = 0 ]
            [ "$(wc -l <hq/imports/issuers.jsonl)" = 6001 ]
        fi
    done
    [ "$stopped" -gt 0 ]
}

@test "Ctrl-C at any moment of a build leaves the lists that were built" {
    "$BIN/credctl" trust build hq
    "$BIN/credctl" trust import issuers hq list --accept-unsigned
    before=$(sha256sum <hq/lists.db)
    stopped=0
    for wait in 0.01 0.1 0.15 0.2 0.3 0.4 0.5; do
        interrupt $wait trust build hq
        holds hq contexts imports issuers keys lists.db root.jwt scheme.json status
        if [ "$status" = 130 ]; then
            heard
        else
            [ "$status" = 0 ]
        fi
        if [ "$before" = "$(sha256sum <hq/lists.db)" ]; then continue; fi
        credctl trust sign hq -o a.tpk
        succeeds
        break
    done
    [ "$stopped" -gt 0 ]
}

@test "Ctrl-C at any moment of signing and installing leaves the old or the new" {
    issuers 10 >old
    "$BIN/credctl" trust import issuers hq old --accept-unsigned
    "$BIN/credctl" trust build hq
    "$BIN/credctl" trust sign hq -o a.tpk --at 2026-08-28T08:00:00Z
    "$BIN/credctl" trust import issuers hq list --accept-unsigned
    "$BIN/credctl" trust build hq
    for wait in 0.005 0.02 0.05 0.1; do
        interrupt $wait trust sign hq -o b.tpk --force --ack --at 2026-08-28T08:00:00Z
        [ "$status" = 130 ] || [ "$status" = 0 ]
        [ -z "$(find . -name '*.tpk.*' -o -name 'signed.db.*')" ]
        if [ -e b.tpk ]; then
            credctl trust verify b.tpk --root hq/root.jwt --at 2026-08-29T08:00:00Z
            succeeds
        fi
    done
    "$BIN/credctl" trust sign hq -o b.tpk --force --ack --at 2026-08-28T08:00:00Z
    mkdir data
    set -- --root hq/root.jwt --at 2026-08-29T08:00:00Z --data data
    "$BIN/credctl" trust install a.tpk "$@"
    for wait in 0.005 0.01 0.02 0.04; do
        interrupt $wait trust install b.tpk "$@"
        [ "$status" = 130 ] || [ "$status" = 0 ]
    done
    credctl trust install b.tpk "$@"
    succeeds
    credctl trust install a.tpk "$@"
    refuses 65 "older than the installed"
}
