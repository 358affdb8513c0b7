/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_replay: run a fuzz target over every file of its corpus, without a fuzzer; one TAP line a file. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return -1;
    }
    long size = ftell(file);
    rewind(file);
    uint8_t *data = malloc((size_t)size + 1);
    size_t got = fread(data, 1, (size_t)size, file);
    fclose(file);
    int result = got == (size_t)size ? LLVMFuzzerTestOneInput(data, got) : -1;
    free(data);
    return result;
}

int main(int argc, char **argv) {
    struct dirent **entries = NULL;
    int count = argc > 1 ? scandir(argv[1], &entries, NULL, alphasort) : -1;
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.') {
            number++;
            printf("%s %d - %s\n", replay(argv[1], entries[i]->d_name) == 0 ? "ok" : "not ok", number,
                   entries[i]->d_name);
            fflush(stdout);
        }
        free(entries[i]);
    }
    free(entries);
    printf("1..%d\n", number);
    return number == 0;
}
