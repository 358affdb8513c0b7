/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_ahead.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Two lengths, of payload and JPEG, precede them. */
struct head {
    size_t payload_len, jpeg_len;
};

/* Frames of one stage share it. */
static void send_frame(FILE *to, const struct render_spec *spec, struct render_stage *stage,
                       struct render_spec *staged) {
    if (staged->seed != spec->seed || staged->version != spec->version || stage->panel.light == NULL) {
        render_close(stage);
        render_open(spec, stage);
        *staged = *spec;
    }
    struct grey picture = render_take(stage, spec);
    struct span jpeg = render_jpeg(&picture, spec->quality);
    struct head head = {stage->code.payload_len, jpeg.len};
    fwrite(&head, sizeof head, 1, to);
    fwrite(stage->code.payload, 1, head.payload_len, to);
    fwrite(jpeg.ptr, 1, head.jpeg_len, to);
    fflush(to);
    free(picture.pixels);
    free((void *)(uintptr_t)jpeg.ptr);
}

static _Noreturn void render_all(const struct render_ahead *ahead, int descriptor) {
    FILE *to = fdopen(descriptor, "w");
    struct render_stage stage = {0};
    struct render_spec staged = {0};
    for (unsigned place = 0; place < ahead->count; place++) {
        struct render_spec spec = ahead->choice(ahead->ctx, place);
        send_frame(to, &spec, &stage, &staged);
    }
    fclose(to);
    _exit(0);
}

void render_ahead_open(render_ahead_choice *choice, void *ctx, unsigned count, struct render_ahead *out) {
    int ends[2];
    *out = (struct render_ahead){.choice = choice, .ctx = ctx, .count = count};
    fflush(stdout);
    if (pipe(ends) != 0 || (out->renderer = fork()) < 0) {
        abort();
    }
    if (out->renderer == 0) {
        close(ends[0]);
        render_all(out, ends[1]);
    }
    close(ends[1]);
    out->from = fdopen(ends[0], "r");
}

bool render_ahead_next(struct render_ahead *ahead, struct render_ahead_frame *out) {
    struct head head;
    if (ahead->place >= ahead->count || fread(&head, sizeof head, 1, ahead->from) != 1) {
        return false;
    }
    free(ahead->memory);
    size_t len = head.payload_len + head.jpeg_len;
    ahead->memory = malloc(len);
    if (ahead->memory == NULL || fread(ahead->memory, 1, len, ahead->from) != len) {
        return false;
    }
    out->spec = ahead->choice(ahead->ctx, ahead->place++);
    out->payload = span_of_bytes(ahead->memory, head.payload_len);
    out->jpeg = span_of_bytes(ahead->memory + head.payload_len, head.jpeg_len);
    return true;
}

void render_ahead_close(struct render_ahead *ahead) {
    fclose(ahead->from);
    (void)kill(ahead->renderer, SIGKILL);
    (void)waitpid(ahead->renderer, NULL, 0);
    free(ahead->memory);
    *ahead = (struct render_ahead){0};
}
