#!/usr/bin/env bats
# The demo shows what it promises, and is made again only when it must.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup_file() {
    export DEMO=$BATS_FILE_TMPDIR/demo
    CREDCTL=$BIN/credctl assets/demo/make.sh "$DEMO" >"$BATS_FILE_TMPDIR/log"
}

@test "every scene gets its verdict" {
    while read -r scene reason; do
        credctl verify --json --data "$DEMO/data" --config "$DEMO/kiosk.ini" --at 2026-09-01T10:00:00Z "$DEMO/badges/$scene.png"
        [ "$(member reason "$output")" = "$reason" ] || { echo "$scene: $output $stderr"; return 1; }
        [[ $output == *'"demo": true'* ]] || [ "$reason" = two_codes ]
    done <<END
innovator ok
pioneer-arabic ok
ambassador-russian ok
holder-unnamed holder_unnamed
revoked revoked
suspended suspended
expired expired
pioneer-arabic-1 ok
innovator-5 ok
not-yet-valid not_yet_valid
altered altered
wallet-badge ok
wallet-badge-5 ok
wallet-presentation ok
wallet-presentation-3 ok
wallet-altered altered
unknown-issuer unknown_issuer
other-event wrong_event
hosted needs_network
offer offer
not-a-credential not_a_credential
two-codes two_codes
END
}

@test "names come out as they went in" {
    credctl verify --json --data "$DEMO/data" --config "$DEMO/kiosk.ini" --at 2026-09-01T10:00:00Z "$DEMO/badges/pioneer-arabic.png"
    [ "$(member holder "$output")" = "ليلى حسن" ]
    credctl verify --json --data "$DEMO/data" --config "$DEMO/kiosk.ini" --at 2026-09-01T10:00:00Z "$DEMO/badges/ambassador-russian.png"
    [ "$(member holder "$output")" = "Анна Соколова" ]
}

@test "badges of wallets come as CBOR-LD; two of them in one code, which their holder signed" {
    for scene in wallet-badge wallet-presentation wallet-altered; do
        credctl qr "$DEMO/badges/$scene.json" --form cbor-ld -o "$BATS_TEST_TMPDIR/$scene.png" --module 4 --size 1280x720
        succeeds
        cmp "$BATS_TEST_TMPDIR/$scene.png" "$DEMO/badges/$scene.png"
    done
    credctl verify --data "$DEMO/data" --config "$DEMO/kiosk.ini" --at 2026-09-01T10:00:00Z "$DEMO/badges/wallet-presentation.png"
    succeeds
    [ "$(grep -c "Holder       Kwame Boateng" <<<"$output")" -eq 2 ]
    [ "$(grep -c "Its holder signed what was shown. (on 2026-09-01T09:58:00Z" <<<"$output")" -eq 2 ]
    [[ $output == *"Achievement  INNOVATOR"*"Achievement  AMBASSADOR"* ]]
    [ "$(cmp -l "$DEMO/badges/wallet-badge.json" "$DEMO/badges/wallet-altered.json" | wc -l)" -eq 1 ]
}

@test "the altered badge differs by one bit" {
    differing=$(cmp -l "$DEMO/badges/innovator.jwt" "$DEMO/badges/altered.jwt" | wc -l)
    [ "$differing" -eq 1 ]
    for name in innovator altered; do
        text=$(cut -d. -f2 "$DEMO/badges/$name.jwt" | tr -- '-_' '+/')
        while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
        printf '%s' "$text" | base64 -d >"$BATS_TEST_TMPDIR/$name"
    done
    read -r _ one two < <(cmp -l "$BATS_TEST_TMPDIR/innovator" "$BATS_TEST_TMPDIR/altered")
    [ $((8#$one ^ 8#$two)) -eq 1 ]
}

@test "no private key is left, and every scene of the scripts is there" {
    ! grep -rlq '"d":' "$DEMO"
    for script in scenes tour; do
        [ $(($(grep -c ^scene "$DEMO/$script") % 19)) -eq 0 ]
        while read -r _ file _; do [ -f "$DEMO/$file" ]; done < <(grep ^frame "$DEMO/$script")
    done
}

@test "it is left alone while it is up to date, and made anew when not" {
    before=$(sha256sum <"$DEMO/lists.tpk")
    run env CREDCTL="$BIN/credctl" assets/demo/make.sh "$DEMO"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$before" = "$(sha256sum <"$DEMO/lists.tpk")" ]
    # another credctl, though it be older than the demo
    cp "$BIN/credctl" "$BATS_TEST_TMPDIR/credctl"
    printf x >>"$BATS_TEST_TMPDIR/credctl"
    touch -d 2000-01-01 "$BATS_TEST_TMPDIR/credctl"
    run env CREDCTL="$BATS_TEST_TMPDIR/credctl" assets/demo/make.sh "$DEMO"
    [ "$status" -eq 0 ]
    [ "$before" != "$(sha256sum <"$DEMO/lists.tpk")" ]
    [ ! -e "$DEMO.making" ]
}

@test "a change of the scripts or of a badge makes it anew" {
    cp -r assets/demo "$BATS_TEST_TMPDIR/scripts"
    export CREDCTL=$BIN/credctl
    for changed in make.sh fields/innovator; do
        "$BATS_TEST_TMPDIR/scripts/make.sh" "$BATS_TEST_TMPDIR/demo"
        run "$BATS_TEST_TMPDIR/scripts/make.sh" "$BATS_TEST_TMPDIR/demo"
        [ -z "$output" ]
        echo "# changed" >>"$BATS_TEST_TMPDIR/scripts/$changed"
        touch -d 2000-01-01 "$BATS_TEST_TMPDIR/scripts/$changed"
        run "$BATS_TEST_TMPDIR/scripts/make.sh" "$BATS_TEST_TMPDIR/demo"
        [[ $output == "The demo is made"* ]]
    done
}
