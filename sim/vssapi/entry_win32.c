/* entry_win32.c - vssapi.dll is loaded and unloaded, and known as what it
 * is. */
#include <windows.h>

#include "vssapi/gate.h"

/* runtime.h speaks our own headers, which do not mix with <windows.h>. */
bool runtime_guarded(void);
void runtime_loaded(bool (*guarded)(void));
BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, void *reserved);

/* By this subjects/system.c knows us for no observation. */
extern const char vssim_simulated[];
__declspec(dllexport) const char vssim_simulated[] = "vssim";

/* Some programs free the library before their last Release: it stays. */
static void pin(HINSTANCE self)
{
    HMODULE module;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN |
                           GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       (const wchar_t *)(const void *)self, &module);
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        pin(self);
        runtime_loaded(runtime_guarded);
    } else if (reason == DLL_PROCESS_DETACH) {
        gate_ended();
    }
    return TRUE;
}
