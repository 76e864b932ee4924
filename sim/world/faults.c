/* faults.c - which occasion fails: the scenario's faults, each-alloc, a sweep;
 * see world.h. */
#include <string.h>

#include "base/array.h"
#include "world/world.h"

void world_effect(struct world *w, uint32_t declared)
{
    struct trace *t;

    if (!declared)
        return;
    t = record(&w->recorder, TRACE_EFFECT, 0);
    trace_int(t, KEY_INDEX, declared);
    trace_end(t);
}

static bool site_matches(const char *pattern, const char *site)
{
    return strcmp(pattern, "*") == 0 || strcmp(pattern, site) == 0;
}

static void fault_record(struct world *w, const struct fault *f, bool code)
{
    struct trace *t = record(&w->recorder, TRACE_FAULT, 0);

    trace_int(t, KEY_INDEX, f->declared);
    trace_str(t, KEY_NAME, f->point);
    if (code)
        trace_hr(t, KEY_HR, f->code);
    trace_end(t);
    world_effect(w, f->declared);
}

/* Whether the fault fires at this occasion, counting it. Not when another
 * has. */
static bool fault_due(struct fault *f, bool free)
{
    f->seen++;
    if (!free ||
        (f->persistent ? f->seen < f->nth : f->fired || f->seen != f->nth))
        return false;
    f->fired = true;
    return true;
}

static struct fault *fault_at(struct world *w, enum fault_kind kind,
                              const char *site)
{
    struct fault *due = NULL;

    /* Each counts its occasions, whichever fires. */
    for (struct fault *f = w->faults; f; f = f->next)
        if (f->kind == kind && site_matches(f->method, site) &&
            fault_due(f, due == NULL))
            due = f;
    return due;
}

static bool swept(struct world *w, enum sweep_kind kind, HRESULT hr)
{
    struct trace *t;

    if (w->sweep.kind != kind || !w->recorder.site)
        return false;
    w->sweep_seen++;
    if (w->sweep.persistent ? w->sweep_seen < w->sweep.nth
                            : w->sweep_seen != w->sweep.nth)
        return false;
    w->swept = true;
    w->sweep_call = w->recorder.call;
    t = record(&w->recorder, TRACE_FAULT, 0);
    trace_str(t, KEY_NAME, "sweep");
    trace_int(t, KEY_COUNT, w->sweep_seen);
    if (hr)
        trace_hr(t, KEY_HR, hr);
    trace_end(t);
    return true;
}

/* An allocation that each-alloc comes by again: to let it fail is to play an
 * attempt that it made before. New is but the one whose turn was last. */
static bool again(const struct world *w)
{
    return w->each.seen < w->each.nth && w->each.seen + 1 != w->each.nth;
}

bool world_alloc_fails(struct world *w)
{
    const char *site = w->recorder.site;
    struct fault *f;
    struct trace *t;
    bool each;

    if (!site)
        return false;
    each = w->each.method && strcmp(w->each.method, site) == 0;
    w->each.seen += each;
    if (!(each && (again(w) || w->each.seen == w->each.nth)) &&
        swept(w, SWEEP_ALLOC, S_OK))
        return true;
    if (each && w->each.seen == w->each.nth) {
        w->each.fired = true;
        t = record(&w->recorder, TRACE_FAULT, 0);
        trace_str(t, KEY_NAME, "each-alloc");
        trace_int(t, KEY_COUNT, w->each.nth);
        trace_end(t);
        return true;
    }
    f = fault_at(w, FAULT_ALLOC, site);
    if (f)
        fault_record(w, f, false);
    return f != NULL;
}

int64_t world_argument(struct world *w, const char *method, const char *param,
                       int64_t value)
{
    for (struct fault *f = w->faults; f; f = f->next)
        if (f->kind == FAULT_ARGUMENT && strcmp(f->method, method) == 0 &&
            strcmp(f->param, param) == 0 && fault_due(f, true)) {
            fault_record(w, f, false);
            return f->value;
        }
    return value;
}

static void fire_service_crash(void *context, uint32_t index, uint32_t unused)
{
    struct world *w = context;

    (void)unused;
    for (struct fault *f = w->faults; f; f = f->next)
        if (f->kind == FAULT_SERVICE_CRASH && f->declared == index &&
            bus_crash_service(&w->bus, f->code) > 0)
            fault_record(w, f, true);
}

static bool event_fault(void *context, enum vssim_event_kind kind, HRESULT *hr,
                        uint64_t *after, uint32_t *fault)
{
    struct world *w = context;
    struct fault *f = fault_at(w, FAULT_ASYNC, writer_event_name(kind));

    if (!f)
        return false;
    *hr = f->code;
    *after = f->after;
    *fault = f->declared;
    return true;
}

/* It has an effect only when the event was still under way. */
static void event_failed(void *context, uint32_t fault)
{
    struct world *w = context;

    for (struct fault *f = w->faults; f; f = f->next)
        if (f->kind == FAULT_ASYNC && f->declared == fault)
            fault_record(w, f, true);
}

void world_faults_init(struct world *w)
{
    w->bus.event_fault = event_fault;
    w->bus.event_failed = event_failed;
}

HRESULT world_acquire_fails(struct world *w, enum vssim_resource resource,
                            const char *site)
{
    static const enum fault_kind kinds[] = {FAULT_ACCESS, FAULT_THREAD,
                                            FAULT_SERVICE, FAULT_PROVIDER};
    static const struct {
        enum sweep_kind kind;
        HRESULT code;
    } sweeps[] = {{SWEEP_ACCESS, E_ACCESSDENIED},
                  {SWEEP_THREAD, E_OUTOFMEMORY},
                  {SWEEP_SERVICE, VSS_E_UNEXPECTED}};
    struct fault *f;

    if (resource < ARRAY_SIZE(sweeps) &&
        swept(w, sweeps[resource].kind, sweeps[resource].code))
        return sweeps[resource].code;
    if (!w->faults || resource >= VSSIM_RESOURCE_COUNT)
        return S_OK;
    f = fault_at(w, kinds[resource], site);
    if (!f)
        return S_OK;
    fault_record(w, f, true);
    return f->code;
}

void world_add_fault(struct world *w, const struct fault *fault)
{
    struct fault *copy = heap_alloc(w->heap, sizeof(*copy));
    struct fault **at = &w->faults;

    if (!copy)
        return;
    *copy = *fault;
    copy->next = NULL;
    while (*at)
        at = &(*at)->next;
    *at = copy;
    if (fault->kind == FAULT_SERVICE_CRASH)
        clock_schedule(&w->clock, fault->after, fire_service_crash, w,
                       fault->declared, 0);
}
