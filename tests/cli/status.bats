#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_folder
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

@test "a list with its proof inside is added, kept, replaced and judged by as a JWT is" {
    for alg in EdDSA ES256 ES384; do
        rm -rf hq ./*.jwk ./*.jwt ./*.jsonld list.json lists.tpk
        "$BIN/credctl" key new --alg $alg -o issuer.jwk
        "$BIN/credctl" key public issuer.jwk -o public.jwk
        new list.json
        credctl status sign list.json --key issuer.jwk --proof inside --at 2026-08-28T07:00:00Z -o old.jsonld
        succeeds
        "$BIN/credctl" status revoke list.json 5 >/dev/null
        "$BIN/credctl" status sign list.json --key issuer.jwk --proof inside --at 2026-08-29T07:00:00Z -o young.jsonld
        "$BIN/credctl" status sign list.json --key issuer.jwk --kid k --at 2026-08-30T07:00:00Z -o youngest.jwt
        workspace
        credctl trust add hq --status-list old.jsonld --from did:web:academy.example
        succeeds
        credctl trust add hq --status-list young.jsonld --from did:web:academy.example
        succeeds
        credctl trust add hq --status-list old.jsonld --from did:web:academy.example
        refuses 65 "older than the one that is kept"
        credctl trust build hq
        succeeds
        [[ $output == *"1 status lists" ]]
        "$BIN/credctl" trust sign hq -o lists.tpk --at 2026-08-29T08:00:00Z
        for entry in 5:revoked 6:ok; do
            fields "status_list = https://academy.example/status/1" "status_index = ${entry%:*}" "kid = k" >fields
            "$BIN/credctl" issue --key issuer.jwk --fields fields -o badge.jwt --force
            credctl verify --trust lists.tpk --root hq/root.jwt --at 2026-08-30T08:00:00Z --json badge.jwt
            [ "$(member reason "$output")" = "${entry#*:}" ]
        done
        credctl trust add hq --status-list youngest.jwt --from did:web:academy.example
        succeeds
    done
}

@test "a list whose proof inside is wrong is refused by name" {
    new list.json
    "$BIN/credctl" status sign list.json --key issuer.jwk --proof inside --at 2026-08-28T07:00:00Z -o good.jsonld
    workspace
    sed 's/"revocation"/"suspension"/' good.jsonld >bad.jsonld
    credctl trust add hq --status-list bad.jsonld --from did:web:academy.example
    refuses 65 "signed by none of its keys"
    sed 's/ecdsa-rdfc-2019/ecdsa-rdfc-2029/' good.jsonld >bad.jsonld
    credctl trust add hq --status-list bad.jsonld --from did:web:academy.example
    refuses 65 "of a kind that this version does not judge"
    sed 's/"assertionMethod"/"authentication"/' good.jsonld >bad.jsonld
    credctl trust add hq --status-list bad.jsonld --from did:web:academy.example
    refuses 65 "made for another purpose"
    sed 's/"issuer":/"nothing": "said", "issuer":/' good.jsonld >bad.jsonld
    credctl trust add hq --status-list bad.jsonld --from did:web:academy.example
    refuses 65 "bad.jsonld: "
    sed 's|ns/credentials/v2|ns/credentials/v9|' good.jsonld >bad.jsonld
    credctl trust add hq --status-list bad.jsonld --from did:web:academy.example
    refuses 65 "vocabulary that this kiosk does not hold"
    credctl trust add hq --status-list good.jsonld --from did:web:academy.example --assets nowhere
    refuses 65 "The list of vocabularies is missing"
    [ -z "$(ls hq/status)" ]
    credctl trust add hq --status-list good.jsonld --from did:web:academy.example
    succeeds
    "$BIN/credctl" trust add hq --issuer did:web:academy.example --key public.jwk --withdrawn 2026-08-29T00:00:00Z
    credctl trust build hq
    refuses 65 "signed by none of its keys"
}

@test "a proof inside needs a key that makes one" {
    new list.json
    "$BIN/credctl" key new --alg RS256 -o rsa.jwk
    credctl status sign list.json --key rsa.jwk --proof inside -o list.jsonld
    refuses 64 "ES256, ES384 or EdDSA"
    credctl status sign list.json --key issuer.jwk --proof outside -o list.jsonld
    refuses 64 "jwt or inside"
    [ ! -e list.jsonld ]
}

verdict_of() { # INDEX FIELD: the reason for a badge at this place of the list that the field names
    fields "$2 = https://academy.example/status/1" "status_index = $1" "kid = k" >fields
    "$BIN/credctl" issue --key issuer.jwk --fields fields -o badge.jwt --force
    credctl verify --trust lists.tpk --root hq/root.jwt --at 2026-08-30T08:00:00Z --json badge.jwt
    member reason "$output"
}

@test "a Token Status List says valid, invalid and suspended, as JWT and as CWT, by every kind of key" {
    for alg in ES256 ES384 EdDSA; do
        for proof in jwt cwt; do
            rm -rf hq ./*.jwk token.json ./*.signed lists.tpk
            "$BIN/credctl" key new --alg $alg -o issuer.jwk
            "$BIN/credctl" key public issuer.jwk -o public.jwk
            new token.json --form token --bits 4 --entries 1000
            "$BIN/credctl" status revoke token.json 5 >/dev/null
            "$BIN/credctl" status suspend token.json 6 7 >/dev/null
            "$BIN/credctl" status suspend token.json 7 --lift >/dev/null
            "$BIN/credctl" status set token.json --value 12 8 >/dev/null
            credctl status sign token.json --key issuer.jwk --kid k --proof $proof --at 2026-08-28T07:00:00Z -o old.signed
            succeeds
            workspace
            credctl trust add hq --status-list old.signed --from did:web:academy.example
            succeeds
            credctl trust build hq --at 2026-08-29T08:00:00Z
            succeeds
            "$BIN/credctl" trust sign hq -o lists.tpk --at 2026-08-29T08:00:00Z
            [ "$(verdict_of 4 status_token)" = ok ]
            [ "$(verdict_of 5 status_token)" = revoked ]
            [ "$(verdict_of 6 status_token)" = suspended ]
            [ "$(verdict_of 7 status_token)" = ok ]
            [ "$(verdict_of 8 status_token)" = status_unknown ]
            [ "$(verdict_of 999 status_token)" = ok ]
            [ "$(verdict_of 1000 status_token)" = status_unknown ]
            [ "$(verdict_of 4 status_list)" = status_unknown ]
            credctl trust show lists.tpk --root hq/root.jwt
            [[ $output == *TokenStatusList* ]]
        done
    done
}

@test "a Token Status List is where it says that it is, of its type, and no younger one gives way" {
    new token.json --form token
    "$BIN/credctl" status sign token.json --key issuer.jwk --at 2026-08-28T07:00:00Z -o old.jwt
    "$BIN/credctl" status sign token.json --key issuer.jwk --proof cwt --at 2026-08-29T07:00:00Z -o young.cwt
    workspace
    credctl trust add hq --status-list old.jwt --from did:web:academy.example --address https://academy.example/status/2
    refuses 65 "says itself that it is at another address" # ERR_STATUS_ADDRESS
    "$BIN/credctl" trust add hq --status-list old.jwt --from did:web:academy.example
    "$BIN/credctl" trust add hq --status-list young.cwt --from did:web:academy.example
    credctl trust add hq --status-list old.jwt --from did:web:academy.example
    refuses 65 "older than the one that is kept"
    "$BIN/credctl" key new -o other.jwk
    "$BIN/credctl" status sign token.json --key other.jwk --proof cwt -o other.cwt
    credctl trust add hq --status-list other.cwt --from did:web:academy.example
    refuses 65 "another issuer's"
    head -c 60 young.cwt >cut.cwt
    credctl trust add hq --status-list cut.cwt --from did:web:academy.example
    refuses 65 "end too early"
}

@test "a list that has ended is listed, told of, and called old by kiosks" {
    new list.json
    "$BIN/credctl" status revoke list.json 5 >/dev/null
    "$BIN/credctl" status sign list.json --key issuer.jwk --kid k --days 1 --at 2026-08-20T07:00:00Z -o list.jwt
    workspace
    "$BIN/credctl" trust add hq --status-list list.jwt --from did:web:academy.example
    run --separate-stderr "$BIN/credctl" trust build hq --at 2026-08-29T08:00:00Z
    [ "$status" -eq 0 ]
    [[ $stderr == *"ended at 2026-08-21T07:00:00Z, kiosks will call it old"* ]]
    "$BIN/credctl" trust sign hq -o lists.tpk --at 2026-08-29T08:00:00Z
    [ "$(verdict_of 4 status_list)" = status_stale ]
    [ "$(verdict_of 5 status_list)" = revoked ]
}

@test "a list that nobody signs needs --accept-unsigned, and keeps that word" {
    workspace
    cat >revoked.json <<END
{"id": "https://academy.example/revoked", "issuer": "did:web:academy.example",
 "revokedCredential": [{"id": "urn:uuid:1", "revocationReason": "x"}, {"id": "urn:uuid:2", "revoked": false}]}
END
    credctl trust add hq --status-list revoked.json --from did:web:academy.example
    refuses 65 "Nobody signed the status list" # ERR_STATUS_UNSIGNED
    [ -z "$(ls hq/status)" ]
    credctl trust add hq --status-list revoked.json --from did:web:academy.example --accept-unsigned --at 2026-08-28T07:00:00Z
    succeeds
    credctl trust add hq --status-list revoked.json --from did:web:academy.example --accept-unsigned --at 2026-08-27T07:00:00Z
    refuses 65 "older than the one that is kept"
    credctl trust add hq --status-list revoked.json --from did:web:other.example --accept-unsigned
    refuses 65 "another issuer's"
    credctl trust build hq
    succeeds
    "$BIN/credctl" trust sign hq -o lists.tpk --at 2026-08-29T08:00:00Z
    credctl trust show lists.tpk --root hq/root.jwt
    [[ $output == *"1EdTechRevocationList  1 entries, as of 2026-08-28T07:00:00Z  (unsigned)"* ]]
    credctl trust show lists.tpk --root hq/root.jwt --json
    [[ $output == *"unsigned, as of 2026-08-28T07:00:00Z"* ]]
    printf '{"type": ["VerifiableCredential", "BitstringStatusListCredential"]}' >bitstring.json
    credctl trust add hq --status-list bitstring.json --from did:web:academy.example --accept-unsigned
    refuses 65 "no proof"
}

@test "values of other sizes: what their bits do not hold is refused, and invalid is not suspended" {
    new list.json --purpose message --bits 3
    credctl status set list.json --value 7 131071 5
    succeeds
    [[ $output == *"2 changed, 2 set" ]]
    credctl status set list.json --value 8 5
    refuses 65 "holds no such value" # ERR_STATUS_VALUE
    credctl status set list.json --value 0 5
    succeeds
    [[ $output == *"1 changed, 1 set" ]]
    credctl status revoke list.json 5
    refuses 65 "another purpose"
    credctl status sign list.json --key issuer.jwk -o list.jwt
    succeeds
    credctl status sign list.json --key issuer.jwk --proof cwt -o list.cwt
    refuses 64 "jwt or inside"
    new token.json --form token --bits 2
    "$BIN/credctl" status revoke token.json 5 >/dev/null
    credctl status suspend token.json 5
    succeeds
    [[ $output == *"0 changed, 1 set" ]]
    credctl status suspend token.json 5 --lift
    succeeds
    [[ $output == *"0 changed, 1 set" ]]
    credctl status sign token.json --key issuer.jwk --proof inside -o token.jwt
    refuses 64 "jwt or cwt"
    new one.json --form token
    credctl status suspend one.json 5
    refuses 65 "holds no such value"
    credctl status new --issuer a --address b -o x.json --form token --bits 3
    refuses 64 "1, 2, 4 or 8"
    credctl status new --issuer a --address b -o x.json --form token --purpose revocation
    refuses 64 "no --purpose"
    credctl status new --issuer a --address b -o x.json --form paper
    refuses 64 "bitstring or token"
    "$BIN/credctl" key new --alg RS256 -o rsa.jwk
    credctl status sign token.json --key rsa.jwk --proof cwt -o token.cwt
    refuses 65 "not judged by this version"
}

@test "a badge names a Token Status List by a claim, which a proof inside has none of" {
    fields "status_token = https://academy.example/status/1" "status_index = 7" >fields
    credctl issue --key issuer.jwk --fields fields --proof ecdsa-rdfc-2019 -o badge.jsonld
    refuses 65 "status_token is a claim"
    fields "status_token = https://academy.example/status/1" >fields
    credctl issue --key issuer.jwk --fields fields -o badge.jwt
    refuses 65 "status_token needs status_index"
}
