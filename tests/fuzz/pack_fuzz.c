/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pack file from a stranger. The first byte chooses what the rest is: a whole file; a database under a right signature and hash, so that
 * SQLite and every lookup meet hostile pages; patches on an honest database, likewise; a manifest; claims that are signed rightly as a
 * manifest, or as a root.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pack/manifest.h"
#include "pack/pack_open.h"
#include "pack/pack_walk.h"
#include "tests/lib/check.h"
#include "tests/lib/testpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Made once: keys and an honest database. */
static struct testpack workshop;
static struct room honest;

static void prepare(void) {
    char path[PATH_MAX];
    if (honest.ptr == NULL) {
        testpack_start(&workshop);
        testpack_default_lists(&workshop, "lists.db");
        honest = testpack_read(&workshop, "lists.db");
        testpack_path(&workshop, "lists.db", path);
        unlink(path);
        rmdir(workshop.folder);
    }
}

static int file_of(struct span bytes) {
    int file = memfd_create("pack", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes.ptr, bytes.len) != (ssize_t)bytes.len) {
        abort();
    }
    return file;
}

/* Ask all that can be asked. */
static void look(struct pack *pack) {
    static uint8_t memory[65536];
    struct arena arena = arena_over(memory, sizeof memory);
    struct pack_issuer issuer = {0};
    struct pack_key key = {0};
    struct pack_status list = {0};
    struct pack_walk_key step = {0};
    struct span next = {0};
    bool covered = false, found = false;
    uint32_t value = 0;
    enum err err =
        pack_find_issuer(pack, span_of_text("did:web:academy.example"), span_of_text("ru"), &arena, &issuer);
    err = pack_find_key_by_kid(pack, &issuer, span_of_text("did:web:academy.example#1"), &arena, &key);
    err = pack_find_key_by_thumbprint(pack, &issuer, pack_info(pack)->sha256, &arena, &key);
    err = pack_walk_next_key(pack, &issuer, &arena, &step);
    err = pack_walk_next_identifier(pack, (struct span){0}, &arena, &found, &next);
    err = pack_find_status(pack, span_of_text("https://academy.example/status/1"), span_of_text("revocation"),
                           &arena, &list);
    for (uint64_t i = 0; err == ERR_OK && i < 131072; i += 4099) {
        err = pack_status_value(pack, &list, i, list.bits, &covered, &value);
    }
}

/* Open a database under a manifest that names its very bytes. */
static void open_signed(struct span database) {
    uint8_t text[8192];
    struct room manifest = room_over(text, sizeof text);
    struct pack *pack = NULL;
    int file = file_of(database);
    if (database.len > 0 &&
        packer_sign_manifest(&workshop.claims, file, workshop.release, &manifest) == ERR_OK) {
        for (enum pack_open_depth depth = PACK_OPEN_USE; depth <= PACK_OPEN_INSTALL; depth++) {
            if (pack_open_descriptors(file, room_span(&manifest), span_of_text(workshop.root_text),
                                      &workshop.rules, NULL, depth, &pack) == ERR_OK) {
                look(pack);
                pack_close(pack);
            }
        }
    }
    close(file);
}

static void open_whole(struct span bytes) {
    struct pack *pack = NULL;
    int file = file_of(bytes);
    if (pack_open_file(file, &workshop.rules, PACK_OPEN_USE, &pack) == ERR_OK) {
        look(pack);
        pack_close(pack);
    }
    close(file);
}

/* Each four bytes: where (three) and what (one). */
static void open_patched(struct span patches) {
    uint8_t *copy = malloc(honest.len);
    if (copy == NULL) {
        abort();
    }
    memcpy(copy, honest.ptr, honest.len);
    for (size_t i = 0; i + 4 <= patches.len; i += 4) {
        size_t at = (size_t)patches.ptr[i] << 16 | (size_t)patches.ptr[i + 1] << 8 | patches.ptr[i + 2];
        copy[at % honest.len] = patches.ptr[i + 3];
    }
    open_signed(span_of_bytes(copy, honest.len));
    free(copy);
}

static void peek(struct span manifest) {
    struct pack_info info = {0};
    enum err err = pack_open_peek(manifest, span_of_text(workshop.root_text), &workshop.rules, &info);
    err = pack_open_peek(manifest, manifest, &workshop.rules, &info);
    (void)err;
}

/* Claims under a right signature: a manifest or a root. */
static void sign_claims(struct span claims, const char *typ, const struct signer *signer) {
    static uint8_t text[300000], memory[600000];
    uint8_t kid_bytes[PACKER_KID_BYTES];
    struct room room = room_over(text, sizeof text), kid = room_over(kid_bytes, sizeof kid_bytes);
    struct arena arena = arena_over(memory, sizeof memory);
    struct root root = {0};
    if (packer_kid(signer_public(signer), &kid) != ERR_OK ||
        signer_jws(signer, span_of_text(typ), room_span(&kid), claims, &room) != ERR_OK) {
        return;
    }
    peek(room_span(&room));
    enum err err = root_read(room_span(&room), &arena, &root);
    (void)err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    prepare();
    if (size == 0) {
        return 0;
    }
    struct span rest = span_of_bytes(data + 1, size - 1);
    switch (data[0] % 6) {
    case 0:
        open_whole(rest);
        break;
    case 1:
        open_signed(rest);
        break;
    case 2:
        open_patched(rest);
        break;
    case 3:
        peek(rest);
        break;
    case 4:
        sign_claims(rest, MANIFEST_TYP, workshop.release);
        break;
    default:
        sign_claims(rest, ROOT_TYP, workshop.root);
    }
    return 0;
}
