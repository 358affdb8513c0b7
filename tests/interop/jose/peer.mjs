// peer.mjs: npm's jose as the other side: it checks what credctl issued, and issues what credctl checks.
// SPDX-License-Identifier: Apache-2.0
//
//   node peer.mjs check JWKS TOKEN ALG TYP      exit 0 when jose accepts the token under a key of that set
//   node peer.mjs key ALG PRIVATE PUBLIC        make a key: a private JWK and a JWKS
//   node peer.mjs sign PRIVATE ALG KID CASE ISSUER     print a token of that case
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.env.PEERS + "/"));
const jose = await import(pathToFileURL(require.resolve("jose")));
const [action, ...words] = process.argv.slice(2);
const now = new Date("2026-09-01T10:00:00Z");

// An Open Badges 3.0 credential and the claims that repeat it.
function badge(issuer) {
  return {
    "@context": [
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    id: "urn:uuid:4a7b9a44-9a43-4a5e-8f3a-2b1f6f8f8c11",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    issuer: { id: issuer, type: ["Profile"], name: "Peer" },
    name: "PIONEER",
    validFrom: "2026-06-01T09:00:00Z",
    validUntil: "2027-06-01T09:00:00Z",
    credentialSubject: {
      id: "did:example:holder",
      type: ["AchievementSubject"],
      identifier: [{ type: "IdentityObject", hashed: false, identityHash: "Амира", identityType: "name" }],
      achievement: {
        id: "https://peer.example/badges/pioneer",
        type: ["Achievement"],
        name: "PIONEER",
        description: "Went first.",
        criteria: { narrative: "Go first." },
      },
    },
  };
}

function registered(credential) {
  return {
    iss: credential.issuer.id,
    jti: credential.id,
    sub: credential.credentialSubject.id,
    nbf: Date.parse(credential.validFrom ?? credential.issuanceDate) / 1000,
    exp: Date.parse(credential.validUntil ?? credential.expirationDate) / 1000,
  };
}

// Header and claims of each case.
function made(name, alg, kid, issuer) {
  const credential = badge(issuer);
  const header = { alg, kid, typ: "JWT" };
  if (name === "ob3") return [header, { ...credential, ...registered(credential) }];
  if (name === "ob3-no-typ") return [{ alg, kid }, { ...credential, ...registered(credential) }];
  if (name === "vc-jose") return [{ ...header, typ: "vc+jwt", cty: "vc" }, credential];
  if (name === "iss-mismatch")
    return [header, { ...credential, ...registered(credential), iss: "did:web:other.example" }];
  const { validFrom: issuanceDate, validUntil: expirationDate, ...rest } = credential;
  const old = { ...rest, issuanceDate, expirationDate };
  old["@context"] = ["https://www.w3.org/2018/credentials/v1", credential["@context"][1]];
  if (name === "vcdm-1.1") return [header, { ...registered(old), vc: old }];
  throw new Error(`no case ${name}`);
}

if (action === "check") {
  const [set, file, alg, typ] = words;
  const keys = jose.createLocalJWKSet(JSON.parse(readFileSync(set, "utf8")));
  const token = readFileSync(file, "utf8").trim();
  const { payload, protectedHeader } = await jose.jwtVerify(token, keys, {
    algorithms: [alg],
    typ,
    currentDate: now,
    ...(typ === "JWT" ? { issuer: "did:web:academy.example", requiredClaims: ["jti", "nbf", "exp"] } : {}),
  });
  console.log(protectedHeader.alg, payload.credentialSubject.achievement.name);
} else if (action === "key") {
  const [alg, secret, open] = words;
  const pair = await jose.generateKeyPair(alg, { extractable: true });
  const kid = "key-1";
  writeFileSync(secret, JSON.stringify(await jose.exportJWK(pair.privateKey)), { mode: 0o600 });
  const jwk = { ...(await jose.exportJWK(pair.publicKey)), kid, alg, use: "sig" };
  writeFileSync(open, JSON.stringify({ keys: [jwk] }));
} else if (action === "sign") {
  const [secret, alg, kid, name, issuer] = words;
  const key = await jose.importJWK(JSON.parse(readFileSync(secret, "utf8")), alg);
  const [header, claims] = made(name, alg, kid, issuer);
  console.log(await new jose.SignJWT(claims).setProtectedHeader(header).sign(key));
} else {
  throw new Error(`no action ${action}`);
}
