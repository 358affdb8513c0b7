# tap.sh: for shell tests that print TAP: tap_case NAME FINDINGS (fails when there are any), then tap_end.
# SPDX-License-Identifier: Apache-2.0
tap_number=0
tap_failed=0
tap_case() {
    tap_number=$((tap_number + 1))
    if [ -z "$2" ]; then
        echo "ok $tap_number - $1"
    else
        echo "not ok $tap_number - $1"
        tap_failed=$((tap_failed + 1))
        printf '%s\n' "$2" | sed 's/^/    /' >&2
    fi
}
tap_skip() {
    tap_number=$((tap_number + 1))
    echo "ok $tap_number - $1 # SKIP $2"
}
tap_end() {
    echo "1..$tap_number"
    exit $((tap_failed > 0))
}
