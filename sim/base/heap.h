/*
 * heap.h - the one region that holds all memory of a subject and its world.
 *
 * The region lies at a fixed address and contains no pointers out of itself
 * that matter between calls, so that a checkpoint is a copy of `used` bytes,
 * restored in place. Blocks are zero-filled and counted. With VSSIM_HEAP_MALLOC
 * (sanitizers, valgrind) every block comes from malloc instead, so that those
 * tools see each block; checkpoints are not available then.
 *
 * Invariant: live_blocks and live_bytes describe what was handed out and not
 * yet freed. Not safe for several threads: the host's lock serialises.
 */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAP_CLASSES 40

struct heap_block;

struct heap { /* lies at the start of the region */
    uint64_t size;
    uint64_t used; /* bytes of the region in use, this struct included */
    struct heap_block *free_list[HEAP_CLASSES];
    struct heap_block *all; /* VSSIM_HEAP_MALLOC: every live block */
    uint64_t live_blocks;
    uint64_t live_bytes;
    uint64_t total_blocks; /* ever handed out */
};

/* Maps a region of `size` bytes; NULL when the address space refuses. */
struct heap *heap_create(uint64_t size);
void heap_destroy(struct heap *heap);
/* As new: everything handed out is gone. */
void heap_reset(struct heap *heap);
/* Zero-filled, 16-byte aligned; NULL when the region is full. */
void *heap_alloc(struct heap *heap, size_t size);
void heap_free(struct heap *heap, void *memory); /* NULL is fine */
size_t heap_size(const void *memory);            /* as asked for */

/* False with VSSIM_HEAP_MALLOC. */
bool heap_has_checkpoints(void);
/* Checkpoints: a copy of what is in use, in memory from malloc that the caller
 * frees. NULL when there is none, or with VSSIM_HEAP_MALLOC. */
void *heap_save(const struct heap *heap, size_t *size);
/* Everything is again as it was when `saved` was made of this heap. */
void heap_restore(struct heap *heap, const void *saved);

#endif
