/*
 * real_machine.h - what the machine we run on has of VSS itself.
 *
 * real_machine_win32.c finds it (under Wine, too, which is a Windows to us);
 * real_machine_posix.c says that there is none. For system.c, which makes a
 * subject
 * of it, and for the commands that must not harm a real machine.
 */
#ifndef OS_REAL_MACHINE_H
#define OS_REAL_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool machine_is_windows(void);

/* Opens the system's own vssapi.dll, and whatever else COM wants of a
 * requester's thread. NULL, with the reason in `error`, when there is none.
 * library_symbol tells what it exports. */
void *machine_vssapi(char *error, size_t room);

unsigned machine_build(void);      /* of Windows */
const char *machine_windows(void); /* its key in windows.def; NULL: none */
/* In words: "Windows 10.0.20348", "Wine 8.0 as Windows 10.0.19043". */
const char *machine_name(void);
uint64_t machine_now(void); /* real milliseconds */

/* What the system's library hands out is freed the system's way. */
void machine_bstr_free(void *text);
void machine_task_free(void *memory);

/* Does the program's file name the class of the Virtual Disk Service? */
bool machine_reaches_disks(const char *program);

#endif
