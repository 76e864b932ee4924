/* library_posix.c - see library.h. */
#include "os/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

void *library_open(const char *path, char *error, size_t room)
{
    void *library;

    /* as with any file: not the library path */
    snprintf(error, room, "%s%s", strchr(path, '/') ? "" : "./", path);
    library = dlopen(error, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        snprintf(error, room, "cannot load the subject: %s", dlerror());
    return library;
}

void *library_symbol(void *library, const char *name)
{
    return dlsym(library, name);
}
