/* os_win32.c - see os.h. The manifest (ci/build/vssim.rc) makes the narrow
 * functions of Windows speak UTF-8. */
#include "os/os.h"

#include <direct.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#ifndef ENABLE_VIRTUAL_TERMINAL_PROCESSING
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#endif

/* The C runtime must not expand patterns: cli/paths.c does. */
extern int _dowildcard;
int _dowildcard = 0;

void *os_map(void *wanted, uint64_t size)
{
    void *at =
        VirtualAlloc(wanted, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

    if (!at)
        at =
            VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    return at;
}

void os_unmap(void *memory, uint64_t size)
{
    (void)size;
    VirtualFree(memory, 0, MEM_RELEASE);
}

void os_slashes(char *path)
{
    for (; *path; path++)
        if (*path == '\\')
            *path = '/';
}

bool os_real_path(const char *path, char *out)
{
    static const char prefix[] = "\\\\?\\", share[] = "UNC\\";
    HANDLE file = CreateFileA(
        path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
        OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    char full[OS_PATH_MAX];
    const char *name = full;
    DWORD length;

    errno = ENOENT;
    if (file == INVALID_HANDLE_VALUE)
        return false;
    length = GetFinalPathNameByHandleA(file, full, sizeof(full),
                                       FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
    CloseHandle(file);
    if (length == 0 || length >= sizeof(full))
        return false;
    if (strncmp(name, prefix, sizeof(prefix) - 1) == 0)
        name += sizeof(prefix) - 1;
    *out = '\0';
    if (strncmp(name, share, sizeof(share) - 1) == 0) {
        strcpy(out, "//");
        name += sizeof(share) - 1;
    }
    strcat(out, name);
    os_slashes(out);
    return true;
}

bool os_temporary_folder(char *out)
{
    char base[MAX_PATH + 1];
    DWORD length = GetTempPathA(sizeof(base), base); /* ends in a slash */

    for (unsigned i = 0; length && i < 10000; i++) {
        snprintf(out, OS_PATH_MAX, "%svssim-%lu-%u", base,
                 GetCurrentProcessId(), i);
        os_slashes(out);
        if (CreateDirectoryA(out, NULL))
            return true;
        if (GetLastError() != ERROR_ALREADY_EXISTS)
            break;
    }
    errno = EACCES;
    return false;
}

bool os_remove_folder(const char *path)
{
    return RemoveDirectoryA(path);
}

const char *os_signal_text(int number)
{
    switch (number) {
    case 4:
        return "Illegal instruction";
    case 5:
        return "Trace/breakpoint trap";
    case 6:
        return "Aborted";
    case 7:
        return "Bus error";
    case 8:
        return "Floating point exception";
    case 9:
        return "Killed";
    case 11:
        return "Segmentation fault";
    default:
        return "Unknown signal";
    }
}

bool os_make_folder(const char *path)
{
    return mkdir(path) == 0 || errno == EEXIST;
}

bool os_exists(const char *path)
{
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

bool os_is_folder(const char *path)
{
    DWORD attributes = GetFileAttributesA(path);

    return attributes != INVALID_FILE_ATTRIBUTES &&
           (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

void os_streams_init(void)
{
    _fmode = _O_BINARY;
    _setmode(0, _O_BINARY);
    _setmode(1, _O_BINARY);
    _setmode(2, _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

bool os_has_colour(FILE *out)
{
    HANDLE console = (HANDLE)_get_osfhandle(_fileno(out));
    DWORD mode;

    return GetConsoleMode(console, &mode) &&
           SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

/* A temporary file that goes when it is closed: there is no fmemopen. */
FILE *os_open_bytes(const char *bytes, size_t size)
{
    char *name = _tempnam(NULL, "vssim");
    FILE *file = name ? fopen(name, "w+bTD") : NULL;

    free(name);
    if (file && fwrite(bytes, 1, size, file) != size) {
        fclose(file);
        return NULL;
    }
    if (file)
        rewind(file);
    return file;
}
