/* SPDX-License-Identifier: Apache-2.0 */
/* stick_copy: the chosen files into the data folder, whole or not at all. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "boards/stick.h"

#define PART        STICK_FOLDER "/part"
#define STATUS      STICK_FOLDER "/status"
#define STATUS_PART STICK_FOLDER "/status-part"
#define CHUNK       65536u

void stick_path(enum stick_kind kind, uint32_t index, char out[32]) {
    (void)snprintf(out, 32, STICK_FOLDER "/%s-%u", kind == STICK_PACK ? "pack" : "token", index);
}

static ssize_t read_some(const struct stick_source *source, int file, void *bytes, size_t len) {
    return source->read == NULL ? read(file, bytes, len) : source->read(source->ctx, file, bytes, len);
}

/* Room for the copy, for the one that its installation makes, and for what a kiosk writes meanwhile. */
static enum err check_space(int part, int64_t bytes) {
    struct statvfs disk;
    if (fstatvfs(part, &disk) != 0) {
        return ERR_STORE_WRITE;
    }
    uint64_t wanted = ((uint64_t)bytes * 2 + LIMIT_STICK_SPARE_BYTES) / disk.f_frsize + 1;
    return disk.f_bavail >= wanted ? ERR_OK : ERR_STICK_SPACE;
}

/* As many bytes as the file had when it was found, and then its end. */
static enum err pour(const struct store_port *store, const struct stick_source *source, int file, int part,
                     int64_t bytes) {
    uint8_t chunk[CHUNK];
    int64_t done = 0;
    for (;;) {
        ssize_t got = read_some(source, file, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 || got > bytes - done || (got == 0 && done < bytes)) {
            return ERR_STICK_READ;
        }
        if (got == 0) {
            return ERR_OK;
        }
        TRY(store->append(store->ctx, part, span_of_bytes(chunk, (size_t)got)));
        done += got;
    }
}

static enum err copy_bytes(const struct store_port *store, const struct stick_source *source, int file,
                           int part) {
    struct stat status;
    if (fstat(file, &status) != 0 || status.st_size < 0 || status.st_size > LIMIT_PACK_BYTES) {
        return ERR_STICK_READ;
    }
    TRY(check_space(part, status.st_size));
    TRY(pour(store, source, file, part, status.st_size));
    return store->sync(store->ctx, part);
}

static enum err copy_file(const struct store_port *store, const struct stick_source *source, int file,
                          const char *path) {
    int part = -1;
    TRY(store->create(store->ctx, PART, &part));
    enum err err = copy_bytes(store, source, file, part);
    store->close(store->ctx, part);
    return err == ERR_OK ? store->rename(store->ctx, PART, path) : err;
}

/* All names that copies can have, so nothing needs to be looked for. */
static enum err remove_copies(const struct store_port *store) {
    char path[32];
    enum err err = store->remove(store->ctx, PART);
    for (uint32_t i = 0; i < LIMIT_STICK_PACKS + LIMIT_STICK_TOKENS; i++) {
        bool pack = i < LIMIT_STICK_PACKS;
        stick_path(pack ? STICK_PACK : STICK_TOKEN, pack ? i : i - LIMIT_STICK_PACKS, path);
        enum err removed = store->remove(store->ctx, path);
        err = err == ERR_OK ? removed : err;
    }
    return err;
}

enum err stick_copy(const struct store_port *store, const struct stick_source *source,
                    const struct stick_found *found) {
    enum err err = remove_copies(store);
    for (uint32_t i = 0; err == ERR_OK && i < found->packs + found->tokens; i++) {
        char path[32];
        bool pack = i < found->packs;
        stick_path(pack ? STICK_PACK : STICK_TOKEN, pack ? i : i - found->packs, path);
        err = copy_file(store, source, found->files[i], path);
    }
    err = err == ERR_OK ? store->sync_folder(store->ctx, STICK_FOLDER) : err;
    if (err != ERR_OK) {
        (void)!remove_copies(store);
    }
    return err;
}

/* "ready 1 2 ERR_OK" */
enum err stick_say(const struct store_port *store, const struct stick_status *status) {
    static const char *const steps[] = {"none", "reading", "ready", "failed"};
    char text[96];
    int file = -1, len = snprintf(text, sizeof text, "%s %u %u %s\n", steps[status->step], status->packs,
                                  status->tokens, err_name(status->err));
    TRY(store->make_folder(store->ctx, STICK_FOLDER));
    TRY(store->create(store->ctx, STATUS_PART, &file));
    enum err err = store->append(store->ctx, file, span_of_bytes(text, (size_t)len));
    err = err == ERR_OK ? store->sync(store->ctx, file) : err;
    store->close(store->ctx, file);
    TRY(err);
    TRY(store->rename(store->ctx, STATUS_PART, STATUS));
    return store->sync_folder(store->ctx, STICK_FOLDER);
}

static bool err_of_name(struct span name, enum err *out) {
    for (unsigned i = 0; i < ERR_COUNT; i++) {
        if (span_equal_text(name, err_name((enum err)i))) {
            *out = (enum err)i;
            return true;
        }
    }
    return false;
}

static bool step_of_name(struct span name, enum stick_step *out) {
    *out = span_equal_text(name, "reading")  ? STICK_READING
           : span_equal_text(name, "ready")  ? STICK_READY
           : span_equal_text(name, "failed") ? STICK_FAILED
                                             : STICK_NONE;
    return *out != STICK_NONE;
}

static bool parse(struct span text, struct stick_status *out) {
    struct span words[4] = {{0}};
    uint64_t packs = 0, tokens = 0;
    size_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        size_t end = span_find(text, i == 3 ? '\n' : ' ', at);
        if (end >= text.len) {
            return false;
        }
        words[i] = span_slice(text, at, end - at);
        at = end + 1;
    }
    bool fits = at == text.len && step_of_name(words[0], &out->step) && span_decimal(words[1], 2, &packs) &&
                span_decimal(words[2], 2, &tokens) && err_of_name(words[3], &out->err);
    out->packs = (uint32_t)packs;
    out->tokens = (uint32_t)tokens;
    return fits && packs <= LIMIT_STICK_PACKS && tokens <= LIMIT_STICK_TOKENS;
}

enum err stick_status_read(const struct store_port *store, struct stick_status *out) {
    uint8_t bytes[128];
    struct room text = room_over(bytes, sizeof bytes);
    struct stick_status status = {0};
    enum err err = store->read(store->ctx, STATUS, &text);
    if (err == ERR_STORE_MISSING) {
        *out = (struct stick_status){0};
        return ERR_OK;
    }
    if (err != ERR_OK || !parse(room_span(&text), &status)) {
        return ERR_STORE_READ;
    }
    *out = status;
    return ERR_OK;
}

enum err stick_forget(const struct store_port *store) {
    TRY(store->remove(store->ctx, STATUS));
    return remove_copies(store);
}

enum err stick_fail(const struct store_port *store, enum err err) {
    struct stick_status status = {.step = STICK_FAILED, .err = err};
    TRY(remove_copies(store));
    TRY(stick_say(store, &status));
    return err;
}

enum err stick_keep(const struct store_port *store, const struct stick_source *source,
                    struct stick_found *found) {
    struct stick_status status = {.step = STICK_READY, .packs = found->packs, .tokens = found->tokens};
    enum err err = stick_copy(store, source, found);
    stick_close(found);
    return err == ERR_OK ? stick_say(store, &status) : stick_fail(store, err);
}

enum err stick_take(const struct store_port *store, const struct stick_source *source) {
    struct stick_status reading = {.step = STICK_READING};
    struct stick_found found = {0};
    TRY(stick_say(store, &reading));
    enum err err = stick_find(source, &found);
    err = err == ERR_OK ? stick_keep(store, source, &found) : stick_fail(store, err);
    stick_close(&found);
    return err;
}

enum err stick_gone(const struct store_port *store) {
    struct stick_status status = {0};
    enum err err = stick_status_read(store, &status);
    return err == ERR_OK && status.step == STICK_READY ? ERR_OK : stick_forget(store);
}
