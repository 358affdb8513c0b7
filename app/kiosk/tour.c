/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/tour.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Luminance of an empty scene varies by no more, for the noise of JPEG. */
#define PLAIN_RANGE 16

void tour_scene(struct tour *tour, const struct board_scene *scene) {
    if (tour->folder == NULL || scene->number == 0 || scene->first_frame_us == 0 ||
        scene->number <= tour->scene_count) {
        return;
    }
    if (scene->number > TOUR_SCENES_MAX) {
        return;
    }
    while (tour->scene_count < scene->number) {
        tour->scenes[tour->scene_count++] =
            (struct tour_scene){.name = "(missed)", .first_frame_us = scene->first_frame_us};
    }
    struct tour_scene *now = &tour->scenes[scene->number - 1];
    memcpy(now->name, scene->name, sizeof now->name);
    now->name[sizeof now->name - 1] = '\0';
}

/* Of hints in file names and in the table. */
static const char *const hint_names[SCREEN_HINTS] = {
    [SCREEN_HINT_NONE] = "",
    [SCREEN_HINT_ONE_CODE] = "one-code",
    [SCREEN_HINT_TAKE_AWAY] = "take-away",
    [SCREEN_HINT_CAMERA] = "camera",
    [SCREEN_HINT_NO_CAMERA] = "no-camera",
    [SCREEN_HINT_FAR] = "too-far",
    [SCREEN_HINT_NEAR] = "too-near",
    [SCREEN_HINT_BLURRED] = "blurred",
    [SCREEN_HINT_DARK] = "too-dark",
    [SCREEN_HINT_GLARE] = "glare",
    [SCREEN_HINT_PARTLY_OUT] = "partly-out",
};

void tour_note(struct tour *tour, const struct tour_answer *answer) {
    if (tour->folder != NULL && tour->answer_count < TOUR_ANSWERS_MAX) {
        tour->answers[tour->answer_count++] = *answer;
    }
}

/* The first answer to a picture of this scene; NULL: none. */
static const struct tour_answer *answer_to(const struct tour *tour, uint32_t scene) {
    bool last = scene + 1 == tour->scene_count;
    int64_t from_us = tour->scenes[scene].first_frame_us;
    int64_t until_us = last ? INT64_MAX : tour->scenes[scene + 1].first_frame_us;
    for (uint32_t i = 0; i < tour->answer_count; i++) {
        if (tour->answers[i].captured_us >= from_us && tour->answers[i].captured_us < until_us) {
            return &tour->answers[i];
        }
    }
    return NULL;
}

void tour_hint(struct tour *tour, enum screen_hint hint, int64_t shown_us) {
    bool same = tour->hint_count > 0 && tour->hints[tour->hint_count - 1].hint == hint;
    if (tour->folder != NULL && !same && tour->hint_count < TOUR_HINTS_MAX) {
        tour->hints[tour->hint_count++] = (struct tour_hint){shown_us, hint};
    }
}

/* The first hint while this scene was shown that helps to get a code read; NULL: none. */
static const struct tour_hint *hint_to(const struct tour *tour, uint32_t scene) {
    int64_t from_us = tour->scenes[scene].first_frame_us;
    int64_t until_us = scene + 1 == tour->scene_count ? INT64_MAX : tour->scenes[scene + 1].first_frame_us;
    for (uint32_t i = 0; i < tour->hint_count; i++) {
        const struct tour_hint *hint = &tour->hints[i];
        if (hint->shown_us >= from_us && hint->shown_us < until_us && hint->hint >= SCREEN_HINT_FAR) {
            return hint;
        }
    }
    return NULL;
}

static bool same_moment(const struct screen_view *a, const struct screen_view *b) {
    bool with_verdict = a->kind == SCREEN_VERDICT || a->kind == SCREEN_DETAILS;
    bool same_count = a->verdicts.count == b->verdicts.count && a->credential == b->credential;
    return a->kind == b->kind && a->hint == b->hint && a->preview == b->preview &&
           (!with_verdict || (same_count && screen_verdict(a)->reason == screen_verdict(b)->reason));
}

static const uint8_t *copy_picture(const struct paint_picture *picture) {
    size_t size = (size_t)picture->stride * (size_t)picture->height_px;
    uint8_t *luma = malloc(size);
    if (luma != NULL) {
        memcpy(luma, picture->luma, size);
    }
    return luma;
}

/* Nothing but an even grey: an empty scene of the simulated camera, or none. */
static bool is_plain(const struct paint_picture *picture) {
    uint8_t least = UINT8_MAX, most = 0;
    for (int y = 0; picture->luma != NULL && y < picture->height_px; y++) {
        for (int x = 0; x < picture->width_px; x++) {
            uint8_t luma = picture->luma[y * picture->stride + x];
            least = luma < least ? luma : least;
            most = luma > most ? luma : most;
        }
    }
    return most <= least + PLAIN_RANGE;
}

static void keep(struct tour_picture *kept, const struct screen_view *view,
                 const struct paint_picture *picture) {
    free((void *)(uintptr_t)kept->picture.luma);
    *kept = (struct tour_picture){.view = *view};
    if (picture != NULL) {
        kept->picture = *picture;
        kept->picture.luma = copy_picture(picture);
    }
}

void tour_keep(struct tour *tour, const struct screen_view *view, const struct paint_picture *picture) {
    if (tour->folder == NULL) {
        return;
    }
    for (uint32_t i = 0; i < tour->picture_count; i++) {
        struct tour_picture *kept = tour->pictures[i];
        if (same_moment(&kept->view, view)) {
            if (view->preview && picture != NULL && is_plain(&kept->picture) && !is_plain(picture)) {
                keep(kept, view, picture);
            }
            return;
        }
    }
    struct tour_picture *kept = tour->picture_count < TOUR_PICTURES_MAX ? calloc(1, sizeof *kept) : NULL;
    if (kept != NULL) {
        keep(kept, view, picture);
        tour->pictures[tour->picture_count++] = kept;
    }
}

/* The scan screen as most of its time it is. */
static const struct tour_picture *plain_scan(const struct tour *tour) {
    for (uint32_t i = 0; i < tour->picture_count; i++) {
        const struct screen_view *view = &tour->pictures[i]->view;
        if (view->kind == SCREEN_SCAN && view->hint == SCREEN_HINT_NONE && view->preview) {
            return tour->pictures[i];
        }
    }
    return NULL;
}

void tour_keep_hints(struct tour *tour) {
    const struct tour_picture *scan = plain_scan(tour);
    for (int hint = SCREEN_HINT_FAR; scan != NULL && hint <= SCREEN_HINT_PARTLY_OUT; hint++) {
        struct screen_view view = scan->view;
        view.hint = (enum screen_hint)hint;
        tour_keep(tour, &view, scan->picture.luma != NULL ? &scan->picture : NULL);
    }
}

/* "verdict-revoked", "verdict-revoked-2-of-3", "scan", "scan-one-code" */
static void name_picture(const struct screen_view *view, char *out, size_t size) {
    const char *reason = NULL;
    char which[32] = "";
    if (view->kind == SCREEN_VERDICT || view->kind == SCREEN_DETAILS) {
        reason = verdict_reason_code(screen_verdict(view)->reason);
        if (view->verdicts.count > 1) {
            snprintf(which, sizeof which, "-%u-of-%u", view->credential + 1, view->verdicts.count);
        }
    }
    bool early = view->kind == SCREEN_SCAN && view->hint == SCREEN_HINT_NONE && !view->preview;
    const char *more = reason != NULL ? reason : hint_names[view->hint < SCREEN_HINTS ? view->hint : 0];
    snprintf(out, size, "%s%s%s%s%s", screen_kind_code(view->kind), more[0] != '\0' ? "-" : "", more,
             early ? "-no-picture" : "", which);
}

/* Draw one moment in one language and save it. */
static enum err save(const struct tour *tour, const struct tour_picture *kept, struct paint *paint,
                     const struct catalogue *catalogue, uint32_t serial) {
    char name[96], path[PATH_MAX];
    struct draw_list *list = malloc(sizeof *list);
    if (list == NULL) {
        return ERR_NO_MEMORY;
    }
    struct screen_view view = kept->view;
    view.catalogue = catalogue;
    screen_draw(&view, paint_measure(paint), list, NULL);
    struct paint_picture picture = kept->picture;
    picture.serial = serial;
    enum err err = paint_show(paint, list, picture.luma != NULL ? &picture : NULL);
    free(list);
    name_picture(&view, name, sizeof name);
    if (err != ERR_OK || snprintf(path, sizeof path, "%s/%s-%s.png", tour->folder, name,
                                  language_code(catalogue->language)) >= (int)sizeof path) {
        return err != ERR_OK ? err : ERR_FILE_WRITE;
    }
    return paint_save(paint, path);
}

static void print_ms(char out[32], int64_t us) {
    snprintf(out, 32, "%" PRId64 ".%" PRId64, us / 1000, us / 100 % 10);
}

static void print_table(const struct tour *tour, FILE *out, const char *line) {
    for (uint32_t i = 0; i < tour->scene_count; i++) {
        const struct tour_answer *answer = answer_to(tour, i);
        const struct tour_hint *hint = answer == NULL ? hint_to(tour, i) : NULL;
        bool verdict = answer != NULL && answer->reason != REASON_TWO_CODES;
        const char *class = verdict ? verdict_class_code(verdict_class_of(answer->reason)) : "-";
        const char *reason = answer != NULL ? verdict_reason_code(answer->reason)
                             : hint != NULL ? hint_names[hint->hint]
                                            : "no answer";
        char elapsed[32] = "-";
        if (verdict) {
            print_ms(elapsed, answer->elapsed_us);
        } else if (hint != NULL) {
            print_ms(elapsed, hint->shown_us - tour->scenes[i].first_frame_us);
        }
        fprintf(out, line, tour->scenes[i].name, class, reason, elapsed);
    }
}

static enum err write_table(const struct tour *tour) {
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/tour.tsv", tour->folder) >= (int)sizeof path) {
        return ERR_FILE_WRITE;
    }
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return ERR_FILE_WRITE;
    }
    fprintf(file, "scene\tverdict\treason\tms\n");
    print_table(tour, file, "%s\t%s\t%s\t%s\n");
    return fclose(file) == 0 ? ERR_OK : ERR_FILE_WRITE;
}

enum err tour_finish(const struct tour *tour, struct paint *paint,
                     const struct catalogue catalogues[LANGUAGE_COUNT], bool *out) {
    uint32_t serial = 1u << 30; /* unlike any of the camera's */
    bool all = tour->scene_count > 0;
    (void)mkdir(tour->folder, 0777);
    for (uint32_t i = 0; i < tour->picture_count; i++) {
        for (int j = 0; j < LANGUAGE_COUNT; j++) {
            TRY(save(tour, tour->pictures[i], paint, &catalogues[j], ++serial));
        }
    }
    TRY(write_table(tour));
    printf("%-28s %-14s %-18s %8s\n", "scene", "verdict", "reason", "ms");
    print_table(tour, stdout, "%-28s %-14s %-18s %8s\n");
    for (uint32_t i = 0; i < tour->scene_count; i++) {
        all = all && answer_to(tour, i) != NULL;
    }
    *out = all;
    return ERR_OK;
}

void tour_close(struct tour *tour) {
    for (uint32_t i = 0; i < tour->picture_count; i++) {
        free((void *)(uintptr_t)tour->pictures[i]->picture.luma);
        free(tour->pictures[i]);
    }
    *tour = (struct tour){0};
}
