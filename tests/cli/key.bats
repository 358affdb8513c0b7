#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
}


@test "a key of every algorithm is made, its owner's alone" {
    for alg in ES256 ES384 EdDSA RS256 PS256; do
        credctl key new --alg $alg -o "$dir/$alg.jwk"
        succeeds
        [ -z "$output" ]
        [ "$(stat -c %a "$dir/$alg.jwk")" = 600 ]
        grep -q "\"alg\":\"$alg\"" "$dir/$alg.jwk"
    done
}

@test "a key is never overwritten" {
    credctl key new -o "$dir/a.jwk"
    succeeds
    before=$(sha256sum <"$dir/a.jwk")
    credctl key new -o "$dir/a.jwk"
    refuses 73 "exists already"
    [ "$before" = "$(sha256sum <"$dir/a.jwk")" ]
    holds "$dir" a.jwk
}

@test "an unknown algorithm makes no key" {
    for alg in none HS256 ES512 es256 ""; do
        credctl key new --alg "$alg" -o "$dir/a.jwk"
        refuses 64 "is none of"
    done
    [ ! -e "$dir/a.jwk" ]
}

@test "a folder that is not there leaves nothing" {
    credctl key new -o "$dir/none/a.jwk"
    refuses 73 "cannot be written"
}

@test "the public half gives nothing of the private one away" {
    for alg in ES256 EdDSA RS256; do
        "$BIN/credctl" key new --alg $alg -o "$dir/$alg.jwk"
        for form in "" --jwks "--document did:web:a.example"; do
            credctl key public "$dir/$alg.jwk" $form
            succeeds
            [[ $output == *"\"kty\""* ]]
            for secret in d p q dp dq qi; do
                [[ $output != *"\"$secret\":"* ]]
            done
        done
    done
}

@test "the public half comes as JWK, JWKS, DID and DID document" {
    "$BIN/credctl" key new -o "$dir/a.jwk"
    "$BIN/credctl" key new --alg RS256 -o "$dir/r.jwk"
    credctl key public "$dir/a.jwk"
    kid=$(member kid "$output")
    [ ${#kid} -eq 43 ]
    credctl key public "$dir/a.jwk" --jwks --kid key-1
    [[ $output == *"\"keys\""* && $output == *"\"kid\": \"key-1\""* ]]
    credctl key public "$dir/a.jwk" --did
    [[ $output == did:key:zDn* ]]
    credctl key public "$dir/r.jwk" --did
    [[ $output == did:jwk:eyJ* ]]
    credctl key public "$dir/a.jwk" --document did:web:a.example
    [[ $output == *"\"id\": \"did:web:a.example#$kid\""* && $output == *assertionMethod* ]]
}

@test "the public half goes to a file, and replaces one only when told" {
    "$BIN/credctl" key new -o "$dir/a.jwk"
    credctl key public "$dir/a.jwk" -o "$dir/a.json"
    succeeds
    [ -z "$output" ]
    credctl key public "$dir/a.jwk" --did -o "$dir/a.json"
    refuses 73 "exists already"
    credctl key public "$dir/a.jwk" --did -f -o "$dir/a.json"
    succeeds
    grep -q '^did:key:' "$dir/a.json"
}

@test "what is no private key is refused" {
    credctl key public "$dir/none.jwk"
    refuses 66 "no such file"
    credctl key public "$dir"
    refuses 66 "cannot be read"
    echo '{"kty":"OKP"}' >"$dir/bad.jwk"
    credctl key public "$dir/bad.jwk"
    refuses 65 "bad.jwk"
    head -c 20000 /dev/zero >"$dir/large.jwk"
    credctl key public "$dir/large.jwk"
    refuses 65 "larger than what is read"
    "$BIN/credctl" key new -o "$dir/a.jwk"
    "$BIN/credctl" key public "$dir/a.jwk" -o "$dir/public.jwk"
    credctl key public "$dir/public.jwk"
    refuses 65 "malformed"
    credctl key public "$dir/a.jwk" --did --jwks
    refuses 64 "exclude each other"
    credctl key public "$dir/a.jwk" --document a.example
    refuses 64 "takes a DID"
}
