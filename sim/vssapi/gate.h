/*
 * gate.h - what the runtime needs of the machine it runs on.
 *
 * One lock for all calls of a process, real time, and waiting that gives the
 * lock up. gate_posix.c and gate_win32.c implement it. Milliseconds of real
 * time throughout.
 */
#ifndef VSSAPI_GATE_H
#define VSSAPI_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void gate_lock(void);
void gate_unlock(void);
/* Gives the lock up until gate_wake, or until `ms` have passed; UINT32_MAX:
 * without an end. May return early. */
void gate_wait(uint32_t ms);
void gate_wake(void);
/* Lets another thread that waits for the lock go first. */
void gate_yield(void);

uint64_t gate_now(void);
/* A number for the calling thread: 1 for the first that asked, and so on. */
uint32_t gate_thread(void);
uint32_t gate_process(void);

/* Creates `name`, or, when there is one already, `name`.2, `name`.3 ...;
 * false when none can be made. Each record is one unbuffered write. */
bool gate_file_create(const char *name);
void gate_file_write(const void *bytes, size_t size);
/* Calls `end` once when the library is unloaded or the process ends well. */
void gate_at_end(void (*end)(void));
void gate_ended(void); /* for the library's own unloading */

#endif
