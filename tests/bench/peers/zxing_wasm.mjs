// zxing_wasm.mjs FOLDER: reads PGM pictures one after the other, says for each its CPU microseconds and payloads in hex.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { prepareZXingModule, readBarcodes } = await import(pathToFileURL(`${folder}/dist/es/reader/index.js`));
const wasmBinary = readFileSync(`${folder}/dist/reader/zxing_reader.wasm`);
await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer.slice(wasmBinary.byteOffset, wasmBinary.byteOffset + wasmBinary.length) }, fireImmediately: true });

// So many bytes of standard input; null at its end.
function take(count) {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; ) {
        const got = readSync(0, bytes, at, count - at, null);
        if (got === 0) return null;
        at += got;
    }
    return bytes;
}

// A line of the PGM's head, without its end.
function line() {
    let text = "";
    for (let byte = take(1); byte !== null; byte = take(1)) {
        if (byte[0] === 10) return text;
        text += String.fromCharCode(byte[0]);
    }
    return null;
}

const options = { formats: ["QRCode"], tryHarder: true, tryInvert: true, tryRotate: true, tryDownscale: true, maxNumberOfSymbols: 8 };
const { version } = JSON.parse(readFileSync(`${folder}/package.json`));
console.log(`ready zxing-wasm ${version}`);
while (line() === "P5") {
    const [width, height] = line().split(" ").map(Number);
    line();
    const grey = take(width * height);
    const data = new Uint8ClampedArray(width * height * 4);
    for (let i = 0; i < grey.length; i++) {
        data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = grey[i];
        data[4 * i + 3] = 255;
    }
    const before = process.cpuUsage();
    const found = await readBarcodes({ data, width, height }, options);
    const used = process.cpuUsage(before);
    const payloads = found.filter((code) => code.isValid).map((code) => Buffer.from(code.bytes).toString("hex"));
    console.log([used.user + used.system, ...payloads].join(" "));
}
