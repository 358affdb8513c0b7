/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/reel.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_picture(const struct dirent *entry) {
    static const char *const endings[] = {".jpg", ".jpeg", ".png", ".pgm"};
    const char *dot = strrchr(entry->d_name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++) {
        if (strcasecmp(dot, endings[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Two steps: a scene called like the file, and its picture. */
static void put_picture(struct reel *reel, const char *name, uint32_t hold) {
    struct script_step *step = reel->steps + reel->count;
    step[0] = (struct script_step){.kind = SCRIPT_SCENE, .text = span_of_text(name)};
    step[1] = (struct script_step){.kind = SCRIPT_FRAME, .text = span_of_text(name), .amount = hold};
    reel->count += 2;
}

static enum err make_steps(struct reel *reel, size_t max) {
    reel->steps = calloc(max > 0 ? max : 1, sizeof *reel->steps);
    return reel->steps == NULL ? ERR_NO_MEMORY : ERR_OK;
}

static enum err open_folder(struct reel *reel, uint32_t hold) {
    reel->entry_count = scandir(reel->folder, &reel->entries, is_picture, versionsort);
    if (reel->entry_count <= 0) {
        return ERR_FILE_READ;
    }
    TRY(make_steps(reel, (size_t)reel->entry_count * 2));
    for (int i = 0; i < reel->entry_count; i++) {
        put_picture(reel, reel->entries[i]->d_name, hold);
    }
    return ERR_OK;
}

static enum err load(int descriptor, size_t size, struct reel *reel, struct span *out) {
    reel->memory = malloc(size + 1);
    if (reel->memory == NULL) {
        return ERR_NO_MEMORY;
    }
    size_t len = 0;
    ssize_t got = 1;
    while (got > 0 && len < size) {
        got = read(descriptor, reel->memory + len, size - len);
        len += got > 0 ? (size_t)got : 0;
    }
    *out = span_of_bytes(reel->memory, len);
    return got < 0 ? ERR_FILE_READ : ERR_OK;
}

/* Split "folder/name": the folder stays in the reel, the name is given. */
static const char *split_path(struct reel *reel) {
    char *slash = strrchr(reel->folder, '/');
    if (slash == NULL) {
        return NULL;
    }
    *slash = '\0';
    return slash + 1;
}

static enum err open_contents(struct reel *reel, struct span contents, const char *path, uint32_t hold,
                              struct script_complaint *why) {
    const char *name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    if (split_path(reel) == NULL) {
        snprintf(reel->folder, sizeof reel->folder, ".");
    }
    size_t at = 0;
    bool jpeg = span_starts_with(contents, "\xFF\xD8\xFF");
    if (jpeg && reel_next_jpeg(contents, &at).len < contents.len) {
        TRY(make_steps(reel, 1));
        reel->steps[reel->count++] = (struct script_step){.kind = SCRIPT_SCENE, .text = span_of_text(name)};
        reel->mjpeg = contents;
        return ERR_OK;
    }
    if (jpeg || span_starts_with(contents, "\x89PNG") || span_starts_with(contents, "P5")) {
        TRY(make_steps(reel, 2));
        put_picture(reel, name, hold);
        return ERR_OK;
    }
    if (contents.len > REEL_SCRIPT_MAX) {
        snprintf(why->text, sizeof why->text, "the script is larger than %u bytes", REEL_SCRIPT_MAX);
        return ERR_SCRIPT;
    }
    TRY(make_steps(reel, SCRIPT_STEPS_MAX));
    return script_parse(contents, reel->steps, SCRIPT_STEPS_MAX, &reel->count, why);
}

static enum err open_path(struct reel *reel, const char *path, uint32_t hold, struct script_complaint *why) {
    int len = snprintf(reel->folder, sizeof reel->folder, "%s", path);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (len < 0 || (size_t)len >= sizeof reel->folder || descriptor < 0 || fstat(descriptor, &status) != 0) {
        if (descriptor >= 0) {
            close(descriptor);
        }
        return ERR_FILE_READ;
    }
    enum err err = ERR_FILE_READ;
    if (S_ISDIR(status.st_mode)) {
        err = open_folder(reel, hold);
    } else if (S_ISREG(status.st_mode) && status.st_size <= (off_t)REEL_MJPEG_MAX) {
        struct span contents = {0};
        err = load(descriptor, (size_t)status.st_size, reel, &contents);
        err = err == ERR_OK ? open_contents(reel, contents, path, hold, why) : err;
    }
    close(descriptor);
    return err;
}

enum err reel_open(const char *path, uint32_t hold, struct reel *out, struct script_complaint *why) {
    struct reel reel = {0};
    snprintf(why->text, sizeof why->text, "%s", "the file cannot be read, or the folder holds no pictures");
    enum err err = open_path(&reel, path, hold, why);
    if (err != ERR_OK) {
        reel_close(&reel);
        return err;
    }
    *out = reel;
    return ERR_OK;
}

struct span reel_next_jpeg(struct span mjpeg, size_t *at) {
    static const uint8_t border[] = {0xFF, 0xD9, 0xFF, 0xD8, 0xFF};
    struct span rest = span_slice(mjpeg, *at, mjpeg.len);
    const uint8_t *found = rest.len > 0 ? memmem(rest.ptr, rest.len, border, sizeof border) : NULL;
    size_t len = found == NULL ? rest.len : (size_t)(found - rest.ptr) + 2;
    *at += len;
    return span_slice(rest, 0, len);
}

void reel_close(struct reel *reel) {
    for (int i = 0; i < reel->entry_count; i++) {
        free(reel->entries[i]);
    }
    free(reel->entries);
    free(reel->steps);
    free(reel->memory);
    *reel = (struct reel){0};
}
