#!/usr/bin/env bats
# What changes from one list to the next, and a list that shrinks.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    "$BIN/credctl" key new -o key.jwk
    "$BIN/credctl" key public key.jwk -o key.public
}

# Issuers a01, a02 ... by hand.
issuers() { # FIRST LAST
    local i
    for i in $(seq -w "$1" "$2"); do
        "$BIN/credctl" trust add hq --issuer "did:web:a$i.example" --name "en=Academy $i" --key key.public --kid "k$i" >/dev/null
    done
}

sign() { # PACK OPTIONS...
    local pack=$1
    shift
    "$BIN/credctl" trust build hq >/dev/null
    credctl trust sign hq -o "$pack" --at 2026-08-28T08:00:00Z "$@"
}

@test "a review shows what came, went and changed since the last list" {
    issuers 01 20
    sign a.tpk
    succeeds
    "$BIN/credctl" trust add hq --issuer did:web:a01.example --key key.public --withdrawn 2026-08-01T00:00:00Z
    "$BIN/credctl" trust add hq --issuer did:web:a02.example --name en=$'New\033Name' --also did:web:also.example
    "$BIN/credctl" trust add hq --issuer did:web:a03.example --key key.public --type OpenBadgeCredential --kid k03 --replace
    rm hq/issuers/did_web_a04*
    issuers 21 21
    "$BIN/credctl" trust build hq
    credctl trust review hq
    succeeds
    wanted="~ key          did:web:a01.example  k01: withdrawn
~ issuer       did:web:a02.example  New□Name: name
~ key          did:web:a03.example  k03: scope
- issuer       did:web:a04.example  Academy 04
- key          did:web:a04.example  k04
+ issuer       did:web:a21.example  Academy 21
+ key          did:web:a21.example  k21
+ identifier   did:web:also.example
issuers: 1 added, 1 removed, 3 changed; 20 before, 20 after
keys: 1 added, 1 removed, 2 changed (1 withdrawn); 20 before, 20 after
status lists: 0 added, 0 removed, 0 changed; 0 before, 0 after"
    [ "$output" = "$wanted" ] || { diff <(echo "$output") <(echo "$wanted"); false; }
    credctl trust review hq --diff a.tpk --at 2026-08-29T00:00:00Z
    succeeds
    [ "$output" = "$wanted" ]
    sign b.tpk
    succeeds
    credctl trust review b.tpk --diff a.tpk --root hq/root.jwt --at 2026-08-29T00:00:00Z
    succeeds
    [ "$output" = "$wanted" ]
    credctl trust review hq
    succeeds
    [[ $output == "issuers: 0 added, 0 removed, 0 changed; 20 before, 20 after"* ]]
}

@test "a list that loses more than a tenth is signed on somebody's word alone" {
    issuers 01 20
    sign a.tpk
    rm hq/issuers/did_web_a0[12]*
    sign b.tpk
    succeeds
    rm hq/issuers/did_web_a0[34]*
    "$BIN/credctl" trust build hq
    credctl trust review hq
    [ "$status" -eq 65 ]
    [[ $stderr == *"more than 10 % of the issuers or keys would be lost"* ]]
    [[ $output == *"issuers: 0 added, 2 removed, 0 changed; 18 before, 16 after"* ]]
    credctl trust review hq --ack
    succeeds
    credctl trust sign hq -o c.tpk --at 2026-08-28T08:00:00Z
    refuses 65 "2 of 18 issuers and 2 of 18 keys would be lost"
    holds . a.tpk b.tpk hq key.jwk key.public
    credctl trust sign hq -o c.tpk --at 2026-08-28T08:00:00Z --ack
    succeeds
    [ "$output" = "c.tpk: number 3" ]
}

@test "withdrawing keys and replacing issuers loses them, too" {
    issuers 01 10
    sign a.tpk
    for i in 01 02; do
        "$BIN/credctl" trust add hq --issuer did:web:a$i.example --key key.public --withdrawn 2026-08-01T00:00:00Z
    done
    sign b.tpk
    refuses 65 "0 of 10 issuers and 2 of 10 keys"
    sign b.tpk --ack
    succeeds
    rm hq/issuers/did_web_a0[345]*
    issuers 21 30
    sign c.tpk
    refuses 65 "3 of 10 issuers"
}

@test "the first list is reviewed as all new, and a damaged record of the last one is no first one" {
    issuers 01 02
    "$BIN/credctl" trust build hq
    credctl trust review hq
    succeeds
    [[ $output == *"issuers: 2 added, 0 removed, 0 changed; 0 before, 2 after"* ]]
    sign a.tpk
    succeeds
    printf 'X' | dd of=hq/signed.db bs=1 seek=4200 conv=notrunc status=none
    truncate -s 9000 hq/signed.db
    credctl trust sign hq -o b.tpk --at 2026-08-28T08:00:00Z
    [ "$status" -eq 65 ]
    [ -z "$output" ]
    [[ $stderr == *"damaged"* ]]
    credctl trust review hq
    [ "$status" -eq 65 ]
    [[ $stderr == *"damaged"* ]]
}

@test "reviews of nothing, or under another root, are refused" {
    issuers 01 02
    credctl trust review hq
    refuses 66 "run credctl trust build"
    sign a.tpk
    credctl trust review nothing
    refuses 66 "no such file"
    credctl trust review a.tpk
    refuses 64 "--diff names it"
    credctl trust review a.tpk --diff a.tpk
    refuses 64 "--root"
    credctl trust review hq --diff hq/root.jwt
    refuses 65 "not a trust pack"
    "$BIN/credctl" trust init other --scheme test.example/lists
    credctl trust review a.tpk --diff a.tpk --root other/root.jwt --at 2026-08-29T00:00:00Z
    refuses 65 "another root"
}
