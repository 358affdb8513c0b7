/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/eye_photos.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boards/picture.h"
#include "frame/decode.h"

#define PAYLOAD_MAX 8192u

/* One folder's way through. */
struct show {
    const char *folder, *converted;
    struct eye_tally *tally;
    struct decoder decoder;
    unsigned skipped;
};

/* What a picture holds. */
struct truth {
    bool known;
    unsigned codes;
    size_t len;
    uint8_t payload[PAYLOAD_MAX];
};

static bool ends_with(const char *name, const char *end) {
    size_t len = strlen(name), end_len = strlen(end);
    return len >= end_len && strcmp(name + len - end_len, end) == 0;
}

static bool is_picture(const char *name) {
    static const char *const ends[] = {".jpg", ".jpeg", ".png", ".pgm", ".webp", ".JPG"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_with(name, ends[i])) {
            return true;
        }
    }
    return false;
}

static bool read_payload(const char *path, struct truth *truth) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    truth->len = fread(truth->payload, 1, sizeof truth->payload, file);
    truth->known = true;
    fclose(file);
    return true;
}

/* The only outcome that counts where the payload is not known: something was seen, or nothing. */
static void show_unknown(struct show *show, const char *name, const struct grey *picture) {
    struct eye_tally *tally = show->tally;
    eye_tally_show(tally, strrchr(show->folder, '/') + 1, name, picture, (struct span){0});
    struct eye_record *record = &tally->records[tally->count - 1];
    for (unsigned i = 0; i < tally->eye_count; i++) {
        record->outcome[i] = record->outcome[i] == EYE_WRONG ? EYE_READ : EYE_MISSED;
    }
}

static void show_picture(struct show *show, const char *path, const struct truth *truth) {
    struct picture picture = {0};
    struct grey grey = {0};
    if (picture_from_file(path, &picture) != ERR_OK ||
        decode_frame(&show->decoder, &picture.frame, &grey) != ERR_OK) {
        show->skipped++;
    } else if (truth->known || truth->codes == 0) {
        eye_tally_show(show->tally, strrchr(show->folder, '/') + 1, strrchr(path, '/') + 1, &grey,
                       span_of_bytes(truth->payload, truth->len));
    } else {
        show_unknown(show, strrchr(path, '/') + 1, &grey);
    }
    picture_close(&picture);
}

static void show_file(struct show *show, const char *name, const struct truth *truth) {
    char path[PATH_MAX];
    bool webp = ends_with(name, ".webp");
    if (webp && show->converted != NULL) {
        snprintf(path, sizeof path, "%s/%s/%s.png", show->converted, strrchr(show->folder, '/') + 1, name);
    } else {
        snprintf(path, sizeof path, "%s/%s", show->folder, name);
    }
    if ((webp && show->converted == NULL) || access(path, R_OK) != 0) {
        show->skipped++;
        return;
    }
    show_picture(show, path, truth);
}

static void show_manifest(struct show *show, FILE *manifest) {
    static struct truth truth;
    char line[1024], path[PATH_MAX];
    while (fgets(line, sizeof line, manifest) != NULL) {
        char *rest = line;
        const char *name = strsep(&rest, "\t\n");
        const char *payload = strsep(&rest, "\t\n");
        if (name[0] == '#' && payload != NULL && strncmp(payload, "expected(", 9) == 0) {
            continue;
        }
        truth = (struct truth){.codes = rest == NULL ? 1 : (unsigned)strtoul(rest, NULL, 10)};
        snprintf(path, sizeof path, "%s/%s", show->folder, payload == NULL ? "-" : payload);
        (void)read_payload(path, &truth);
        show_file(show, name, &truth);
    }
}

/* NAME.bin beside it, or in the folder "expected". */
static void show_entry(struct show *show, const char *name) {
    static struct truth truth;
    char path[PATH_MAX];
    int stem = (int)(strrchr(name, '.') - name);
    truth = (struct truth){.codes = 1};
    snprintf(path, sizeof path, "%s/%.*s.bin", show->folder, stem, name);
    if (!read_payload(path, &truth)) {
        snprintf(path, sizeof path, "%s/expected/%.*s.bin", show->folder, stem, name);
        (void)read_payload(path, &truth);
    }
    show_file(show, name, &truth);
}

static void show_entries(struct show *show) {
    struct dirent **entries = NULL;
    int count = scandir(show->folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (is_picture(entries[i]->d_name)) {
            show_entry(show, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
}

void eye_photos_show(const char *folder, const char *converted, struct eye_tally *tally) {
    struct show show = {.folder = folder, .converted = converted, .tally = tally};
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/manifest.tsv", folder);
    FILE *manifest = fopen(path, "r");
    if (manifest == NULL) {
        show_entries(&show);
    } else {
        show_manifest(&show, manifest);
        fclose(manifest);
    }
    if (show.skipped > 0) {
        printf("%s: %u pictures are skipped: no format of ours, or too large\n", folder, show.skipped);
    }
    decode_close(&show.decoder);
}
