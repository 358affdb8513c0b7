#!/usr/bin/env bats
# presentation.bats: credctl verify of several credentials at once, made with credctl alone.
# SPDX-License-Identifier: Apache-2.0
load credctl

at=2026-09-01T10:00:00Z
issuer=did:web:academy.example
list=https://academy.example/status/1

setup_file() {
    export MADE=$BATS_FILE_TMPDIR
    local name
    {
        for name in issuer status holder other; do
            "$BIN/credctl" key new --alg EdDSA -o "$MADE/$name.jwk"
            "$BIN/credctl" key public "$MADE/$name.jwk" --document $issuer -o "$MADE/$name.did.json"
        done
        "$BIN/credctl" status new --issuer $issuer --address $list --out "$MADE/status.list"
        "$BIN/credctl" status revoke "$MADE/status.list" 8
        "$BIN/credctl" status sign "$MADE/status.list" --key "$MADE/status.jwk" --at 2026-08-28T08:00:00Z --out "$MADE/status.jwt"
        make_pack "$MADE" "$MADE/status.did.json" "$issuer=$MADE/issuer.did.json" -- "$MADE/status.jwt"
        own=$("$BIN/credctl" key public "$MADE/holder.jwk" --did)
        badge good "holder = Amira" "holder_id = $own" "status_list = $list" "status_index = 7" "achievement_name = FIRST"
        badge more "holder = Amira" "holder_id = $own" "achievement_name = SECOND"
        badge revoked "holder = Amira" "holder_id = $own" "status_list = $list" "status_index = 8" "achievement_name = THIRD"
        "$BIN/credctl" present "$MADE/good.json" "$MADE/more.json" --key "$MADE/holder.jwk" --at 2026-09-01T09:57:30Z \
            -o "$MADE/signed.json" --qr "$MADE/signed.png"
        "$BIN/credctl" present "$MADE/good.json" "$MADE/revoked.json" "$MADE/more.json" -o "$MADE/bad.json"
        "$BIN/credctl" present "$MADE/good.json" -o "$MADE/single.json"
        "$BIN/credctl" present "$MADE/good.json" "$MADE/more.json" --key "$MADE/other.jwk" -o "$MADE/others.json"
        sed -E 's/("created":"2026-09-01T09:5)7(:30Z")/\18\2/' "$MADE/signed.json" >"$MADE/altered.json"
    } >"$MADE/log" 2>&1
}

badge() { # NAME FIELD...
    fields "${@:2}" >"$MADE/fields"
    "$BIN/credctl" issue --key "$MADE/issuer.jwk" --fields "$MADE/fields" --proof eddsa-rdfc-2022 -o "$MADE/$1.json"
}

judge() {
    credctl verify --trust "$MADE/lists.tpk" --root "$MADE/root.jwt" --at $at "$@"
}

# Every value of a member, in order, on one line.
members() { # NAME
    printf '%s\n' "$output" | sed -nE "s/^ *\"$1\": \"?([^\",]*)\"?,?$/\1/p" | tr '\n' ' '
}

# The check line of the holder, of each credential.
holders() {
    printf '%s\n' "$output" | grep -A3 '"check": "holder"' | sed -nE 's/^ *"(result|as_of)": "([^"]*)",?$/\2/p' | tr '\n' ' '
}

@test "each credential has its verdict, and the worst is the answer" {
    judge --json "$MADE/bad.json"
    [ "$status" -eq 1 ] || { echo "$status $output $stderr"; return 1; }
    [ "$(members verdict)" = "not_valid valid not_valid valid " ] || { echo "$output"; return 1; }
    [ "$(members reason)" = "revoked ok revoked ok " ]
    [ "$(members achievement)" = "FIRST THIRD SECOND " ]
    [ "$(holders)" = "not_applicable not_applicable not_applicable " ]
    [[ $output == *'"credentials": ['* ]]
}

@test "a holder's signature is said with its time, and changes nothing" {
    judge --json "$MADE/signed.json"
    [ "$status" -eq 0 ] || { echo "$status $output $stderr"; return 1; }
    [ "$(members verdict)" = "valid valid valid " ]
    [ "$(holders)" = "passed 2026-09-01T09:57:30Z passed 2026-09-01T09:57:30Z " ] || { holders; return 1; }
    judge --json "$MADE/signed.png"
    [ "$status" -eq 0 ] || { echo "$status $output $stderr"; return 1; }
    [ "$(members achievement)" = "FIRST SECOND " ]
    judge --json "$MADE/others.json"
    [ "$status" -eq 0 ]
    [ "$(holders)" = "unknown unknown " ]
}

@test "a holder's signature that is wrong makes all of it not valid" {
    judge --json "$MADE/altered.json"
    [ "$status" -eq 1 ] || { echo "$status $output $stderr"; return 1; }
    [[ $(members reason) =~ ^(altered )+$ ]] || { echo "$output"; return 1; }
    [ -z "$(members achievement)" ]
}

@test "a single credential in a presentation is answered like one outside" {
    judge --json "$MADE/single.json"
    [ "$status" -eq 0 ]
    within=$output
    judge --json "$MADE/good.json"
    [ "$within" = "$output" ]
}

@test "people read how many there are and the worst, then each" {
    judge "$MADE/bad.json"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$MADE/bad.json: 3 credentials, of which the worst: ✗ NOT VALID" ] || { echo "$output"; return 1; }
    [[ $output == *"Credential 1 of 3: ✓ VALID"*FIRST*"Credential 2 of 3: ✗ NOT VALID"*THIRD*"Credential 3 of 3: ✓ VALID"*SECOND* ]]
    [ "$(grep -c "Trust list" <<<"$output")" -eq 1 ]
    judge "$MADE/signed.json"
    [[ $output == *"✓ holder     Its holder signed what was shown. (on 2026-09-01T09:57:30Z, by the signer's own word)"* ]]
}

@test "of several files each has its own answer, and the worst status" {
    judge --json "$MADE/signed.json" "$MADE/single.json" "$MADE/bad.json"
    [ "$status" -eq 1 ]
    [ "$(members file)" = "$MADE/signed.json $MADE/single.json $MADE/bad.json " ] || { echo "$output"; return 1; }
}
