/* SPDX-License-Identifier: Apache-2.0 */
/* An eye in a process of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/eye.h"
#include "tests/lib/peer.h"

#define PAYLOAD_MAX 8192u

struct peer_eye {
    struct peer peer;
    uint8_t payloads[EYE_PAYLOADS][PAYLOAD_MAX];
};

static int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of hex digits up to a blank. */
static struct span take_hex(const char **at, uint8_t *out) {
    size_t len = 0;
    for (; len < PAYLOAD_MAX && digit_of((*at)[0]) >= 0 && digit_of((*at)[1]) >= 0; *at += 2) {
        out[len++] = (uint8_t)(digit_of((*at)[0]) * 16 + digit_of((*at)[1]));
    }
    return span_of_bytes(out, len);
}

static void peer_look(void *ctx, const struct grey *picture, struct eye_answer *out) {
    struct peer_eye *eye = ctx;
    fprintf(eye->peer.to, "P5\n%u %u\n255\n", picture->width_px, picture->height_px);
    fwrite(picture->pixels, picture->width_px, picture->height_px, eye->peer.to);
    peer_answer(&eye->peer);
    char *end = NULL;
    out->cpu_ms = strtod(eye->peer.line, &end) / 1e3;
    const char *at = end;
    while (*at == ' ' && out->count < EYE_PAYLOADS) {
        at++;
        out->payloads[out->count] = take_hex(&at, eye->payloads[out->count]);
        out->count++;
    }
}

static void peer_close(void *ctx) {
    struct peer_eye *eye = ctx;
    peer_stop(&eye->peer);
    free(eye);
}

bool eye_peer(const char *program, struct eye *out) {
    struct peer peer = {0};
    if (!peer_start(program, &peer)) {
        return false;
    }
    struct peer_eye *eye = calloc(1, sizeof *eye);
    eye->peer = peer;
    *out = (struct eye){.ctx = eye, .look = peer_look, .close = peer_close};
    snprintf(out->name, sizeof out->name, "%s", peer.name);
    return true;
}
