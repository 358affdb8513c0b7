/* webcam: a V4L2 webcam that a test plays: ioctl() and poll() of one descriptor, a memfd whose pages are the buffers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_WEBCAM_H
#define TESTS_LIB_WEBCAM_H

#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/span.h"

#define WEBCAM_BUFFER_BYTES 65536u
#define WEBCAM_BUFFERS      4u

/* What the webcam is, and where it stands. */
struct webcam {
    int descriptor;
    ino_t inode;
    uint32_t capabilities;
    uint32_t formats[2]; /* which it has */
    uint32_t width_px;
    uint32_t buffer_bytes;
    bool has_controls, busy;
    bool streaming, gone;
    int revents; /* beside POLLIN */
    uint8_t *memory;
    bool queued[WEBCAM_BUFFERS];
    struct v4l2_buffer filled[WEBCAM_BUFFERS];
    uint32_t filled_count;
    uint32_t dequeue_error;
    uint32_t controls_set, odd_requests;
    struct v4l2_fract rate;
    /* one that runs by itself: so many frames of this JPEG, then `end` as revents, or silence */
    struct span jpeg;
    unsigned frames_left;
    int end;
};
extern struct webcam webcam;

/* Plug in a webcam with these formats; what was set before is forgotten. */
void webcam_plug_in(uint32_t first_format, uint32_t second_format);

/* Take its memory away. */
void webcam_forget(void);

/* The driver filled a buffer, its first bytes with `byte`. */
void webcam_fill(uint32_t index, uint8_t byte, uint32_t bytesused, uint32_t flags);

/* What the kernel would answer; calls for other descriptors go to it. */
int webcam_ioctl(int descriptor, unsigned long request, void *argument);
int webcam_wait(struct pollfd *pollers, nfds_t count, int timeout_ms);

/* In a test's own file: there, so that no other test gets them. poll() has another name because glibc declares that it
 * only writes what is read here. */
#define WEBCAM_STANDS_IN_FOR_THE_KERNEL                                                                      \
    int ioctl(int descriptor, unsigned long request, ...);                                                   \
    int ioctl(int descriptor, unsigned long request, ...) {                                                  \
        va_list rest;                                                                                        \
        va_start(rest, request);                                                                             \
        void *argument = va_arg(rest, void *);                                                               \
        va_end(rest);                                                                                        \
        return webcam_ioctl(descriptor, request, argument);                                                  \
    }                                                                                                        \
    int webcam_poll(struct pollfd *pollers, nfds_t count, int timeout_ms) __asm__("poll");                   \
    int webcam_poll(struct pollfd *pollers, nfds_t count, int timeout_ms) {                                  \
        return webcam_wait(pollers, count, timeout_ms);                                                      \
    }                                                                                                        \
    _Static_assert(true, "")

#endif
