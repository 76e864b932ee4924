/*
 * native_win32.c - memory that the program frees by the functions of Windows.
 */
#include <windows.h>

#include <objbase.h>
#include <oleauto.h>
#include <stdint.h>

/* runtime.h speaks our own headers, which do not mix with <windows.h>. */
struct world;
BSTR runtime_bstr(struct world *world, const WCHAR *text, uint32_t length);
void runtime_bstr_free(struct world *world, BSTR text);
void *runtime_task(struct world *world, size_t size);
void runtime_task_free(struct world *world, void *memory);

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
