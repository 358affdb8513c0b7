#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_folder
    mkdir data
}

# A workspace "hq" with one issuer.
workspace() {
    "$BIN/credctl" trust init hq --scheme test.example/lists "$@"
    "$BIN/credctl" key new -o issuer.jwk
    "$BIN/credctl" key public issuer.jwk -o public.jwk
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name en="Example Academy" --key public.jwk
    "$BIN/credctl" trust build hq
}

# A pack of now, which a kiosk takes by its own clock.
pack() { # NAME [OPTIONS...]
    local name=$1
    shift
    "$BIN/credctl" trust sign hq -o "$name" "$@"
}

install() { # PACK
    credctl trust install "$1" --root first.jwt --data data
}

# Ids of the keys of one kind, as trust root says them.
ids() { # KIND FILE
    "$BIN/credctl" trust root "$2" | sed -n "s/^$1 key *\([^ ]*\).*/\1/p"
}

@test "init makes as many keys as are asked for, each in a file of its own" {
    credctl trust init hq --scheme x --keys 3 --threshold 2 --release-keys 2
    succeeds
    [ "$(ls hq/keys/root-*.jwk | wc -l)" -eq 3 ]
    [ "$(ls hq/keys/release-*.jwk | wc -l)" -eq 2 ]
    [ "$(stat -c %a hq/keys/*.jwk | sort -u)" = 600 ]
    credctl trust root hq/root.jwt
    succeeds
    [[ $output == *"threshold     2 of 3 keys"* ]]
    [ "$(ids root hq/root.jwt | wc -l)" -eq 3 ]
    [ "$(ids release hq/root.jwt | wc -l)" -eq 2 ]
    credctl trust init two --scheme x --keys 3 --threshold 4
    refuses 64 "--threshold"
    credctl trust init two --scheme x --keys 17
    refuses 64 "--keys"
    [ ! -e two ]
}

@test "either of two release keys signs packs" {
    workspace --release-keys 2
    cp hq/root.jwt first.jwt
    for key in hq/keys/release-*.jwk; do
        pack "$(basename "$key").tpk" --key "$key"
        install "$(basename "$key").tpk"
        succeeds
    done
    pack other.tpk
    run -65 "$BIN/credctl" trust sign hq -o stolen.tpk --key issuer.jwk
    [ ! -e stolen.tpk ]
}

@test "a new release key: packs count from 1, kiosks follow, and the old key signs nothing more" {
    workspace
    cp hq/root.jwt first.jwt
    pack a.tpk --seq 1000000000000000
    install a.tpk
    succeeds
    credctl trust rotate hq --new-release 1 --key hq/keys/root.jwk
    succeeds
    [ "$output" = "hq/root.jwt: root 2" ]
    [ ! -e hq/root.next ]
    [ "$(wc -l <hq/root.jwt)" -eq 1 ]
    pack b.tpk
    credctl trust show b.tpk --root first.jwt --json
    [ "$(member seq "$output")" = 1 ]
    [ "$(member root "$output")" = 2 ]
    credctl trust show b.tpk --root first.jwt
    [[ $output == *"root          2"* ]]
    install b.tpk
    succeeds
    install a.tpk
    refuses 65 "older than the installed one"
    # The stolen key, with the chain that everybody has, and with root 1 alone.
    credctl trust sign hq -o c.tpk --key hq/keys/release.jwk
    refuses 65 "a key that its root does not name"
    cp -a hq old
    cp first.jwt old/root.jwt
    "$BIN/credctl" trust sign old -o c.tpk --key old/keys/release.jwk
    install c.tpk
    refuses 65 "older than the installed one"
    # A kiosk that is provisioned only now begins with root 2.
    credctl trust verify c.tpk --root hq/root.jwt
    refuses 65 "older root than the provisioned one"
    credctl trust verify b.tpk --root hq/root.jwt
    succeeds
}

@test "a change that keeps the release keys goes on counting" {
    workspace
    cp hq/root.jwt first.jwt
    pack a.tpk
    install a.tpk
    credctl trust rotate hq --new-keys 2 --threshold 2 --key hq/keys/root.jwk
    succeeds
    [ "$output" = "hq/root.jwt: root 2" ]
    [ "$(ids release first.jwt)" = "$(ids release hq/root.jwt)" ]
    pack b.tpk
    credctl trust show b.tpk --root first.jwt --json
    [ "$(member seq "$output")" = 2 ]
    install b.tpk
    succeeds
    # The first root key has nothing to say any more.
    credctl trust rotate hq --new-release 1 --key hq/keys/root.jwk
    refuses 65 "neither it nor the one before it names"
    [ ! -e hq/root.next ]
    [ "$(ls hq/keys/release*.jwk | wc -l)" -eq 1 ]
}

@test "signatures are collected on several machines, in any order" {
    workspace --keys 3 --threshold 2
    cp hq/root.jwt first.jwt
    mkdir anna boris carla
    keys=(hq/keys/root-*.jwk)
    mv "${keys[0]}" anna/key.jwk
    mv "${keys[1]}" boris/key.jwk
    mv "${keys[2]}" carla/key.jwk
    "$BIN/credctl" key new -o dora.jwk
    "$BIN/credctl" key public dora.jwk -o dora.pub
    gone=${keys[2]#hq/keys/root-}
    gone=${gone%.jwk} # Carla's
    credctl trust rotate hq --remove="$gone" --add dora.pub --new-release 1
    succeeds
    [[ $output == *"hq/root.next: root 2 waits for signatures"* ]]
    [[ $output == *"keys of root 1: 0 of 2 signatures"* ]]
    [[ $output == *"keys of root 2: 0 of 2 signatures"* ]]
    [ "$(grep -c missing <<<"$output")" -eq 6 ]
    # Meanwhile packs are signed as before.
    pack before.tpk
    install before.tpk
    succeeds
    credctl trust rotate hq --new-release 1
    refuses 73 "--continue"
    # Two copies go to two machines.
    cp hq/root.next anna/root.next
    cp hq/root.next boris/root.next
    credctl trust root anna/root.next
    succeeds
    grep -q "^root key      $gone.*  (goes)" <<<"$output"
    [ "$(grep -c '(new)' <<<"$output")" -eq 2 ]
    credctl trust cosign anna/root.next --key anna/key.jwk
    succeeds
    [[ $output == *"(has signed)"* ]]
    [[ $output == *"keys of root 1: 1 of 2 signatures"* ]]
    [ "$(wc -l <anna/root.next)" -eq 3 ]
    credctl trust cosign anna/root.next --key anna/key.jwk
    succeeds
    [ "$(wc -l <anna/root.next)" -eq 3 ] # twice counts, and stands there, once
    credctl trust cosign anna/root.next --key issuer.jwk
    refuses 65 "neither it nor the one before it names"
    [ "$(wc -l <anna/root.next)" -eq 3 ]
    credctl trust cosign boris/root.next --key boris/key.jwk
    succeeds
    credctl trust rotate hq --continue --from anna/root.next
    succeeds
    [[ $output == *"waits for signatures"* ]]
    credctl trust rotate hq --continue --from anna/root.next --from boris/root.next
    succeeds
    [ "$output" = "hq/root.jwt: root 2" ]
    pack after.tpk
    install after.tpk
    succeeds
    install before.tpk
    refuses 65 "older than the installed one"
}

@test "the next root needs enough of its own keys too" {
    workspace
    "$BIN/credctl" key new -o dora.jwk
    "$BIN/credctl" key public dora.jwk -o dora.pub
    credctl trust rotate hq --add dora.pub --threshold 2 --key hq/keys/root.jwk
    succeeds
    [[ $output == *"keys of root 1: 1 of 1 signatures"* ]]
    [[ $output == *"keys of root 2: 1 of 2 signatures"* ]]
    [ "$(ids root hq/root.jwt | wc -l)" -eq 1 ]
    credctl trust rotate hq --continue --key dora.jwk
    succeeds
    [ "$output" = "hq/root.jwt: root 2" ]
    [ "$(ids root hq/root.jwt | wc -l)" -eq 2 ]
}

@test "drafts that do not belong here are refused" {
    workspace
    credctl trust rotate hq --continue
    refuses 66 "no such file"
    "$BIN/credctl" trust init other --scheme test.example/lists
    "$BIN/credctl" trust rotate other --new-release 1
    "$BIN/credctl" trust rotate hq --new-release 1
    credctl trust rotate hq --continue --from other/root.next
    refuses 65 "another root"
    # What is signed is what the draft says.
    sed -i '2s/"threshold":1/"threshold":2/' hq/root.next
    credctl trust cosign hq/root.next --key hq/keys/root.jwk
    refuses 65 "malformed"
    cp other/root.next hq/root.next
    credctl trust rotate hq --continue --key other/keys/root.jwk
    refuses 65 "goes on from other roots"
    [ "$("$BIN/credctl" trust root hq/root.jwt | grep -c 'root          1')" -eq 1 ]
    printf 'no draft\n' >hq/root.next
    credctl trust root hq/root.next
    refuses 65 "JSON Web Signature"
    head -n 1 other/root.next >hq/root.next
    credctl trust cosign hq/root.next --key hq/keys/root.jwk
    refuses 65 "no draft of a root"
}

@test "a signature over something else does not get into a draft" {
    workspace
    "$BIN/credctl" trust rotate hq --new-release 1
    cp hq/root.next a.next
    "$BIN/credctl" trust cosign a.next --key hq/keys/root.jwk
    sed -i '2s/"version":2/"version" :2/' a.next
    credctl trust root a.next
    refuses 65 "do not fit together"
    credctl trust rotate hq --continue --from a.next
    refuses 65 "do not fit together"
}

@test "usage of rotate" {
    workspace
    credctl trust rotate hq
    refuses 64 "say what changes"
    credctl trust rotate hq --remove abc --key hq/keys/root.jwk
    refuses 65 "No key of the root"
    credctl trust rotate hq --remove-release "$(ids release hq/root.jwt)"
    refuses 64 "release key stays"
    credctl trust rotate hq --threshold 2
    refuses 64 "--threshold"
    credctl trust rotate hq --new-release 17
    refuses 64 "--new-release"
    credctl trust rotate hq --add hq/keys/root.jwk
    refuses 65 "private key"
    "$BIN/credctl" key public hq/keys/root.jwk -o root.pub
    credctl trust rotate hq --add root.pub
    refuses 65 "names this key already"
    "$BIN/credctl" key new -a RS256 -o rsa.jwk
    "$BIN/credctl" key public rsa.jwk -o rsa.pub
    credctl trust rotate hq --add-release rsa.pub
    refuses 65 "does not judge"
    credctl trust rotate hq --new-keys 16 --add public.jwk
    refuses 65 "no more than 16 keys"
    holds hq/keys release.jwk root.jwk
    [ ! -e hq/root.next ]
    "$BIN/credctl" trust rotate hq --new-release 1
    credctl trust rotate hq --continue --new-release 1
    refuses 64 "changes nothing"
}

@test "a kill between the steps of a finished rotation is made good" {
    workspace
    pack a.tpk
    cp hq/scheme.json before.json
    "$BIN/credctl" trust rotate hq --new-release 1 >/dev/null
    "$BIN/credctl" trust cosign hq/root.next --key hq/keys/root.jwk >/dev/null
    cp hq/root.next next
    "$BIN/credctl" trust rotate hq --continue
    cp hq/root.jwt after.jwt
    # As if it had died behind the first step.
    cp next hq/root.next
    cp before.json hq/scheme.json
    credctl trust rotate hq --continue
    succeeds
    cmp hq/root.jwt after.jwt
    [ ! -e hq/root.next ]
    [ "$(member seq "$(cat hq/scheme.json)")" = 0 ]
}

@test "sign says where the release key is missing" {
    workspace
    rm hq/keys/release.jwk
    credctl trust sign hq -o a.tpk
    refuses 66 "no release key of root 1"
    "$BIN/credctl" trust init other --scheme test.example/lists
    cp other/keys/release.jwk hq/keys/
    credctl trust sign hq -o a.tpk
    refuses 66 "no release key of root 1"
    [ ! -e a.tpk ]
}
