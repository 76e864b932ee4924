/* world.c - see world.h: makes a world, and lets its time pass. */
#include "world/world.h"

#include <string.h>

#include "os/assert.h"
#include "world/world_host.h"

static bool flag_is_set(void *context, const char *name)
{
    struct world *w = context;

    for (uint32_t i = 0; i < w->n_flags; i++)
        if (strcmp(w->flags[i], name) == 0)
            return true;
    return false;
}

static void bus_new_guid(void *context, GUID *guid)
{
    world_new_guid(context, guid);
}

static void bus_frees_bstr(void *context, BSTR text)
{
    world_bstr_free(context, text);
}

struct world *world_create(struct heap *heap, struct trace *trace,
                           const struct vssim_subject *subject,
                           const struct world_setup *setup)
{
    static const bool partial[] = {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) partial,
#include <vssim/windows.def>
#undef WINDOWS
    };
    struct world *w;

    heap_reset(heap);
    w = heap_alloc(heap, sizeof(*w));
    if (!w)
        return NULL;
    w->heap = heap;
    w->trace = trace;
    clock_init(&w->clock, heap);
    w->recorder = (struct recorder){trace, &w->clock, 1, 0, NULL};
    w->subject = subject;
    memcpy(w->policy, setup->policy, sizeof(w->policy));
    w->prng = setup->seed;
    w->sweep = setup->sweep;
    world_host_init(w, setup->windows);
    bus_init(&w->bus, heap, &w->recorder);
    w->bus.policy = w->policy;
    w->bus.partial_failure = partial[setup->windows];
    w->bus.hung = setup->hung;
    if (setup->freeze)
        w->bus.freeze = setup->freeze;
    if (setup->slots)
        w->bus.slots = setup->slots;
    w->bus.flag = flag_is_set;
    world_faults_init(w);
    w->bus.new_guid = bus_new_guid;
    w->bus.bstr_free = bus_frees_bstr;
    w->bus.context = w;
    if (setup->machine) {
        w->bus.machine = machine_copy(heap, setup->machine);
        if (!w->bus.machine)
            return NULL;
        w->bus.machine->dynamic_anew = setup->windows == VSSIM_WINDOWS_VISTA;
    }
    return storage_init(w, setup->volumes, setup->providers) ? w : NULL;
}

struct writer *world_add_writer(struct world *w, const struct writer *writer)
{
    struct writer *copy = heap_alloc(w->heap, sizeof(*copy));

    if (!copy)
        return NULL;
    *copy = *writer;
    bus_add(&w->bus, copy);
    return copy;
}

void world_set_flag(struct world *w, const char *flag)
{
    const char **flags =
        heap_alloc(w->heap, (w->n_flags + 1) * sizeof(*flags));

    if (!flags)
        return;
    if (w->n_flags)
        memcpy(flags, w->flags, w->n_flags * sizeof(*flags));
    heap_free(w->heap, w->flags);
    w->flags = flags;
    w->flags[w->n_flags++] = flag;
}

void world_advance(struct world *w, uint64_t until)
{
    while (clock_step(&w->clock, until))
        ;
    if (until > w->clock.now)
        clock_jump(&w->clock, until);
    assert(w->clock.now >= until);
}

void world_sleep(struct world *w, uint64_t ms)
{
    struct trace *t = record(&w->recorder, TRACE_SLEEP, 0);

    trace_int(t, KEY_MS, (int64_t)ms);
    trace_end(t);
    world_advance(w, w->clock.now + ms);
}
