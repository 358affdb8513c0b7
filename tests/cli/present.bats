#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup_file() {
    export KEYS=$BATS_FILE_TMPDIR
    for name in issuer holder other; do
        "$BIN/credctl" key new --alg EdDSA -o "$KEYS/$name.jwk"
    done
    "$BIN/credctl" key new --alg RS256 -o "$KEYS/rsa.jwk"
    fields "holder_id = $("$BIN/credctl" key public "$KEYS/holder.jwk" --did)" >"$KEYS/fields"
    for badge in one two; do
        "$BIN/credctl" issue --key "$KEYS/issuer.jwk" --fields "$KEYS/fields" --proof eddsa-rdfc-2022 -o "$KEYS/$badge.json"
    done
    "$BIN/credctl" issue --key "$KEYS/issuer.jwk" --fields "$KEYS/fields" --vcdm 1.1 --proof eddsa-rdfc-2022 -o "$KEYS/old.json"
    "$BIN/credctl" issue --key "$KEYS/issuer.jwk" --fields "$KEYS/fields" -o "$KEYS/token.jwt"
}

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
}

@test "credentials in a presentation that nobody signed" {
    credctl present "$KEYS/one.json" "$KEYS/two.json"
    succeeds
    [[ $output == '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":['* ]]
    [[ $output == *"$(cat "$KEYS/one.json"),$(cat "$KEYS/two.json")]}" ]]
    credctl present "$KEYS/old.json" --holder did:example:amira
    succeeds
    [[ $output == '{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/data-integrity/v2"],'*'"holder":"did:example:amira",'* ]]
    credctl present "$KEYS/token.jwt" "$KEYS/old.json"
    succeeds
    [[ $output == *'"id":"data:application/jwt,'"$(cat "$KEYS/token.jwt")"'","type":"EnvelopedVerifiableCredential"'* ]]
}

@test "the holder's key signs it, for authentication and at a time" {
    own=$("$BIN/credctl" key public "$KEYS/holder.jwk" --did)
    credctl present "$KEYS/one.json" --key "$KEYS/holder.jwk" --at 2026-09-01T10:00:00Z --challenge abc -o "$dir/a.json" \
        --qr "$dir/a.png" --contents "$dir/a.txt"
    succeeds
    [[ $output == "QR version "* ]]
    holds "$dir" a.json a.png a.txt
    [[ $(cat "$dir/a.json") == *"\"holder\":\"$own\","*'"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-09-01T10:00:00Z","verificationMethod":"'"$own#${own#did:key:}"'","proofPurpose":"authentication","challenge":"abc","proofValue":"z'* ]]
}

@test "what cannot be presented or signed is refused, and nothing is written" {
    echo '{"type":"Achievement"}' >"$BATS_TEST_TMPDIR/none.json"
    credctl present "$BATS_TEST_TMPDIR/none.json" -o "$dir/a.json"
    refuses 65 "credential"
    credctl present "$KEYS/none.json" -o "$dir/a.json"
    refuses 66 "no such file"
    credctl present "$KEYS/one.json" --at 2026-09-01T10:00:00Z -o "$dir/a.json"
    refuses 64 "go with --key"
    credctl present "$KEYS/one.json" --key "$KEYS/other.jwk" --holder "$("$BIN/credctl" key public "$KEYS/holder.jwk" --did)" -o "$dir/a.json"
    refuses 65 "does not sign for did:key:"
    credctl present "$KEYS/one.json" --key "$KEYS/rsa.jwk" --holder did:web:x.example -o "$dir/a.json"
    refuses 65 "does not sign for did:web:x.example"
    credctl present -o "$dir/a.json"
    [ "$status" -eq 64 ]
    holds "$dir"
    echo mine >"$dir/b.json"
    credctl present "$KEYS/one.json" -o "$dir/b.json"
    refuses 73 "exists already"
}
