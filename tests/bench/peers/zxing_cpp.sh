#!/bin/sh
# zxing_cpp.sh: Debian's zxing-cpp as a peer of the eye; see eye_peer.h for what it reads and says.
# SPDX-License-Identifier: Apache-2.0
folder=${BUILD:-build}/peers
mkdir -p "$folder"
if ! g++ -std=c++17 -O2 tests/bench/peers/zxing_cpp.cpp -o "$folder/zxing_cpp" -lZXing 2>/dev/null; then
    echo "skipped no g++ with libzxing-dev here"
    exit 0
fi
exec "$folder/zxing_cpp"
