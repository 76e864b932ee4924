/* heap.c - see heap.h. */
#include "base/heap.h"

#include <stdlib.h>
#include <string.h>

#include "os/assert.h"
#include "os/os.h"

#ifdef VSSIM_HEAP_MALLOC /* no checkpoints, and sanitizers mind addresses */
#define HEAP_ADDRESS NULL
#else
/* Far from where anything else is mapped, the same in every process. */
#define HEAP_ADDRESS ((void *)0x6a0000000000)
#endif

struct heap_block {
    uint64_t size; /* as asked for */
    uint32_t sized;
    uint32_t live;
    struct heap_block *next; /* free list, or list of all */
    struct heap_block *prev;
};

#define HEADER sizeof(struct heap_block)

struct heap *heap_create(uint64_t size)
{
    struct heap *heap = os_map(HEAP_ADDRESS, size);

    if (!heap)
        return NULL;
    memset(heap, 0, sizeof(*heap));
    heap->size = size;
    heap->used = (sizeof(*heap) + 63) & ~(uint64_t)63;
    return heap;
}

static void free_all(struct heap *heap)
{
    while (heap->all) {
        struct heap_block *block = heap->all;

        heap->all = block->next;
        free(block);
    }
}

void heap_destroy(struct heap *heap)
{
    if (!heap)
        return;
    free_all(heap);
    os_unmap(heap, heap->size);
}

void heap_reset(struct heap *heap)
{
    uint64_t size = heap->size;

    free_all(heap);
    memset(heap, 0, heap->used);
    heap->size = size;
    heap->used = (sizeof(*heap) + 63) & ~(uint64_t)63;
}

/* Classes: 16, 32, 48, 64, then four steps per doubling. */
static uint32_t class_of(size_t size, size_t *room)
{
    uint32_t sized = 0;
    size_t step = 16, limit = 16;

    while (limit < size && sized < HEAP_CLASSES - 1) {
        sized++;
        limit += step;
        if (sized >= 4 && sized % 4 == 0)
            step *= 2;
    }
    *room = limit < size ? size : limit;
    assert(*room >= size && sized < HEAP_CLASSES);
    return sized;
}

void *heap_alloc(struct heap *heap, size_t size)
{
    struct heap_block *block;
    size_t room;
    uint32_t sized = class_of(size, &room);

#ifdef VSSIM_HEAP_MALLOC
    block = calloc(1, HEADER + (size ? size : 1));
    if (!block)
        return NULL;
    block->next = heap->all;
    if (heap->all)
        heap->all->prev = block;
    heap->all = block;
#else
    /* The last class is for all larger sizes, which are not reused. */
    block = sized < HEAP_CLASSES - 1 ? heap->free_list[sized] : NULL;
    if (block) {
        heap->free_list[sized] = block->next;
        memset(block + 1, 0, room);
    } else {
        if (size > heap->size || heap->used + HEADER + room > heap->size)
            return NULL;
        block = (struct heap_block *)((char *)heap + heap->used);
        heap->used += (HEADER + room + 15) & ~(uint64_t)15;
    }
    block->next = NULL;
#endif
    block->size = size;
    block->sized = sized;
    block->live = 1;
    heap->live_blocks++;
    heap->total_blocks++;
    heap->live_bytes += size;
    return block + 1;
}

void heap_free(struct heap *heap, void *memory)
{
    struct heap_block *block;

    if (!memory)
        return;
    block = (struct heap_block *)memory - 1;
    if (!block->live) /* freed twice: a bug of the subject, seen as a crash */
        abort();
    block->live = 0;
    heap->live_blocks--;
    heap->live_bytes -= block->size;
#ifdef VSSIM_HEAP_MALLOC
    if (block->prev)
        block->prev->next = block->next;
    else
        heap->all = block->next;
    if (block->next)
        block->next->prev = block->prev;
    free(block);
#else
    block->next = heap->free_list[block->sized];
    heap->free_list[block->sized] = block;
#endif
}

size_t heap_size(const void *memory)
{
    return ((const struct heap_block *)memory - 1)->size;
}

bool heap_has_checkpoints(void)
{
#ifdef VSSIM_HEAP_MALLOC
    return false;
#else
    return true;
#endif
}

void *heap_save(const struct heap *heap, size_t *size)
{
#ifdef VSSIM_HEAP_MALLOC
    (void)heap;
    (void)size;
    return NULL;
#else
    void *saved = malloc(heap->used);

    if (saved)
        memcpy(saved, heap, heap->used);
    *size = heap->used;
    return saved;
#endif
}

void heap_restore(struct heap *heap, const void *saved)
{
    uint64_t used = heap->used, before = ((const struct heap *)saved)->used;

    memcpy(heap, saved, before);
    if (used > before) /* fresh memory is zero */
        memset((char *)heap + before, 0, used - before);
}
