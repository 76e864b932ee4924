/*
 * os.h - what every operating system has and each does its own way.
 *
 * One file an operating system implements it: os_posix.c, os_win32.c. Paths are
 * UTF-8 and use / on every system; on Windows \ is taken, too, and never
 * shown. Anybody may call it.
 */
#ifndef OS_OS_H
#define OS_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define OS_PATH_MAX 4096

/* Zero-filled private memory, at `wanted` when nothing else lies there; NULL
 * when the address space refuses. Unmapped by os_unmap. */
void *os_map(void *wanted, uint64_t size);
void os_unmap(void *memory, uint64_t size);

/* The one absolute name of something that exists: links followed. `out` has
 * OS_PATH_MAX bytes. False, with errno set, when there is no such thing. */
bool os_real_path(const char *path, char *out);
bool os_exists(const char *path);
bool os_is_folder(const char *path);
/* Makes a path given by the user one as we show it: / between its parts. */
void os_slashes(char *path);

/* Makes a folder of our own for what is temporary; false with errno set. */
bool os_temporary_folder(char *out);
/* Makes a folder unless it is there; false with errno set. */
bool os_make_folder(const char *path);
bool os_remove_folder(const char *path); /* an empty one */
/* What POSIX calls a signal: the same words on every system. */
const char *os_signal_text(int number);

/* Standard streams and files pass bytes unchanged, text is UTF-8. To be called
 * once, first thing. */
void os_streams_init(void);
/* Bytes as a file to be read: they must outlive it. NULL with errno set. */
FILE *os_open_bytes(const char *bytes, size_t size);
/* `out` is a terminal that understands escape sequences. */
bool os_has_colour(FILE *out);

#endif
