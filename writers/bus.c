/* bus.c - the tickets of a bus, from the first look to the last; see bus.h. */
#include "writers/bus.h"

#include <string.h>

#include "os/assert.h"

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

/* Not at once: the caller of bus_ticket_done still uses the ticket. */
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

void bus_ticket_done(struct bus *bus, struct ticket *ticket, HRESULT hr)
{
    struct trace *t;

    assert(hr != VSS_S_ASYNC_PENDING);
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
    assert(!target->ended && ticket->open);
    target->ended = true;
    if (--ticket->open == 0)
        bus_ticket_done(bus, ticket, VSS_S_ASYNC_FINISHED);
    drop_if_over(bus, ticket);
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
            bus_ticket_done(bus, ticket, hr);
            n++;
        }
    return n;
}
