#!/bin/bash
# External names start with their header's name; firmware and boards keep no mutable globals, never print and never exit.
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

found=""
for object in $(built firmware app boards); do
    folder=${object#"$objects"/}
    folder=${folder%/*}
    headers=$(find "$folder" "$(dirname "$folder")" -maxdepth 1 -name '*.h' | sed -E 's|.*/||; s|\.h$||' | tr '\n' ' ')
    found+=$(nm --defined-only -g "$object" | awk -v o="${object#"$objects"/}" -v headers="$headers" '
        BEGIN { n = split(headers, h, " ") }
        $2 ~ /^[TDRBCV]$/ && $3 != "main" && $3 !~ /^__odr_asan/ {
            good = 0
            for (i = 1; i <= n; i++) if ($3 == h[i] || index($3, h[i] "_") == 1) good = 1
            if (!good) print o, $3
        }')
done
tap_case "external names start with their header's name" "$found"

# A signal handler can reach nothing but a global: the flag that it sets is the one exception, named *_signal_seen.
found=$(objdump -t $(built firmware app boards) |
    awk '/file format/ { file = $1 } / O / && $4 ~ /^\.t?(data|bss)/ && $4 !~ /rel\.ro/ && $NF !~ /_signal_seen$|__odr_asan/ { print file, $NF }')
tap_case "no mutable globals" "$found"

banned='\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|alloca|system|popen|tmpnam|mktemp|rand|srand|localtime|gmtime|asctime|ctime|scanf|sscanf|fscanf|strncpy|strncat)\s*\('
found=$(grep -nE "$banned" $(find firmware app boards tests -name '*.[ch]') | grep -vE ':[0-9]+: *\/?\*')
tap_case "no banned functions" "$found"

found=$(grep -nE '\b(printf|fprintf|puts|fputs|perror|exit|abort|syslog)\s*\(' $(find firmware boards -name '*.[ch]' ! -name '*_main.c'))
tap_case "firmware and boards never print, log or exit" "$found"

found=$(grep -nE '\b(time|clock_gettime|gettimeofday|open|fopen|socket|getenv)\s*\(' $(find firmware -name '*.[ch]') | grep -vE ':[0-9]+: *\/?\*')
tap_case "firmware asks nobody: no clock, file, socket or environment" "$found"

found=$(git ls-files firmware app boards assets tests Makefile README.md | grep -vE '^tests/lint/names.sh|/corpus/' |
    xargs grep -nIE '\b(TODO|FIXME|XXX|HACK)\b')
tap_case "nothing is left open in the code" "$found"

found=""
for file in $(git ls-files '*.[ch]' '*.def' '*.sh' '*.bats'); do
    head -12 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || found+="$file"$'\n'
done
tap_case "every source names its licence" "$found"

found=""
for header in $(find firmware app boards tests -name '*.h'); do
    out=$(echo "#include \"$header\"" | gcc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Ifirmware -Iapp -I. -I/usr/include/SDL2 -fsyntax-only -x c - 2>&1) ||
        found+="$header: $out"$'\n'
done
tap_case "every header compiles alone" "$found"

tap_end
