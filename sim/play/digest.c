/*
 * digest.c - where a run has come to, for explore; see player.h.
 */

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <xxhash.h>
#pragma GCC diagnostic pop

#include <stdio.h>

#include "play/player.h"
#include "proxy/proxy.h"

static void put(XXH64_state_t *digest, uint64_t value)
{
    XXH64_update(digest, &value, sizeof(value));
}

static void sink(void *context, const void *bytes, size_t size)
{
    XXH64_update(context, bytes, size);
}

/* The run is over: asking the subject past the proxies changes nothing. */
static void put_object(XXH64_state_t *digest, const struct world *w,
                       const struct proxy *p)
{
    HRESULT outcome = S_OK;

    put(digest, p->family);
    put(digest, p->refs);
    if (p->family == API_BACKUP_COMPONENTS && w->subject->state)
        w->subject->state(p->real, sink, digest);
    if (p->family == API_ASYNC) {
        IVssAsync *async = p->real;

        async->lpVtbl->QueryStatus(async, &outcome, NULL);
        put(digest, (uint32_t)outcome);
    }
}

static void put_world(XXH64_state_t *digest, const struct world *w)
{
    for (const struct writer *i = w->bus.writers; i; i = i->next) {
        put(digest, i->live | (uint64_t)i->identified << 1 |
                        (uint64_t)i->sessions << 2);
        put(digest, (uint64_t)i->status.state);
        put(digest, (uint32_t)i->status.failure);
        for (int k = 0; k < VSSIM_EVENT_COUNT; k++)
            put(digest, i->behaviour[k].times ? i->deliveries[k] : 0);
    }
    for (const struct ticket *t = w->bus.tickets; t; t = t->next) {
        if (t->forgotten && !t->open)
            continue;
        put(digest,
            (uint64_t)t->kind << 8 | (uint64_t)t->done << 1 | t->forgotten);
        for (uint32_t k = 0; k < t->n_targets; k++)
            put(digest, t->targets[k].begun | t->targets[k].ended << 1 |
                            t->targets[k].lost << 2);
    }
    for (uint32_t i = 0; i < w->clock.n; i++)
        put(digest, w->clock.items[i].at - w->clock.now);
}

struct play_place play_place(const struct world *w)
{
    struct play_place place = {0};
    XXH64_state_t digest;

    XXH64_reset(&digest, 0);
    for (const struct proxy *p = w->proxies; p; p = p->next) {
        if (p->dead)
            continue;
        put_object(&digest, w, p);
        place.objects += p->family == API_BACKUP_COMPONENTS;
        place.asyncs += p->family == API_ASYNC;
    }
    put_world(&digest, w);
    place.pending = w->clock.n;
    place.digest = XXH64_digest(&digest);
    return place;
}

void play_digest(struct world *w)
{
    struct play_place place = play_place(w);
    char text[24];
    struct trace *t;

    snprintf(text, sizeof(text), "%016llx", (unsigned long long)place.digest);
    t = record(&w->recorder, TRACE_DIGEST, 0);
    trace_str(t, KEY_STATE, text);
    trace_int(t, KEY_OBJECTS, place.objects);
    trace_int(t, KEY_COUNT, place.asyncs);
    trace_int(t, KEY_VALUE, place.pending);
    trace_end(t);
}
