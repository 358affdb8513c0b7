/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_built.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "pack/database.h"
#include "pack/opened.h"

static enum err open_database(int database, struct pack *pack) {
    struct stat file;
    pack->descriptor = fcntl(database, F_DUPFD_CLOEXEC, 3);
    pack->descriptor_open = pack->descriptor >= 0;
    if (!pack->descriptor_open || fstat(pack->descriptor, &file) != 0 || !S_ISREG(file.st_mode)) {
        return ERR_PACK_READ;
    }
    pack->info.database_bytes = (uint64_t)file.st_size;
    TRY(descriptor_vfs_register(&pack->vfs, pack->descriptor, 0, pack->info.database_bytes));
    TRY(database_open(pack->vfs.name, &pack->database));
    TRY(database_check_schema(pack->database));
    TRY(database_check_pages(pack->database));
    database_bound_steps(pack->database);
    return opened_prepare(pack, 0);
}

enum err pack_built_open(int database, struct pack **out) {
    struct pack *pack = calloc(1, sizeof *pack);
    if (pack == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = open_database(database, pack);
    if (err != ERR_OK) {
        pack_close(pack);
        return err;
    }
    *out = pack;
    return ERR_OK;
}
