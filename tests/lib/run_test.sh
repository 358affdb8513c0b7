#!/bin/bash
# run_test.sh OUT.tap COMMAND...: run one test, keep its TAP stream and standard error, and its exit status as "# exit N".
# SPDX-License-Identifier: Apache-2.0
set -u
out=$1
shift
mkdir -p "$(dirname "$out")"
name=$(basename "$out" .tap)
start=$(date +%s)
export CMOCKA_MESSAGE_OUTPUT=TAP SDL_AUDIODRIVER=dummy
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:exitcode=86:abort_on_error=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:exitcode=86}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=tests/lib/lsan.supp:print_suppressions=0}
timeout -k 10 "${TEST_TIMEOUT_S:-400}" "$@" >"$out.out" 2>"$out.err" </dev/null
status=$?
{
    cat "$out.out"
    # cmocka 1.1.5 writes its TAP to standard error
    grep -E '^(TAP version|1\.\.[0-9]+|ok [0-9]|not ok [0-9]|# )' "$out.err" || true
    echo "# exit $status"
} >"$out"
passed=$(grep -cE '^ok ' "$out")
failed=$(grep -E '^not ok ' "$out" | grep -vc '# SKIP')
printf '  test %-58s %4d ok %3d failed  exit %d  %ds\n' "$name" "$passed" "$failed" "$status" $(($(date +%s) - start))
if [ "$failed" -ne 0 ] || [ "$status" -ne 0 ] || grep -q 'Sanitizer' "$out.err"; then
    grep -E '^not ok ' "$out" | grep -v '# SKIP' | head -20
    tail -40 "$out.err"
fi
exit 0
