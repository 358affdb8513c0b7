/* limits: every bound on what strangers may send, each with its reason. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* A QR code of version 40-L holds 2,953 bytes; sealed European credentials come as files of up to 151 kB. */
#define LIMIT_PAYLOAD_BYTES (256u * 1024u)
/* One symbol's bytes: 7,089 digits are the most that version 40
 * holds. */
#define LIMIT_SYMBOL_BYTES 7089u
/* Symbols that one message may be cut into (ISO/IEC 18004, structured append: four bits count them). */
#define LIMIT_SYMBOL_PARTS 16u
/* Such a message, joined, and so one message from reader to face: as many bytes as 16 codes of version 40 hold. */
#define LIMIT_JOINED_BYTES (16u * 2953u)
/* What a compressed payload may grow to; the largest credential met in practice is 151 kB. */
#define LIMIT_INFLATED_BYTES (256u * 1024u)
/* JSON nesting; real credentials stay under 12 levels. */
#define LIMIT_JSON_DEPTH 32u
/* JSON values in one document; jansson takes about 80 bytes for an empty object. */
#define LIMIT_JSON_VALUES 20000u
/* Memory of one scan beside what libraries allocate: a payload, inflated, decoded, its statements and facts. */
#define LIMIT_SCAN_ARENA_BYTES (3u * 1024u * 1024u)
/* Work of one scan, in steps (budget.h): 130 ms here, of which a real badge takes one. What each part may cost by itself
 * is bounded below; this bounds credentials, proofs, and versions of contexts times each other. */
#define LIMIT_SCAN_BUDGET 1300000u
/* Credentials of one presentation: more would neither be read on a screen nor fit into a code. */
#define LIMIT_PRESENTED 8u
/* Proofs of one document; a chain of witnesses has three. */
#define LIMIT_PROOFS 8u
/* Statements that one proof signs one by one: a code of version 40 holds 40 such signatures; each costs 1.2 ms here, and
 * LIMIT_SCAN_BUDGET must suffice for them. */
#define LIMIT_PROOF_PARTS 96u
/* CBOR nesting, tags counted; and keys of maps that stand in each other. Credentials stay under 12 levels and 100 keys. */
#define LIMIT_CBOR_DEPTH 32u
#define LIMIT_CBOR_KEYS  1024u
/* Whole numbers that JSON carries exactly between implementations (RFC 8259 section 6). */
#define LIMIT_JSON_INTEGER 9007199254740991LL
/* A `kid`, issuer or status list address; longer ones are no names that a list would hold. */
#define LIMIT_NAME_BYTES 1024u
/* Types of one credential, and status entries of one credential; real ones have at most four. */
#define LIMIT_CREDENTIAL_TYPES    16u
#define LIMIT_CREDENTIAL_STATUSES 8u
/* Entries of a status list: fewer would tell who was asked about (Bitstring Status List 1.0 section 6.1). */
#define LIMIT_STATUS_ENTRIES_MIN 131072u
/* Values of one property, and bytes of text in all, of a credential read from statements: each value costs a pass over
 * them, and a node may stand at several places. Real ones have a handful, and 10 kB. */
#define LIMIT_STATED_VALUES 16u
#define LIMIT_STATED_BYTES  (256u * 1024u)
/* RSA keys of 2,048 to 4,096 bits: smaller ones are weak, larger ones cost a kiosk more than a second. */
#define LIMIT_RSA_BITS_MIN 2048u
#define LIMIT_RSA_BITS_MAX 4096u
/* An X.509 certificate: those of trusted lists have 0.5 to 3 kB. */
#define LIMIT_CERTIFICATE_BYTES (16u * 1024u)
/* Scans of a JPEG: a camera makes one, a photograph on the web about ten, and each costs a pass over the
 * picture. */
#define LIMIT_JPEG_SCANS 32u
/* One camera frame: 4K luminance is 8.3 MB, and 8000 x 8000 is refused. */
#define LIMIT_FRAME_SIDE_PX 4096u
#define LIMIT_FRAME_BYTES   (16u * 1024u * 1024u)
/* Manifest line and root chain line of a pack. */
#define LIMIT_MANIFEST_BYTES   (64u * 1024u)
#define LIMIT_ROOT_CHAIN_BYTES (256u * 1024u)
/* A pack file: a million issuers and a hundred million status bits fit into half of it. */
#define LIMIT_PACK_BYTES (2ll * 1024 * 1024 * 1024)
/* Release keys and root keys named by one root document. */
#define LIMIT_ROOT_KEYS 16u
/* Signatures under one version of the root: all of its own keys and all of those before it. */
#define LIMIT_ROOT_SIGNATURES (2u * LIMIT_ROOT_KEYS)
/* Versions of a root from the first on: one each quarter for sixteen years. Where two keys of three sign by ES256, such a
 * chain takes half of its line and 0.3 s here to check, each time lists are opened; by EdDSA 15 ms. */
#define LIMIT_ROOT_VERSIONS 64u
/* A pack may last six months (trust.md): 184 days are the longest half year. */
#define LIMIT_PACK_LIFETIME_S (184ll * 86400)
/* Identifiers of one issuer, each of which is asked whether it was revoked; issuers have a few. */
#define LIMIT_ISSUER_IDENTIFIERS 1024u
/* Revocations of one freshness token (trust.md): a QR code of version 36 holds so many; more belong into a pack. */
#define LIMIT_FRESH_REVOKED 32u
/* A freshness token: 32 revocations take 4.7 kB, a list's longest name 1.4. */
#define LIMIT_FRESH_BYTES (6u * 1024u)
/* Tokens kept beside one pack; headquarters repeats in each what the ones before revoked, so one is usual. They must fit
 * into one message of a locked-in child. */
#define LIMIT_FRESH_TOKENS 6u
/* A child that has not answered is dead to the visitor who waits. */
#define LIMIT_CHILD_ANSWER_MS 3000
/* A picture costs a thread a tenth of a second on a small board: one that is at it for so long hangs. */
#define LIMIT_PICTURE_MS 5000
/* Hashing a pack of LIMIT_PACK_BYTES takes seven seconds here, a minute on a small board. */
#define LIMIT_INSTALLER_ANSWER_MS 120000
/* A reader holds some 50 MB for 1920x1080, and 160 where a camera sends the largest pictures there are (two frames in
 * the port and two in the lookout, four pictures); a verifier 10: one that holds this has grown. */
#define LIMIT_CHILD_BYTES (192u * 1024u * 1024u)
/* Text of one shown field, in bytes of UTF-8; longer text is cut with an ellipsis. */
#define LIMIT_SHOWN_BYTES 380u
/* Statements and different terms of one dataset: a badge has 80 and 150, a transcript a thousand; 10,000 blank
 * nodes must still be told apart in time. */
#define LIMIT_RDF_QUADS 16384u
#define LIMIT_RDF_TERMS 49152u
/* Hashes of one block, or steps that take as long, to tell blank nodes apart: 20 ms here. Real badges need
 * fewer than ten. */
#define LIMIT_RDFC_WORK 40000u
/* Blank nodes in a row, each told apart by the next: a level takes half a kilobyte of stack. */
#define LIMIT_RDFC_DEPTH 256u
/* A context as a file; the largest published ones have 17 kB. */
#define LIMIT_CONTEXT_BYTES (1024u * 1024u)
/* Terms of one context; the largest published ones have about 400. */
#define LIMIT_CONTEXT_TERMS 4096u
/* Contexts that load each other, one inside the other. */
#define LIMIT_CONTEXT_CHAIN 16u
/* Contexts in force at one place; a badge reaches ten. */
#define LIMIT_CONTEXT_LAYERS 32u
/* Scoped contexts within each other. */
#define LIMIT_CONTEXT_SCOPES 16u
/* Terms defined, or compared because they are protected, in one document: 20 ms here. A badge needs 2,000. */
#define LIMIT_CONTEXT_WORK 100000u
/* What a term of a context may stand for, and the tag of a language: used over and over they cost each time. The
 * longest published IRI has 130 bytes, the longest tag that RFC 5646 asks room for 35. */
#define LIMIT_CONTEXT_IRI_BYTES 1024u
#define LIMIT_LANGUAGE_BYTES    64u
/* Objects and values of one expanded document: more than LIMIT_JSON_VALUES, as maps add some. */
#define LIMIT_EXPAND_NODES 40000u
/* CBOR-LD: names of all contexts that one document uses, contexts that hold one inside the other, and terms looked up
 * in them: 20 ms here. A badge has 300 names, 12 contexts and needs 3,000 steps. */
#define LIMIT_CBORLD_TERMS    4096u
#define LIMIT_CBORLD_CONTEXTS 128u
#define LIMIT_CBORLD_WORK     500000u
/* Contexts kept at hand, and choices among their versions that are tried for one credential: 45 are published, of
 * three there are two versions. */
#define LIMIT_SHELF_CONTEXTS 160u
#define LIMIT_SHELF_TRIES    8u
/* All tables of assets/contexts behind each other: 35 have 120 kB. */
#define LIMIT_VOCABULARY_BYTES (512u * 1024u)
/* What compiled contexts take: those of assets/contexts 0.4 MB; half of it is for a pack's. */
#define LIMIT_SHELF_BYTES (4u * 1024u * 1024u)
/* Contexts that a pack adds, and their tables together: several times what ships. */
#define LIMIT_PACK_CONTEXTS      64u
#define LIMIT_PACK_CONTEXT_BYTES (512u * 1024u)

/* Status lists that ended and are counted when a pack is opened: a walk of a fraction of a millisecond. */
#define LIMIT_STATUS_ENDED 4096

/* Names in a stick's root folder that are looked at: more would keep the kiosk busy for nothing. */
#define LIMIT_STICK_NAMES 4096u
/* Packs and tokens that are copied from a stick, the newest first: one is usual, a few are forgotten ones. */
#define LIMIT_STICK_PACKS  3u
#define LIMIT_STICK_TOKENS 4u
/* A file that is looked at as a token. */
#define LIMIT_STICK_TOKEN_BYTES (64 * 1024)
/* Room that a copy leaves on the disk, for journal and check-ins. */
#define LIMIT_STICK_SPARE_BYTES (64u * 1024 * 1024)

#endif
