#!/usr/bin/env bats
# Freshness tokens from the workspace to the kiosk's data folder.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    "$BIN/credctl" key new -o issuer.jwk
    "$BIN/credctl" key public issuer.jwk -o public.jwk
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --name en="Example Academy" --key public.jwk

    sign 5 2026-08-28T08:00:00Z
    fields >badge.txt
    "$BIN/credctl" issue --key issuer.jwk --fields badge.txt -o badge.jwt
}

sign() { # NUMBER TIME
    "$BIN/credctl" trust build hq
    "$BIN/credctl" trust sign hq -o "$1.tpk" --seq "$1" --at "$2"
}

fresh() { # FILE DAY [OPTIONS...]
    local file=$1 day=$2
    shift 2
    credctl trust fresh hq --out "$file" --at "2026-09-${day}T08:00:00Z" "$@"
}

judged() { # DAY [OPTIONS...]: "reason of the verdict"
    local day=$1
    shift
    credctl verify --trust 5.tpk --root hq/root.jwt --at "2026-09-${day}T12:00:00Z" --json "$@" badge.jwt
    member reason "$output"
}

install() { # FILE [OPTIONS...]
    local file=$1
    shift
    credctl trust install "$file" --root hq/root.jwt --data data "$@"
}

@test "a token keeps the pack fresh, to its hard end at most" {
    [ "$(judged 01)" = ok ]
    [ "$(judged 20)" = list_stale ]
    fresh a.fresh 15
    succeeds
    [ "$output" = "token for number 5, 0 revoked" ]
    [ "$(judged 20 --token a.fresh)" = ok ]
    [ "$(judged 30 --token a.fresh)" = list_stale ]
    fresh b.fresh 16 --days-fresh 184
    succeeds
    credctl verify --trust 5.tpk --root hq/root.jwt --at 2026-10-27T12:00:00Z --json --token b.fresh badge.jwt
    [ "$(member reason "$output")" = list_expired ]
}

@test "a token revokes an issuer, a key, a credential, each as of its date" {
    fresh issuer.fresh 02 --revoke-issuer did:web:academy.example
    [ "$(judged 03 --token issuer.fresh)" = key_withdrawn ]
    sign 6 2026-09-02T08:00:00Z
    cp 6.tpk 5.tpk
    fresh key.fresh 04 --revoke-key public.jwk
    succeeds
    [ "$(judged 05 --token key.fresh)" = key_withdrawn ]
    credctl verify --trust 5.tpk --root hq/root.jwt --at 2026-09-05T12:00:00Z --token key.fresh badge.jwt
    [[ $output == *"revoked after the trust list was made"* ]]
    sign 7 2026-09-05T08:00:00Z
    cp 7.tpk 5.tpk
    credctl verify --trust 5.tpk --root hq/root.jwt --at 2026-09-05T12:00:00Z --json badge.jwt
    tag=$(member tag "$output")
    [ ${#tag} -eq 64 ]
    fresh tag.fresh 06 --revoke-credential "$tag"
    [ "$(judged 07 --token tag.fresh)" = revoked ]
    sign 8 2026-09-07T08:00:00Z
    cp 8.tpk 5.tpk
    fresh file.fresh 08 --revoke-credential badge.jwt
    succeeds
    [ "$(judged 09 --token file.fresh)" = revoked ]
}

@test "an issuer is revoked by any of its names, and one that nobody has is told of" {
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --also https://academy.example --key public.jwk
    sign 6 2026-08-29T08:00:00Z
    cp 6.tpk 5.tpk
    fresh wrong.fresh 01 --revoke-issuer https://academy.example/
    succeeds
    [[ $stderr == *"warning: nobody on the lists is called https://academy.example/"* ]]
    [ "$(judged 02 --token wrong.fresh)" = ok ]
    fresh right.fresh 02 --revoke-issuer https://academy.example
    succeeds
    [ -z "$stderr" ]
    [ "$(judged 03 --token right.fresh)" = key_withdrawn ]
}

@test "each token repeats what the ones before revoked, until a newer pack" {
    fresh a.fresh 01 --revoke-issuer did:web:a.example
    fresh b.fresh 02 --revoke-issuer did:web:b.example --revoke-issuer did:web:a.example
    [ "$output" = "token for number 5, 2 revoked" ]
    fresh c.fresh 03
    [ "$output" = "token for number 5, 2 revoked" ]
    fresh c2.fresh 03
    fresh c3.fresh 03
    succeeds
    [ "$(judged 04 --token c3.fresh)" = ok ]
    credctl trust sign hq -o 6.tpk --seq 6 --at 2026-09-04T08:00:00Z
    succeeds
    [[ $stderr == *"warning: 2 revocations by freshness tokens end with this list"* ]]
    fresh d.fresh 05
    [ "$output" = "token for number 6, 0 revoked" ]
    credctl trust sign hq -o 7.tpk --seq 7 --at 2026-09-05T08:00:00Z
    [ -z "$stderr" ]
    fresh e.fresh 02
    refuses 64 "made later than that"
}

@test "more than 32 revocations belong into a pack" {
    fresh a.fresh 01 $(for i in $(seq 32); do echo --revoke-issuer "did:web:$i.example"; done)
    succeeds
    fresh b.fresh 02 --revoke-issuer did:web:33.example
    refuses 65 "more revocations"
    fresh c.fresh 03
    [ "$output" = "token for number 5, 32 revoked" ]
}

@test "its QR code says its version, and is read back as a token" {
    fresh a.fresh 01 --qr a.png --revoke-key public.jwk
    succeeds
    [[ $output == *"version"* ]]
    credctl verify --trust 5.tpk --root hq/root.jwt --at 2026-09-02T12:00:00Z --json a.png
    [ "$status" -eq 2 ]
    [ "$(member reason "$output")" = not_a_credential ]
    [[ $output == *"This is a freshness code for the trust list"* ]]
    credctl verify --trust 5.tpk --root hq/root.jwt --at 2026-09-02T12:00:00Z --token a.fresh --json badge.jwt
    [ "$(member reason "$output")" = key_withdrawn ]
}

@test "a kiosk's folder takes tokens in, newer ones alone, and judges by them" {
    mkdir data
    install 5.tpk --at 2026-09-01T08:00:00Z
    succeeds
    fresh a.fresh 10 --revoke-credential badge.jwt
    fresh b.fresh 11
    install b.fresh --token --at 2026-09-12T08:00:00Z
    succeeds
    [[ $output == "b.fresh: accepted"* ]]
    install a.fresh --token --at 2026-09-12T08:00:00Z
    refuses 65 "not newer"
    credctl verify --data data --root hq/root.jwt --at 2026-09-12T12:00:00Z --json badge.jwt
    [ "$(member reason "$output")" = revoked ]
    install badge.jwt --token --at 2026-09-12T08:00:00Z
    [ "$status" -eq 65 ]
    sign 6 2026-09-13T08:00:00Z
    install 6.tpk --at 2026-09-14T08:00:00Z
    succeeds
    credctl verify --data data --root hq/root.jwt --at 2026-09-14T12:00:00Z --json badge.jwt
    [ "$(member reason "$output")" = ok ]
    install b.fresh --token --at 2026-09-14T08:00:00Z
    refuses 65 "older trust list"
    printf rubbish >data/tokens
    credctl verify --data data --root hq/root.jwt --at 2026-09-14T12:00:00Z --json badge.jwt
    [ "$(member reason "$output")" = status_unknown ]
}

@test "usage and what is missing have their statuses" {
    credctl trust fresh hq
    refuses 64 "--qr or --out"
    credctl trust fresh nowhere --out a.fresh
    refuses 65 "not a workspace"
    "$BIN/credctl" trust init new --scheme new.example/lists
    credctl trust fresh new --out a.fresh
    refuses 66 "no pack was signed yet"
    fresh a.fresh 01 --days-fresh 1000
    refuses 64 "--days-fresh"
    fresh a.fresh 01 --revoke-key nothing.jwk
    refuses 66 "no such file"
    credctl trust fresh hq --out a.fresh --at 2026-12-01T08:00:00Z
    refuses 65 "has ended"
    [ ! -e a.fresh ]
    credctl trust fresh hq --out a.fresh --key issuer.jwk --at 2026-09-01T08:00:00Z
    refuses 65 "a key that the root does not name"
    credctl verify --token a.fresh badge.jwt
    refuses 64 "--token needs the pack"
}
