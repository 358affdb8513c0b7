#!/bin/bash
# Who may include and call whom: firmware/LAYERS, and the borders between firmware, boards, app and tests.
# SPDX-License-Identifier: Apache-2.0
set -u
. tests/lib/tap.sh
objects=${BUILD:-build}/${MODE:-release}/obj

# Objects of the sources that are there; a build folder may hold older ones.
built() {
    find "$@" -name '*.c' | sed "s|^|$objects/|; s|c\$|o|" | while read -r object; do
        [ -f "$object" ] && echo "$object"
    done
}
stages="payload credential proof trust status policy verdict"
mapfile -t layers <firmware/LAYERS

includes() { # FILES... -> "file header", quoted includes alone
    grep -HoE '^#include "[^"]+"' "$@" 2>/dev/null | sed -E 's/:#include "/ /; s/"$//'
}

found=""
allowed="^(x"
for layer in "${layers[@]}"; do
    allowed="$allowed|$layer"
    while read -r file header; do
        pattern="$allowed)/"
        [[ $header =~ $pattern ]] || found+="$file includes $header"$'\n'
    done < <(includes firmware/"$layer"/*)
done
tap_case "firmware folders include themselves and earlier lines of LAYERS" "$found"

found=""
for folder in firmware/*/; do
    grep -qx "$(basename "$folder")" firmware/LAYERS || found+="$folder is not in LAYERS"$'\n'
done
tap_case "every folder of firmware has its line in LAYERS" "$found"

found=$(includes $(find boards -name '*.[ch]') | awk '$2 !~ /^(base\/|frame\/frame.h|boards\/)/')
tap_case "boards include firmware/base, frame/frame.h and boards" "$found"

found=$(includes $(find app -name '*.[ch]') | awk '$2 ~ /^(boards\/(linux|sim)\/|tests\/)/')
found+=$(includes $(find firmware boards -name '*.[ch]') | awk '$2 ~ /^tests\//')
tap_case "app includes no board's inside, and nothing includes tests" "$found"

found=$(grep -lE '#include [<"]SDL' $(find firmware app boards -name '*.[ch]') | grep -v '^app/paint/')
tap_case "paint alone includes SDL" "$found"

# What an object of a stage leaves undefined is not defined by another stage.
found=""
defined=$(mktemp)
for stage in $stages; do
    nm -A --defined-only $(built firmware/"$stage") 2>/dev/null | awk -v s="$stage" '$(NF - 1) ~ /^[TDRBV]$/ { print $NF, s }'
done >"$defined"
[ -s "$defined" ] || found="no objects under $objects"
for stage in $stages; do
    found+=$(nm -A --undefined-only $(built firmware/"$stage") 2>/dev/null | awk -v s="$stage" '
        NR == FNR { stage[$1] = $2; next }
        ($NF in stage) && stage[$NF] != s { print $1, "calls", $NF, "of", stage[$NF] }' "$defined" -)
done
rm -f "$defined"
tap_case "stages never call each other" "$found"

found=$(nm -A --undefined-only $(built firmware app boards) 2>/dev/null |
    awk '$NF == "crypto_verify" { sub(/:.*/, "", $1); print $1 }' | sed "s|^$objects/||; s|\.o$|.c|" |
    grep -vxE 'firmware/verify_signers.c|firmware/crypto/certificate_check.c|firmware/pack/(root_version|release).c|app/credctl/(sign/[a-z_]*|issue|status_list|trust_[a-z_]*|build/[a-z_]*|import/[a-z_]*).c')
tap_case "crypto_verify is called by the pipeline, and by those who check packs, roots, status lists and their own work" "$found"

tap_end
