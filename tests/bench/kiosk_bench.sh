#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kiosk_bench.sh: the whole kiosk on board sim without a display: start to the first judged frame, memory of all its
# processes (summed PSS), and picture to verdict over the demo's scenes. Figures are appended to $BENCH_OUT.
set -eu
build=${BUILD:-build} runs=${RUNS:-7}
demo=$build/demo
CREDCTL=$build/bin/credctl assets/demo/make.sh "$demo" >/dev/null
work=$(mktemp -d)
kiosk=
trap '[ -z "$kiosk" ] || kill "$kiosk" 2>/dev/null || true; rm -rf "$work"' EXIT

report() { # NAME VALUE UNIT
    printf '%-52s %12.3f %-5s\n' "$1" "$2" "$3"
    printf '{"name":"%s","value":%.4f,"unit":"%s","peer":null,"peer_value":null,"ratio":null}\n' "$1" "$2" "$3" >>"$BENCH_OUT"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
options=(--config "$demo/kiosk.ini" --assets assets --catalogues "$build/assets/lang" --profiles boards/profiles
    --libexec "$(dirname "$(readlink -f "$build/bin/credkiosk")")" --board sim)

# The camera sees a badge from its first frame on.
printf 'clock 2026-09-01T10:00:00Z\nscene innovator\nframe %s for 60000 ms\n' "$(readlink -f "$demo/badges/innovator.png")" >"$work/one"

for _ in $(seq "$runs"); do
    rm -rf "$work/data"
    cp -r "$demo/data" "$work/data"
    rm -rf "$work/data/journal"
    start=$(date +%s%N)
    SDL_VIDEODRIVER=offscreen "$build/bin/credkiosk" "${options[@]}" --data "$work/data" --script "$work/one" >/dev/null 2>&1 &
    kiosk=$!
    until grep -qs ' verdict ' "$work/data/journal/journal"; do
        kill -0 "$kiosk" || { echo "the kiosk ended before its first verdict" >&2; exit 1; }
        [ $((($(date +%s%N) - start) / 1000000000)) -lt 20 ] || { echo "no verdict in 20 s" >&2; exit 1; }
        sleep 0.002
    done
    echo $((($(date +%s%N) - start) / 1000)) >>"$work/start_us"
    sleep 1
    pids=$(pgrep -P "$kiosk" | tr '\n' ' ')
    for pid in $kiosk $pids; do
        awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup"
    done | awk '{ kb += $1 } END { print kb / 1024 }' >>"$work/pss_mb"
    kill "$kiosk"
    wait "$kiosk" || true
    kiosk=
done
report "kiosk: start to the first judged frame" "$(median <"$work/start_us" | awk '{ print $1 / 1000 }')" ms
report "kiosk: memory of all processes, summed PSS" "$(median <"$work/pss_mb")" MB

SDL_VIDEODRIVER=offscreen "$build/bin/credkiosk" "${options[@]}" --data "$work/data" --script "$demo/tour" --tour "$work" >/dev/null
report "kiosk: picture to verdict, median of the demo's scenes" "$(awk -F'\t' 'NR > 1 && $4 != "-" { print $4 }' "$work/tour.tsv" | median)" ms
