/* arena.c - see arena.h. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define CHUNK ((size_t)16 * 1024)

struct arena_chunk {
    struct arena_chunk *next;
    size_t size;
};

void *arena_alloc(struct arena *arena, size_t size)
{
    char *at;

    size = (size + 15) & ~(size_t)15;
    if (size > arena->left || !arena->chunks) {
        size_t room = size > CHUNK ? size : CHUNK;
        struct arena_chunk *chunk = xcalloc(1, sizeof(*chunk) + room);

        chunk->size = room;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->left = room;
    }
    at = (char *)(arena->chunks + 1) + (arena->chunks->size - arena->left);
    arena->left -= size;
    return at;
}

char *arena_strndup(struct arena *arena, const char *text, size_t size)
{
    return memcpy(arena_alloc(arena, size + 1), text, size);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

void arena_release(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *chunk = arena->chunks;

        arena->chunks = chunk->next;
        free(chunk);
    }
    arena->left = 0;
}
