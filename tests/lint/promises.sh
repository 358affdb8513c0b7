#!/bin/bash
# Promises that the source itself must keep: one VALID, every error used and tested, libraries where they belong.
# SPDX-License-Identifier: Apache-2.0
set -u
. tests/lib/tap.sh
bin=${BIN:-build/release/bin}

# Every mention of the good reason or class, but comparisons, cases, initialisers by index and comments.
good='(REASON_OK|VERDICT_VALID)'
mentions=$(grep -rnE "\b$good\b" firmware app boards --include='*.[ch]' --include='*.def' |
    grep -vE "(==|!=|<=?|>=?) *\(?$good\b|\b$good *(==|!=|<|>)|case $good:|\[$good\] *=|^[^:]+:[0-9]+: *(/?\*|//)" |
    grep -vE '^firmware/verdict/verdict.h:')
table=$(printf '%s\n' "$mentions" | grep -c '^firmware/verdict/reason.def:')
others=$(printf '%s\n' "$mentions" | grep -v '^firmware/verdict/reason.def:' | grep -c .)
found=""
[ "$table" = 1 ] && [ "$others" = 1 ] || found="$mentions"
tap_case "VALID is assigned on exactly one line of the program" "$found"

found=""
for name in $(sed -nE 's/^ERR\((ERR_[A-Z0-9_]+),.*/\1/p' firmware/base/err.def); do
    grep -rqw "$name" firmware app boards --include='*.c' || found+="$name is never used"$'\n'
    grep -rqw "$name" tests --include='*.[ch]' --include='*.bats' || found+="$name is provoked by no test"$'\n'
done
tap_case "every error is used, and provoked by a test" "$found"

found=$(sed -nE 's/^ERR\((ERR_[A-Z0-9_]+), *"([^"]*)".*/\2/p' firmware/base/err.def | sort | uniq -d)
tap_case "every error has a sentence of its own" "$found"

found=""
forbid() { # PROGRAM LIBRARIES...
    local program=$1 have library
    shift
    have=$(readelf -d "$bin/$program" 2>/dev/null | sed -nE 's/.*\(NEEDED\).*\[(lib[a-zA-Z0-9_+]+)[-.].*/\1/p')
    [ -n "$have" ] || found+="$program is not built"$'\n'
    for library in "$@"; do
        printf '%s\n' "$have" | grep -q "^$library" && found+="$program links $library"$'\n'
    done
}
forbid credkiosk libzbar libturbojpeg libsqlite3 libjansson
forbid credkiosk-reader libpng libmbed libsqlite3 libjansson libSDL2
forbid credkiosk-verifier libpng libzbar libturbojpeg libSDL2 libudev
forbid credkiosk-installer libpng libzbar libturbojpeg libSDL2
tap_case "each program links its own libraries alone" "$found"

found=$(nm "$bin"/credkiosk* 2>/dev/null | grep -wE 'signer_sign|signer_make|signer_jws|pack_built_open')
tap_case "no program of the kiosk can sign, or open lists that nobody signed" "$found"

tap_end
