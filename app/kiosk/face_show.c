/* SPDX-License-Identifier: Apache-2.0 */
/* face_show: the state of the kiosk as a view, drawn. */
#include <stdio.h>

#include "kiosk/face_states.h"

void face_enter(struct face *face, enum screen_kind kind) {
    bool result = kind == SCREEN_VERDICT || kind == SCREEN_DETAILS;
    bool out_of_order = kind == SCREEN_OUT_OF_ORDER || face->view.kind == SCREEN_OUT_OF_ORDER;
    if (face->view.kind != kind && out_of_order) {
        journal_write(&face->journal, &face->service.now, "state", "%s problem=%s", screen_kind_code(kind),
                      face->view.problem == ERR_OK ? "none" : err_name(face->view.problem));
    }
    if (!result) {
        face->view.paused = false;
        face->view.page = 0;
    }
    face->view.kind = kind;
    face->state_ms = face->service.now_ms;
    face->touched_ms = kind == SCREEN_CHECKING ? face->service.now_ms : face->touched_ms;
    face->shown = false;
}

void face_speak(struct face *face, enum language language) {
    face->language = language;
}

bool face_is_demo(const struct face *face) {
    return face->judge.demo;
}

/* What the reader's advice is called on the screen. */
static enum screen_hint hint_for(enum guidance advice) {
    static const enum screen_hint hints[GUIDANCE_COUNT] = {
        [GUIDANCE_FAR] = SCREEN_HINT_FAR,         [GUIDANCE_NEAR] = SCREEN_HINT_NEAR,
        [GUIDANCE_BLURRED] = SCREEN_HINT_BLURRED, [GUIDANCE_DARK] = SCREEN_HINT_DARK,
        [GUIDANCE_GLARE] = SCREEN_HINT_GLARE,     [GUIDANCE_PARTLY_OUT] = SCREEN_HINT_PARTLY_OUT,
    };
    return (unsigned)advice < GUIDANCE_COUNT ? hints[advice] : SCREEN_HINT_NONE;
}

static enum screen_hint hint_of(const struct face *face) {
    int64_t now_ms = face->service.now_ms;
    if (face->sight.lost != ERR_OK) {
        return face->sight.lost == ERR_CAMERA_NONE ? SCREEN_HINT_NO_CAMERA : SCREEN_HINT_CAMERA;
    }
    if (face->hint_ms != 0 && now_ms - face->hint_ms < FACE_HINT_MS) {
        return SCREEN_HINT_ONE_CODE;
    }
    bool still_there = face->asked.len > 0 && face->sight.stats.codes > 0 && now_ms - face->state_ms > 500;
    return still_there ? SCREEN_HINT_TAKE_AWAY : hint_for(face->sight.stats.advice);
}

static uint16_t time_left_permille(const struct face *face) {
    int64_t whole_ms = config_result_s(&face->config) * 1000ll;
    int64_t left_ms = face->view.paused ? face->held_ms : face->deadline_ms - face->service.now_ms;
    left_ms = left_ms < 0 ? 0 : left_ms > whole_ms ? whole_ms : left_ms;
    return (uint16_t)(left_ms * 1000 / whole_ms);
}

static void fill_view(struct face *face) {
    struct screen_view *view = &face->view;
    view->catalogue = &face->catalogues[face->language];
    paint_size(face->paint, &view->width_px, &view->height_px);
    view->width_mm = (int)face->board.profile.screen_width_mm;
    view->height_mm = (int)face->board.profile.screen_height_mm;
    view->trust = face->judge.trust;
    view->trust.demo = face_is_demo(face);
    view->now = face->service.now;
    view->utc_offset_s = face->config.utc_offset_min * 60;
    view->beat = (uint32_t)(face->service.now_ms * SCREEN_BEATS_PER_S / 1000);
    view->preview = face->sight.serial > 0 && face->sight.lost == ERR_OK;
    view->hint = view->kind == SCREEN_SCAN ? hint_of(face) : SCREEN_HINT_NONE;
    view->parts_seen = view->kind == SCREEN_SCAN ? face->sight.stats.parts_seen : 0;
    view->parts_total = view->kind == SCREEN_SCAN ? face->sight.stats.parts_total : 0;
    view->languages = (unsigned)face->config.languages;
    face_fill_desk(face);
    view->timer = true;
    view->timer_left_permille = time_left_permille(face);
}

enum err face_show(struct face *face) {
    const struct sight *sight = &face->sight;
    struct screen_facts facts = {0};
    if (face->view.kind == SCREEN_SCAN) {
        (void)sight_picture(&face->sight);
    }
    fill_view(face);
    screen_draw(&face->view, paint_measure(face->paint), &face->drawing, &facts);
    face->pages = facts.pages;
    struct paint_picture picture = {sight->pixels, (int)sight->preview.width_px,
                                    (int)sight->preview.height_px, (int)sight->preview.width_px,
                                    sight->serial};
    const struct paint_picture *shown = face->view.preview ? &picture : NULL;
    TRY(paint_show(face->paint, &face->drawing, shown));
    tour_hint(&face->tour, face->view.hint, face->service.now_ms * 1000);
    tour_keep(&face->tour, &face->view, shown);
    face->shown = true;
    return ERR_OK;
}
