/* explore_met.c - see explore.h: the states met so far. */
#include <stdlib.h>
#include <string.h>

#include "os/assert.h"
#include "search/explore.h"

static void grow_seen(struct met_table *t)
{
    free(t->seen);
    t->seen_size = t->seen_size ? t->seen_size * 4 : 4096;
    t->seen = xcalloc(t->seen_size, sizeof(*t->seen));
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t at = (uint32_t)t->digests[i] & (t->seen_size - 1);

        while (t->seen[at])
            at = (at + 1) & (t->seen_size - 1);
        t->seen[at] = t->digests[i];
    }
}

struct met *met_add(struct met_table *t, uint64_t digest)
{
    uint32_t at, room = t->room;

    digest |= digest == 0;
    if (t->n * 2 >= t->seen_size)
        grow_seen(t);
    for (at = (uint32_t)digest & (t->seen_size - 1); t->seen[at];
         at = (at + 1) & (t->seen_size - 1))
        if (t->seen[at] == digest)
            return NULL;
    t->seen[at] = digest;
    t->met = array_grown(t->met, t->n, &room, sizeof(*t->met));
    t->digests = array_grown(t->digests, t->n, &t->room, sizeof(*t->digests));
    assert(t->n < t->room && t->n < t->seen_size);
    t->digests[t->n] = digest;
    memset(&t->met[t->n], 0, sizeof(*t->met));
    return &t->met[t->n++];
}

void met_release(struct met_table *t)
{
    free(t->met);
    free(t->digests);
    free(t->seen);
    memset(t, 0, sizeof(*t));
}
