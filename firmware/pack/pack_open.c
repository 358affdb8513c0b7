/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pack/container.h"
#include "pack/database.h"
#include "pack/manifest.h"
#include "pack/opened.h"
#include "pack/pack_context.h"

/* Decoded roots and manifest are shorter than their texts; aligned pieces and copies of names come on top. */
#define ARENA_BYTES (LIMIT_ROOT_CHAIN_BYTES + LIMIT_MANIFEST_BYTES + 65536u)

/* A pack's two lines and where its database lies. */
struct source {
    int descriptor;
    uint64_t offset; /* of the database */
    struct span manifest, roots;
    const struct pack_receipt *receipt;
    enum pack_open_depth depth;
};

static enum err read_documents(const struct source *source, const struct pack_rules *rules,
                               struct arena *arena, struct root *root, struct manifest *manifest) {
    if (source->manifest.len > LIMIT_MANIFEST_BYTES || source->roots.len > LIMIT_ROOT_CHAIN_BYTES) {
        return ERR_PACK_SHAPE;
    }
    TRY(root_follow(rules->root, source->roots, arena, root));
    return manifest_read(source->manifest, root, rules, arena, manifest);
}

static void keep_info(const struct root *root, const struct manifest *manifest, struct pack *pack) {
    struct pack_info *info = &pack->info;
    memcpy(pack->scheme, manifest->scheme.ptr, manifest->scheme.len);
    info->scheme = span_of_bytes(pack->scheme, manifest->scheme.len);
    info->seq = manifest->seq;
    info->iat_s = manifest->iat_s;
    info->next_update_s = manifest->next_update_s;
    info->expires_s = manifest->expires_s;
    info->root_version = root->version;
    info->demo = root->demo;
    pack->root = *root;
    pack->root.scheme = info->scheme;
    info->database_bytes = manifest->database_bytes;
    memcpy(info->id, manifest->id, sizeof info->id);
    memcpy(info->signer, manifest->signer, sizeof info->signer);
    memcpy(info->sha256, manifest->database_sha256, sizeof info->sha256);
}

static enum err check_documents(const struct source *source, const struct pack_rules *rules,
                                struct pack *pack) {
    void *memory = malloc(ARENA_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct arena arena = arena_over(memory, ARENA_BYTES);
    struct root root = {0};
    struct manifest manifest = {0};
    enum err err = read_documents(source, rules, &arena, &root, &manifest);
    if (err == ERR_OK) {
        pack->info.roots_bytes = source->roots.len;
        err = crypto_sha256(source->roots, pack->info.roots_sha256);
    }
    if (err == ERR_OK) {
        keep_info(&root, &manifest, pack);
    }
    free(memory);
    return err;
}

static struct pack_receipt receipt_of(const struct stat *file, const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    struct pack_receipt receipt = {.device = file->st_dev,
                                   .inode = file->st_ino,
                                   .bytes = (uint64_t)file->st_size,
                                   .modified_s = file->st_mtim.tv_sec,
                                   .modified_ns = file->st_mtim.tv_nsec,
                                   .changed_s = file->st_ctim.tv_sec,
                                   .changed_ns = file->st_ctim.tv_nsec,
                                   .present = PACK_RECEIPT_PRESENT};
    memcpy(receipt.sha256, sha256, CRYPTO_SHA256_BYTES);
    return receipt;
}

/* The file is the very one that was hashed, untouched since, and the hash is the one the manifest names. */
static bool receipt_holds(const struct pack_receipt *given, const struct pack_receipt *now) {
    return given != NULL && given->present == PACK_RECEIPT_PRESENT && given->device == now->device &&
           given->inode == now->inode && given->bytes == now->bytes && given->modified_s == now->modified_s &&
           given->modified_ns == now->modified_ns && given->changed_s == now->changed_s &&
           given->changed_ns == now->changed_ns &&
           memcmp(given->sha256, now->sha256, CRYPTO_SHA256_BYTES) == 0;
}

static enum err check_hash(const struct source *source, struct pack *pack) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    struct stat file;
    if (fstat(pack->descriptor, &file) != 0) {
        return ERR_PACK_READ;
    }
    pack->receipt = receipt_of(&file, pack->info.sha256);
    if (receipt_holds(source->receipt, &pack->receipt)) {
        return ERR_OK;
    }
    TRY(database_hash(pack->database, pack->info.database_bytes, sha256));
    return memcmp(sha256, pack->info.sha256, sizeof sha256) == 0 ? ERR_OK : ERR_PACK_HASH;
}

/* Bytes of the file behind the offset must be as many as the manifest says. */
static enum err check_size(const struct source *source, const struct pack *pack) {
    struct stat file;
    if (fstat(pack->descriptor, &file) != 0 || !S_ISREG(file.st_mode)) {
        return ERR_PACK_READ;
    }
    uint64_t bytes = (uint64_t)file.st_size;
    return bytes >= source->offset && bytes - source->offset == pack->info.database_bytes ? ERR_OK
                                                                                          : ERR_PACK_SIZE;
}

static enum err open_database(const struct source *source, int64_t lo_s, struct pack *pack) {
    pack->descriptor = fcntl(source->descriptor, F_DUPFD_CLOEXEC, 3);
    pack->descriptor_open = pack->descriptor >= 0;
    if (!pack->descriptor_open) {
        return ERR_PACK_READ;
    }
    TRY(check_size(source, pack));
    TRY(descriptor_vfs_register(&pack->vfs, pack->descriptor, source->offset, pack->info.database_bytes));
    TRY(database_open(pack->vfs.name, &pack->database));
    TRY(check_hash(source, pack));
    TRY(database_check_schema(pack->database));
    if (source->depth == PACK_OPEN_INSTALL) {
        TRY(database_check_pages(pack->database));
    }
    database_bound_steps(pack->database);
    TRY(opened_prepare(pack, lo_s));
    return source->depth == PACK_OPEN_INSTALL ? pack_context_check(pack) : ERR_OK;
}

static enum err open_source(const struct source *source, const struct pack_rules *rules, struct pack **out) {
    struct pack *pack = calloc(1, sizeof *pack);
    if (pack == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = check_documents(source, rules, pack);
    if (err == ERR_OK) {
        err = open_database(source, rules->now.lo_s, pack);
    }
    if (err != ERR_OK) {
        pack_close(pack);
        return err;
    }
    *out = pack;
    return ERR_OK;
}

enum err pack_open_descriptors(int database, struct span manifest, struct span roots,
                               const struct pack_rules *rules, const struct pack_receipt *receipt,
                               enum pack_open_depth depth, struct pack **out) {
    struct source source = {
        .descriptor = database, .manifest = manifest, .roots = roots, .receipt = receipt, .depth = depth};
    return open_source(&source, rules, out);
}

enum err pack_open_head(int file, struct room *out) {
    while (out->len < out->cap) {
        ssize_t got = pread(file, out->ptr + out->len, out->cap - out->len, (off_t)out->len);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ERR_PACK_READ;
        }
        if (got == 0) {
            break;
        }
        out->len += (size_t)got;
    }
    return ERR_OK;
}

static enum err open_parts(int file, struct room *head, const struct pack_rules *rules,
                           enum pack_open_depth depth, struct pack **out) {
    struct container parts = {0};
    TRY(pack_open_head(file, head));
    TRY(container_split(room_span(head), &parts));
    struct source source = {.descriptor = file,
                            .offset = parts.database_at,
                            .manifest = parts.manifest,
                            .roots = parts.roots,
                            .depth = depth};
    return open_source(&source, rules, out);
}

enum err pack_open_file(int file, const struct pack_rules *rules, enum pack_open_depth depth,
                        struct pack **out) {
    uint8_t *memory = malloc(CONTAINER_HEAD_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room head = room_over(memory, CONTAINER_HEAD_BYTES);
    enum err err = open_parts(file, &head, rules, depth, out);
    free(memory);
    return err;
}

const struct root *pack_open_root(const struct pack *pack) {
    return &pack->root;
}

struct pack_receipt pack_open_receipt(const struct pack *pack) {
    return pack->receipt;
}

enum err pack_open_peek(struct span manifest, struct span roots, const struct pack_rules *rules,
                        struct pack_info *out) {
    struct pack *pack = calloc(1, sizeof *pack);
    if (pack == NULL) {
        return ERR_NO_MEMORY;
    }
    struct source source = {.manifest = manifest, .roots = roots};
    enum err err = check_documents(&source, rules, pack);
    if (err == ERR_OK) {
        *out = pack->info;
        out->scheme = (struct span){0};
    }
    pack_close(pack);
    return err;
}
