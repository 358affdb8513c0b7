/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/messages.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/wire.h"

#define MAGIC        0x314D4B43u /* "CKM1" */
#define VERSION      1u
#define HEADER_BYTES 16u
#define IN_MEMFD     1u
#define SEALS        (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL)
/* Room for the control data of one descriptor more than may come: the kernel closes what does not fit. */
#define DESCRIPTORS_TAKEN (MESSAGES_DESCRIPTORS + 2)

/* What a type may carry. */
struct shape {
    uint32_t body_max;
    uint8_t descriptors_min, descriptors_max;
};

static const struct shape shapes[MESSAGE_COUNT] = {
    [MESSAGE_READY] = {1024, 0, 0},
    [MESSAGE_READER_START] = {25, 1, 2},
    [MESSAGE_CAMERA] = {25, 1, 1},
    [MESSAGE_READER_STATS] = {53 + MESSAGES_PASS_MAX, 0, 0},
    [MESSAGE_SYMBOL] = {20 + LIMIT_JOINED_BYTES, 0, 0},
    [MESSAGE_TWO_CODES] = {20, 0, 0},
    [MESSAGE_CAMERA_LOST] = {4, 0, 0},
    [MESSAGE_VERIFIER_START] = {MESSAGES_BODY_MAX, 0, 3},
    [MESSAGE_JUDGE] = {21 + LIMIT_PAYLOAD_BYTES, 0, 0},
    [MESSAGE_VERDICT] = {MESSAGES_INLINE_MAX, 0, 0},
    [MESSAGE_INSTALL] = {MESSAGES_BODY_MAX, 2, 2},
    [MESSAGE_CURRENT] = {MESSAGES_BODY_MAX, 1, 1},
    [MESSAGE_RESULT] = {256 + INSTALL_TOKENS_BYTES, 0, 3},
    [MESSAGE_TOKEN] = {32 + LIMIT_FRESH_BYTES, 0, 0},
    [MESSAGE_INSTALL_TOKEN] = {MESSAGES_BODY_MAX, 1, 1},
    [MESSAGE_INSPECT] = {MESSAGES_BODY_MAX, 2, 2},
    [MESSAGE_INSPECTED] = {64, 0, 0},
};

/* What the header says. */
struct header {
    enum message_type type;
    uint32_t len;
    bool in_memfd;
};

/* Control data of a packet, aligned as the kernel wants it. */
union control {
    struct cmsghdr align;
    uint8_t bytes[CMSG_SPACE(sizeof(int) * DESCRIPTORS_TAKEN)];
};

static enum err seal_body(struct span body, int *out) {
    int memory = memfd_create("message", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) {
        return ERR_MESSAGE_SEND;
    }
    size_t done = 0;
    while (done < body.len) {
        ssize_t wrote = write(memory, body.ptr + done, body.len - done);
        if (wrote <= 0) {
            break;
        }
        done += (size_t)wrote;
    }
    if (done != body.len || fcntl(memory, F_ADD_SEALS, SEALS) != 0) {
        close(memory);
        return ERR_MESSAGE_SEND;
    }
    *out = memory;
    return ERR_OK;
}

static void attach_descriptors(struct msghdr *packet, union control *control, const int *descriptors,
                               size_t count) {
    if (count == 0) {
        return;
    }
    packet->msg_control = control->bytes;
    packet->msg_controllen = CMSG_SPACE(sizeof(int) * count);
    struct cmsghdr *entry = CMSG_FIRSTHDR(packet);
    entry->cmsg_level = SOL_SOCKET;
    entry->cmsg_type = SCM_RIGHTS;
    entry->cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(entry), descriptors, sizeof(int) * count);
}

static enum err send_packet(int socket, struct span header, struct span body, const int *descriptors,
                            size_t count) {
    struct iovec parts[2] = {{(void *)(uintptr_t)header.ptr, header.len},
                             {(void *)(uintptr_t)body.ptr, body.len}};
    union control control = {0};
    struct msghdr packet = {.msg_iov = parts, .msg_iovlen = body.len > 0 ? 2 : 1};
    attach_descriptors(&packet, &control, descriptors, count);
    ssize_t sent;
    do {
        sent = sendmsg(socket, &packet, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)(header.len + body.len) ? ERR_OK : ERR_MESSAGE_SEND;
}

enum err messages_send(int socket, enum message_type type, struct span body, const int *descriptors,
                       size_t descriptor_count) {
    if (type <= MESSAGE_NONE || type >= MESSAGE_COUNT || body.len > shapes[type].body_max ||
        descriptor_count > MESSAGES_DESCRIPTORS) {
        return ERR_NO_ROOM;
    }
    int sent[DESCRIPTORS_TAKEN] = {0};
    for (size_t i = 0; i < descriptor_count; i++) {
        sent[i] = descriptors[i];
    }
    bool in_memfd = body.len > MESSAGES_INLINE_MAX;
    size_t count = descriptor_count;
    if (in_memfd) {
        TRY(seal_body(body, &sent[count++]));
    }
    uint8_t bytes[HEADER_BYTES];
    struct wire_out out = {room_over(bytes, sizeof bytes), false};
    wire_put_u32(&out, MAGIC);
    wire_put_u16(&out, VERSION);
    wire_put_u16(&out, (uint16_t)type);
    wire_put_u32(&out, (uint32_t)body.len);
    wire_put_u32(&out, in_memfd ? IN_MEMFD : 0);
    enum err err = send_packet(socket, room_span(&out.room), in_memfd ? (struct span){0} : body, sent, count);
    if (in_memfd) {
        close(sent[count - 1]);
    }
    return err;
}

static void close_all(const int *descriptors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        close(descriptors[i]);
    }
}

/* Take every descriptor that came; all of them are ours to close from here. */
static size_t take_descriptors(struct msghdr *packet, int out[DESCRIPTORS_TAKEN]) {
    size_t count = 0;
    for (struct cmsghdr *entry = CMSG_FIRSTHDR(packet); entry != NULL; entry = CMSG_NXTHDR(packet, entry)) {
        if (entry->cmsg_level != SOL_SOCKET || entry->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t here = (entry->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < here && count < DESCRIPTORS_TAKEN; i++) {
            memcpy(&out[count++], CMSG_DATA(entry) + i * sizeof(int), sizeof(int));
        }
    }
    return count;
}

static enum err read_header(struct span packet, uint32_t accepted, struct header *out) {
    struct wire_in in = {packet, 0, false};
    uint32_t magic = wire_u32(&in);
    uint32_t version = wire_u16(&in);
    uint32_t type = wire_u16(&in);
    uint32_t len = wire_u32(&in);
    uint32_t flags = wire_u32(&in);
    if (in.failed || magic != MAGIC || version != VERSION || type >= MESSAGE_COUNT ||
        (MESSAGES_BIT(type) & accepted) == 0 || len > shapes[type].body_max || flags > IN_MEMFD) {
        return ERR_MESSAGE_SHAPE;
    }
    bool in_memfd = flags == IN_MEMFD;
    if (in_memfd != (len > MESSAGES_INLINE_MAX) || packet.len != HEADER_BYTES + (in_memfd ? 0 : len)) {
        return ERR_MESSAGE_SHAPE;
    }
    *out = (struct header){(enum message_type)type, len, in_memfd};
    return ERR_OK;
}

/* Copy a body out of its memfd, which nobody can change any more. */
static enum err read_memfd(int memory, uint32_t len, struct room *buffer) {
    if (fcntl(memory, F_GET_SEALS) != SEALS || len > buffer->cap) {
        return ERR_MESSAGE_SHAPE;
    }
    size_t done = 0;
    while (done < len) {
        ssize_t got = pread(memory, buffer->ptr + done, len - done, (off_t)done);
        if (got <= 0) {
            return ERR_MESSAGE_SHAPE;
        }
        done += (size_t)got;
    }
    buffer->len = len;
    return ERR_OK;
}

/* Check a packet against its type; the memfd, last of the descriptors, is read and not handed on. */
static enum err open_packet(struct span packet, uint32_t accepted, struct room *buffer,
                            const int *descriptors, size_t count, struct message *out) {
    struct header header = {0};
    TRY(read_header(packet, accepted, &header));
    size_t extra = header.in_memfd ? 1 : 0;
    const struct shape *shape = &shapes[header.type];
    if (count < shape->descriptors_min + extra || count > shape->descriptors_max + extra) {
        return ERR_MESSAGE_DESCRIPTOR;
    }
    struct message message = {.type = header.type, .body = span_slice(packet, HEADER_BYTES, header.len)};
    if (header.in_memfd) {
        TRY(read_memfd(descriptors[count - 1], header.len, buffer));
        message.body = room_span(buffer);
        close(descriptors[count - 1]);
    }
    message.descriptor_count = count - extra;
    memcpy(message.descriptors, descriptors, message.descriptor_count * sizeof(int));
    *out = message;
    return ERR_OK;
}

static enum err receive_packet(int socket, struct room *buffer, int *descriptors, size_t *count) {
    struct iovec part = {buffer->ptr, buffer->cap};
    union control control = {0};
    struct msghdr packet = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = CMSG_LEN(sizeof(int) * DESCRIPTORS_TAKEN)};
    ssize_t got = recvmsg(socket, &packet, MSG_CMSG_CLOEXEC);
    if (got < 0) {
        return errno == EAGAIN || errno == EINTR ? ERR_MESSAGE_NONE : ERR_MESSAGE_CLOSED;
    }
    *count = take_descriptors(&packet, descriptors);
    if (got == 0 && *count == 0) {
        return ERR_MESSAGE_CLOSED;
    }
    buffer->len = (size_t)got;
    if ((packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        close_all(descriptors, *count);
        return ERR_MESSAGE_SHAPE;
    }
    return ERR_OK;
}

enum err messages_receive(int socket, uint32_t accepted, struct room *buffer, struct message *out) {
    int descriptors[DESCRIPTORS_TAKEN] = {0};
    size_t count = 0;
    TRY(receive_packet(socket, buffer, descriptors, &count));
    enum err err = open_packet(room_span(buffer), accepted, buffer, descriptors, count, out);
    if (err != ERR_OK) {
        close_all(descriptors, count);
    }
    return err;
}

void messages_drop(struct message *message) {
    close_all(message->descriptors, message->descriptor_count);
    message->descriptor_count = 0;
}
