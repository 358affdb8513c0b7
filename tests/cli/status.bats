#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
    BIN=$(realpath "$BIN")
    cd "$dir" || return 1
    "$BIN/credctl" key new -o issuer.jwk
    "$BIN/credctl" key public issuer.jwk -o public.jwk
}

new() { # FILE [OPTIONS...]
    local file=$1
    shift
    "$BIN/credctl" status new --issuer did:web:academy.example --address https://academy.example/status/1 -o "$file" "$@"
}

workspace() { # OPTIONS OF THE KEY...
    "$BIN/credctl" trust init hq --scheme test.example/lists
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name en=Academy --key public.jwk --kid k "$@"
}

@test "entries are set once and stay; a list says how many are" {
    new list.json
    credctl status revoke list.json 5 131071 5
    succeeds
    [[ $output == *"2 changed, 2 set" ]]
    credctl status revoke list.json 5
    succeeds
    [[ $output == *"0 changed, 2 set" ]]
}

@test "one wrong number changes nothing" {
    new list.json
    before=$(sha256sum <list.json)
    credctl status revoke list.json 5 131072
    refuses 65 "no such entry"
    credctl status revoke list.json 5 -- -1
    refuses 64 "not the number"
    credctl status revoke list.json 5x
    refuses 64 "not the number"
    [ "$before" = "$(sha256sum <list.json)" ]
}

@test "suspensions are lifted, revocations are not" {
    new s.json --purpose suspension
    new r.json
    credctl status suspend s.json 7
    succeeds
    credctl status suspend s.json 7 --lift
    succeeds
    [[ $output == *"1 changed, 0 set" ]]
    credctl status suspend r.json 7
    refuses 65 "another purpose" # ERR_STATUS_PURPOSE
    credctl status revoke s.json 7
    refuses 65 "another purpose"
    credctl status revoke r.json 7 --lift
    refuses 64 "--lift"
}

@test "small lists, other purposes and existing files are refused" {
    credctl status new --issuer a --address b -o list.json --entries 131071
    refuses 64 "--entries"
    credctl status new --issuer a --address b -o list.json --purpose fun
    refuses 64 "--purpose"
    new list.json
    credctl status new --issuer a --address b -o list.json
    refuses 73 "exists already"
}

@test "a signed list goes onto a trust list of its issuer" {
    new list.json
    "$BIN/credctl" status revoke list.json 5 >/dev/null
    credctl status sign list.json --key issuer.jwk --kid k -o list.jwt --at 2026-08-28T07:00:00Z
    succeeds
    workspace
    credctl trust add hq --status-list list.jwt --from did:web:academy.example
    succeeds
    credctl trust build hq
    succeeds
    [[ $output == *"1 status lists" ]]
    "$BIN/credctl" trust sign hq -o a.tpk --at 2026-08-28T08:00:00Z
    credctl trust show a.tpk --root hq/root.jwt --json
    [ "$(member address "$output")" = https://academy.example/status/1 ]
    [ "$(member as_of "$output")" = 2026-08-28T07:00:00Z ]
    [ "$(member entries "$output")" = 131072 ]
}

@test "a list of another signer, or of a key for some credentials alone, is refused" {
    new list.json
    "$BIN/credctl" key new -o other.jwk
    "$BIN/credctl" status sign list.json --key other.jwk -o other.jwt
    "$BIN/credctl" status sign list.json --key issuer.jwk -o list.jwt
    workspace --type OpenBadgeCredential
    credctl trust add hq --status-list list.jwt --from did:web:academy.example
    refuses 65 "another issuer's"
    credctl trust add hq --issuer did:web:academy.example --key public.jwk --kid k --for-status
    refuses 65 "--replace" # ERR_KEY_LISTED
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --key public.jwk --kid k --for-status --replace
    credctl trust add hq --status-list list.jwt --from did:web:academy.example
    succeeds
    credctl trust add hq --status-list other.jwt --from did:web:academy.example
    refuses 65 "another issuer's"
    credctl trust add hq --status-list list.jwt --from did:web:nobody.example
    refuses 65 "another issuer's"
    printf 'junk' >junk.jwt
    credctl trust add hq --status-list junk.jwt --from did:web:academy.example
    refuses 65 "JSON Web Signature"
    credctl trust add hq --status-list list.jwt
    refuses 64 "--from"
}

@test "revocations by many hands at once are all kept" {
    new list.json
    for i in $(seq 1 16); do
        "$BIN/credctl" status revoke list.json "$i" >/dev/null 3>&- &
    done
    wait
    credctl status revoke list.json 1
    succeeds
    [[ $output == *"0 changed, 16 set" ]]
}

@test "a kept list gives way to a younger one of its issuer alone" {
    new list.json
    "$BIN/credctl" status sign list.json --key issuer.jwk --kid k -o old.jwt --at 2026-08-28T07:00:00Z
    "$BIN/credctl" status revoke list.json 5 >/dev/null
    "$BIN/credctl" status sign list.json --key issuer.jwk --kid k -o young.jwt --at 2026-08-29T07:00:00Z
    workspace
    "$BIN/credctl" trust add hq --status-list old.jwt --from did:web:academy.example
    "$BIN/credctl" trust add hq --status-list young.jwt --from did:web:academy.example
    before=$(cat hq/status/* | sha256sum)
    credctl trust add hq --status-list old.jwt --from did:web:academy.example
    refuses 65 "older than the one that is kept" # ERR_STATUS_OLDER
    "$BIN/credctl" key new -o evil.jwk
    "$BIN/credctl" key public evil.jwk -o evil.public
    "$BIN/credctl" trust add hq --issuer did:web:evil.example --name en=Evil --key evil.public
    "$BIN/credctl" status new --issuer did:web:evil.example --address https://academy.example/status/1 -o evil.json
    "$BIN/credctl" status sign evil.json --key evil.jwk -o evil.jwt
    credctl trust add hq --status-list evil.jwt --from did:web:evil.example
    refuses 65 "Another issuer's status list" # ERR_STATUS_TAKEN
    [ "$before" = "$(cat hq/status/* | sha256sum)" ]
    credctl trust add hq --status-list young.jwt --from did:web:academy.example
    succeeds
}
