/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/install.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/build_time.h"
#include "kiosk/install_folder.h"
#include "kiosk/install_slots.h"
#include "kiosk/install_tokens.h"
#include "pack/container.h"

/* Bytes copied at once. */
#define PIECE_BYTES 65536

/* An installation in progress. */
struct job {
    const struct store_port *store;
    const struct pack_rules *rules;
    int file;
    struct container parts; /* points into the head */
    struct pack_info info;  /* of the new pack */
    struct install_slots slots;
    struct install_folder_current current;
};

/* Read the record; a kiosk that has been provisioned and lost it trusts nothing. */
static enum err read_record(const struct store_port *store, struct install_slots *slots,
                            struct install_folder_current *current) {
    TRY(install_slots_read(store, slots));
    TRY(install_folder_current(store, current));
    /* A first installation that is cut short leaves one torn slot at most. */
    bool provisioned = current->present || (slots->present[0] && slots->present[1]);
    return install_slots_newest(slots) == NULL && provisioned ? ERR_INSTALL_SLOTS : ERR_OK;
}

/* Open the pack that a record names, and make sure that it is that very one. */
static enum err open_recorded(const struct store_port *store, const struct install_slots_record *record,
                              const struct pack_rules *rules, struct pack **out,
                              struct install_files *files) {
    char folder[INSTALL_FOLDER_PATH_SIZE];
    struct pack *pack = NULL;
    install_folder_path(record->id, folder);
    TRY(install_folder_open(store, folder, files));
    enum err err = install_folder_pack(files, rules, PACK_OPEN_USE, &pack);
    if (err == ERR_OK) {
        const struct pack_info *info = pack_info(pack);
        bool same = memcmp(info->id, record->id, sizeof info->id) == 0 && info->seq == record->seq &&
                    info->root_version == record->root && info->roots_bytes == record->roots_bytes &&
                    memcmp(info->roots_sha256, record->roots_sha256, sizeof record->roots_sha256) == 0;
        err = same ? ERR_OK : ERR_INSTALL_SLOTS;
    }
    if (err != ERR_OK) {
        pack_close(pack);
        install_files_close(files);
        return err;
    }
    *out = pack;
    return ERR_OK;
}

/* After the newest slot is written: make `current` and the other slot agree with it, and drop what was two
 * packs ago. */
static enum err settle(const struct store_port *store, struct install_slots *slots,
                       const struct install_folder_current *current) {
    const struct install_slots_record record = *install_slots_newest(slots);
    struct install_folder_current now = {.present = true};
    char folder[INSTALL_FOLDER_PATH_SIZE];
    install_folder_path(record.id, folder);
    memcpy(now.id, folder + 6, sizeof now.id);
    if (memcmp(now.id, current->id, sizeof now.id) != 0) {
        memcpy(now.before, current->id, sizeof now.before);
        if (current->before[0] != '\0' && memcmp(current->before, now.id, sizeof now.id) != 0) {
            memcpy(folder + 6, current->before, sizeof current->before);
            TRY(install_folder_remove(store, folder));
        }
        TRY(install_folder_flip(store, &now));
    }
    bool agree = slots->whole[0] && slots->whole[1] && slots->records[0].seq == slots->records[1].seq &&
                 memcmp(slots->records[0].id, slots->records[1].id, sizeof record.id) == 0;
    return agree ? ERR_OK : install_slots_write(store, slots, &record);
}

/* The new chain of roots begins with the accepted one: keys of a root that was replaced hand over to nobody any more, even
 * where enough of them leaked. */
static enum err compare_roots(const struct job *job, const struct install_slots_record *record) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    TRY(crypto_sha256(span_slice(job->parts.roots, 0, (size_t)record->roots_bytes), sha256));
    return memcmp(sha256, record->roots_sha256, sizeof sha256) == 0 ? ERR_OK : ERR_INSTALL_ROOTS;
}

/* Whether the new pack may follow the recorded one; *same where it is the recorded one. A newer root begins a new count
 * of packs: so a list recovers from a release key that leaked and signed a huge number. */
static enum err compare_with_record(const struct job *job, bool *same) {
    const struct install_slots_record *record = install_slots_newest(&job->slots);
    *same = false;
    if (record == NULL) {
        return ERR_OK;
    }
    if (job->info.root_version < record->root) {
        return ERR_INSTALL_ROLLBACK;
    }
    TRY(compare_roots(job, record));
    if (job->info.root_version > record->root) {
        return ERR_OK;
    }
    if (job->info.seq < record->seq) {
        return ERR_INSTALL_ROLLBACK;
    }
    *same = memcmp(job->info.id, record->id, sizeof record->id) == 0;
    return job->info.seq > record->seq || *same ? ERR_OK : ERR_INSTALL_FORKED;
}

/*
 * May it be taken in at this time? Where no clock bounds the time from above, all that says that it expired is the floor,
 * and the packs of the root that is being replaced have raised that: a newer root may lower it (trust.md section 3), or a
 * leaked key that signed a date far ahead would shut its own replacement out.
 */
static enum err admit(const struct job *job) {
    const struct install_slots_record *record = install_slots_newest(&job->slots);
    struct interval now = build_time_raise(&job->rules->now);
    bool newer_root = record != NULL && job->info.root_version > record->root;
    enum err err = pack_admit(&job->info, &now);
    if (err == ERR_PACK_EXPIRED && newer_root && now.hi_s == INTERVAL_UNBOUNDED) {
        return job->info.expires_s > build_time_s ? ERR_OK : err;
    }
    return err;
}

/* Is the recorded pack, which is the new one too, whole? */
static bool recorded_is_whole(const struct job *job) {
    struct install_files files = {0};
    struct pack *pack = NULL;
    enum err err = open_recorded(job->store, install_slots_newest(&job->slots), job->rules, &pack, &files);
    pack_close(pack);
    install_files_close(&files);
    return err == ERR_OK;
}

/* Copy exactly the database; the stick may hold anything by now, which is why the copy gets checked. */
static enum err copy_database(const struct job *job, int to, uint8_t *piece) {
    uint64_t at = 0, bytes = job->info.database_bytes;
    while (at < bytes) {
        size_t wanted = bytes - at < PIECE_BYTES ? (size_t)(bytes - at) : PIECE_BYTES;
        ssize_t got = pread(job->file, piece, wanted, (off_t)(job->parts.database_at + at));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? ERR_PACK_READ : ERR_PACK_SIZE;
        }
        TRY(job->store->append(job->store->ctx, to, span_of_bytes(piece, (size_t)got)));
        at += (uint64_t)got;
    }
    return pread(job->file, piece, 1, (off_t)(job->parts.database_at + bytes)) == 0 ? ERR_OK : ERR_PACK_SIZE;
}

static enum err write_database(const struct job *job) {
    const struct store_port *store = job->store;
    uint8_t *piece = malloc(PIECE_BYTES);
    int to = -1;
    if (piece == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = store->create(store->ctx, INSTALL_FOLDER_NEXT "/" INSTALL_DATABASE, &to);
    if (err == ERR_OK) {
        err = copy_database(job, to, piece);
        if (err == ERR_OK) {
            err = store->sync(store->ctx, to);
        }
        store->close(store->ctx, to);
    }
    free(piece);
    return err;
}

/* What a kill left in packs/ without a record goes; what is in use and the one before it stay. */
static enum err drop_orphan(const struct job *job) {
    const struct install_slots_record *record = install_slots_newest(&job->slots);
    char folder[INSTALL_FOLDER_PATH_SIZE] = {0};
    if (record != NULL) {
        install_folder_path(record->id, folder);
    }
    const char *const kept[] = {folder + 6, job->current.id, job->current.before};
    return install_folder_drop_orphan(job->store, kept);
}

static enum err put_together(const struct job *job) {
    const struct store_port *store = job->store;
    TRY(store->make_folder(store->ctx, "incoming"));
    TRY(drop_orphan(job));
    TRY(install_folder_remove(store, INSTALL_FOLDER_NEXT));
    TRY(store->make_folder(store->ctx, INSTALL_FOLDER_NEXT));
    TRY(write_database(job));
    TRY(install_folder_write(store, INSTALL_FOLDER_NEXT "/" INSTALL_MANIFEST, job->parts.manifest));
    TRY(install_folder_write(store, INSTALL_FOLDER_NEXT "/" INSTALL_ROOTS, job->parts.roots));
    return store->sync_folder(store->ctx, INSTALL_FOLDER_NEXT);
}

/* Check the copy, whole: signature, hash, schema, pages. */
static enum err check_copy(const struct job *job) {
    struct install_files files = {0};
    struct pack *pack = NULL;
    TRY(install_folder_open(job->store, INSTALL_FOLDER_NEXT, &files));
    enum err err = install_folder_pack(&files, job->rules, PACK_OPEN_INSTALL, &pack);
    if (err == ERR_OK && memcmp(pack_info(pack)->id, job->info.id, sizeof job->info.id) != 0) {
        err = ERR_PACK_HASH;
    }
    pack_close(pack);
    install_files_close(&files);
    return err;
}

/* Give the checked copy its place, and then its record. */
static enum err put_in_place(struct job *job) {
    const struct store_port *store = job->store;
    char folder[INSTALL_FOLDER_PATH_SIZE];
    struct install_slots_record record = {
        .root = job->info.root_version, .seq = job->info.seq, .roots_bytes = job->info.roots_bytes};
    memcpy(record.roots_sha256, job->info.roots_sha256, sizeof record.roots_sha256);
    memcpy(record.id, job->info.id, sizeof record.id);
    install_folder_path(job->info.id, folder);
    TRY(store->make_folder(store->ctx, "packs"));
    TRY(install_folder_announce(store, folder));
    TRY(install_folder_remove(store, folder));
    TRY(store->rename(store->ctx, INSTALL_FOLDER_NEXT, folder));
    TRY(store->sync_folder(store->ctx, "packs"));
    TRY(store->sync_folder(store->ctx, "incoming"));
    TRY(store->sync_folder(store->ctx, ""));
    TRY(install_slots_write(store, &job->slots, &record));
    TRY(store->sync_folder(store->ctx, ""));
    if (memcmp(job->current.id, folder + 6, sizeof job->current.id) == 0) {
        /* A pack that was mended keeps its name: `current`, written anew, is how face hears of it. */
        TRY(install_folder_flip(store, &job->current));
    }
    return settle(store, &job->slots, &job->current);
}

/* What a kill left undone of the installation before, so that `current` knows the packs that lie there. */
static enum err finish_earlier(struct job *job) {
    if (install_slots_newest(&job->slots) == NULL) {
        return ERR_OK;
    }
    TRY(settle(job->store, &job->slots, &job->current));
    return install_folder_current(job->store, &job->current);
}

/* All that can be said of a pack before its database is read; *same where it is the recorded one. */
static enum err examine(struct job *job, struct room *head, bool *same) {
    TRY(pack_open_head(job->file, head));
    TRY(container_split(room_span(head), &job->parts));
    TRY(pack_open_peek(job->parts.manifest, job->parts.roots, job->rules, &job->info));
    TRY(read_record(job->store, &job->slots, &job->current));
    TRY(compare_with_record(job, same));
    return admit(job);
}

static enum err install(struct job *job, struct room *head, enum install_outcome *out) {
    bool same = false;
    TRY(examine(job, head, &same));
    if (same && recorded_is_whole(job)) {
        TRY(settle(job->store, &job->slots, &job->current));
        *out = INSTALL_UNCHANGED;
        return ERR_OK;
    }
    TRY(finish_earlier(job));
    enum err err = put_together(job);
    if (err == ERR_OK) {
        err = check_copy(job);
    }
    if (err != ERR_OK) {
        /* What remains there does not count, and the next installation removes it. */
        enum err removed = install_folder_remove(job->store, INSTALL_FOLDER_NEXT);
        (void)removed;
        return err;
    }
    TRY(put_in_place(job));
    *out = INSTALL_DONE;
    return same ? ERR_OK : install_tokens_renew(job->store, &job->info, job->rules->now.lo_s);
}

enum err install_pack(const struct store_port *store, int file, const struct pack_rules *rules,
                      enum install_outcome *out) {
    struct job job = {.store = store, .rules = rules, .file = file};
    uint8_t *memory = malloc(CONTAINER_HEAD_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room head = room_over(memory, CONTAINER_HEAD_BYTES);
    enum err err = install(&job, &head, out);
    free(memory);
    return err;
}

enum err install_examine(const struct store_port *store, int file, const struct pack_rules *rules,
                         bool *same) {
    struct job job = {.store = store, .rules = rules, .file = file};
    uint8_t *memory = malloc(CONTAINER_HEAD_BYTES);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room head = room_over(memory, CONTAINER_HEAD_BYTES);
    enum err err = examine(&job, &head, same);
    free(memory);
    return err;
}

enum err install_current(const struct store_port *store, const struct pack_rules *rules, struct pack **out,
                         struct install_files *files) {
    struct install_slots slots = {0};
    struct install_folder_current current = {0};
    struct install_files opened = {0};
    struct pack *pack = NULL;
    TRY(read_record(store, &slots, &current));
    const struct install_slots_record *record = install_slots_newest(&slots);
    if (record == NULL) {
        return ERR_INSTALL_NONE;
    }
    TRY(open_recorded(store, record, rules, &pack, &opened));
    /* What a kill left undone is done now; a disk that cannot be written does not make the pack worse. */
    enum err settled = settle(store, &slots, &current);
    (void)settled;
    if (files != NULL) {
        *files = opened;
    } else {
        install_files_close(&opened);
    }
    *out = pack;
    return ERR_OK;
}
