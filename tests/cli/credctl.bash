# credctl.bash: what every test of credctl's command line loads.
# SPDX-License-Identifier: Apache-2.0
bats_require_minimum_version 1.5.0

# Run credctl; afterwards $status, $output (standard output) and $stderr.
credctl() {
    run --separate-stderr "$BIN/credctl" "$@"
}

# Go into a new folder.
in_folder() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
    BIN=$(realpath "$BIN")
    cd "$dir" || return 1
}

# The same, with a workspace hq in it.
in_workspace() {
    in_folder
    "$BIN/credctl" trust init hq --scheme test.example/lists
}

# It failed with this status, said something that contains the text, and printed nothing.
refuses() {
    local wanted=$1 text=$2
    [ "$status" -eq "$wanted" ] || { echo "status $status, not $wanted: $stderr"; return 1; }
    [ -z "$output" ] || { echo "printed: $output"; return 1; }
    [[ $stderr == *"$text"* ]] || { echo "said: $stderr"; return 1; }
}

# It succeeded.
succeeds() {
    [ "$status" -eq 0 ] || { echo "status $status: $stderr"; return 1; }
}

# The folder holds exactly these files.
holds() {
    local folder=$1 have
    shift
    have=$(cd "$folder" && ls -A | LC_ALL=C sort | tr '\n' ' ')
    local wanted=
    [ $# -eq 0 ] || wanted=$(printf "%s\n" "$@" | LC_ALL=C sort | tr "\n" " ")
    [ "$have" = "$wanted" ] || { echo "holds: $have"; return 1; }
}

# A member of a JSON text that stands on a line of its own.
member() {
    printf '%s\n' "$2" | sed -nE "s/^ *\"$1\": \"?([^\",]*)\"?,?$/\1/p" | head -1
}

# Fields of a badge; further lines are appended, and replace those of the same field.
fields() {
    local line
    {
        cat <<END
issuer = did:web:academy.example
issuer_name = Example Academy
holder = Amira Haddad
achievement = https://academy.example/badges/innovator
achievement_name = INNOVATOR
achievement_type = Badge
description = Took part in the innovation days.
criteria = Presence on both days.
valid_from = 2026-06-01T09:00:00Z
valid_until = 2027-06-01T09:00:00Z
END
        for line in "$@"; do printf '%s\n' "$line"; done
    } | awk -F' *= *' '{ if (!($1 in line)) order[++n] = $1; line[$1] = $0 }
        END { for (i = 1; i <= n; i++) if (line[order[i]] !~ /= *-$/) print line[order[i]] }'
}

# Make a trust pack in a folder: lists.tpk and root.jwt of a list with these issuers, good from 2026-08-28 on.
# ISSUER=FILE: an issuer and its public keys (JWK, JWKS or DID document); then the signed status lists.
make_pack() { # FOLDER STATUS-KEY-OR-EMPTY ISSUER=FILE... [-- STATUS-LIST...]
    local folder=$1 status_key=$2 first="" entry
    shift 2
    "$BIN/credctl" trust init "$folder/hq" --scheme test.example/lists
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        entry=$1
        first=${first:-${entry%%=*}}
        "$BIN/credctl" trust add "$folder/hq" --issuer "${entry%%=*}" --name "en=Listed ${entry%%=*}" --key "${entry#*=}"
        shift
    done
    [ -z "$status_key" ] || "$BIN/credctl" trust add "$folder/hq" --issuer "$first" --for-status --key "$status_key"
    [ $# -eq 0 ] || shift
    for entry in "$@"; do
        "$BIN/credctl" trust add "$folder/hq" --from "$first" --status-list "$entry"
    done
    "$BIN/credctl" trust build "$folder/hq"
    "$BIN/credctl" trust sign "$folder/hq" --at 2026-08-28T08:00:00Z --out "$folder/lists.tpk"
    cp "$folder/hq/root.jwt" "$folder/root.jwt"
}
