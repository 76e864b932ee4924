/*
 * arena.h - memory that is freed all at once.
 *
 * For what lives as long as one scenario: its tree, its strings. Zero-filled.
 * Running out ends the program with status 99, as strbuf does.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/printf.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks;
    size_t left; /* in the first chunk */
};

#define ARENA_INIT \
    { \
        NULL, 0 \
    }

void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
    PRINTF_LIKE(2, 3);
void arena_release(struct arena *arena);

#endif
