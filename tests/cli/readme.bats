#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

@test "the commands of the README work as they stand there" {
    readme=$PWD/README.md
    BIN=$(realpath "$BIN")
    PATH=$BIN:$PATH
    cd "$BATS_TEST_TMPDIR"
    fields "status_list = https://academy.example/status/1" "status_index = 16" >badge.txt
    sed -n 's/^    \(credctl [a-z]* .*\)/\1/p' "$readme" >commands
    [ "$(wc -l <commands)" -ge 20 ]
    # Without a clock that is synchronised verify adds a note.
    sed -i '/^credctl verify/s/$/ || [ $? -eq 3 ]/' commands
    run bash -e commands
    succeeds
    [ "$(grep -c "INNOVATOR" <<<"$output")" -ge 2 ]
    sed -i 's/ 16$/ 17/' badge.txt
    credctl issue --key key.jwk --fields badge.txt --out revoked.jwt
    credctl verify --trust lists.tpk --root lists/root.jwt revoked.jwt
    [ "$status" -eq 1 ]
    [[ $output == *"revoked"* ]]
    mkdir data
    credctl trust install lists.tpk --root lists/root.jwt --data data
    succeeds
    credctl verify --data data --root lists/root.jwt --json - <revoked.jwt
    [ "$status" -eq 1 ]
    [ "$(member reason "$output")" = revoked ]
    # The wallet's badge, shown by whom it was issued to, and by somebody else.
    for holder in "$(credctl key public holder.jwk --did; echo "$output")" did:example:somebody; do
        echo "holder_id = $holder" | cat - badge.txt | sed 's/ 17$/ 18/' >own.txt
        credctl issue --key key.jwk --fields own.txt --proof ecdsa-rdfc-2019 --out own.json --force
        succeeds
        credctl present own.json --key holder.jwk --out shown.json --qr shown.png --force
        succeeds
        credctl verify --trust lists.tpk --root lists/root.jwt shown.png
        [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
        [[ $holder == did:key:* ]] && said="Its holder signed what was shown" || said="Somebody other than its holder signed"
        [[ $output == *"$said"* ]] || { echo "$holder: $output"; return 1; }
    done
}
