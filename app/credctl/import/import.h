/* import: what others publish, read once at headquarters into one list of a workspace; a file for each format. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_IMPORT_IMPORT_H
#define CREDCTL_IMPORT_IMPORT_H

#include <jansson.h>

#include "base/interval.h"
#include "base/limits.h"
#include "credctl/build/import_file.h"
#include "credctl/file.h"
#include "credctl/options.h"
#include "credctl/progress.h"

/* Bytes of all published files of one import that are kept in memory; the largest published lists have 2 MB. Formats that
 * are read line by line are not bound by it. */
#define IMPORT_TEXT_MAX (64u * 1024u * 1024u)
/* JSON values of one published file: jansson takes a hundred bytes for each. */
#define IMPORT_JSON_VALUES_MAX 1000000u
/* Characters of what is said of an entry that is at fault. */
#define IMPORT_ENTRY_SIZE 300u
/* Notes of one import that a person would read. */
#define IMPORT_NOTES_MAX 50u

/* A published file. */
struct import_input {
    const char *path;                    /* as it was given; borrowed */
    bool read;                           /* `text` and `sha256` are filled */
    struct room text;                    /* released with the job; empty where it was read line by line */
    uint8_t sha256[CRYPTO_SHA256_BYTES]; /* of the bytes that were read */
};

/* An import in progress. Readers fill `source`, then add issuers. */
struct import_job {
    const struct options *options; /* of credctl trust import */
    struct interval now;           /* for the validity of certificates and statements */
    const char *name;              /* of the list in the workspace */
    const char *url;               /* where it was published; "" where nobody said */
    size_t input_count;            /* at least one */
    struct import_input *inputs;

    /* What the published list says of itself. Nothing counts as signed unless the reader says so, and it must do so before the
     * first import_add: only where every signature that the format has was checked and is right. */
    struct import_file_source source;

    uint64_t issuers, keys;    /* added so far */
    uint64_t unsigned_issuers; /* of them */
    uint64_t notes;            /* said by import_note */

    uint64_t keyless;     /* issuers without any key: they can be named, and not believed */
    uint64_t revocations; /* of single credentials, kept with their issuers; for the reader to count */
    uint64_t passed_over; /* entries or keys of kinds that kiosks do not judge; for the reader to count */
    char entry
        [IMPORT_ENTRY_SIZE]; /* which entry is being read, for the message of an error; import_at sets it */
    struct import_file *file;
    struct progress progress;
};

/* Options of one format; see struct import_format. */
#define IMPORT_TAKES_MAX 3u

/* A format of published lists: `import_NAME` in NAME.c. */
struct import_format {
    const char *name;     /* as FORMAT on the command line, and as "format" of the list's file */
    const char *sentence; /* what it is and which files are named, for --help */
    /* The names of the options that it has a use for, of those that not every list has (name, url, type, accept-unsigned, at); a
     * format with `keep` names them all. Any other is refused, lest somebody rely on it. */
    const char *takes[IMPORT_TAKES_MAX];
    /*
     * Read all inputs into the job. An error ends the import and leaves what was kept before; job->entry says which entry it
     * came from.
     *
     * ERR_IMPORT_SHAPE and what else the format's file names; and those of the functions below
     */
    enum err (*read)(struct import_job *job);
    /* In the place of `read`, for documents that are no lists of issuers: keep all inputs in the workspace, and say so. A status of
     * sysexits.h, after its message; job->file is not open. */
    int (*keep)(struct import_job *job, const char *folder);
};

#define IMPORT_FORMAT(name) extern const struct import_format import_##name;
#include "credctl/import/formats.def"
#undef IMPORT_FORMAT

/* The n-th format, in the order of formats.def; NULL past the last. */
const struct import_format *import_nth(size_t n);

/*
 * The bytes of an input, read at the first call; they live as long as the job.
 *
 * ERR_FILE_MISSING, ERR_FILE_READ, ERR_NO_MEMORY
 * ERR_FILE_LARGE  all inputs so far have more than IMPORT_TEXT_MAX
 */
MUST_USE enum err import_text(struct import_job *job, size_t input, struct span *out);

/* An input as JSON, of at most IMPORT_JSON_VALUES_MAX values; json_decref it. Errors of import_text and jsontext_parse. */
MUST_USE enum err import_json(struct import_job *job, size_t input, json_t **out);

/*
 * Each line of an input without its line feed, empty ones left out; for lists that need not fit into memory. The first error of
 * `visit` ends it.
 *
 * ERR_FILE_LARGE  a line is longer than LINE_FILE_MAX
 * ERR_FILE_MISSING, ERR_FILE_READ, ERR_NO_MEMORY, ERR_CRYPTO_FAILED
 */
MUST_USE enum err import_lines(struct import_job *job, size_t input,
                               enum err (*visit)(struct import_job *job, struct span line));

/*
 * The bytes of the file that the n-th occurrence of an option names (--pin, --signature); file_release them.
 * *given is false where there is no such occurrence. Errors of file_read, of LIMIT_CONTEXT_BYTES at most.
 */
MUST_USE enum err import_option_file(const struct import_job *job, const char *option, size_t n, bool *given,
                                     struct room *out);

/* Say which entry comes next: its name or address (cut where it is long), or `number` from 0 where it has none. */
void import_at(struct import_job *job, struct span name, size_t number);

/* Say something of the entry that is being read, on standard error; IMPORT_NOTES_MAX times at most, then that there is more. */
void import_note(struct import_job *job, const char *sentence);

/* Say on standard error that what is being read was passed over, and why; counted in the job. What is left out is not trusted. */
void import_pass_over(struct import_job *job, enum err err);

/* A list or statement is not dated in the future: such a one would outlast all that come after it. ERR_IMPORT_AHEAD.
 *
 * time_s  seconds since 1970 UTC */
MUST_USE enum err import_not_ahead(const struct import_job *job, int64_t time_s);

/*
 * Add an issuer as issuer_file.h has it. "source", "unsigned" and, for each key, "source" and "since" are set here; an issuer that
 * the reader marked unsigned stays so. Keys and certificates that may sign everything are narrowed to --type.
 *
 * issuer  borrowed, and changed as said
 *
 * ERR_ISSUER_FILE and those of issuer_file_check   it is none that could be listed
 * ERR_FILE_WRITE, ERR_NO_MEMORY, ERR_INTERRUPTED
 */
MUST_USE enum err import_add(struct import_job *job, json_t *issuer);

#endif
