/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/power_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/linux/linux_store.h"
#include "tests/lib/check.h"

/* Files and folders that ever were, and names in one folder. */
#define NODES   256
#define ENTRIES 24
#define NAME    96
/* Files that are open for writing. */
#define OPENED 8

struct entry {
    char name[NAME]; /* empty: none */
    int node;
};

/* A file with what was synced of it, or a folder with its names: now, and when it was synced. */
struct node {
    bool folder;
    uint8_t *bytes;
    size_t len;
    struct entry now[ENTRIES], kept[ENTRIES];
};

struct power {
    struct store_port real;
    unsigned steps, cut_at;
    bool off;
    int count;
    struct node nodes[NODES];
    struct {
        bool open;
        int descriptor, node;
    } opened[OPENED];
};

static int new_node(struct power *power, bool folder) {
    assert_true(power->count < NODES);
    power->nodes[power->count].folder = folder;
    return power->count++;
}

static struct entry *find(struct entry entries[ENTRIES], const char *name, size_t len) {
    for (size_t i = 0; i < ENTRIES; i++) {
        if (strlen(entries[i].name) == len && memcmp(entries[i].name, name, len) == 0) {
            return &entries[i];
        }
    }
    return NULL;
}

/* The folder that a path lies in, and its last name. */
static struct node *parent(struct power *power, const char *path, const char **name) {
    struct node *at = &power->nodes[0];
    for (const char *slash = NULL; (slash = strchr(path, '/')) != NULL; path = slash + 1) {
        struct entry *entry = find(at->now, path, (size_t)(slash - path));
        assert_non_null(entry);
        at = &power->nodes[entry->node];
    }
    *name = path;
    return at;
}

static struct entry *lookup(struct power *power, const char *path) {
    const char *name = NULL;
    struct node *folder = parent(power, path, &name);
    return find(folder->now, name, strlen(name));
}

static void put_entry(struct entry entries[ENTRIES], const char *name, int node) {
    struct entry *entry = find(entries, name, strlen(name));
    if (entry == NULL) {
        entry = find(entries, "", 0);
    }
    if (entry == NULL) {
        fail_msg("more names in one folder than are followed");
        return;
    }
    snprintf(entry->name, sizeof entry->name, "%s", name);
    entry->node = node;
}

static void enter(struct power *power, const char *path, int node) {
    const char *name = NULL;
    struct node *folder = parent(power, path, &name);
    put_entry(folder->now, name, node);
}

/* What a file holds becomes what is kept of it. */
static void keep_bytes(struct node *node, int descriptor) {
    struct stat file;
    assert_int_equal(fstat(descriptor, &file), 0);
    free(node->bytes);
    node->len = (size_t)file.st_size;
    node->bytes = malloc(node->len + 1);
    assert_non_null(node->bytes);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor); /* it may be open for writing alone */
    int again = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(pread(again, node->bytes, node->len, 0), node->len);
    close(again);
}

/* Take over what lies in a folder; all of it counts as synced. */
static void load(struct power *power, int folder, int node) {
    DIR *listing = fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        struct stat file;
        int descriptor = openat(folder, entry->d_name, O_RDONLY | O_CLOEXEC);
        assert_int_equal(fstat(descriptor, &file), 0);
        int child = new_node(power, S_ISDIR(file.st_mode));
        put_entry(power->nodes[node].now, entry->d_name, child);
        if (S_ISDIR(file.st_mode)) {
            load(power, descriptor, child);
        } else {
            keep_bytes(&power->nodes[child], descriptor);
        }
        close(descriptor);
    }
    closedir(listing);
    memcpy(power->nodes[node].kept, power->nodes[node].now, sizeof power->nodes[node].now);
}

static enum err step(struct power *power) {
    power->steps++;
    power->off = power->off || (power->cut_at != 0 && power->steps >= power->cut_at);
    return power->off ? ERR_STORE_WRITE : ERR_OK;
}

static enum err power_read(void *ctx, const char *path, struct room *out) {
    struct power *power = ctx;
    return power->off ? ERR_STORE_READ : power->real.read(power->real.ctx, path, out);
}

static enum err power_open(void *ctx, const char *path, int *descriptor) {
    struct power *power = ctx;
    return power->off ? ERR_STORE_READ : power->real.open(power->real.ctx, path, descriptor);
}

static enum err power_make_folder(void *ctx, const char *path) {
    struct power *power = ctx;
    TRY(step(power));
    TRY(power->real.make_folder(power->real.ctx, path));
    if (lookup(power, path) == NULL) {
        enter(power, path, new_node(power, true));
    }
    return ERR_OK;
}

static enum err power_create(void *ctx, const char *path, int *descriptor) {
    struct power *power = ctx;
    TRY(step(power));
    TRY(power->real.create(power->real.ctx, path, descriptor));
    struct entry *entry = lookup(power, path);
    int node = entry != NULL ? entry->node : new_node(power, false);
    enter(power, path, node);
    for (size_t i = 0; i < OPENED; i++) {
        if (!power->opened[i].open) {
            power->opened[i].open = true;
            power->opened[i].descriptor = *descriptor;
            power->opened[i].node = node;
            return ERR_OK;
        }
    }
    fail_msg("more files are open than are followed");
    return ERR_STORE_WRITE;
}

static enum err power_append(void *ctx, int descriptor, struct span bytes) {
    struct power *power = ctx;
    TRY(step(power));
    return power->real.append(power->real.ctx, descriptor, bytes);
}

static enum err power_sync(void *ctx, int descriptor) {
    struct power *power = ctx;
    TRY(step(power));
    TRY(power->real.sync(power->real.ctx, descriptor));
    for (size_t i = 0; i < OPENED; i++) {
        if (power->opened[i].open && power->opened[i].descriptor == descriptor) {
            keep_bytes(&power->nodes[power->opened[i].node], descriptor);
        }
    }
    return ERR_OK;
}

static void power_close(void *ctx, int descriptor) {
    struct power *power = ctx;
    for (size_t i = 0; i < OPENED; i++) {
        power->opened[i].open = power->opened[i].open && power->opened[i].descriptor != descriptor;
    }
    power->real.close(power->real.ctx, descriptor);
}

static enum err power_sync_folder(void *ctx, const char *path) {
    struct power *power = ctx;
    TRY(step(power));
    TRY(power->real.sync_folder(power->real.ctx, path));
    struct entry *entry = path[0] == '\0' ? NULL : lookup(power, path);
    assert_true(path[0] == '\0' || entry != NULL);
    struct node *folder = &power->nodes[entry == NULL ? 0 : entry->node];
    memcpy(folder->kept, folder->now, sizeof folder->now);
    return ERR_OK;
}

static enum err power_rename(void *ctx, const char *from, const char *to) {
    struct power *power = ctx;
    TRY(step(power));
    TRY(power->real.rename(power->real.ctx, from, to));
    struct entry *entry = lookup(power, from);
    assert_non_null(entry);
    int node = entry->node;
    *entry = (struct entry){0};
    enter(power, to, node);
    return ERR_OK;
}

/* A folder on the way may be absent, as the thing itself. */
static bool is_there(struct power *power, const char *path) {
    struct node *at = &power->nodes[0];
    for (const char *slash = NULL; (slash = strchr(path, '/')) != NULL; path = slash + 1) {
        struct entry *entry = find(at->now, path, (size_t)(slash - path));
        if (entry == NULL) {
            return false;
        }
        at = &power->nodes[entry->node];
    }
    return find(at->now, path, strlen(path)) != NULL;
}

static enum err power_remove(void *ctx, const char *path) {
    struct power *power = ctx;
    TRY(step(power));
    TRY(power->real.remove(power->real.ctx, path));
    if (is_there(power, path)) {
        *lookup(power, path) = (struct entry){0};
    }
    return ERR_OK;
}

void power_store_open(int folder, unsigned cut_at, struct store_port *out) {
    struct power *power = calloc(1, sizeof *power);
    assert_non_null(power);
    assert_ok(linux_store_open(folder, &power->real));
    power->cut_at = cut_at;
    load(power, folder, new_node(power, true));
    *out = (struct store_port){.ctx = power,
                               .read = power_read,
                               .make_folder = power_make_folder,
                               .create = power_create,
                               .append = power_append,
                               .sync = power_sync,
                               .close = power_close,
                               .sync_folder = power_sync_folder,
                               .rename = power_rename,
                               .remove = power_remove,
                               .open = power_open};
}

unsigned power_store_steps(const struct store_port *store) {
    const struct power *power = store->ctx;
    return power->steps;
}

bool power_store_is_off(const struct store_port *store) {
    const struct power *power = store->ctx;
    return power->off;
}

static void write_file(int folder, const char *name, const struct node *node) {
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, node->bytes, node->len), node->len);
    close(file);
}

static void write_folder(const struct power *power, enum power_disk disk, const struct node *node,
                         int folder) {
    const struct entry *entries = disk == POWER_KEEPS_NAMES ? node->now : node->kept;
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct node *child = &power->nodes[entries[i].node];
        if (entries[i].name[0] == '\0') {
            continue;
        }
        if (!child->folder) {
            write_file(folder, entries[i].name, child);
            continue;
        }
        assert_int_equal(mkdirat(folder, entries[i].name, 0700), 0);
        int descriptor = openat(folder, entries[i].name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        write_folder(power, disk, child, descriptor);
        close(descriptor);
    }
}

void power_store_keep(const struct store_port *store, enum power_disk disk, int folder) {
    const struct power *power = store->ctx;
    write_folder(power, disk, &power->nodes[0], folder);
}

void power_store_close(struct store_port *store) {
    struct power *power = store->ctx;
    for (int i = 0; i < power->count; i++) {
        free(power->nodes[i].bytes);
    }
    linux_store_close(&power->real);
    free(power);
    *store = (struct store_port){0};
}
