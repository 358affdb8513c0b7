#!/bin/bash
# The house is tidy: README's tree equals the real one, layout is clang-format's, scripts parse.
# SPDX-License-Identifier: Apache-2.0
set -u
. tests/lib/tap.sh

# The README's tree has one folder a line: two spaces a level, the name with a slash, then its sentence.
listed=$(awk '/^<!-- tree -->/ { on = 1; next } /^<!-- end of tree -->/ { on = 0 } on' README.md |
    sed -nE 's|^    ( *[A-Za-z0-9_.-]+/).*|\1|p' | awk '{
        match($0, /^ */); depth = RLENGTH / 2; name = substr($0, RLENGTH + 1); sub(/\/$/, "", name)
        path[depth] = name; line = path[0]
        for (i = 1; i <= depth; i++) line = line "/" path[i]
        print line
    }' | sort)
real=$(git ls-files | grep / | sed -E 's|/[^/]*$||' |
    awk -F/ '{ p = $1; print p; for (i = 2; i <= NF; i++) { p = p "/" $i; print p } }' |
    sort -u | grep -vE '^\.|^tests/[a-z]+/')
tap_case "README's tree is the real one" "$(diff <(printf '%s\n' "$listed") <(printf '%s\n' "$real"))"

if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
    tap_case "layout is clang-format's" "$(clang-format --dry-run $(git ls-files '*.c' '*.h') 2>&1 | grep warning | cut -d: -f1 | sort | uniq -c)"
else
    tap_skip "layout is clang-format's" "clang-format 14 is not here"
fi

found=""
for script in $(git ls-files '*.sh' .ci/run); do
    bash -n "$script" 2>/dev/null || found+="$script does not parse"$'\n'
    [ -x "$script" ] || [ "$script" = tests/lib/tap.sh ] || found+="$script is not executable"$'\n'
done
tap_case "shell scripts parse and can be run" "$found"

found=$(git ls-files '*.c' '*.h' | while read -r f; do n=$(wc -l <"$f"); [ "$n" -gt 400 ] && echo "$f has $n lines"; done)
tap_case "no file is longer than 400 lines" "$found"

found=$(git grep -nE 'deb\.debian\.org|registry\.npmjs|BEGIN (EC |RSA )?PRIVATE KEY' -- . ':!tests/lint/tree.sh')
tap_case "no registry host and no private key stands in the tree" "$found"

tap_end
