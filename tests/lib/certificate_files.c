/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/certificate_files.h"

#include <stdio.h>

#include "credctl/file.h"
#include "tests/lib/check.h"

void certificate_files_der(const char *name, struct certificate_file *out) {
    char path[128];
    struct room text = {0}, der = room_over(out->bytes, sizeof out->bytes);
    size_t at = 0;
    (void)snprintf(path, sizeof path, "tests/lib/certificates/%s.pem", name);
    assert_ok(file_read(path, LIMIT_CERTIFICATE_BYTES * 2, &text));
    assert_ok(certificate_next_pem(room_span(&text), &at, &der));
    file_release(&text);
    out->der = room_span(&der);
    out->certificate = (struct certificate){0};
}

void certificate_files_read(const char *name, struct certificate_file *out) {
    certificate_files_der(name, out);
    assert_ok(certificate_read(out->der, &out->certificate));
}
