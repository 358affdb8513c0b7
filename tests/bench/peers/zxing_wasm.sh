#!/bin/sh
# zxing_wasm.sh: npm's zxing-wasm as a peer of the eye; see eye_peer.h for what it reads and says.
# SPDX-License-Identifier: Apache-2.0
folder=${BUILD:-build}/peers
skip() {
    echo "skipped $1"
    exit 0
}
command -v node >/dev/null || skip "no node here"
if [ ! -d "$folder/node_modules/zxing-wasm" ]; then
    command -v npm >/dev/null || skip "no npm here"
    mkdir -p "$folder"
    timeout 60 npm install --silent --no-fund --no-audit --prefix "$folder" zxing-wasm@3 >/dev/null 2>&1 ||
        skip "npm could not install zxing-wasm"
fi
exec node tests/bench/peers/zxing_wasm.mjs "$folder/node_modules/zxing-wasm"
