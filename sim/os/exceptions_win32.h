/*
 * exceptions_win32.h - how a process of Windows ended, in terms of signals.
 *
 * A process that crashes leaves the exception's number as its exit code. A
 * trace must read the same everywhere, so it names the signal that POSIX has
 * for the same mistake. For the files *_win32.c of this folder.
 */
#ifndef OS_EXCEPTIONS_WIN32_H
#define OS_EXCEPTIONS_WIN32_H

#include <stdbool.h>
#include <stdint.h>

/* The newer C runtimes end in abort with this. */
#define EXCEPTION_ABORTED 0xC0000409u

/* An exception's number, and no exit code that a program chose. */
bool exception_is(uint32_t exit_code);
/* 0: no signal means the same. */
int exception_signal(uint32_t exception);

#endif
