/*
 * native_posix.c - what Windows would provide, for natively compiled
 * requesters: BSTRs, task memory, COM's initialisation.
 */
#include <stdlib.h>
#include <string.h>

#include "com/text.h"
#include "vssapi/runtime.h"

/* A BSTR: length in bytes, text, NUL. */
#define ROOM 16

static BSTR make(const OLECHAR *text, size_t length)
{
    char *block = calloc(1, ROOM + (length + 1) * sizeof(OLECHAR));
    uint32_t bytes = (uint32_t)(length * sizeof(OLECHAR));

    if (!block)
        return NULL;
    memcpy(block + ROOM - 4, &bytes, 4);
    if (text)
        memcpy(block + ROOM, text, bytes);
    return (BSTR)(void *)(block + ROOM);
}

BSTR runtime_bstr(struct world *w, const WCHAR *text, uint32_t length)
{
    (void)w;
    return make(text, length);
}

void runtime_bstr_free(struct world *w, BSTR text)
{
    (void)w;
    SysFreeString(text);
}

void *runtime_task(struct world *w, size_t size)
{
    (void)w;
    return calloc(1, size ? size : 1);
}

void runtime_task_free(struct world *w, void *memory)
{
    (void)w;
    free(memory);
}

BSTR SysAllocString(const OLECHAR *text)
{
    return text ? make(text, wide_length(text)) : NULL;
}

BSTR SysAllocStringLen(const OLECHAR *text, UINT length)
{
    return make(text, length);
}

UINT SysStringLen(BSTR text)
{
    uint32_t bytes = 0;

    if (text)
        memcpy(&bytes, (char *)text - 4, 4);
    return bytes / (UINT)sizeof(OLECHAR);
}

void SysFreeString(BSTR text)
{
    if (text)
        free((char *)text - ROOM);
}

void *CoTaskMemAlloc(size_t size)
{
    return malloc(size);
}

void CoTaskMemFree(void *memory)
{
    free(memory);
}

HRESULT CoInitialize(void *reserved)
{
    (void)reserved;
    return S_OK;
}

HRESULT CoInitializeEx(void *reserved, DWORD mode)
{
    (void)reserved;
    (void)mode;
    return S_OK;
}

void CoUninitialize(void)
{
}

HRESULT CoInitializeSecurity(void *descriptor, LONG count, void *services,
                             void *reserved, DWORD level, DWORD impersonation,
                             void *list, DWORD capabilities, void *reserved3)
{
    (void)descriptor;
    (void)count;
    (void)services;
    (void)reserved;
    (void)level;
    (void)impersonation;
    (void)list;
    (void)capabilities;
    (void)reserved3;
    return S_OK;
}
