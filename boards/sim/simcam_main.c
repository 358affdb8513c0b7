/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk-simcam: a camera made of pictures, an MJPEG file or a script of faults. */
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/sim/player.h"
#include "boards/sim/reel.h"

static const char usage[] =
    "usage: credkiosk-simcam [--play PATH] [--rate FPS] [--size WxH] [--hold FRAMES] [--loop] [--raw]\n"
    "                        [--state FOLDER] [--control DESCRIPTOR]\n"
    "Writes frames to standard output, or to the pipes that come over a control socket.\n"
    "PATH: a picture (JPEG, PNG, PGM), a folder of them, an MJPEG file, or a script.\n";

struct options {
    const char *play, *state;
    uint32_t hold;
    bool loop;
    struct player player;
};

static bool number(const char *text, long min, long max, uint32_t *out) {
    char *end = NULL;
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < min || value > max) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

/* "1280x720". */
static bool size(const char *text, struct scenery *scenery) {
    char width[8];
    size_t len = strcspn(text, "x");
    if (len >= sizeof width || text[len] == '\0') {
        return false;
    }
    memcpy(width, text, len);
    width[len] = '\0';
    return number(width, 16, LIMIT_FRAME_SIDE_PX, &scenery->width_px) &&
           number(text + len + 1, 16, LIMIT_FRAME_SIDE_PX, &scenery->height_px);
}

static bool take(struct options *options, int option, const char *value) {
    uint32_t control = 0;
    switch (option) {
    case 'p':
        options->play = value;
        return true;
    case 's':
        options->state = value;
        return true;
    case 'l':
        options->loop = true;
        return true;
    case 'w':
        options->player.scenery.raw = true;
        return true;
    case 'r':
        return number(value, 1, 1000, &options->player.rate_fps);
    case 'h':
        return number(value, 1, 1000000, &options->hold);
    case 'z':
        return size(value, &options->player.scenery);
    case 'c':
        if (!number(value, 3, 1023, &control)) {
            return false;
        }
        options->player.link.control = (int)control;
        options->player.link.output = -1;
        return true;
    default:
        return false;
    }
}

static bool parse(int argc, char **argv, struct options *options) {
    static const struct option known[] = {
        {"play", required_argument, NULL, 'p'},
        {"state", required_argument, NULL, 's'},
        {"loop", no_argument, NULL, 'l'},
        {"raw", no_argument, NULL, 'w'},
        {"rate", required_argument, NULL, 'r'},
        {"hold", required_argument, NULL, 'h'},
        {"size", required_argument, NULL, 'z'},
        {"control", required_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    int option;
    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (!take(options, option, optarg)) {
            return false;
        }
    }
    return optind == argc;
}

static int fail(const struct options *options, const char *what, const char *why) {
    char text[LINK_PACKET_MAX];
    snprintf(text, sizeof text, "%.120s: %.250s", what, why);
    link_complain(&options->player.link, text);
    fprintf(stderr, "credkiosk-simcam: %s\n", text);
    return EXIT_FAILURE;
}

/* All files can be shown; else which line names the one that cannot. */
static enum err check(struct player *player, const struct reel *reel, struct script_complaint *why) {
    for (size_t i = 0; i < reel->count; i++) {
        enum err err = player_check(player, &reel->steps[i]);
        if (err != ERR_OK) {
            snprintf(why->text, sizeof why->text, "line %u: %.*s: %s", reel->steps[i].line,
                     (int)reel->steps[i].text.len, (const char *)reel->steps[i].text.ptr, err_sentence(err));
            return err;
        }
    }
    return ERR_OK;
}

static enum err play_once(struct player *player, const struct reel *reel) {
    for (size_t i = 0; i < reel->count; i++) {
        TRY(player_step(player, &reel->steps[i]));
    }
    for (size_t at = 0; at < reel->mjpeg.len;) {
        TRY(player_show(player, reel_next_jpeg(reel->mjpeg, &at), 1));
    }
    return ERR_OK;
}

/* The script, as often as asked; then, where a board asks for frames, an empty scene for ever. */
static enum err play(const struct options *options, struct player *player, const struct reel *reel) {
    struct script_step empty = {.kind = SCRIPT_EMPTY, .amount = 1};
    do {
        TRY(play_once(player, reel));
    } while (options->loop && reel->count > 0);
    player_end(player);
    link_plug(&player->link);
    while (player->link.control >= 0) {
        TRY(player_step(player, &empty));
    }
    return ERR_OK;
}

static enum err attach_state(const char *path, struct sim_state **out) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return ERR_STORE_READ;
    }
    enum err err = sim_state_attach(folder, out);
    close(folder);
    return err;
}

int main(int argc, char **argv) {
    struct options options = {.hold = 60,
                              .player = {.link = {-1, STDOUT_FILENO, false, false}, .rate_fps = 30}};
    struct reel reel = {0};
    struct script_complaint why = {{0}};
    options.player.scenery.width_px = 1280;
    options.player.scenery.height_px = 720;
    if (!parse(argc, argv, &options)) {
        fputs(usage, stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (options.state != NULL && attach_state(options.state, &options.player.state) != ERR_OK) {
        return fail(&options, options.state, "no state of a simulated board is there");
    }
    options.player.folder = reel.folder;
    options.player.data = options.state;
    if (options.play != NULL && (reel_open(options.play, options.hold, &reel, &why) != ERR_OK ||
                                 check(&options.player, &reel, &why) != ERR_OK)) {
        return fail(&options, options.play, why.text);
    }
    enum err err = play(&options, &options.player, &reel);
    player_close(&options.player);
    reel_close(&reel);
    sim_state_close(options.player.state);
    if (err != ERR_OK && err != ERR_CAMERA_GONE) {
        return fail(&options, options.play == NULL ? "empty scene" : options.play, err_sentence(err));
    }
    return EXIT_SUCCESS;
}
