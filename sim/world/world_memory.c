/*
 * world_memory.c - see world_host.h: the subject's memory, BSTRs, and memory
 * that CoTaskMemFree frees; what is allocated may fail and is counted.
 */
#include <string.h>

#include "world/world_host.h"

void *world_host_alloc(const struct vssim_host *host, size_t size)
{
    struct world *w = world_of(host);
    void *memory;

    w->allocations++;
    if (world_alloc_fails(w))
        return NULL;
    memory = heap_alloc(w->heap, size);
    if (memory) {
        w->live++;
        w->bytes += size;
    }
    return memory;
}

void world_host_free(const struct vssim_host *host, void *memory)
{
    struct world *w = world_of(host);

    if (!memory)
        return;
    w->live--;
    w->bytes -= heap_size(memory);
    heap_free(w->heap, memory);
}

/* --- BSTRs --- */

/* Its length in bytes stands in the four bytes before the text. */
#define BSTR_ROOM 16

BSTR world_bstr(struct world *w, const WCHAR *text, uint32_t length)
{
    size_t size = (size_t)length * sizeof(WCHAR);
    uint32_t bytes = (uint32_t)size;
    char *block;

    if (w->driver && w->driver->bstr_alloc)
        return w->driver->bstr_alloc(w, text, length);
    block = heap_alloc(w->heap, BSTR_ROOM + size + sizeof(WCHAR));
    if (!block)
        return NULL;
    memcpy(block + BSTR_ROOM - 4, &bytes, 4);
    if (text)
        memcpy(block + BSTR_ROOM, text, size);
    w->bstrs++;
    return (BSTR)(void *)(block + BSTR_ROOM);
}

void world_bstr_free(struct world *w, BSTR text)
{
    if (!text)
        return;
    if (w->driver && w->driver->bstr_free) {
        w->driver->bstr_free(w, text);
        return;
    }
    w->bstrs--;
    heap_free(w->heap, (char *)text - BSTR_ROOM);
}

BSTR world_host_bstr_alloc(const struct vssim_host *host, const WCHAR *text,
                           uint32_t length)
{
    struct world *w = world_of(host);

    w->allocations++;
    return world_alloc_fails(w) ? NULL : world_bstr(w, text, length);
}

void world_host_bstr_free(const struct vssim_host *host, BSTR text)
{
    world_bstr_free(world_of(host), text);
}

/* --- memory that CoTaskMemFree frees --- */

void *world_host_task_alloc(const struct vssim_host *host, size_t size)
{
    struct world *w = world_of(host);
    void *memory;

    w->allocations++;
    if (world_alloc_fails(w))
        return NULL;
    if (w->driver)
        return w->driver->task_alloc(w, size);
    memory = heap_alloc(w->heap, size);
    w->bstrs += memory != NULL;
    return memory;
}

void world_host_task_free(const struct vssim_host *host, void *memory)
{
    struct world *w = world_of(host);

    if (!memory)
        return;
    if (w->driver) {
        w->driver->task_free(w, memory);
        return;
    }
    w->bstrs--;
    heap_free(w->heap, memory);
}
