/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "codec/jws.h"
#include "credctl/build/fresh_file.h"
#include "credctl/build/freshener.h"
#include "credctl/build/merge.h"
#include "credctl/build/moment.h"
#include "credctl/build/releasing.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/picture/drawing.h"
#include "credential/credential.h"
#include "credential/tag.h"
#include "crypto/did.h"
#include "crypto/jwk.h"
#include "pack/document.h"
#include "proof/proof.h"

#define DAY_S 86400
/* How far tokens that are made one right after the other may be dated ahead. */
#define AHEAD_S 60
/* A thumbprint in base64url. */
#define THUMBPRINT_CHARS 43u
#define ARENA_BYTES      (1024u * 1024u)

static const struct option_spec table[] = {
    {"qr", 'q', "FILE", "Where its QR code goes, a PNG.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where its text goes, NAME.fresh.", OPTION_ONCE},
    {"days-fresh", 0, "N", "Days from now for which the lists are confirmed; 14 where it is not given.",
     OPTION_ONCE},
    {"revoke-issuer", 0, "ID",
     "Revoke an issuer by the name that its credentials give; may be given several times.", OPTION_MANY},
    {"revoke-key", 0, "KEY",
     "Revoke a key: its thumbprint, its did:key, or a file with its public half; the same.", OPTION_MANY},
    {"revoke-credential", 0, "TAG",
     "Revoke a credential: its tag as verify --json has it, or a JWT file; the same.", OPTION_MANY},
    RELEASING_OPTION,
    MOMENT_OPTION,
    DRAWING_OPTIONS,
    {"force", 'f', NULL, "Replace existing files.", OPTION_ONCE},
};

/* A token being made. */
struct work {
    const struct options *options;
    const char *folder;
    struct workspace workspace;
    struct releasing releasing;
    struct drawing drawing;
    struct fresh_file file;
    int64_t next_update_s;
    struct arena arena;
    uint8_t text[LIMIT_FRESH_BYTES];
    size_t len;
    int lock;
};

/* A name that is mistyped revokes nobody, and all would believe that it does. */
static enum err warn_unlisted(const struct work *work, const char *word) {
    struct merge *merge = NULL;
    json_t *issuer = NULL;
    enum err err = merge_open(work->folder, 0, NULL, NULL, &merge);
    err = err == ERR_OK ? merge_find(merge, span_of_text(word), NULL, NULL, &issuer) : err;
    if (err == ERR_OK && issuer == NULL) {
        command_fail(EX_OK, "warning: nobody on the lists is called %s: that revokes nobody", word);
    }
    json_decref(issuer);
    merge_close(merge);
    return err;
}

static enum err issuer_hash(struct work *work, const char *word, uint8_t out[CRYPTO_SHA256_BYTES]) {
    TRY(warn_unlisted(work, word));
    return crypto_sha256(span_of_text(word), out);
}

static enum err thumbprint_of_text(struct span text, uint8_t out[CRYPTO_SHA256_BYTES]) {
    uint8_t bytes[BASE64URL_ROOM(THUMBPRINT_CHARS)];
    struct room room = room_over(bytes, sizeof bytes);
    TRY(base64url_decode(text, &room));
    memcpy(out, bytes, CRYPTO_SHA256_BYTES);
    return room.len == CRYPTO_SHA256_BYTES ? ERR_OK : ERR_KEY_SHAPE;
}

static enum err thumbprint_of_file(const char *path, uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct room bytes = {0};
    json_t *json = NULL;
    struct crypto_key key;
    TRY(file_read(path, LIMIT_PAYLOAD_BYTES, &bytes));
    enum err err = jsontext_parse(room_span(&bytes), &json);
    err = err == ERR_OK ? jwk_read(json, &key) : err;
    err = err == ERR_OK ? jwk_thumbprint(&key, out) : err;
    json_decref(json);
    file_release(&bytes);
    return err;
}

static enum err key_hash(struct work *work, const char *word, uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct span text = span_of_text(word);
    struct crypto_key key;
    if (did_is_self_certifying(did_without_fragment(text))) {
        TRY(did_own_key(text, &work->arena, &key));
        return jwk_thumbprint(&key, out);
    }
    bool thumbprint = text.len == THUMBPRINT_CHARS && access(word, F_OK) != 0;
    return thumbprint ? thumbprint_of_text(text, out) : thumbprint_of_file(word, out);
}

static enum err tag_of_token(struct work *work, struct span text, uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct jws jws = {0};
    struct proof proof = {0};
    struct claimed_credential claimed = {0};
    TRY(jws_split(text, &work->arena, &jws));
    enum err err = proof_read(&jws, &proof);
    err = err == ERR_OK ? credential_read(jws.payload, proof.profile, &claimed) : err;
    err = err == ERR_OK ? tag_of(&claimed, proof.signed_bytes, &work->arena, out) : err;
    credential_close(&claimed);
    jws_close(&jws);
    return err;
}

static enum err credential_hash(struct work *work, const char *word, uint8_t out[CRYPTO_SHA256_BYTES]) {
    json_t *like = json_pack("{s:s}", "tag", word);
    bool tag = document_sha256(like, "tag", out);
    json_decref(like);
    if (tag) {
        return ERR_OK;
    }
    struct room bytes = {0};
    TRY(file_read(word, LIMIT_PAYLOAD_BYTES, &bytes));
    struct span text = room_span(&bytes);
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
        text.len--;
    }
    enum err err = tag_of_token(work, text, out);
    file_release(&bytes);
    return err;
}

/* Add what the options revoke to what was revoked before. */
static int read_revocations(struct work *work) {
    static const struct {
        const char *option;
        enum fresh_kind kind;
        enum err (*hash)(struct work *work, const char *word, uint8_t out[CRYPTO_SHA256_BYTES]);
    } kinds[] = {{"revoke-issuer", FRESH_ISSUER, issuer_hash},
                 {"revoke-key", FRESH_KEY, key_hash},
                 {"revoke-credential", FRESH_CREDENTIAL, credential_hash}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *word = NULL;
        for (size_t n = 0; (word = options_nth(work->options, kinds[i].option, n)) != NULL; n++) {
            uint8_t sha256[CRYPTO_SHA256_BYTES];
            enum err err = kinds[i].hash(work, word, sha256);
            err = err == ERR_OK ? fresh_file_revoke(&work->file, kinds[i].kind, sha256) : err;
            if (err != ERR_OK) {
                return command_fail_err(err, word);
            }
        }
    }
    return EX_OK;
}

/* A token counts where it is newer than the last one: of several in one second each is dated a second after the other. */
static int read_times(struct work *work) {
    int64_t days = 0, now_s = 0;
    if (!options_number(work->options, "days-fresh", 0, LIMIT_PACK_LIFETIME_S / DAY_S, 14, &days)) {
        return command_fail(EX_USAGE, "--days-fresh takes 0 to %lld", LIMIT_PACK_LIFETIME_S / DAY_S);
    }
    int status = moment_to_sign(work->options, &now_s);
    if (status != EX_OK) {
        return status;
    }
    if (now_s + AHEAD_S < work->file.iat_s || now_s < work->file.issued_s) {
        return command_fail(EX_USAGE, "the last token, or the pack itself, was made later than that");
    }
    work->file.iat_s = now_s > work->file.iat_s ? now_s : work->file.iat_s + 1;
    work->next_update_s = now_s + days * DAY_S;
    if (work->next_update_s > work->file.expires_s) {
        work->next_update_s = work->file.expires_s;
    }
    return work->next_update_s > work->file.iat_s
               ? EX_OK
               : command_fail(EX_DATAERR, "%s: pack %" PRIu64 " has ended: sign a new one", work->folder,
                              work->file.seq);
}

static enum err sign_token(struct work *work) {
    struct room out = room_over(work->text, sizeof work->text);
    struct freshener_claims claims = {.scheme = work->workspace.scheme,
                                      .root_version = work->file.root,
                                      .seq = work->file.seq,
                                      .iat_s = work->file.iat_s,
                                      .next_update_s = work->next_update_s,
                                      .revoked = work->file.revoked,
                                      .count = work->file.count};
    memcpy(claims.id, work->file.id, sizeof claims.id);
    TRY(freshener_sign(&claims, work->releasing.key, &out));
    work->len = out.len;
    return ERR_OK;
}

/* What a kiosk with this pack would say of it: a wrong key is found here. */
static enum err try_token(struct work *work) {
    struct fresh_token token = {0};
    struct pack_info info = {.seq = work->file.seq,
                             .root_version = work->file.root,
                             .iat_s = work->file.issued_s,
                             .expires_s = work->file.expires_s};
    memcpy(info.id, work->file.id, sizeof info.id);
    return fresh_read(span_of_bytes(work->text, work->len), &work->releasing.root, &info, &work->arena,
                      &token);
}

static enum err write_qr(const struct work *work, const char *path, struct contents *made) {
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    TRY(contents_code(span_of_bytes(work->text, work->len), work->drawing.how, made, &held));
    const struct matrix *codes[] = {&made->code};
    return drawing_write(&work->drawing, codes, 1, path, options_has(work->options, "force"));
}

/* It is remembered before it exists anywhere: a kill leaves a gap, never a token that the next one forgets. */
static int write_token(struct work *work) {
    const char *qr = options_value(work->options, "qr"), *out = options_value(work->options, "out");
    struct contents made = {0};
    struct file_how how = {.replace = options_has(work->options, "force")};
    enum err err = sign_token(work);
    err = err == ERR_OK ? try_token(work) : err;
    err = err == ERR_OK ? fresh_file_write(work->folder, &work->file) : err;
    if (err != ERR_OK) {
        return command_fail_err(err, work->folder);
    }
    if (out != NULL) {
        err = file_write(out, span_of_bytes(work->text, work->len), how);
    }
    if (err != ERR_OK) {
        return command_fail_err(err, out);
    }
    err = qr != NULL ? write_qr(work, qr, &made) : ERR_OK;
    if (err != ERR_OK) {
        return command_fail_err(err, qr);
    }
    printf("token for number %" PRIu64 ", %zu revoked\n", work->file.seq, work->file.count);
    if (qr != NULL) {
        drawing_say(&work->drawing, &made, true, stdout);
    }
    return EX_OK;
}

static int make(struct work *work) {
    const char *wrong = drawing_read(work->options, &work->drawing);
    if (wrong != NULL) {
        return command_fail(EX_USAGE, "%s", wrong);
    }
    if (!options_has(work->options, "qr") && !options_has(work->options, "out")) {
        return command_fail(EX_USAGE, "--qr or --out says where the token goes");
    }
    enum err err = workspace_lock(work->folder, &work->lock);
    err = err == ERR_OK ? workspace_open(work->folder, &work->workspace) : err;
    if (err != ERR_OK) {
        return command_fail_err(err, work->folder);
    }
    err = fresh_file_read(work->folder, &work->file);
    if (err == ERR_FILE_MISSING) {
        return command_fail(EX_NOINPUT, "%s: no pack was signed yet: credctl trust sign", work->folder);
    }
    int status = err == ERR_OK ? releasing_open(work->options, work->folder, &work->releasing)
                               : command_fail_err(err, work->folder);
    status = status != EX_OK ? status : read_times(work);
    status = status != EX_OK ? status : read_revocations(work);
    return status != EX_OK ? status : write_token(work);
}

static int run(const struct options *options) {
    struct work *work = calloc(1, sizeof *work);
    void *memory = malloc(ARENA_BYTES);
    int status = EX_OSERR;
    if (work != NULL && memory != NULL) {
        work->options = options;
        work->folder = options->operands[0];
        work->arena = arena_over(memory, ARENA_BYTES);
        work->lock = -1;
        status = make(work);
        if (work->lock >= 0) {
            close(work->lock);
        }
        releasing_close(&work->releasing);
        workspace_close(&work->workspace);
    } else {
        status = command_fail_err(ERR_NO_MEMORY, "trust fresh");
    }
    free(memory);
    free(work);
    return status;
}

const struct command command_trust_fresh = {
    .group = "trust",
    .name = "fresh",
    .operands = "FOLDER",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Make a freshness token: kiosks keep the pack signed last for longer, and revoke at once.",
    .more =
        "  credctl trust fresh lists --qr today.png\n"
        "  credctl trust fresh lists --qr today.png --revoke-key stolen.jwk\n\n"
        "The code is held before a kiosk's camera. It extends the pack to its hard end at most. What is "
        "revoked "
        "by one token\nis repeated in each that follows, until a newer pack is signed: up to 32, put into "
        "the "
        "lists by then. An issuer that\ncredentials call by several names is revoked by any of them. The "
        "smallest "
        "form of code is taken; its version is printed.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
