/* world.c - see world.h: the host that a subject sees. */
#include "world/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "writers/asr.h"

static struct world *world_of(const struct vssim_host *host)
{
    return host->context;
}

/* --- the host --- */

static void *host_alloc(const struct vssim_host *host, size_t size)
{
    struct world *w = world_of(host);
    void *memory;

    w->allocations++;
    if (world_alloc_fails(w))
        return NULL;
    memory = heap_alloc(w->heap, size);
    if (memory) {
        w->live++;
        w->bytes += size;
    }
    return memory;
}

static void host_free(const struct vssim_host *host, void *memory)
{
    struct world *w = world_of(host);

    if (!memory)
        return;
    w->live--;
    w->bytes -= heap_size(memory);
    heap_free(w->heap, memory);
}

/* A BSTR: its length in bytes stands in the four bytes before the text. */
#define BSTR_ROOM 16

BSTR world_bstr(struct world *w, const WCHAR *text, uint32_t length)
{
    size_t size = (size_t)length * sizeof(WCHAR);
    uint32_t bytes = (uint32_t)size;
    char *block;

    if (w->driver && w->driver->bstr_alloc)
        return w->driver->bstr_alloc(w, text, length);
    block = heap_alloc(w->heap, BSTR_ROOM + size + sizeof(WCHAR));
    if (!block)
        return NULL;
    memcpy(block + BSTR_ROOM - 4, &bytes, 4);
    if (text)
        memcpy(block + BSTR_ROOM, text, size);
    w->bstrs++;
    return (BSTR)(void *)(block + BSTR_ROOM);
}

void world_bstr_free(struct world *w, BSTR text)
{
    if (!text)
        return;
    if (w->driver && w->driver->bstr_free) {
        w->driver->bstr_free(w, text);
        return;
    }
    w->bstrs--;
    heap_free(w->heap, (char *)text - BSTR_ROOM);
}

static BSTR host_bstr_alloc(const struct vssim_host *host, const WCHAR *text,
                            uint32_t length)
{
    struct world *w = world_of(host);

    w->allocations++;
    return world_alloc_fails(w) ? NULL : world_bstr(w, text, length);
}

static void host_bstr_free(const struct vssim_host *host, BSTR text)
{
    world_bstr_free(world_of(host), text);
}

static uint64_t host_now(const struct vssim_host *host)
{
    return world_of(host)->clock.now;
}

static void new_guid(void *context, GUID *guid)
{
    struct world *w = context;
    uint64_t half[2] = {prng_next(&w->prng), prng_next(&w->prng)};

    memcpy(guid, half, sizeof(*guid));
    guid->Data3 = (uint16_t)((guid->Data3 & 0x0FFF) | 0x4000);
    guid->Data4[0] = (uint8_t)((guid->Data4[0] & 0x3F) | 0x80);
}

static void host_new_guid(const struct vssim_host *host, GUID *guid)
{
    new_guid(world_of(host), guid);
}

static HRESULT host_post(const struct vssim_host *host,
                         const struct vssim_event *event, uint32_t *ticket)
{
    struct world *w = world_of(host);
    HRESULT hr;

    w->allocations++;
    if (world_alloc_fails(w))
        return E_OUTOFMEMORY;
    hr = asr_refuses(&w->bus, event);
    return FAILED(hr) ? hr : bus_post(&w->bus, event, ticket);
}

static HRESULT host_poll(const struct vssim_host *host, uint32_t ticket)
{
    return bus_poll(&world_of(host)->bus, ticket);
}

static void host_wait(const struct vssim_host *host, uint32_t ticket,
                      uint32_t ms)
{
    struct world *w = world_of(host);
    uint64_t until = ms == VSSIM_FOREVER ? UINT64_MAX : w->clock.now + ms;

    if (w->woken == ticket)
        w->woken = 0;
    if (w->driver) {
        w->driver->wait(w, ticket, ms);
        return;
    }
    while (bus_poll(&w->bus, ticket) == VSS_S_ASYNC_PENDING &&
           w->woken != ticket) {
        if (clock_step(&w->clock, until))
            continue;
        if (until != UINT64_MAX) {
            clock_jump(&w->clock, until);
            return;
        }
        trace_end(record(&w->recorder, TRACE_STUCK, 0));
        w->is_stuck = true;
        if (w->stuck)
            longjmp(*w->stuck, 1);
        abort();
    }
}

static void host_wake(const struct vssim_host *host, uint32_t ticket)
{
    world_of(host)->woken = ticket;
}

static void host_forget(const struct vssim_host *host, uint32_t ticket)
{
    bus_forget(&world_of(host)->bus, ticket);
}

static uint32_t host_answers(const struct vssim_host *host, uint32_t ticket)
{
    return bus_answers(&world_of(host)->bus, ticket);
}

static bool host_answer(const struct vssim_host *host, uint32_t ticket,
                        uint32_t index, struct vssim_answer *answer)
{
    return bus_answer(&world_of(host)->bus, ticket, index, answer);
}

static HRESULT host_acquire(const struct vssim_host *host,
                            enum vssim_resource resource, const char *site)
{
    struct world *w = world_of(host);

    if (resource == VSSIM_RESOURCE_ACCESS && w->policy[VSSIM_POLICY_ACCESS])
        return E_ACCESSDENIED; /* U32 */
    return world_acquire_fails(w, resource, site);
}

static void host_log(const struct vssim_host *host, const char *source,
                     uint32_t event_id, const char *text)
{
    struct trace *t = record(&world_of(host)->recorder, TRACE_LOG, 0);

    trace_str(t, KEY_SOURCE, source);
    trace_int(t, KEY_ID, event_id);
    trace_str(t, KEY_TEXT, text);
    trace_end(t);
}

static const struct vssim_host host_template = {
    .abi = VSSIM_ABI_VERSION,
    .size = sizeof(struct vssim_host),
    .alloc = host_alloc,
    .free = host_free,
    .bstr_alloc = host_bstr_alloc,
    .bstr_free = host_bstr_free,
    .now = host_now,
    .new_guid = host_new_guid,
    .post = host_post,
    .poll = host_poll,
    .wait = host_wait,
    .forget = host_forget,
    .answers = host_answers,
    .answer = host_answer,
    .acquire = host_acquire,
    .log = host_log,
    .wake = host_wake,
};

/* --- the world --- */

static bool flag_is_set(void *context, const char *name)
{
    struct world *w = context;

    for (uint32_t i = 0; i < w->n_flags; i++)
        if (strcmp(w->flags[i], name) == 0)
            return true;
    return false;
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
    w->host = host_template;
    w->host.windows = setup->windows;
    w->host.policy = w->policy;
    w->host.context = w;
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
    w->bus.new_guid = new_guid;
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
}

void world_sleep(struct world *w, uint64_t ms)
{
    struct trace *t = record(&w->recorder, TRACE_SLEEP, 0);

    trace_int(t, KEY_MS, (int64_t)ms);
    trace_end(t);
    world_advance(w, w->clock.now + ms);
}

void world_effect(struct world *w, uint32_t declared)
{
    struct trace *t;

    if (!declared)
        return;
    t = record(&w->recorder, TRACE_EFFECT, 0);
    trace_int(t, KEY_INDEX, declared);
    trace_end(t);
}
