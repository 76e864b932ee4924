/* entry_posix.c - libvssapi.so is loaded and unloaded. */
#include "vssapi/gate.h"
#include "vssapi/runtime.h"

__attribute__((constructor)) static void loaded(void)
{
    runtime_loaded(runtime_guarded);
}

__attribute__((destructor)) static void unloaded(void)
{
    gate_ended();
}
