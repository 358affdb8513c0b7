#!/bin/bash
# total.sh FOLDER|FILE...: add up TAP streams. A missing plan, a short stream, a sanitizer's report, or a non-zero exit
# with no failed test counts as a failure. The last line is "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -u
passed=0 failed=0 skipped=0 streams=0
while IFS= read -r tap; do
    streams=$((streams + 1))
    read -r p f s bad < <(awk '
        /^1\.\.[0-9]+/ { plan = 1; want = substr($1, 4) + 0 }
        /^(not )?ok / {
            seen++
            if ($0 ~ /# *[Ss][Kk][Ii][Pp]/) skip++
            else if ($0 ~ /^not /) fail++
            else pass++
        }
        /^# exit / { status = $3; ended = 1 }
        END {
            bad = ""
            if (!plan) bad = "no-plan"
            else if (seen != want) bad = "plan-" want "-seen-" seen + 0
            else if (!ended || (status != 0 && !fail)) bad = "exit-" status
            print pass + 0, fail + 0, skip + 0, bad
        }' "$tap")
    if [ -z "$bad" ] && [ -f "$tap.err" ] && grep -q 'Sanitizer' "$tap.err"; then
        bad=sanitizer
    fi
    if [ -n "$bad" ]; then
        f=$((f + 1))
        echo "FAILED $(basename "$tap" .tap): $bad"
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    grep -HE '^not ok ' "$tap" 2>/dev/null | grep -viE '# *skip' | sed 's/^/FAILED /'
done < <(find "$@" -name '*.tap' | sort)
[ "$streams" -gt 0 ] || { echo "no tests were run"; failed=1; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
