#!/usr/bin/env bats
# Which list said so: of an issuer and its keys, since when, and by whom.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    in_workspace
    for i in 1 2; do
        "$BIN/credctl" key new -o $i.jwk
        "$BIN/credctl" key public $i.jwk -o $i.public
    done
    "$BIN/credctl" trust add hq --issuer did:web:a.example --name en=ByHand --key 1.public --kid one \
        --type OpenBadgeCredential --valid-until 2027-01-01T00:00:00Z --at 2026-07-01T00:00:00Z
    line 1.public one ',"withdrawn_at":"2026-08-02T00:00:00Z"' | import gone 2026-08-03T00:00:00Z
    line 2.public two | import wild 2026-08-04T00:00:00Z
    sed -i '1s/"unsigned": *true/"unsigned":false/; 1s|"signer": *""|"signer":"Ministry"|; 2,$s/"unsigned":true/"unsigned":false/g' hq/imports/gone.jsonl
}

line() { # KEY KID MEMBERS
    printf '{"identifiers":["did:web:a.example"],"names":{"en":"%s","ar":"A"},"territory":"","source":"x","unsigned":false,"keys":[{"kid":"%s","alg":"ES256","jwk":%s,"types":[],"achievements":[],"for_status":false%s}]}\n' \
        $'Im\033ported' "$2" "$(tr -d '\n' <"$1")" "${3:-}" | sed 's/\x1b/\\u001b/'
}

import() { # NAME TIME, lines on standard input
    cat >"$1.list"
    "$BIN/credctl" trust import issuers hq "$1.list" --name "$1" --url "https://lists.example/$1" --accept-unsigned --at "$2"
}

thumbprint() {
    "$BIN/credctl" trust explain hq did:web:a.example "$1" | sed -n 's/^  thumbprint//p'
}

@test "an issuer is explained with every list, and each key with who lists and withdraws it" {
    credctl trust explain hq did:web:a.example
    succeeds
    one=$(thumbprint one) two=$(thumbprint two)
    [ ${#one} = 43 ] && [ ${#two} = 43 ]
    wanted="issuer      did:web:a.example
  named by  by hand  en=ByHand
  also on   import gone, signed by Ministry, issuers of https://lists.example/gone, read 2026-08-03T00:00:00Z  ar=A, en=Im□ported
  also on   import wild, unsigned, issuers of https://lists.example/wild, read 2026-08-04T00:00:00Z  ar=A, en=Im□ported
key         ES256  one  (withdrawn 2026-08-02T00:00:00Z)
  thumbprint$one
  signs     types OpenBadgeCredential; until 2027-01-01T00:00:00Z
  listed by by hand, since 2026-07-01T00:00:00Z
  listed by import gone, signed by Ministry, since 2026-08-03T00:00:00Z, withdrawn 2026-08-02T00:00:00Z
key         ES256  two  (from an unsigned source)
  thumbprint$two
  signs     all
  listed by import wild, unsigned, since 2026-08-04T00:00:00Z"
    [ "$output" = "$wanted" ] || { diff <(echo "$output") <(echo "$wanted"); false; }
}

@test "one key is explained by its id or thumbprint" {
    credctl trust explain hq did:web:a.example two
    succeeds
    [ "$(grep -c '^key' <<<"$output")" = 1 ]
    [[ $output == *"key         ES256  two"* ]]
    by_id=$output
    credctl trust explain hq did:web:a.example "$(thumbprint two)"
    succeeds
    [ "$output" = "$by_id" ]
}

@test "who is not listed is not explained, and lists past their time are named" {
    credctl trust explain hq did:web:b.example
    refuses 65 "no list of this workspace has this issuer"
    credctl trust explain hq did:web:a.example three
    refuses 65 "no such key"
    credctl trust explain nowhere did:web:a.example
    refuses 65 "not a workspace"
    sed -i '1s/"next_update": *""/"next_update":"2026-08-20T00:00:00Z"/' hq/imports/wild.jsonl
    credctl trust explain hq did:web:a.example two --at 2026-08-28T00:00:00Z
    refuses 65 "the import wild is left out, its next update was due at 2026-08-20T00:00:00Z"
}

@test "a key added by hand keeps its first day when it is added or changed again" {
    "$BIN/credctl" trust add hq --issuer did:web:a.example --key 1.public --kid one --type OpenBadgeCredential \
        --valid-until 2027-01-01T00:00:00Z --at 2026-07-05T00:00:00Z
    "$BIN/credctl" trust add hq --issuer did:web:a.example --key 1.public --kid one --replace --at 2026-07-09T00:00:00Z
    credctl trust explain hq did:web:a.example one
    succeeds
    [[ $output == *"  signs     all"* ]]
    [[ $output == *"  listed by by hand, since 2026-07-01T00:00:00Z"* ]]
}
