/*
 * clock.h - virtual time and what is scheduled on it.
 *
 * Discrete events: time jumps from one scheduled item to the next, only when
 * somebody waits. Items due at the same time fire in the order in which they
 * were scheduled. Firing may schedule and cancel. Milliseconds throughout.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/heap.h"

typedef void (*clock_fire_fn)(void *context, uint32_t a, uint32_t b);

struct clock_item {
    uint64_t at;
    uint32_t id; /* grows; also the order among equals */
    clock_fire_fn fire;
    void *context;
    uint32_t a, b;
};

struct clock {
    uint64_t now;
    struct heap *heap;
    struct clock_item *items; /* sorted, the next one last */
    uint32_t n, room;
    uint32_t last_id;
};

void clock_init(struct clock *clock, struct heap *heap);
/* Gives an id for clock_cancel; 0 when memory is gone. */
uint32_t clock_schedule(struct clock *clock, uint64_t at, clock_fire_fn fire,
                        void *context, uint32_t a, uint32_t b);
void clock_cancel(struct clock *clock, uint32_t id);
/* When the next item is due; false when nothing is scheduled. */
bool clock_next(const struct clock *clock, uint64_t *at);
/* Fires the next item if it is due at or before `until`, moving time to it. */
bool clock_step(struct clock *clock, uint64_t until);
/* Moves time to `at` (not before the next item, not backwards). */
void clock_jump(struct clock *clock, uint64_t at);

#endif
