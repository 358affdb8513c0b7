#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

@test "without a word it lists its commands on standard error" {
    credctl
    refuses 64 "credctl key"
}

@test "--help lists every command with a sentence" {
    credctl --help
    succeeds
    [[ $output == *"credctl key     new "* ]]
    [[ $output == *"credctl verify "* ]]
    [ -z "$stderr" ]
}

@test "an unknown command is refused with a hint" {
    credctl frobnicate
    refuses 64 "credctl --help"
}

@test "a group without its second word says which there are" {
    credctl key
    refuses 64 "credctl key     public"
    credctl key frobnicate
    refuses 64 "credctl key     new"
}

@test "every command explains itself" {
    credctl --help
    commands=$(printf '%s\n' "$output" | sed -nE 's/^  credctl (.{7}) (.{9}) .*/\1 \2/p' | tr -s ' ' | sed 's/ $//')
    [ "$(printf '%s\n' "$commands" | wc -l)" -eq "$(grep -c '^COMMAND' app/credctl/commands.def)" ]
    while read -r words; do
        credctl $words --help </dev/null
        succeeds
        [[ $output == "credctl $words"* ]]
        # and shows how it is called
        printf '%s\n' "$output" | grep -q "^  credctl $words" || { echo "no example: $words"; return 1; }
    done <<<"$commands"
}

@test "unknown, doubled and valueless options are refused" {
    credctl verify --frobnicate x
    refuses 64 "no such option: --frobnicate"
    credctl verify --at a --at b x
    refuses 64 "stands twice"
    credctl verify x --at
    refuses 64 "needs a value"
    credctl verify --json=yes x
    refuses 64 "takes no value"
    credctl key new
    refuses 64 "is missing: out"
    credctl key public
    refuses 64 "takes KEY"
    credctl key new -o x y
    refuses 64 "takes no further words"
}

@test "a full disk is no success" {
    [ -w /dev/full ] || skip "there is no /dev/full"
    run bash -c '"$BIN/credctl" --help >/dev/full'
    [ "$status" -eq 74 ]
}
