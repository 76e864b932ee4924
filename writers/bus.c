/* bus.c - see bus.h. */
#include "writers/bus.h"

#include <string.h>

#include "com/documents_write.h"
#include "com/text.h"

const char *writer_event_name(enum vssim_event_kind kind)
{
    static const char *const names[] = {
        "Identify", "PreRestore",     "PostRestore",    "Status",
        "PrepareForBackup",           "PrepareForSnapshot",
        "Freeze",   "Commit",         "Thaw",           "PostSnapshot",
        "BackupComplete", "Abort",    "BackupShutdown", "Provider"};

    return names[kind];
}

static bool is_providers(enum vssim_event_kind kind)
{
    return kind == VSSIM_EVENT_COMMIT || kind == VSSIM_EVENT_PROVIDER;
}

bool writer_hears(enum vssim_event_kind kind)
{
    return kind != VSSIM_EVENT_STATUS && !is_providers(kind);
}

void bus_init(struct bus *bus, struct heap *heap, struct recorder *recorder)
{
    memset(bus, 0, sizeof(*bus));
    bus->heap = heap;
    bus->recorder = recorder;
    bus->hung = 60000;   /* U05 */
    bus->freeze = 60000; /* U51 */
    bus->slots = 64;
}

void bus_add(struct bus *bus, struct writer *writer)
{
    struct writer **at = &bus->writers;

    while (*at)
        at = &(*at)->next;
    *at = writer;
    writer->next = NULL;
}

struct ticket *bus_ticket(const struct bus *bus, uint32_t id)
{
    struct ticket *t = bus->tickets;

    while (t && t->id != id)
        t = t->next;
    return t;
}

static struct writer *find_instance(const struct bus *bus,
                                    const GUID *instance)
{
    struct writer *w = bus->writers;

    while (w && !guid_equal(&w->instance, instance))
        w = w->next;
    return w;
}

/* Not at once: the caller of ticket_done still uses the ticket. */
static void fire_notify(void *context, uint32_t id, uint32_t unused)
{
    struct bus *bus = context;
    struct ticket *ticket = bus_ticket(bus, id);
    const char *site = bus->recorder->site;

    (void)unused;
    if (!ticket || ticket->forgotten || !ticket->notify)
        return;
    bus->recorder->site = NULL; /* no call of the requester's */
    ticket->notify(ticket->notify_context);
    bus->recorder->site = site;
}

void bus_notify(struct bus *bus, uint32_t id, void (*done)(void *context),
                void *context)
{
    struct ticket *ticket = bus_ticket(bus, id);

    if (!ticket)
        return;
    ticket->notify = done;
    ticket->notify_context = context;
}

static void ticket_done(struct bus *bus, struct ticket *ticket, HRESULT hr)
{
    struct trace *t;

    if (ticket->done)
        return;
    ticket->done = true;
    ticket->hr = hr;
    if (ticket->kind == VSSIM_EVENT_IDENTIFY &&
        ticket->id > bus->identify_over)
        bus->identify_over = ticket->id;
    clock_cancel(bus->recorder->clock, ticket->fail_timer);
    if (ticket->notify)
        clock_schedule(bus->recorder->clock, bus->recorder->clock->now,
                       fire_notify, bus, ticket->id, 0);
    t = record(bus->recorder, TRACE_TICKET_DONE, 0);
    trace_int(t, KEY_TICKET, ticket->id);
    trace_str(t, KEY_EVENT, writer_event_name(ticket->kind));
    trace_hr(t, KEY_HR, hr);
    trace_end(t);
}

void bus_fail(struct bus *bus, struct ticket *ticket, HRESULT hr)
{
    ticket_done(bus, ticket, hr);
}

static void drop_if_over(struct bus *bus, struct ticket *ticket)
{
    struct ticket **at = &bus->tickets;

    if (!ticket->forgotten || ticket->open)
        return;
    while (*at != ticket)
        at = &(*at)->next;
    *at = ticket->next;
    heap_free(bus->heap, ticket);
}

void bus_target_ended(struct bus *bus, struct ticket *ticket,
                      struct ticket_target *target)
{
    target->ended = true;
    if (--ticket->open == 0)
        ticket_done(bus, ticket, VSS_S_ASYNC_FINISHED);
    drop_if_over(bus, ticket);
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
    ticket_done(bus, ticket,
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
    ticket_done(bus, ticket, (HRESULT)hr);
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

HRESULT bus_poll(const struct bus *bus, uint32_t id)
{
    const struct ticket *ticket = bus_ticket(bus, id);

    if (!ticket)
        return E_INVALIDARG;
    return ticket->done ? ticket->hr : VSS_S_ASYNC_PENDING;
}

void bus_forget(struct bus *bus, uint32_t id)
{
    struct ticket *ticket = bus_ticket(bus, id);
    struct trace *t;

    if (!ticket || ticket->forgotten)
        return;
    t = record(bus->recorder, TRACE_FORGET, 0);
    trace_int(t, KEY_TICKET, id);
    trace_end(t);
    ticket->forgotten = true;
    /* The subject may free the writers' views now; handlers under way go on
     * without them (U06: no abort event). */
    for (uint32_t i = 0; i < ticket->n_targets; i++)
        ticket->targets[i].target.components = NULL;
    drop_if_over(bus, ticket);
}

uint32_t bus_crash_service(struct bus *bus, HRESULT hr)
{
    uint32_t n = 0;

    for (struct ticket *ticket = bus->tickets; ticket; ticket = ticket->next)
        if (!ticket->done && !ticket->forgotten) {
            ticket_done(bus, ticket, hr);
            n++;
        }
    return n;
}
