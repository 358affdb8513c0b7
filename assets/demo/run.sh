#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# run.sh: make the demo into $BUILD/demo and start the kiosk on it. With a display it stays; without one it goes once
# through the demo, prints a table and leaves pictures in $BUILD/demo.
#
# BUILD  the build folder; BOARD  sim, or another board of boards/profiles, whose camera then sees the room
set -euo pipefail
build=${BUILD:-build} board=${BOARD:-sim} bin=${BUILD:-build}/bin
demo=$build/demo
CREDCTL=$bin/credctl assets/demo/make.sh "$demo"
# Board sim begins on the day of the demo each time: what it has been running before is no time that has passed there.
[ "$board" != sim ] || rm -f "$demo/data/floor"

# A display: one that X or Wayland serves, or a screen plugged into this machine.
display=no
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || grep -qsx connected /sys/class/drm/*/status; then
    display=yes
fi
options=(--config "$demo/kiosk.ini" --data "$demo/data" --assets assets --catalogues "$build/assets/lang"
    --profiles boards/profiles --libexec "$(readlink -f "$bin/credkiosk" | xargs dirname)" --board "$board")
if [ $display = yes ]; then
    echo "The lock in the top bar is for staff: the demo's PIN is 246810."
    [ "$board" != sim ] || options+=(--script "$demo/scenes")
    exec "$bin/credkiosk" "${options[@]}" "$@"
fi
[ "$board" = sim ] || { echo "There is no display here; board $board needs one." >&2; exit 69; }
echo "There is no display here: the kiosk goes once through the demo."
exec "$bin/credkiosk" "${options[@]}" --script "$demo/tour" --tour "$demo" "$@"
