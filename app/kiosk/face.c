/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/face.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/face_signal.h"
#include "vocabulary/vocabulary.h"

/* The preview at 15 pictures a second; taps are looked for more often. */
#define SHOW_EVERY_MS            66
#define WAIT_MS                  15
#define CLOCK_MS                 1000
#define PREVIEW_LANDSCAPE_WIDTH  480u
#define PREVIEW_LANDSCAPE_HEIGHT 360u
#define PREVIEW_PORTRAIT_WIDTH   720u
#define PREVIEW_PORTRAIT_HEIGHT  540u
/* A tour ends when the script is over and nothing has happened for so long, or at the latest after this. */
#define TOUR_QUIET_MS 1000
#define TOUR_MOST_MS  180000
/* How long a finger of a script waits for its target. */
#define FINGER_MS 3000
/* How long the first picture may wait. */
#define FIRST_PICTURE_MS 1000

static enum err complain(struct config_complaint *why, enum err err, const char *what) {
    snprintf(why->text, sizeof why->text, "%.400s: %s", what, err_sentence(err));
    return err;
}

/* A folder given by name, or one below the assets. */
static enum err place(const struct face_options *options, const char *given, const char *below,
                      char out[PATH_MAX], struct config_complaint *why) {
    const char *folder = given != NULL ? given : options->assets;
    int len = snprintf(out, PATH_MAX, "%s%s", folder, given != NULL ? "" : below);
    return len > 0 && len < PATH_MAX ? ERR_OK : complain(why, ERR_FILE_READ, folder);
}

static enum err open_config(struct face *face, struct config_complaint *why) {
    const struct face_options *options = face->options;
    if (!options->config_given && access(options->config, F_OK) != 0) {
        config_default(&face->config);
        return ERR_OK;
    }
    return config_load(options->config, &face->config, why);
}

/* The provisioned root document; a kiosk without one has no lists. */
static enum err open_root(struct face *face) {
    uint8_t *bytes = malloc(LIMIT_ROOT_CHAIN_BYTES);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    face->root = room_over(bytes, LIMIT_ROOT_CHAIN_BYTES);
    int file = open(face->config.root, O_RDONLY | O_CLOEXEC);
    ssize_t got = 0;
    while (file >= 0 && face->root.len < face->root.cap) {
        got = read(file, bytes + face->root.len, face->root.cap - face->root.len);
        if (got <= 0) {
            break;
        }
        face->root.len += (size_t)got;
    }
    if (file >= 0) {
        close(file);
    }
    return ERR_OK;
}

static enum err open_board(struct face *face, struct config_complaint *why) {
    char profiles[PATH_MAX];
    const struct face_options *options = face->options;
    TRY(place(options, options->profiles, "/boards", profiles, why));
    const char *device = face->config.camera_device[0] != '\0' ? face->config.camera_device : NULL;
    struct board_wish wish = {.name = options->board,
                              .profiles = profiles,
                              .data = options->data,
                              .programs = options->programs,
                              .play = options->camera != NULL ? options->camera : device,
                              .loop = options->tour == NULL};
    struct profile_complaint complaint = {""};
    enum err err = board_open(&wish, &face->board, &complaint);
    if (err != ERR_OK && complaint.text[0] != '\0') {
        snprintf(why->text, sizeof why->text, "%s", complaint.text);
        return err;
    }
    if (err == ERR_OK && wish.play != NULL && face->board.profile.camera == PROFILE_CAMERA_V4L2) {
        snprintf(face->board.profile.camera_match, PROFILE_TEXT_SIZE, "%.90s", wish.play);
    }
    return err == ERR_OK ? err : complain(why, err, options->data);
}

static int first_of(int a, int b, int c) {
    return a > 0 ? a : b > 0 ? b : c;
}

static enum err open_paint(struct face *face, struct config_complaint *why) {
    char fonts[PATH_MAX];
    const struct face_options *options = face->options;
    const struct profile *profile = &face->board.profile;
    TRY(place(options, NULL, "/fonts/fonts.list", fonts, why));
    struct paint_settings settings = {
        .title = "Credkiosk", .font_list = fonts, .hidden = options->tour != NULL};
    settings.width_px =
        first_of(options->width_px, face->config.screen_width_px, (int)profile->screen_width_px);
    settings.height_px =
        first_of(options->height_px, face->config.screen_height_px, (int)profile->screen_height_px);
    settings.rotate_deg = config_rotate_deg(&face->config, (int)profile->screen_rotate_deg);
    settings.fullscreen = face->config.screen_fullscreen == 1 && profile->camera != PROFILE_CAMERA_SIM;
    enum err err = paint_open(&settings, &face->paint);
    return err == ERR_OK ? err : complain(why, err, fonts);
}

static enum err open_catalogues(struct face *face, struct config_complaint *why) {
    char folder[PATH_MAX];
    const struct face_options *options = face->options;
    TRY(place(options, options->catalogues, "/lang", folder, why));
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        enum err err = catalogue_load(folder, (enum language)i, &face->catalogues[i]);
        if (err != ERR_OK) {
            return complain(why, err, folder);
        }
    }
    return ERR_OK;
}

/* Every credential's words are looked up in it: without it, or with half of it, the kiosk does not start. */
static enum err open_vocabulary(struct face *face, struct config_complaint *why) {
    char folder[PATH_MAX];
    struct vocabulary_complaint culprit = {""};
    TRY(place(face->options, NULL, "/contexts", folder, why));
    enum err err = vocabulary_read(folder, &face->vocabulary, &culprit);
    if (err != ERR_OK) {
        snprintf(why->text, sizeof why->text, "%.300s/%.200s: %s", folder, culprit.name, err_sentence(err));
    }
    return err;
}

static enum err open_sight(struct face *face, struct config_complaint *why) {
    int width_px = 0, height_px = 0;
    paint_size(face->paint, &width_px, &height_px);
    bool portrait = height_px > width_px;
    enum err err = sight_open(portrait ? PREVIEW_PORTRAIT_WIDTH : PREVIEW_LANDSCAPE_WIDTH,
                              portrait ? PREVIEW_PORTRAIT_HEIGHT : PREVIEW_LANDSCAPE_HEIGHT, &face->sight);
    return err == ERR_OK ? err : complain(why, err, "preview");
}

enum err face_open(const struct face_options *options, struct face *face, struct config_complaint *why) {
    face->options = options;
    face->tour.folder = options->tour;
    TRY(open_config(face, why));
    enum err err = crypto_start();
    err = err == ERR_OK ? seen_start(&face->seen) : err;
    err = err == ERR_OK ? open_root(face) : err;
    if (err != ERR_OK) {
        return complain(why, err, "start");
    }
    (void)mkdir(options->data, 0755);
    TRY(open_vocabulary(face, why));
    TRY(open_board(face, why));
    face->service = (struct service){.programs = options->programs,
                                     .data = options->data,
                                     .config = &face->config,
                                     .root = room_span(&face->root),
                                     .vocabulary = room_span(&face->vocabulary),
                                     .board = &face->board,
                                     .journal = &face->journal,
                                     .now_ms = child_now_ms()};
    face_start_clock(face);
    pin_guard_open(&face->board.store, face->service.now_ms, &face->pin_guard);
    if (journal_open(options->data, &face->journal) == ERR_OK) {
        journal_write(&face->journal, &face->service.now, "boot", "board=%s", face->board.profile.name);
        journal_write(&face->journal, &face->service.now, "clock", "source=%s",
                      interval_source_code(face->service.now.source));
    }
    TRY(open_paint(face, why));
    TRY(open_catalogues(face, why));
    TRY(open_sight(face, why));
    shown_set(&face->view.title, span_of_text(face->config.event_name));
    shown_set(&face->view.contact, span_of_text(face->config.contact));
    face_speak(face, options->language_given ? options->language : (enum language)face->config.language);
    face->config.language = (int)face->language;
    face->touched_ms = face->service.now_ms;
    face_enter(face, SCREEN_BOOT);
    return ERR_OK;
}

static void take_touch(struct face *face, const struct paint_event *event) {
    enum action action = draw_hit(&face->drawing, event->x, event->y);
    void (*touch)(struct face *, enum action) = face_state_of(face->view.kind)->touch;
    face->touched_ms = face->service.now_ms;
    if (event->kind == PAINT_PRESS) {
        face->view.pressed = action;
    } else if (event->kind == PAINT_RELEASE) {
        if (touch != NULL && action != ACTION_NONE && action == face->view.pressed) {
            touch(face, action);
        }
        face->view.pressed = ACTION_NONE;
    }
    face->shown = false;
}

/* A finger of board sim's script, once its target can be seen: pressed and released in the middle of its target. */
static void script_touch(struct face *face) {
    char name[BOARD_TOUCH_SIZE];
    struct box box = {0};
    if (!face->shown || !board_touch(&face->board, face->touches, name)) {
        return;
    }
    face->finger_ms = face->finger_ms == 0 ? face->service.now_ms : face->finger_ms;
    bool found = draw_find(&face->drawing, action_of_name(span_of_text(name)), &box);
    if (!found && face->service.now_ms - face->finger_ms < FINGER_MS) {
        return;
    }
    face->touches++;
    face->finger_ms = 0;
    if (!found) {
        journal_write(&face->journal, &face->service.now, "touch", "missed=%s", name);
        return;
    }
    struct paint_event event = {PAINT_PRESS, box.x + box.w / 2, box.y + box.h / 2};
    take_touch(face, &event);
    event.kind = PAINT_RELEASE;
    take_touch(face, &event);
}

static void take_events(struct face *face) {
    script_touch(face);
    struct paint_event event = {0};
    while (paint_poll(face->paint, &event)) {
        if (event.kind == PAINT_QUIT) {
            face->leaving = true;
        } else if (event.kind != PAINT_NOTHING) {
            take_touch(face, &event);
        }
    }
}

/* One turn of all parts. */
static void turn(struct face *face) {
    struct service *service = &face->service;
    struct sight_news news = {0};
    service->now_ms = child_now_ms();
    child_reap(&service->left);
    if (service->now_ms >= face->clock_ms) {
        face->clock_ms = service->now_ms + CLOCK_MS;
        face_read_clock(face);
    }
    if (installed_turn(&face->lists, service)) {
        judge_renew(&face->judge, service);
    }
    judge_turn(&face->judge, service, &face->lists);
    if (brought_turn(&face->brought, service, face->view.kind == SCREEN_IMPORT)) {
        face->shown = false;
    }
    sight_turn(&face->sight, service, &news);
    void (*code)(struct face *, const struct sight_news *) = face_state_of(face->view.kind)->code;
    if (news.kind != SIGHT_NOTHING && code != NULL) {
        code(face, &news);
    }
    face_state_of(face->view.kind)->turn(face);
}

/* Until a child says something, or it is time to look at the screen. */
static void wait(const struct face *face) {
    const struct child *children[] = {&face->sight.reader, &face->judge.spare, &face->judge.busy,
                                      &face->lists.installer, &face->brought.installer};
    struct pollfd waits[5];
    nfds_t count = 0;
    for (size_t i = 0; i < sizeof children / sizeof *children; i++) {
        if (children[i]->open) {
            waits[count++] = (struct pollfd){children[i]->socket, POLLIN, 0};
        }
    }
    (void)poll(waits, count, WAIT_MS);
}

/* A new round of a looping demo is a new day: what was seen in the last one is forgotten. */
static void note_scene(struct face *face) {
    struct board_scene scene = {0};
    if (!board_scene(&face->board, &scene)) {
        return;
    }
    if (scene.number < face->scene) {
        face->seen = (struct seen){0};
        (void)!seen_start(&face->seen);
    }
    face->scene = scene.number;
    tour_scene(&face->tour, &scene);
    int64_t now_ms = face->service.now_ms;
    bool quiet = face->view.kind != SCREEN_CHECKING && now_ms - face->state_ms > TOUR_QUIET_MS &&
                 face->waiting.len == 0;
    if (face->tour.folder != NULL && ((scene.ended && quiet) || now_ms - face->began_ms > TOUR_MOST_MS)) {
        face->leaving = true;
    }
}

/* In a tour a hand that is not there opens the details of each result, and says done. */
static void tour_touch(struct face *face) {
    if (face->tour.folder == NULL || !face->shown) {
        return;
    }
    if (face->view.kind == SCREEN_VERDICT) {
        face_state_of(SCREEN_VERDICT)->touch(face, ACTION_DETAILS);
    } else if (face->view.kind == SCREEN_DETAILS) {
        face_state_of(SCREEN_DETAILS)->touch(face, ACTION_DONE);
    }
}

/* The last pictures of a tour: the staff's screens, and what a kiosk shows when its camera stays away. */
static enum err tour_end(struct face *face) {
    bool answered = false;
    for (int kind = SCREEN_PIN; kind <= SCREEN_CLOCK; kind++) {
        face_enter(face, (enum screen_kind)kind);
        TRY(face_show(face));
    }
    face->view.problem = ERR_CAMERA_GONE;
    face_enter(face, SCREEN_OUT_OF_ORDER);
    TRY(face_show(face));
    tour_keep_hints(&face->tour);
    TRY(tour_finish(&face->tour, face->paint, face->catalogues, &answered));
    return answered ? ERR_OK : ERR_TOUR;
}

/* The first picture waits a little for the word whether this is a demo. */
static bool may_show(const struct face *face) {
    return face->judge.trust_known || face->view.kind != SCREEN_BOOT ||
           face->service.now_ms - face->state_ms > FIRST_PICTURE_MS;
}

enum err face_run(struct face *face) {
    face->began_ms = child_now_ms();
    while (!face->leaving && !face_signal_came()) {
        enum screen_kind before = face->view.kind;
        turn(face);
        take_events(face);
        note_scene(face);
        tour_touch(face);
        bool due = !face->shown || before != face->view.kind ||
                   face->service.now_ms >= face->shown_ms + SHOW_EVERY_MS;
        if (due && may_show(face)) {
            face->shown_ms = face->service.now_ms;
            TRY(face_show(face));
        }
        wait(face);
    }
    return face->tour.folder != NULL && !face_signal_came() ? tour_end(face) : ERR_OK;
}

void face_close(struct face *face) {
    installed_close(&face->lists);
    brought_close(&face->brought);
    judge_close(&face->judge);
    sight_close(&face->sight);
    face_end_clock(face);
    board_close(&face->board);
    if (face->journal.open) {
        journal_write(&face->journal, &face->service.now, "end", "-");
    }
    journal_close(&face->journal);
    tour_close(&face->tour);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        catalogue_close(&face->catalogues[i]);
    }
    paint_close(face->paint);
    free(face->root.ptr);
    vocabulary_release(&face->vocabulary);
    config_close(&face->config);
    *face = (struct face){0};
}
