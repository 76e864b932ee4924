/* world_host.c - see world_host.h: the host that a subject sees, whole. */
#include "world/world_host.h"

#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "writers/asr.h"

static uint64_t host_now(const struct vssim_host *host)
{
    return world_of(host)->clock.now;
}

void world_new_guid(struct world *w, GUID *guid)
{
    uint64_t half[2] = {prng_next(&w->prng), prng_next(&w->prng)};

    memcpy(guid, half, sizeof(*guid));
    guid->Data3 = (uint16_t)((guid->Data3 & 0x0FFF) | 0x4000);
    guid->Data4[0] = (uint8_t)((guid->Data4[0] & 0x3F) | 0x80);
}

static void host_new_guid(const struct vssim_host *host, GUID *guid)
{
    world_new_guid(world_of(host), guid);
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

static void host_notify(const struct vssim_host *host, uint32_t ticket,
                        void (*done)(void *context), void *context)
{
    bus_notify(&world_of(host)->bus, ticket, done, context);
}

static const struct vssim_host host_template = {
    .abi = VSSIM_ABI_VERSION,
    .size = sizeof(struct vssim_host),
    .alloc = world_host_alloc,
    .free = world_host_free,
    .bstr_alloc = world_host_bstr_alloc,
    .bstr_free = world_host_bstr_free,
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
    .notify = host_notify,
    .task_alloc = world_host_task_alloc,
    .task_free = world_host_task_free,
    .snapshot = storage_host_snapshot,
    .begin_set = storage_host_begin_set,
    .end_set = storage_host_end_set,
    .add_snapshot = storage_host_add_snapshot,
    .change_snapshot = storage_host_change_snapshot,
    .delete_snapshot = storage_host_delete_snapshot,
    .revert = storage_host_revert,
    .reverting = storage_host_reverting,
    .find_volume = storage_host_find_volume,
    .provider = storage_host_provider,
};

void world_host_init(struct world *w, enum vssim_windows windows)
{
    w->host = host_template;
    w->host.windows = windows;
    w->host.policy = w->policy;
    w->host.context = w;
}
