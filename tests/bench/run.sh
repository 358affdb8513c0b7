#!/bin/bash
# run.sh: every benchmark, one table; build/bench.json is a list of {name, value, unit, peer, peer_value, ratio}.
# SPDX-License-Identifier: Apache-2.0
set -eu
build=${BUILD:-build}
lines=$build/bench.lines
rm -f "$lines"
for bench in "$build"/release/bench/*_bench; do
    BENCH_OUT=$lines "$bench"
done
for script in tests/bench/*_bench.sh; do
    [ -e "$script" ] || continue
    BENCH_OUT=$lines "$script"
done
{
    echo "["
    sed '$!s/$/,/' "$lines"
    echo "]"
} >"$build/bench.json.part"
mv "$build/bench.json.part" "$build/bench.json"
rm -f "$lines"
echo "The same figures stand in $build/bench.json."
