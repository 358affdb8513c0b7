#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup_file() {
    export KEYS=$BATS_FILE_TMPDIR
    for alg in ES256 ES384 EdDSA RS256 PS256; do
        "$BIN/credctl" key new --alg $alg -o "$KEYS/$alg.jwk"
    done
}

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
    fields >"$BATS_TEST_TMPDIR/fields"
}

# Header (1) or payload (2) of a token.
part() {
    local text
    text=$(cut -d. -f"$1" <"$2" | tr -- '-_' '+/')
    while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
    printf '%s' "$text" | base64 -d
}

@test "a badge of every algorithm follows the OB 3.0 profile" {
    for alg in ES256 ES384 EdDSA RS256 PS256; do
        credctl issue --key "$KEYS/$alg.jwk" --fields "$BATS_TEST_TMPDIR/fields" -o "$dir/$alg.jwt"
        succeeds
        [ -z "$output" ]
        header=$(part 1 "$dir/$alg.jwt")
        payload=$(part 2 "$dir/$alg.jwt")
        [[ $header == "{\"alg\":\"$alg\",\"typ\":\"JWT\",\"kid\":\"did:web:academy.example#"* ]]
        [[ $payload == '{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],'* ]]
        [[ $payload == *'"iss":"did:web:academy.example"'* && $payload == *'"nbf":1780304400'* ]]
        [[ $payload == *'"exp":1811840400'* && $payload == *'"validUntil":"2027-06-01T09:00:00Z"'* ]]
        id=$(grep -o '"id":"urn:uuid:[^"]*"' <<<"$payload" | head -1)
        [[ $payload == *"\"jti\":${id#*:}"* ]]
        [[ $payload != *'"sub"'* ]]
    done
}

@test "the other profile and data model have their own members" {
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" --profile vc-jose -o "$dir/a"
    succeeds
    [[ $(part 1 "$dir/a") == *'"typ":"vc+jwt"'* ]]
    [[ $(part 2 "$dir/a") != *'"iss"'* ]]
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" --vcdm 1.1 -o "$dir/b"
    succeeds
    [[ $(part 2 "$dir/b") == '{"vc":{"@context":["https://www.w3.org/2018/credentials/v1"'* ]]
    [[ $(part 2 "$dir/b") == *'"issuanceDate":"2026-06-01T09:00:00Z"'* ]]
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" --vcdm 1.1 --profile vc-jose
    refuses 64 "2.0 alone"
}

@test "sub, status, hashed mail and dates stand where fields name them" {
    fields "holder_id = did:example:amira" "email = amira@example.org" "email_salt = s4lt" \
        "status_list = https://academy.example/status/1" "status_index = 7" "status_purpose = suspension" \
        "awarded = 2026-05-31T20:00:00+03:00" "id = https://academy.example/issued/7" "kid = key-1" >"$BATS_TEST_TMPDIR/more"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/more" -o "$dir/a"
    succeeds
    payload=$(part 2 "$dir/a")
    [[ $(part 1 "$dir/a") == *'"kid":"key-1"'* ]]
    [[ $payload == *'"sub":"did:example:amira"'* && $payload == *'"jti":"https://academy.example/issued/7"'* ]]
    hash=$(printf '%s' "amira@example.orgs4lt" | sha256sum | cut -c1-64)
    [[ $payload == *"\"identityHash\":\"sha256\$$hash\",\"identityType\":\"emailAddress\",\"salt\":\"s4lt\""* ]]
    [[ $payload != *"amira@example.org"* ]]
    [[ $payload == *'"statusPurpose":"suspension","statusListIndex":"7","statusListCredential":"https://academy.example/status/1"'* ]]
    [[ $payload == *'"awardedDate":"2026-05-31T17:00:00Z"'* ]]
}

@test "without any file named the JWT goes to standard output" {
    credctl issue --key "$KEYS/EdDSA.jwk" --fields - <"$BATS_TEST_TMPDIR/fields"
    succeeds
    [[ $output =~ ^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$ ]]
}

@test "all files at once: JWT, picture, card, contents" {
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" -o "$dir/a.jwt" --qr "$dir/a.png" \
        --svg "$dir/a.svg" --contents "$dir/a.txt"
    succeeds
    [[ ${lines[0]} == "QR version "*"-L, base45, "*" pixels, "*" mm at 300 dpi" ]]
    [[ ${lines[1]} == "Otherwise plain: version "*" characters" ]]
    holds "$dir" a.jwt a.png a.svg a.txt
    [ "$(head -c 4 "$dir/a.png" | tail -c 3)" = PNG ]
    [ "$(head -c 3 "$dir/a.txt")" = NCF ]
    grep -q 'width="148mm" height="105mm"' "$dir/a.svg"
    grep -q '>INNOVATOR</text>' "$dir/a.svg"
}

@test "the code is no larger than it needs to be" {
    for form in smallest plain base45; do
        credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" --qr "$dir/$form.png" --form $form
        succeeds
        version=${output#QR version }
        eval "$form=${version%%-*}"
    done
    [ "$smallest" -eq "$base45" ]
    [ "$base45" -lt "$plain" ]
    [ "$smallest" -le 24 ]
}

@test "text in the card is escaped, and names may run from the right" {
    fields 'holder = أميرة حداد' 'achievement_name = <b>"A" & B' >"$BATS_TEST_TMPDIR/more"
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/more" --svg "$dir/a.svg"
    succeeds
    ! grep -q '<b>' "$dir/a.svg"
    grep -q '&lt;b&gt;&quot;A&quot; &amp; B<' "$dir/a.svg"
    grep -q 'text-anchor="end">⁧أميرة حداد⁩</text>' "$dir/a.svg"
}

@test "existing files stay as they are unless told, and none of the others is written" {
    echo mine >"$dir/a.svg"
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" -o "$dir/a.jwt" --svg "$dir/a.svg"
    refuses 73 "a.svg: The file exists already"
    holds "$dir" a.svg
    [ "$(cat "$dir/a.svg")" = mine ]
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" -o "$dir/a.jwt" --svg "$dir/a.svg" -f
    succeeds
    holds "$dir" a.jwt a.svg
}

@test "bad fields are refused by name and line" {
    refused() { # TEXT LINE...
        local text=$1
        shift
        fields "$@" >"$BATS_TEST_TMPDIR/bad"
        credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/bad" -o "$dir/a.jwt"
        refuses 65 "$text"
        holds "$dir"
    }
    refused "line 11: colour is no field" "colour = red"
    refused "line 9: valid_from is no date" "valid_from = 1 June 2026"
    refused "line 10: valid_until does not lie after valid_from" "valid_until = 2026-06-01T09:00:00Z"
    refused "line 1: issuer is no DID" "issuer = Example Academy"
    refused "line 3: holder has no value" "holder ="
    refused "line 3: holder is too long" "holder = $(printf '%02100d' 7)"
    refused "line 11: this line is not" "just words"
    refused "line 11: email is no mail address" "email = nobody"
    refused "line 11: email_salt needs email" "email_salt = x"
    refused "line 11: status_list needs status_index" "status_list = https://a.example/1"
    refused "line 11: status_index needs status_list" "status_index = 3"
    refused "line 11: status_index is no whole number" "status_index = -3" "status_list = https://a.example/1"
    refused "status_purpose is neither" "status_list = https://a.example/1" "status_index = 1" "status_purpose = fun"
    refused "criteria is missing" "criteria = -"
    refused "holder, holder_id or email is missing" "holder = -"
    refused "line 3: holder is not UTF-8" "holder = $(printf 'a\xff')"
    refused "line 3: holder is not UTF-8" "holder = $(printf 'a\033[31mb')"
}

@test "a field that stands twice is refused" {
    { fields; echo "holder = Another"; } >"$BATS_TEST_TMPDIR/bad"
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/bad"
    refuses 65 "line 11: holder stands twice"
}

@test "an issuer that is another key's DID is refused, its own is taken" {
    own=$("$BIN/credctl" key public "$KEYS/ES256.jwk" --did)
    fields "issuer = $own" >"$BATS_TEST_TMPDIR/own"
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/own" -o "$dir/a.jwt"
    succeeds
    [[ $(part 1 "$dir/a.jwt") == *"\"kid\":\"$own#${own#did:key:}\""* ]]
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/own"
    refuses 65 "line 1: issuer is a DID of another key"
}

@test "a badge that fits into no code is refused, and nothing is written" {
    fields "description = $(head -c 1500 /dev/urandom | od -An -tx1 | tr -d ' \n' | head -c 1990)" \
        "criteria = $(head -c 1500 /dev/urandom | od -An -tx1 | tr -d ' \n' | head -c 1990)" >"$BATS_TEST_TMPDIR/large"
    credctl issue --key "$KEYS/RS256.jwk" --fields "$BATS_TEST_TMPDIR/large" -o "$dir/a.jwt" --qr "$dir/a.png"
    refuses 65 "does not fit"
    holds "$dir"
}

@test "missing and wrong options are refused" {
    credctl issue
    refuses 64 "--key and --fields"
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/none"
    refuses 66 "no such file"
    credctl issue --key "$KEYS/none" --fields "$BATS_TEST_TMPDIR/fields"
    refuses 66 "no such file"
    for wrong in "--profile x" "--vcdm 3" "--level X" "--module 0" "--dpi 1e3" "--form x" "--size 5"; do
        credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" $wrong
        refuses 64 "takes"
    done
}

# A member of the proof, or of the credential, in JSON on one line; the last of its name.
in_json() {
    grep -o "\"$1\":\"[^\"]*\"" "$2" | tail -1 | cut -d'"' -f4
}

@test "a proof inside the JSON, by the suite that goes with the key" {
    for case in EdDSA/eddsa-rdfc-2022 ES256/ecdsa-rdfc-2019 ES384/ecdsa-rdfc-2019; do
        alg=${case%/*} suite=${case#*/}
        own=$("$BIN/credctl" key public "$KEYS/$alg.jwk" --did)
        fields "issuer = $own" >"$BATS_TEST_TMPDIR/own"
        for vcdm in 2.0 1.1; do
            credctl issue --key "$KEYS/$alg.jwk" --fields "$BATS_TEST_TMPDIR/own" --proof $suite --vcdm $vcdm \
                --at 2026-06-02T10:00:00Z -o "$dir/$alg-$vcdm.json"
            succeeds
            [ -z "$output" ]
            [ "$(wc -l <"$dir/$alg-$vcdm.json")" -eq 1 ]
            [ "$(in_json cryptosuite "$dir/$alg-$vcdm.json")" = $suite ]
            [ "$(in_json created "$dir/$alg-$vcdm.json")" = 2026-06-02T10:00:00Z ]
            [ "$(in_json proofPurpose "$dir/$alg-$vcdm.json")" = assertionMethod ]
            [ "$(in_json verificationMethod "$dir/$alg-$vcdm.json")" = "$own#${own#did:key:}" ]
            [[ $(in_json proofValue "$dir/$alg-$vcdm.json") =~ ^z[1-9A-HJ-NP-Za-km-z]{80,135}$ ]]
        done
        grep -q '"@context":\["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"\],' "$dir/$alg-2.0.json"
        grep -q '"https://w3id.org/security/data-integrity/v2"\],' "$dir/$alg-1.1.json"
    done
}

@test "a badge with its proof inside says now where no time is told, and goes into a code" {
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/fields" --proof eddsa-rdfc-2022 -o "$dir/a.json" \
        --qr "$dir/a.png" --svg "$dir/a.svg" --contents "$dir/a.txt"
    succeeds
    holds "$dir" a.json a.png a.svg a.txt
    [[ $(in_json created "$dir/a.json") == "$(date -u +%Y-%m-%d)"T*Z ]]
    [[ $(in_json verificationMethod "$dir/a.json") == did:web:academy.example#z6Mk* ]]
    [[ $output == "QR version "* ]]
    fields "kid = key-1" >"$BATS_TEST_TMPDIR/named"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/named" --proof eddsa-rdfc-2022 -o "$dir/b.json"
    succeeds
    [ "$(in_json verificationMethod "$dir/b.json")" = did:web:academy.example#key-1 ]
}

@test "a proof that the key, the option or the contexts do not allow is refused" {
    credctl issue --key "$KEYS/ES256.jwk" --fields "$BATS_TEST_TMPDIR/fields" --proof eddsa-rdfc-2022
    refuses 65 "a key for ES256 makes no proof of eddsa-rdfc-2022"
    credctl issue --key "$KEYS/RS256.jwk" --fields "$BATS_TEST_TMPDIR/fields" --proof ecdsa-rdfc-2019
    refuses 65 "a key for RS256 makes no proof of ecdsa-rdfc-2019"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/fields" --proof ecdsa-sd-2023
    refuses 64 "--proof takes"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/fields" --proof eddsa-rdfc-2022 --profile ob3
    refuses 64 "--profile goes with JWTs"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/fields" --at 2026-06-02T10:00:00Z
    refuses 64 "--at goes with a proof inside"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/fields" --proof eddsa-rdfc-2022 --assets "$dir"
    refuses 65 "$dir/contexts"
    own=$("$BIN/credctl" key public "$KEYS/ES256.jwk" --did)
    fields "issuer = $own" >"$BATS_TEST_TMPDIR/own"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/own" --proof eddsa-rdfc-2022
    refuses 65 "line 1: issuer is a DID of another key"
}

@test "an address that is none for linked data is refused, and nothing is written" {
    fields 'achievement = https://academy.example/{badge}' >"$BATS_TEST_TMPDIR/odd"
    credctl issue --key "$KEYS/EdDSA.jwk" --fields "$BATS_TEST_TMPDIR/odd" --proof eddsa-rdfc-2022 -o "$dir/a.json"
    refuses 65 "address"
    holds "$dir"
}

@test "a badge with its proof inside is VALID in every form of its code, and altered it is not" {
    "$BIN/credctl" key public "$KEYS/ES256.jwk" --document did:web:academy.example -o "$dir/es.json"
    "$BIN/credctl" key public "$KEYS/EdDSA.jwk" --jwks -o "$dir/ed.json"
    make_pack "$BATS_TEST_TMPDIR" "" did:web:academy.example="$dir/es.json" https://academy.example="$dir/ed.json"
    judge() { # REASON FILE
        credctl verify --json --trust "$BATS_TEST_TMPDIR/lists.tpk" --root "$BATS_TEST_TMPDIR/root.jwt" --at 2026-09-01T10:00:00Z "$2"
        [ "$(member reason "$output")" = "$1" ] || { echo "$2: $output $stderr"; return 1; }
    }
    for case in ES256/ecdsa-rdfc-2019/did:web:academy.example EdDSA/eddsa-rdfc-2022/https://academy.example; do
        IFS=/ read -r alg suite issuer <<<"$case"
        fields "issuer = $issuer" >"$BATS_TEST_TMPDIR/of"
        for vcdm in 2.0 1.1; do
            for form in plain base45 cbor-ld; do
                credctl issue --key "$KEYS/$alg.jwk" --fields "$BATS_TEST_TMPDIR/of" --proof "$suite" --vcdm $vcdm \
                    --at 2026-06-02T10:00:00Z -o "$dir/a.json" --contents "$dir/a.txt" --form $form --force
                succeeds
                judge ok "$dir/a.json"
                judge ok "$dir/a.txt"
            done
            sed 's/Amira Haddad/Amira Haddae/' "$dir/a.json" >"$dir/b.json"
            judge altered "$dir/b.json"
        done
    done
}

@test "--fields-help lists the fields" {
    credctl issue --fields-help
    succeeds
    [[ $output == *"achievement_name * "* && $output == *"status_index"* ]]
}
