/* script_held.c - what a script holds; see script.h. */
#include <string.h>

#include "os/assert.h"
#include "play/script.h"

void *script_alloc(struct script *s, size_t size)
{
    void *memory = heap_alloc(s->world->heap, size);

    if (!memory)
        vssim_failed("the script does not fit into the heap");
    return memory;
}

struct held *script_hold(struct script *s, struct proxy *proxy,
                         const char *name, bool keep)
{
    struct held *h = script_alloc(s, sizeof(*h));

    h->name = name;
    h->proxy = proxy;
    h->keep = keep;
    h->next = s->held;
    s->held = h;
    return h;
}

struct held *script_named(struct script *s, const char *name)
{
    struct held *h = s->held;

    while (h && (!h->name || strcmp(h->name, name) != 0))
        h = h->next;
    return h;
}

/* The latest of a family that is alive, or else the latest tombstone. */
struct proxy *script_latest(struct script *s, enum api_family family)
{
    struct proxy *dead = NULL;

    for (struct held *h = s->held; h; h = h->next) {
        if (!h->proxy || h->proxy->family != family)
            continue;
        if (!h->proxy->dead)
            return h->proxy;
        if (!dead)
            dead = h->proxy;
    }
    return dead;
}

ULONG script_release(struct proxy *p)
{
    IUnknown *unknown = p->family == API_WRITER_COMPONENTS
                            ? (IUnknown *)(void *)&p->vtbl_unknown
                            : (IUnknown *)(void *)p;

    return unknown->lpVtbl->Release(unknown);
}

void script_release_all(struct script *s)
{
    for (struct held *h = s->held; h; h = h->next) {
        if (!h->proxy || h->keep)
            continue;
        while (!h->proxy->dead && h->proxy->refs > 0)
            script_release(h->proxy);
    }
}
