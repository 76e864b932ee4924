/* program_look_posix.c - what the program is that shall run; see program.h. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exec/program.h"

/* As a shell would: through PATH when there is no slash. */
static bool find(const char *file, char *path)
{
    const char *at = getenv("PATH");

    if (strchr(file, '/')) {
        snprintf(path, PATH_MAX, "%s", file);
        return access(path, R_OK) == 0;
    }
    while (at && *at) {
        size_t n = strcspn(at, ":");

        snprintf(path, PATH_MAX, "%.*s/%s", (int)n, at, file);
        if (access(path, X_OK) == 0)
            return true;
        at += n + (at[n] == ':');
    }
    return false;
}

static bool look_windows(FILE *in, const char *file, struct strbuf *text)
{
    unsigned char b[6];
    uint32_t at = 0;

    if (fseek(in, 0x3C, SEEK_SET) == 0 && fread(b, 1, 4, in) == 4)
        at = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
    if (!at || fseek(in, (long)at, SEEK_SET) != 0 || fread(b, 1, 6, in) != 6 ||
        memcmp(b, "PE\0\0", 4) != 0) {
        strbuf_addf(text, "%s begins like a Windows program and is none",
                    file);
        return false;
    }
    if (b[4] == 0x64 && b[5] == 0x86)
        return true;
    strbuf_addf(text,
                "%s is no 64-bit (x86_64) program: 32-bit requesters "
                "are not supported since Windows Vista",
                file);
    return false;
}

bool program_look(const char *file, struct program_result *r)
{
    char path[PATH_MAX];
    unsigned char magic[2] = {0, 0};
    bool good = true;
    FILE *in;

    memset(r, 0, sizeof(*r));
    if (!find(file, path) || !(in = fopen(path, "rb"))) {
        strbuf_addf(&r->text, "cannot read the program %s: %s", file,
                    strerror(errno ? errno : ENOENT));
        return false;
    }
    if (fread(magic, 1, 2, in) == 2 && magic[0] == 'M' && magic[1] == 'Z') {
        r->kind = PROGRAM_WINDOWS;
        good = look_windows(in, file, &r->text);
    }
    fclose(in);
    return good;
}
