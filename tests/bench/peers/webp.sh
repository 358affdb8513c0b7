#!/bin/sh
# webp.sh FROM TO: the WebP pictures of each folder in FROM as TO/FOLDER/NAME.webp.png, where a converter is here.
# SPDX-License-Identifier: Apache-2.0
if command -v dwebp >/dev/null; then
    as_png() { dwebp -quiet "$1" -o "$2"; }
elif command -v convert >/dev/null; then
    as_png() { convert "$1" "$2"; }
else
    exit 0
fi
for picture in "$1"/*/*.webp; do
    [ -e "$picture" ] || continue
    folder=${picture%/*}
    made=$2/${folder##*/}/${picture##*/}.png
    [ -e "$made" ] && continue
    mkdir -p "${made%/*}"
    as_png "$picture" "$made.part.png" 2>/dev/null && mv "$made.part.png" "$made"
done
