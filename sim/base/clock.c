/* clock.c - see clock.h. */
#include "base/clock.h"

#include <string.h>

void clock_init(struct clock *clock, struct heap *heap)
{
    memset(clock, 0, sizeof(*clock));
    clock->heap = heap;
}

uint32_t clock_schedule(struct clock *clock, uint64_t at, clock_fire_fn fire,
                        void *context, uint32_t a, uint32_t b)
{
    uint32_t i;

    if (clock->n == clock->room) {
        uint32_t room = clock->room ? clock->room * 2 : 16;
        struct clock_item *items =
            heap_alloc(clock->heap, room * sizeof(*items));

        if (!items)
            return 0;
        if (clock->n)
            memcpy(items, clock->items, clock->n * sizeof(*items));
        heap_free(clock->heap, clock->items);
        clock->items = items;
        clock->room = room;
    }
    for (i = clock->n; i > 0 && clock->items[i - 1].at <= at; i--)
        ;
    memmove(clock->items + i + 1, clock->items + i,
            (clock->n - i) * sizeof(*clock->items));
    clock->items[i] =
        (struct clock_item){at, ++clock->last_id, fire, context, a, b};
    clock->n++;
    return clock->last_id;
}

void clock_cancel(struct clock *clock, uint32_t id)
{
    for (uint32_t i = 0; i < clock->n; i++)
        if (clock->items[i].id == id) {
            memmove(clock->items + i, clock->items + i + 1,
                    (clock->n - i - 1) * sizeof(*clock->items));
            clock->n--;
            return;
        }
}

bool clock_next(const struct clock *clock, uint64_t *at)
{
    if (clock->n == 0)
        return false;
    *at = clock->items[clock->n - 1].at;
    return true;
}

bool clock_step(struct clock *clock, uint64_t until)
{
    struct clock_item item;

    if (clock->n == 0 || clock->items[clock->n - 1].at > until)
        return false;
    item = clock->items[--clock->n];
    clock_jump(clock, item.at);
    item.fire(item.context, item.a, item.b);
    return true;
}

void clock_jump(struct clock *clock, uint64_t at)
{
    if (at > clock->now)
        clock->now = at;
}
