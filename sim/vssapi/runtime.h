/*
 * runtime.h - the simulated VSS inside somebody's process.
 *
 * The library (libvssapi.so, vssapi.dll) plays the scenario named by
 * VSSIM_SCENARIO around the program's own calls. What it is told stands in the
 * environment, see runtime.c and vssim-exec(1). One world a process, made when
 * the first function is called; one lock serialises the calls of all threads.
 */
#ifndef VSSAPI_RUNTIME_H
#define VSSAPI_RUNTIME_H

#include "world/world.h"

/* The world, or NULL after a message when the scenario cannot be played. */
struct world *runtime_world(void);
/* When the library is loaded: the trace file shows that it was. No world comes
 * about unless `guarded` says yes. */
void runtime_loaded(bool (*guarded)(void));

/* vds_*.c: is the real virtual disk service out of reach? Said when not. */
bool runtime_guarded(void);

/* native_*.c: BSTRs as the program frees them, SysFreeString; `text` may be
 * NULL. Those of the native library count in world->bstrs. */
BSTR runtime_bstr(struct world *world, const WCHAR *text, uint32_t length);
void runtime_bstr_free(struct world *world, BSTR text);
/* Likewise memory for CoTaskMemFree. */
void *runtime_task(struct world *world, size_t size);
void runtime_task_free(struct world *world, void *memory);

#endif
