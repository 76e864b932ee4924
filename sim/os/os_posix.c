/* os_posix.c - see os.h. */
#include "os/os.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(PATH_MAX <= OS_PATH_MAX, "realpath writes up to PATH_MAX");

void *os_map(void *wanted, uint64_t size)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *at = MAP_FAILED;

    if (wanted) /* root could map address 0 */
        at = mmap(wanted, size, PROT_READ | PROT_WRITE,
                  flags | MAP_FIXED_NOREPLACE, -1, 0);
    if (at == MAP_FAILED) /* taken: works all the same, elsewhere */
        at = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

void os_unmap(void *memory, uint64_t size)
{
    munmap(memory, size);
}

bool os_real_path(const char *path, char *out)
{
    return realpath(path, out) != NULL;
}

bool os_make_folder(const char *path)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

bool os_exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

bool os_is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool os_temporary_folder(char *out)
{
    const char *base = getenv("TMPDIR");

    snprintf(out, OS_PATH_MAX, "%s/vssim-XXXXXX",
             base && *base ? base : "/tmp");
    return mkdtemp(out) != NULL;
}

bool os_remove_folder(const char *path)
{
    return rmdir(path) == 0;
}

const char *os_signal_text(int number)
{
    return strsignal(number);
}

void os_slashes(char *path)
{
    (void)path;
}

void os_streams_init(void)
{
}

bool os_has_colour(FILE *out)
{
    const char *term = getenv("TERM");

    return isatty(fileno(out)) && term && strcmp(term, "dumb") != 0;
}

FILE *os_open_bytes(const char *bytes, size_t size)
{
    return fmemopen((void *)(uintptr_t)bytes, size, "r");
}
