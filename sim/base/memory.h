/*
 * memory.h - malloc and friends that end the program with status 99 when there
 * is no memory: the harness itself failed. For the tool's own side, never for
 * a subject.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *memory, size_t size);
char *xstrdup(const char *text);
/* The same for memory that somebody else asked for: never NULL. */
void *xchecked(void *memory);

/* An array of `n` elements of `size` bytes with room for one more: `array`
 * itself, or another with twice the room. What is new is not cleared. */
void *array_grown(void *array, uint32_t n, uint32_t *room, size_t size);

#endif
