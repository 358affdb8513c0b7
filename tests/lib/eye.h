/* eye: readers of QR codes side by side: ours, zbar as it is, and peers that are installed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_EYE_H
#define TESTS_LIB_EYE_H

#include <stdbool.h>

#include "base/span.h"
#include "frame/frame.h"

#define EYE_PAYLOADS 8u
#define EYES_MAX     6u

/* What an eye sees in a picture. Payloads point into the eye and hold until its next look. */
struct eye_answer {
    double cpu_ms;
    size_t count;
    struct span payloads[EYE_PAYLOADS];
};

/* A reader of QR codes. All zero is none. */
struct eye {
    char name[40];
    void *ctx;
    void (*look)(void *ctx, const struct grey *picture, struct eye_answer *out);
    void (*forget)(void *ctx); /* the next picture is of another camera; NULL: remembers nothing */
    void (*close)(void *ctx);
};

/* How ours looks. */
enum eye_way {
    EYE_ALONE = 0,     /* as credctl scan looks at single pictures: all ways where the first finds nothing */
    EYE_CAMERA,        /* as a kiosk looks at its camera */
    EYE_CAMERA_FORGETS /* the same, but without what frames before have shown of a code */
};

struct eye eye_ours(enum eye_way way);

/* zbar with its defaults; or for QR codes alone and binary, as a sensible user sets it. */
struct eye eye_zbar(bool qr_only);

/*
 * A program that reads PGM pictures (P5) one after the other from standard input and answers each with a
 * line: microseconds of CPU, then each payload in hex. Its first line is "ready NAME" or "skipped WHY"; in
 * the latter case there is no such eye here: the line is printed and false comes back.
 */
bool eye_peer(const char *program, struct eye *out);

/* Look, and release. */
void eye_look(const struct eye *eye, const struct grey *picture, struct eye_answer *out);
void eye_forget(const struct eye *eye);
void eye_close(struct eye *eye);

/* Milliseconds of CPU that this process has used. */
double eye_cpu_ms(void);

#endif
