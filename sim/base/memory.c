/* memory.c - see memory.h. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "os/assert.h"

void *xchecked(void *memory)
{
    if (!memory)
        vssim_failed("out of memory");
    return memory;
}

void *xmalloc(size_t size)
{
    return xchecked(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return xchecked(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *memory, size_t size)
{
    return xchecked(realloc(memory, size ? size : 1));
}

char *xstrdup(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(xmalloc(size), text, size);
}

void *array_grown(void *array, uint32_t n, uint32_t *room, size_t size)
{
    assert(n <= *room);
    if (n < *room)
        return array;
    *room = *room ? *room * 2 : 64;
    return xrealloc(array, *room * size);
}
