/* bus_post.c - see bus.h: whom an event goes to, and how it gets going. */
#include "com/text.h"
#include "writers/bus.h"

static bool is_providers(enum vssim_event_kind kind)
{
    return writer_event(kind)->hears == HEARS_PROVIDERS;
}

static struct writer *find_instance(const struct bus *bus,
                                    const GUID *instance)
{
    struct writer *w = bus->writers;

    while (w && !guid_equal(&w->instance, instance))
        w = w->next;
    return w;
}

static void fire_done(void *context, uint32_t id, uint32_t unused)
{
    struct bus *bus = context;
    struct ticket *ticket = bus_ticket(bus, id);

    (void)unused;
    if (!ticket)
        return;
    for (uint32_t i = 0; i < ticket->n_targets; i++) /* of a STATUS */
        ticket->targets[i].status = ticket->targets[i].writer->status;
    bus_ticket_done(bus, ticket,
                    is_providers(ticket->kind) ? ticket->hr
                                               : VSS_S_ASYNC_FINISHED);
}

static void fire_fail(void *context, uint32_t id, uint32_t hr)
{
    struct bus *bus = context;
    struct ticket *ticket = bus_ticket(bus, id);

    if (!ticket)
        return;
    bus->event_failed(bus->context, ticket->fault);
    bus_ticket_done(bus, ticket, (HRESULT)hr);
}

/* Who hears an Identify: every live writer. Who shows in a status: those that
 * answered the latest Identify that is over, or one since, dead or alive now
 * (GetWriterStatusCount equals GetWriterMetadataCount), or, before any is over,
 * every live one (U41). */
static bool takes_part(const struct bus *bus, const struct writer *w,
                       enum vssim_event_kind kind)
{
    if (kind == VSSIM_EVENT_IDENTIFY || !bus->identify_over)
        return w->live;
    return w->identified && w->identify >= bus->identify_over;
}

/* Of the events that writers hear. */
static bool has_targets(enum vssim_event_kind kind)
{
    return kind != VSSIM_EVENT_IDENTIFY && kind != VSSIM_EVENT_STATUS;
}

/* Puts the instances that a target of an event means at `at`, unless
 * that is NULL, and counts them. No instance given: every live one of the
 * class (U10); one that is not there is kept, as lost. */
static uint32_t expand(const struct bus *bus, const struct vssim_target *t,
                       struct ticket_target *at)
{
    static const GUID none;
    uint32_t n = 0;

    if (guid_equal(&t->instance, &none))
        for (struct writer *w = bus->writers; w; w = w->next)
            if (w->live && guid_equal(&w->desc->writer, &t->writer)) {
                if (at) {
                    at[n].target = *t;
                    at[n].target.instance = w->instance;
                    at[n].writer = w;
                }
                n++;
            }
    if (n)
        return n;
    if (at) {
        at->target = *t;
        at->writer = find_instance(bus, &t->instance);
    }
    return 1;
}

static uint32_t count_targets(const struct bus *bus,
                              const struct vssim_event *event)
{
    uint32_t n = 0;

    if (is_providers(event->kind))
        return 0;
    if (has_targets(event->kind))
        for (uint32_t i = 0; i < event->n_targets; i++)
            n += expand(bus, &event->targets[i], NULL);
    else
        for (const struct writer *w = bus->writers; w; w = w->next)
            n += takes_part(bus, w, event->kind);
    return n;
}

static void fill_targets(const struct bus *bus, struct ticket *ticket,
                         const struct vssim_event *event)
{
    struct ticket_target *at = ticket->targets;

    if (is_providers(event->kind))
        return;
    if (has_targets(event->kind)) {
        for (uint32_t i = 0; i < event->n_targets; i++)
            at += expand(bus, &event->targets[i], at);
        return;
    }
    for (struct writer *w = bus->writers; w; w = w->next)
        if (takes_part(bus, w, event->kind)) {
            at->writer = w;
            at->target.instance = w->instance;
            at->target.writer = w->desc->writer;
            at++;
        }
}

static void start(struct bus *bus, struct ticket *ticket,
                  const struct vssim_event *event)
{
    struct clock *clock = bus->recorder->clock;
    HRESULT hr;
    uint64_t after, takes = 0;

    if (is_providers(ticket->kind)) {
        ticket->hr = VSS_S_ASYNC_FINISHED;
        if (event->n_targets)
            ticket->hr =
                bus->provider_work(bus->context, ticket->kind,
                                   &event->targets[0].instance, &takes);
    }

    if (bus->event_fault(bus->context, ticket->kind, &hr, &after,
                         &ticket->fault))
        ticket->fail_timer =
            clock_schedule(clock, clock->now + after, fire_fail, bus,
                           ticket->id, (uint32_t)hr);
    if (ticket->kind == VSSIM_EVENT_STATUS || ticket->n_targets == 0) {
        ticket->open = 0;
        clock_schedule(clock, clock->now + takes, fire_done, bus, ticket->id,
                       0);
        return;
    }
    for (uint32_t i = 0; i < ticket->n_targets; i++)
        ticket->targets[i].timer = clock_schedule(
            clock, clock->now, handler_begin, bus, ticket->id, i);
}

HRESULT bus_post(struct bus *bus, const struct vssim_event *event,
                 uint32_t *ticket_out)
{
    struct ticket *ticket, **last = &bus->tickets;
    struct trace *t;
    uint32_t n;

    if ((uint32_t)event->kind >= VSSIM_EVENT_COUNT)
        return E_INVALIDARG;
    n = count_targets(bus, event);
    ticket = heap_alloc(bus->heap,
                        sizeof(*ticket) + n * sizeof(ticket->targets[0]));
    if (!ticket)
        return E_OUTOFMEMORY;
    ticket->id = ++bus->last_ticket;
    ticket->kind = event->kind;
    ticket->n_targets = ticket->open = n;
    fill_targets(bus, ticket, event);
    while (*last)
        last = &(*last)->next;
    *last = ticket;
    t = record(bus->recorder, TRACE_POST, 0);
    trace_int(t, KEY_TICKET, ticket->id);
    trace_str(t, KEY_EVENT, writer_event_name(event->kind));
    trace_int(t, KEY_TARGETS, n);
    trace_end(t);
    start(bus, ticket, event);
    *ticket_out = ticket->id;
    return S_OK;
}
