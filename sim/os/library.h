/*
 * library.h - loads a shared library that is a subject.
 *
 * One file an operating system: library_posix.c, library_win32.c. A library
 * stays loaded until the process ends. Only subject_load.c calls it.
 */
#ifndef OS_LIBRARY_H
#define OS_LIBRARY_H

#include <stddef.h>

/* NULL, with the reason in `error`, when it cannot be loaded. `path` names a
 * file, as any other path does: nothing is searched for. */
void *library_open(const char *path, char *error, size_t room);
/* The address of what it exports under `name`, or NULL. */
void *library_symbol(void *library, const char *name);

#endif
