/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "paint/paint.h"

/* The connector's `status` file begins with "connected". */
static bool connected(const char *folder, const char *connector) {
    char path[512], status[16] = "";
    int len = snprintf(path, sizeof path, "%s/%s/status", folder, connector);
    if (len < 0 || (size_t)len >= sizeof path) {
        return false;
    }
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    bool read = fgets(status, sizeof status, file) != NULL;
    (void)fclose(file);
    return read && span_starts_with(span_of_text(status), "connected");
}

static bool any_connected(const char *folder) {
    DIR *connectors = opendir(folder);
    if (connectors == NULL) {
        return false;
    }
    bool found = false;
    for (struct dirent *entry; !found && (entry = readdir(connectors)) != NULL;) {
        found = connected(folder, entry->d_name);
    }
    (void)closedir(connectors);
    return found;
}

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value != NULL && *value != 0;
}

bool paint_display_present(void) {
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || any_connected("/sys/class/drm");
}
