#!/usr/bin/env bats
# Cross-check with npm's jose, both ways: what credctl issues, jose verifies; what jose issues, credctl judges.
# SPDX-License-Identifier: Apache-2.0
load ../../cli/credctl

algs="ES256 ES384 EdDSA RS256 PS256"

setup_file() {
    export PEERS=$PWD/${BUILD:-build}/peers JOSE="" KEYS=$BATS_FILE_TMPDIR TOTAL=50
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        JOSE="there is no node or npm here"
    elif ! timeout 60 npm install --prefix "$PEERS" --no-audit --no-fund --no-save --no-package-lock --fetch-retries 0 --fetch-timeout 20000 jose@5 >"$KEYS/npm.log" 2>&1; then
        JOSE="npm cannot install jose"
    fi
    : >"$KEYS/passed"
}

setup() {
    [ -z "$JOSE" ] || skip "$JOSE"
    dir=$BATS_TEST_TMPDIR
}

teardown_file() {
    mkdir -p "${BUILD:-build}/$MODE/interop"
    if [ -n "$JOSE" ]; then
        printf '{"suite": "jose", "total": 0, "passed": 0, "failed": 0, "excluded": [{"case": "all", "reason": "%s"}]}\n' "$JOSE"
    else
        printf '{"suite": "jose", "total": %d, "passed": %d, "failed": %d, "excluded": []}\n' \
            "$TOTAL" "$(wc -l <"$KEYS/passed")" "$((TOTAL - $(wc -l <"$KEYS/passed")))"
    fi >"${BUILD:-build}/$MODE/interop/jose.json"
}

peer() {
    run --separate-stderr node tests/interop/jose/peer.mjs "$@"
    [ "$status" -eq 0 ] || { echo "jose: $stderr"; return 1; }
}

passes() {
    echo "$1" >>"$KEYS/passed"
}

@test "jose verifies every badge that credctl issues" {
    fields >"$dir/fields"
    for alg in $algs; do
        "$BIN/credctl" key new --alg $alg -o "$dir/$alg.jwk"
        "$BIN/credctl" key public "$dir/$alg.jwk" --jwks --kid key-1 -o "$dir/$alg.jwks"
        fields "kid = key-1" >"$dir/fields"
        for profile in ob3 vc-jose; do
            "$BIN/credctl" issue --key "$dir/$alg.jwk" --fields "$dir/fields" --profile $profile -o "$dir/token" -f
            typ=JWT
            [ $profile = ob3 ] || typ=vc+jwt
            peer check "$dir/$alg.jwks" "$dir/token" $alg $typ
            [ "$output" = "$alg INNOVATOR" ]
            passes "issued $alg $profile"
        done
    done
}

@test "jose refuses a badge of which one bit was changed" {
    for alg in $algs; do
        "$BIN/credctl" key new --alg $alg -o "$dir/$alg.jwk"
        "$BIN/credctl" key public "$dir/$alg.jwk" --jwks --kid key-1 -o "$dir/$alg.jwks"
        fields "kid = key-1" >"$dir/fields"
        "$BIN/credctl" issue --key "$dir/$alg.jwk" --fields "$dir/fields" -o "$dir/token" -f
        awk '{ c = substr($0, 300, 1); print substr($0, 1, 299) (c == "A" ? "B" : "A") substr($0, 301) }' "$dir/token" >"$dir/bad"
        ! peer check "$dir/$alg.jwks" "$dir/bad" $alg JWT
        [[ $stderr == *"signature verification failed"* ]]
        passes "altered $alg"
    done
}

@test "credctl signs with a key that jose made" {
    for alg in $algs; do
        peer key $alg "$dir/$alg.jwk" "$dir/$alg.jwks"
        [ $alg != PS256 ] || sed -i 's/^{/{"alg":"PS256",/' "$dir/$alg.jwk"
        fields "kid = key-1" >"$dir/fields"
        credctl issue --key "$dir/$alg.jwk" --fields "$dir/fields" -o "$dir/token" -f
        succeeds
        peer check "$dir/$alg.jwks" "$dir/token" $alg JWT
        passes "key $alg"
    done
}

# Judge what jose made, under a list with jose's key.
judges() { # STATUS REASON
    credctl verify --json --trust "$dir/lists.tpk" --root "$dir/root.jwt" --at 2026-09-01T10:00:00Z "$dir/token"
    [ "$status" -eq "$1" ] && [ "$(member reason "$output")" = "$2" ] || { echo "$output$stderr"; return 1; }
}

@test "credctl judges what jose signs in either profile and data model" {
    for alg in $algs; do
        peer key $alg "$dir/$alg.jwk" "$dir/$alg.jwks"
        rm -rf "$dir/hq" "$dir/lists.tpk"
        make_pack "$dir" "" "https://peer.example=$dir/$alg.jwks" >/dev/null
        for name in ob3 ob3-no-typ vc-jose vcdm-1.1; do
            peer sign "$dir/$alg.jwk" $alg key-1 $name https://peer.example
            printf '%s\n' "$output" >"$dir/token"
            judges 0 ok
            [ "$(member holder "$output")" = "Амира" ]
            passes "judged $alg $name"
        done
    done
}

@test "credctl refuses what jose signs against the profile's rules, and what another key signed" {
    for alg in $algs; do
        peer key $alg "$dir/$alg.jwk" "$dir/$alg.jwks"
        peer key $alg "$dir/other.jwk" "$dir/other.jwks"
        rm -rf "$dir/hq" "$dir/lists.tpk"
        make_pack "$dir" "" "https://peer.example=$dir/$alg.jwks" >/dev/null
        peer sign "$dir/$alg.jwk" $alg key-1 iss-mismatch https://peer.example
        printf '%s\n' "$output" >"$dir/token"
        judges 1 malformed
        passes "mismatch $alg"
        peer sign "$dir/other.jwk" $alg key-1 ob3 https://peer.example
        printf '%s\n' "$output" >"$dir/token"
        judges 1 altered
        passes "other key $alg"
    done
}
