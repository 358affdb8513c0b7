/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <sysexits.h>

int command_fail(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("credctl: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return status;
}

int command_status(enum err err) {
    switch (err) {
    case ERR_OK:
        return EX_OK;
    case ERR_FILE_MISSING:
    case ERR_FILE_READ:
    case ERR_STORE_MISSING:
        return EX_NOINPUT;
    case ERR_FILE_EXISTS:
    case ERR_FILE_WRITE:
    case ERR_STORE_WRITE:
        return EX_CANTCREAT;
    case ERR_STORE_READ:
        return EX_IOERR;
    case ERR_NO_MEMORY:
        return EX_OSERR;
    case ERR_CRYPTO_FAILED:
        return EX_SOFTWARE;
    default:
        return EX_DATAERR;
    }
}

int command_fail_err(enum err err, const char *what) {
    return command_fail(command_status(err), "%s: %s", what, err_sentence(err));
}
