/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/service.h"

#include "base/limits.h"
#include "kiosk/ending.h"
#include "kiosk/sandbox_extra.h"

enum err service_end_child(struct service *service, struct child *child, const char *name, const char *why) {
    if (!child->open) {
        return ERR_CHILD_START;
    }
    struct child_ending ending = child_end_soon(child, &service->left);
    bool locked = ending.status != ENDING_SANDBOX;
    journal_write(service->journal, &service->now, "child", "process=%s why=%s status=%d signal=%d", name,
                  locked ? why : "not_locked", ending.status, ending.signal);
    return locked ? ERR_CHILD_START : ERR_SANDBOX;
}

enum err service_start_child(const struct service *service, const char *program, struct child *out) {
    if (service->left.count >= CHILD_LEFT_MAX / 2) {
        return ERR_CHILD_START;
    }
    return child_start(service->programs, program, out);
}

void service_note_ready(struct service *service, uint32_t landlock_abi) {
    if (landlock_abi == 0 && !service->landlock_missed) {
        service->landlock_missed = true;
        journal_write(service->journal, &service->now, "sandbox", "landlock=missing");
    }
}

const char *service_complaint(const struct service *service, const struct child *child, int64_t silent_ms) {
    if (service->now_ms - child->heard_ms > silent_ms) {
        return "silent";
    }
    size_t most = (size_t)LIMIT_CHILD_BYTES * (1 + sandbox_extra.memory_times);
    return child_resident_bytes(child) > most ? "grown" : NULL;
}
