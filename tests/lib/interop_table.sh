#!/bin/bash
# interop_table.sh FOLDER OUT.json: join what each interop suite wrote, and print it as a table.
# SPDX-License-Identifier: Apache-2.0
set -u
folder=$1 out=$2
mkdir -p "$(dirname "$out")"
pieces=$(find "$folder" -name '*.json' 2>/dev/null | sort)
{
    echo "["
    first=1
    for piece in $pieces; do
        [ $first = 1 ] || echo ","
        first=0
        cat "$piece"
    done
    echo "]"
} >"$out"
for piece in $pieces; do
    { tr -d '\n' <"$piece"; echo; } |
        sed -nE 's/.*"suite": *"([^"]*)", *"total": *([0-9]+), *"passed": *([0-9]+), *"failed": *([0-9]+).*/\1 \2 \3 \4/p'
done | awk 'BEGIN { printf "%-44s %7s %7s %7s %9s\n", "interop suite", "total", "passed", "failed", "excluded" }
            { printf "%-44s %7d %7d %7d %9d\n", $1, $2, $3, $4, $2 - $3 - $4; t += $2; p += $3; f += $4 }
            END { printf "%-44s %7d %7d %7d %9d\n", "all", t, p, f, t - p - f }'
