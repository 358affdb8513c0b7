#!/bin/bash
# interop_table.sh FOLDER OUT.json: join what each interop suite wrote, and print it as a table.
# SPDX-License-Identifier: Apache-2.0
set -u
folder=$1 out=$2
mkdir -p "$(dirname "$out")"
{
    echo "["
    first=1
    for piece in "$folder"/*.json; do
        [ -f "$piece" ] || continue
        [ $first = 1 ] || echo ","
        first=0
        cat "$piece"
    done
    echo "]"
} >"$out"
for piece in "$folder"/*.json; do
    [ -f "$piece" ] || continue
    { tr -d '\n' <"$piece"; echo; } | sed -nE 's/.*"suite": *"([^"]*)", *"total": *([0-9]+), *"passed": *([0-9]+), *"failed": *([0-9]+).*/\1 \2 \3 \4/p'
done | awk 'BEGIN { printf "%-44s %7s %7s %7s\n", "interop suite", "total", "passed", "failed" }
            { printf "%-44s %7d %7d %7d\n", $1, $2, $3, $4 }'
