/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk-reader: started by face or credctl with its socket as descriptor MESSAGES_SOCKET. */
#include <malloc.h>
#include <unistd.h>

#include "kiosk/ending.h"
#include "kiosk/reader.h"
#include "kiosk/sandbox.h"

/* Open what libraries open on first use, lock in (files, then threads, then calls), and say so. */
static enum err prepare(struct reader *reader) {
    struct sandbox_report report = {0};
    (void)mallopt(M_ARENA_MAX,
                  1); /* an arena of its own costs a thread memory, and a system call that is not allowed */
    TRY(reader_open(reader, lookout_lookers(sysconf(_SC_NPROCESSORS_ONLN))));
    TRY(sandbox_lock_files(-1, &report));
    TRY(reader_start(reader));
    TRY(sandbox_lock_calls(&sandbox_reader));
    uint8_t bytes[MESSAGES_INLINE_MAX];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_ready ready = {.landlock_abi = report.landlock_abi};
    TRY(messages_put_ready(&ready, &body));
    return messages_send(reader->socket, MESSAGE_READY, room_span(&body), NULL, 0);
}

int main(void) {
    struct reader reader = {.socket = MESSAGES_SOCKET};
    sandbox_begin();
    enum err err = prepare(&reader);
    if (err != ERR_OK) {
        _exit(err == ERR_SANDBOX ? ENDING_SANDBOX : ENDING_START);
    }
    _exit(reader_serve(&reader) == ERR_OK ? ENDING_WELL : ENDING_WORK);
}
