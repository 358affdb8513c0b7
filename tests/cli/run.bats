#!/usr/bin/env bats
# What `make run` does on a machine without a display: the whole kiosk, its processes and all, once through scenes.
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    unset DISPLAY WAYLAND_DISPLAY
    ! grep -qsx connected /sys/class/drm/*/status || skip "a screen is plugged in here"
    demo=${BUILD:-build}/demo
}

@test "without a display the kiosk goes once through the demo, prints a table and leaves pictures" {
    CREDCTL=${BUILD:-build}/bin/credctl assets/demo/make.sh "$demo"
    # the first seven scenes are enough here
    awk '/^scene/ { n++ } n <= 7' "$demo/tour" >"$demo/short"
    rm -f "$demo"/*.png
    run --separate-stderr env BOARD=sim assets/demo/run.sh --script "$demo/short"
    succeeds
    while read -r scene verdict reason; do
        grep -qE "^$scene +$verdict +$reason +[0-9.]+$" <<<"$output" || { echo "$output"; return 1; }
    done <<END
innovator valid ok
revoked not_valid revoked
pioneer-arabic valid ok
altered not_valid altered
wallet-badge valid ok
wallet-presentation valid ok
wallet-altered not_valid altered
END
    for picture in scan-en verdict-ok-en verdict-revoked-ru verdict-altered-ar details-ok-ar; do
        [ "$(head -c 4 "$demo/$picture.png" | tail -c 3)" = PNG ]
    done
    [[ $stderr != *Sanitizer* ]]
}

@test "a board with a real camera asks for a display" {
    run --separate-stderr env BOARD=generic assets/demo/run.sh
    [ "$status" -eq 69 ]
    [[ $stderr == *"needs one"* ]]
}
