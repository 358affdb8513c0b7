#!/bin/bash
# coverage.sh BUILD/cover: line coverage by folder, from gcov's own summaries.
# SPDX-License-Identifier: Apache-2.0
set -u
find "$1/obj" -name '*.gcda' | grep -E '/obj/(firmware|app|boards)/' | while read -r data; do
    source=${data#"$1"/obj/}
    gcov -n -o "$(dirname "$data")" "${source%.gcda}.c" 2>/dev/null | awk -v want="${source%.gcda}.c" '
        /^File / { hit = index($0, want) > 0 }
        hit && /^Lines executed/ { split($0, part, /[:% ]+/); print want, part[3], $NF; hit = 0 }'
done | awk '{
        folder = $1; sub(/\/[^\/]*$/, "", folder)
        lines[folder] += $3; hit[folder] += $2 * $3 / 100; all += $3; allhit += $2 * $3 / 100
    }
    END {
        for (folder in lines) printf "%-28s %6d lines %5.1f %%\n", folder, lines[folder], 100 * hit[folder] / lines[folder] | "sort"
        close("sort")
        if (all) printf "%-28s %6d lines %5.1f %%\n", "all", all, 100 * allhit / all
    }'
