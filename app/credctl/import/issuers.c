/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of another workspace, or what a program of one's own made: issuers in the form of issuer_file.h, one a line. */
#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/import/import.h"

static enum err read_line(struct import_job *job, struct span line) {
    json_t *issuer = NULL;
    import_at(job, (struct span){0}, (size_t)job->issuers);
    TRY(jsontext_parse(line, &issuer));
    import_at(job, issuer_file_first(issuer), (size_t)job->issuers);
    enum err err = json_is_object(issuer) ? import_add(job, issuer) : ERR_IMPORT_SHAPE;
    json_decref(issuer);
    return err;
}

static enum err read_issuers(struct import_job *job) {
    for (size_t i = 0; i < job->input_count; i++) {
        TRY(import_lines(job, i, read_line));
    }
    return ERR_OK;
}

const struct import_format import_issuers = {
    .name = "issuers",
    .sentence = "Issuers as a workspace keeps them (issuers/NAME.json), one a line; unsigned.",
    .read = read_issuers,
};
