/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/grounds.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "boards/clock.h"
#include "boards/store.h"
#include "credctl/assets.h"
#include "credctl/build/moment.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "kiosk/build_time.h"
#include "kiosk/install.h"
#include "kiosk/install_tokens.h"
#include "pack/pack_context.h"
#include "pack/pack_open.h"
#include "verify.h"

static int read_config(const struct options *options, struct grounds *grounds) {
    const char *path = options_value(options, "config");
    struct config_complaint why = {0};
    bool own = path == NULL && options_value(options, "trust") == NULL && access(GROUNDS_CONFIG, F_OK) == 0;
    config_default(&grounds->config);
    if (path == NULL && !own) {
        return EX_OK;
    }
    enum err err = config_load(own ? GROUNDS_CONFIG : path, &grounds->config, &why);
    if (err == ERR_OK) {
        return EX_OK;
    }
    return command_fail(err == ERR_CONFIG ? EX_CONFIG : command_status(err), "%s", why.text);
}

static struct pack_rules rules_of(const struct grounds *grounds) {
    return (struct pack_rules){
        .root = room_span(&grounds->root),
        .audience = span_of_text(grounds->config.audience),
        .app_version = PACK_APP_VERSION,
        .now = grounds->now,
    };
}

static int open_file(const char *path, struct grounds *grounds) {
    struct pack_rules rules = rules_of(grounds);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return command_fail_err(access(path, F_OK) == 0 ? ERR_FILE_READ : ERR_FILE_MISSING, path);
    }
    enum err err = pack_open_file(file, &rules, PACK_OPEN_USE, &grounds->pack);
    close(file);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

/* The tokens beside the installed pack. */
static enum err read_tokens(const struct store_port *store, struct grounds *grounds) {
    struct install_tokens *tokens = calloc(1, sizeof *tokens);
    enum err err =
        tokens == NULL ? ERR_NO_MEMORY : install_tokens_read(store, pack_info(grounds->pack), tokens);
    err = err == ERR_OK ? install_tokens_join(tokens, grounds->pack, &grounds->fresh) : err;
    free(tokens);
    return err;
}

/* A token given by its file is one that a kiosk would take in now. */
static enum err add_token(struct span text, struct grounds *grounds) {
    struct fresh_token token = {0};
    void *memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    struct arena arena = arena_over(memory, memory == NULL ? 0 : LIMIT_SCAN_ARENA_BYTES);
    struct span inside = verify_fresh(text, &arena);
    enum err err = memory == NULL ? ERR_NO_MEMORY : inside.len == 0 ? ERR_FRESH_TYP : ERR_OK;
    err = err != ERR_OK
              ? err
              : fresh_read(inside, pack_open_root(grounds->pack), pack_info(grounds->pack), &arena, &token);
    err = err != ERR_OK ? err : fresh_admit(&token, grounds->fresh.iat_s, &grounds->now);
    err = err != ERR_OK ? err : fresh_join(&token, &grounds->fresh);
    free(memory);
    return err;
}

static int open_token(const struct options *options, struct grounds *grounds) {
    const char *path = options_value(options, "token");
    struct room bytes = {0};
    if (path == NULL) {
        return EX_OK;
    }
    if (grounds->pack == NULL) {
        return command_fail(EX_USAGE, "--token needs the pack that it confirms");
    }
    enum err err = file_read(path, LIMIT_PAYLOAD_BYTES, &bytes);
    err = err == ERR_OK ? add_token(room_span(&bytes), grounds) : err;
    file_release(&bytes);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int open_installed(const char *folder, struct grounds *grounds) {
    struct pack_rules rules = rules_of(grounds);
    struct store_port store = {0};
    int lock = -1;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return command_fail_err(ERR_STORE_READ, folder);
    }
    enum err err = store_lock(descriptor, &lock);
    if (err == ERR_OK) {
        err = store_open(descriptor, &store);
    }
    if (err == ERR_OK) {
        err = install_current(&store, &rules, &grounds->pack, NULL);
        err = err == ERR_OK ? read_tokens(&store, grounds) : err;
    }
    store_close(&store);
    close(descriptor);
    if (lock >= 0) {
        close(lock);
    }
    return err == ERR_OK || err == ERR_INSTALL_NONE ? EX_OK : command_fail_err(err, folder);
}

/* The root that --root names, or kiosk.ini. */
static int read_root(const char *path, struct grounds *grounds) {
    enum err err = file_read(path, LIMIT_ROOT_CHAIN_BYTES, &grounds->root);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int open_pack(const struct options *options, struct grounds *grounds) {
    const char *trust = options_value(options, "trust"), *root = options_value(options, "root");
    const char *data = options_value(options, "data");
    if (trust != NULL && (root == NULL || data != NULL)) {
        return command_fail(EX_USAGE, "--trust needs --root, and excludes --data: a pack without its root "
                                      "proves nothing");
    }
    if (trust != NULL) {
        int status = read_root(root, grounds);
        return status == EX_OK ? open_file(trust, grounds) : status;
    }
    if (data == NULL && access(GROUNDS_DATA, F_OK) != 0) {
        return EX_OK;
    }
    int status = read_root(root != NULL ? root : grounds->config.root, grounds);
    return status == EX_OK ? open_installed(data != NULL ? data : GROUNDS_DATA, grounds) : status;
}

/* What ships, then what the pack adds. */
static int open_vocabulary(const struct options *options, struct grounds *grounds) {
    int status = assets_vocabulary(options, &grounds->vocabulary);
    if (status != EX_OK || grounds->pack == NULL) {
        return status;
    }
    enum err err = pack_context_shelve(grounds->pack, &grounds->vocabulary.shelf);
    return err == ERR_OK ? EX_OK : command_fail_err(err, options_or(options, "trust", "the installed pack"));
}

/* A measured time is not below the date of the lists: that moment has passed. A stated one stays as stated. */
static void raise_floor(struct grounds *grounds) {
    int64_t iat_s = grounds->pack == NULL ? 0 : pack_info(grounds->pack)->iat_s;
    iat_s = grounds->fresh.iat_s > iat_s ? grounds->fresh.iat_s : iat_s;
    if (grounds->now.source == INTERVAL_STATED || iat_s <= build_time_s) {
        return;
    }
    struct clock_reading reading = {0};
    struct clock_port clock = clock_of_machine();
    clock.read(clock.ctx, &reading);
    grounds->now = interval_from_clock(iat_s, &reading);
}

int grounds_open(const struct options *options, struct grounds *out) {
    int status = read_config(options, out);
    status = status != EX_OK ? status : moment_to_check(options, &out->now);
    status = status != EX_OK ? status : open_pack(options, out);
    status = status != EX_OK ? status : open_token(options, out);
    status = status != EX_OK ? status : open_vocabulary(options, out);
    if (status == EX_OK) {
        raise_floor(out);
    }
    return status;
}

void grounds_close(struct grounds *grounds) {
    pack_close(grounds->pack);
    vocabulary_close(&grounds->vocabulary);
    file_release(&grounds->root);
    config_close(&grounds->config);
    *grounds = (struct grounds){0};
}
