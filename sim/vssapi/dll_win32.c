/*
 * dll_win32.c - vssapi.dll: its loading, and memory that the program frees by
 * the functions of Windows.
 */
#include <windows.h>

#include <objbase.h>
#include <oleauto.h>

#include "vssapi/gate.h"

/* runtime.h speaks our own headers, which do not mix with <windows.h>. */
struct world;
void runtime_loaded(void);
BSTR runtime_bstr(struct world *world, const WCHAR *text, uint32_t length);
void runtime_bstr_free(struct world *world, BSTR text);
void *runtime_task(struct world *world, size_t size);
void runtime_task_free(struct world *world, void *memory);
BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, void *reserved);

BSTR runtime_bstr(struct world *w, const WCHAR *text, uint32_t length)
{
    BSTR made = SysAllocStringLen(text, length);

    (void)w;
    if (made && !text)
        ZeroMemory(made, length * sizeof(WCHAR));
    return made;
}

void runtime_bstr_free(struct world *w, BSTR text)
{
    (void)w;
    SysFreeString(text);
}

void *runtime_task(struct world *w, size_t size)
{
    void *memory = CoTaskMemAlloc(size);

    (void)w;
    if (memory)
        ZeroMemory(memory, size);
    return memory;
}

void runtime_task_free(struct world *w, void *memory)
{
    (void)w;
    CoTaskMemFree(memory);
}

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
        runtime_loaded();
    } else if (reason == DLL_PROCESS_DETACH) {
        gate_ended();
    }
    return TRUE;
}
