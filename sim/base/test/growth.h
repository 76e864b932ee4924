/*
 * growth.h - whether something done again and again leaves memory behind. Only
 * the malloc of glibc tells; of others nothing is seen to grow.
 *
 *     struct growth growth = GROWTH_INIT;
 *
 *     while (growth_goes_on(&growth))
 *         what gives all back;
 *     cr_expect(growth_is_none(&growth));
 */
#ifndef BASE_TEST_GROWTH_H
#define BASE_TEST_GROWTH_H

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>

#define GROWTH_WINDOW \
    30 /* times, after which the memory in use is looked at */
#define GROWTH_TIMES 150

struct growth {
    unsigned n;
    size_t before, least; /* bytes in use; what it grew by in a window */
};

#define GROWTH_INIT \
    { \
        0, 0, SIZE_MAX \
    }

/* The first window warms up; something else may grow in one of the others,
 * but not in each of them. */
static inline bool growth_goes_on(struct growth *g)
{
    if (g->n && g->n % GROWTH_WINDOW == 0) {
        size_t now = mallinfo2().uordblks;
        size_t by = now > g->before ? now - g->before : 0;

        if (g->n > GROWTH_WINDOW && by < g->least)
            g->least = by;
        g->before = now;
    }
    return g->n++ < GROWTH_TIMES;
}

/* Not even the smallest block each time. */
static inline bool growth_is_none(const struct growth *g)
{
    return g->least < GROWTH_WINDOW * 16;
}

#endif
