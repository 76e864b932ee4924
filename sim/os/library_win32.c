/* library_win32.c - see library.h. */
#include "os/library.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

/* The loader takes a crash in an initialiser for a mere refusal; here it ends
 * the process as any other crash does, and the parent tells. */
static LONG CALLBACK on_crash(EXCEPTION_POINTERS *what)
{
    DWORD code = what->ExceptionRecord->ExceptionCode;

    switch (code) {
    case EXCEPTION_ACCESS_VIOLATION:
    case EXCEPTION_ILLEGAL_INSTRUCTION:
    case EXCEPTION_INT_DIVIDE_BY_ZERO:
    case EXCEPTION_STACK_OVERFLOW:
        TerminateProcess(GetCurrentProcess(), code);
    }
    return EXCEPTION_CONTINUE_SEARCH;
}

static const char *reason_of(DWORD error)
{
    switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_MOD_NOT_FOUND:
        return "no such file, or a library that it needs is missing";
    case ERROR_BAD_EXE_FORMAT:
        return "no 64-bit Windows library";
    case ERROR_PROC_NOT_FOUND:
        return "a library that it needs lacks a function";
    case ERROR_DLL_INIT_FAILED:
        return "its initialisation failed";
    default:
        return "Windows refuses";
    }
}

void *library_open(const char *path, char *error, size_t room)
{
    char full[4096];
    DWORD length = GetFullPathNameA(path, sizeof(full), full, NULL);
    HMODULE library = NULL;
    DWORD code = ERROR_PATH_NOT_FOUND;

    if (length > 0 && length < sizeof(full)) {
        void *handler = AddVectoredExceptionHandler(1, on_crash);

        library = LoadLibraryExA(full, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
        code = GetLastError();
        RemoveVectoredExceptionHandler(handler);
    }
    if (!library)
        snprintf(error, room, "cannot load the subject: %s: %s (error %lu)",
                 path, reason_of(code), code);
    return library;
}

void *library_symbol(void *library, const char *name)
{
    FARPROC symbol = GetProcAddress(library, name);
    void *address;

    memcpy(&address, &symbol, sizeof(address));
    return address;
}
