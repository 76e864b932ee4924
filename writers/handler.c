/*
 * handler.c - one writer's handling of one event, from its behaviour.
 *
 * Begin, then after the behaviour's time one of: the end of the handler, the
 * death of the process, or VSS giving up. Which status follows: U05, U18, U19,
 * U22, U46; of a backup U51, U69. writers/test/bus_test.c has it as a table,
 * outcomes[].
 */

#include "writers/asr.h"
#include "writers/bus.h"
#include "writers/edit.h"
#include "writers/event_log.h"

static void record_begin(struct bus *bus, const struct ticket *ticket,
                         const struct ticket_target *target)
{
    struct trace *t = record(bus->recorder, TRACE_EVENT_BEGIN, 0);

    trace_int(t, KEY_TICKET, ticket->id);
    trace_str(t, KEY_EVENT, writer_event_name(ticket->kind));
    trace_str(t, KEY_WRITER, target->writer->handle);
    trace_end(t);
}

static void record_end(struct bus *bus, const struct ticket *ticket,
                       struct ticket_target *target, const char *outcome,
                       HRESULT hr, const char *message)
{
    struct trace *t = record(bus->recorder, TRACE_EVENT_END, 0);

    target->failure = hr;
    trace_int(t, KEY_TICKET, ticket->id);
    trace_str(t, KEY_EVENT, writer_event_name(ticket->kind));
    trace_str(t, KEY_WRITER, target->writer ? target->writer->handle : "?");
    trace_str(t, KEY_OUTCOME, outcome);
    trace_hr(t, KEY_HR, hr);
    if (message)
        trace_str(t, KEY_MESSAGE, message);
    trace_end(t);
}

static void took_effect(struct bus *bus, const struct behaviour *b)
{
    struct trace *t = record(bus->recorder, TRACE_EFFECT, 0);

    trace_int(t, KEY_INDEX, b->declared);
    trace_end(t);
}

/* The process is gone; with `restarts` another instance takes its place. */
static void die(struct bus *bus, struct writer *w, const struct behaviour *b)
{
    struct writer *heir;

    w->live = false;
    status_set(bus, w, VSS_WS_UNKNOWN, VSS_E_WRITER_NOT_RESPONDING, S_OK,
               NULL); /* U46 */
    if (!b->restarts)
        return;
    heir = heap_alloc(bus->heap, sizeof(*heir));
    if (!heir)
        return;
    *heir = *w;
    bus->new_guid(bus->context, &heir->instance);
    heir->live = true;
    heir->identified = false;
    heir->metadata = NULL;
    heir->wide_name = heir->wide_instance_name = heir->wide_message = NULL;
    heir->status = (struct writer_status){VSS_WS_STABLE, S_OK, S_OK, NULL};
    bus_add(bus, heir);
}

static void end_died(struct bus *bus, struct ticket *ticket,
                     struct ticket_target *target, const struct behaviour *b)
{
    die(bus, target->writer, b);
    target->refused = true;
    record_end(bus, ticket, target, "died", VSS_E_WRITER_NOT_RESPONDING, NULL);
    took_effect(bus, b);
    bus_target_ended(bus, ticket, target);
}

/* A ticket stays until all of its targets have ended, so the clock's callbacks
 * find theirs. */
static void handler_gave_up(void *context, uint32_t id, uint32_t index)
{
    struct bus *bus = context;
    struct ticket *ticket = bus_ticket(bus, id);
    VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
    HRESULT hr = VSS_E_WRITER_NOT_RESPONDING;
    struct ticket_target *target = &ticket->targets[index];

    target->refused = true;                   /* Identify: not listed */
    if (ticket->kind == VSSIM_EVENT_FREEZE) { /* U51 */
        hr = VSS_E_WRITERERROR_TIMEOUT;
        state = VSS_WS_FAILED_AT_FREEZE;
    }
    status_set(bus, target->writer, state, hr, S_OK, NULL); /* U05 */
    event_log_writer(bus, target->writer, ticket->kind, EVENT_LOG_TIMED_OUT,
                     hr);
    record_end(bus, ticket, target, "gave-up", hr, NULL);
    if (target->writer->behaviour[ticket->kind].present)
        took_effect(bus, &target->writer->behaviour[ticket->kind]);
    bus_target_ended(bus, ticket, target);
}

/* SetWriterFailure as the writer calls it: which codes it takes is U34. */
static bool accepts(const struct bus *bus, HRESULT code)
{
    switch (code) {
    case VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT:
    case VSS_E_WRITERERROR_OUTOFRESOURCES:
    case VSS_E_WRITERERROR_RETRYABLE:
    case VSS_E_WRITERERROR_NONRETRYABLE:
    case VSS_E_WRITERERROR_TIMEOUT:
        return true;
    default:
        return bus->policy[VSSIM_POLICY_WRITER_FAILURE_CODES] == 1;
    }
}

/* The failure that the handler leaves behind: S_OK when it went well. */
static HRESULT failure_of(struct bus *bus, struct writer *w,
                          const struct behaviour *b, bool *returns)
{
    HRESULT failure = S_OK;

    *returns = b->returns >= 0 ? b->returns : !(b->veto || b->partial);
    if (b->partial)
        failure = bus->partial_failure ? VSS_E_WRITERERROR_PARTIAL_FAILURE
                                       : VSS_E_WRITERERROR_NONRETRYABLE;
    else if (b->veto && accepts(bus, b->code))
        failure = b->code;
    else if (b->veto)
        edit_record(bus, w, "SetWriterFailure", NULL, b->code, E_INVALIDARG);
    if (failure == S_OK && !*returns)
        failure = VSS_E_WRITERERROR_NONRETRYABLE; /* U19 */
    return failure;
}

/* U69: within a backup a failure stays till the next one begins. */
static bool keeps_failure(const struct writer *w, enum vssim_event_kind kind)
{
    return kind != VSSIM_EVENT_PREPARE_FOR_BACKUP &&
           writer_event(kind)->of_backup && w->status.failure != S_OK;
}

static void set_outcome(struct bus *bus, struct ticket *ticket,
                        struct writer *w, const struct behaviour *b,
                        HRESULT failure)
{
    if ((b && b->no_status) ||
        (w->sessions && w->abandoned + w->sessions > bus->slots)) {
        status_set(bus, w, VSS_WS_UNKNOWN, VSS_E_WRITER_STATUS_NOT_AVAILABLE,
                   S_OK, NULL);
        event_log_writer(bus, w, ticket->kind, EVENT_LOG_NO_STATUS,
                         VSS_E_WRITER_STATUS_NOT_AVAILABLE);
    } else if (failure != S_OK) {
        status_set(bus, w, writer_event(ticket->kind)->failed, failure,
                   b ? b->application : S_OK, b ? b->application_text : NULL);
        event_log_writer(bus, w, ticket->kind, EVENT_LOG_REJECTED, failure);
    } else if (ticket->kind != VSSIM_EVENT_IDENTIFY &&
               !keeps_failure(w, ticket->kind)) {
        status_set(bus, w, writer_event(ticket->kind)->well, S_OK, S_OK, NULL);
    }
}

/* Sessions: what a later run may find left behind. */
static void follow_session(struct writer *w, enum vssim_event_kind kind)
{
    bool closes = kind == VSSIM_EVENT_BACKUP_COMPLETE ||
                  kind == VSSIM_EVENT_ABORT ||
                  kind == VSSIM_EVENT_BACKUP_SHUTDOWN;

    if (kind == VSSIM_EVENT_PREPARE_FOR_BACKUP)
        w->in_backup = true;
    if (kind == VSSIM_EVENT_PREPARE_FOR_BACKUP ||
        kind == VSSIM_EVENT_PRE_RESTORE)
        w->sessions++;
    if (w->sessions > 0 &&
        (kind == VSSIM_EVENT_POST_RESTORE || (closes && w->in_backup)))
        w->sessions--;
    if (closes)
        w->in_backup = false;
}

/* What a later Identify was told counts, even when that was sooner. */
static void answered_identify(struct writer *w, uint32_t ticket, bool listed)
{
    if (ticket < w->identify)
        return;
    w->identified = listed;
    w->identify = ticket;
}

static void end_well_or_not(struct bus *bus, struct ticket *ticket,
                            struct ticket_target *target,
                            const struct behaviour *b)
{
    const char *site = bus->recorder->site;
    struct writer *w = target->writer;
    bool returns = true;
    HRESULT failure = S_OK, async = S_OK, asr = S_OK;

    bus->recorder->site = writer_event(ticket->kind)->handler;
    if (b) {
        edit_apply(bus, ticket->kind, w, target->target.components, b);
        failure = failure_of(bus, w, b, &returns);
    }
    bus->recorder->site = site;
    if (target->plan)
        asr = asr_end(bus, target, &async);
    if (failure == S_OK && asr != S_OK) {
        failure = asr;
        returns = false;
    }
    if (ticket->kind == VSSIM_EVENT_POST_RESTORE && bus->machine && asr_is(w))
        asr_closing(bus);
    if (ticket->kind == VSSIM_EVENT_THAW && failure == S_OK &&
        bus->recorder->clock->now - w->frozen_at > bus->freeze)
        failure = VSS_E_WRITERERROR_TIMEOUT; /* U51 */
    follow_session(w, ticket->kind);
    set_outcome(bus, ticket, w, b, failure);
    if (ticket->kind == VSSIM_EVENT_IDENTIFY) {
        target->refused = b && (b->refuse || failure != S_OK);
        answered_identify(w, ticket->id, !target->refused);
    }
    record_end(bus, ticket, target,
               target->refused ? "refused"
               : returns       ? "true"
                               : "false",
               failure, b ? b->message : NULL);
    if (b)
        took_effect(bus, b);
    if (b && b->crash == CRASH_AFTER)
        die(bus, w, b);
    if (async != S_OK)
        bus_ticket_done(bus, ticket, async);
    bus_target_ended(bus, ticket, target);
}

static void handler_end(void *context, uint32_t id, uint32_t packed)
{
    struct bus *bus = context;
    struct ticket *ticket = bus_ticket(bus, id);
    struct ticket_target *target = &ticket->targets[packed >> 1];
    const struct behaviour *b;

    b = packed & 1 ? &target->writer->behaviour[ticket->kind] : NULL;
    if (!target->writer->live) /* died meanwhile, in another event */
        target->lost = true;
    if (target->lost) {
        record_end(bus, ticket, target, "lost", VSS_E_WRITER_NOT_RESPONDING,
                   NULL);
        bus_target_ended(bus, ticket, target);
    } else if (b && b->crash == CRASH_DURING) {
        end_died(bus, ticket, target, b);
    } else {
        end_well_or_not(bus, ticket, target, b);
    }
}

/* A behaviour that does nothing but take time has its effect by beginning to:
 * from then on the operation is pending. Others must come to their end. */
static bool only_takes_time(const struct behaviour *b)
{
    return (b->hang || b->after > 0) && !b->veto && b->returns < 0 &&
           !b->partial && !b->message && b->crash == CRASH_NEVER &&
           !b->refuse && !b->no_status && b->n_edits == 0;
}

void handler_begin(void *context, uint32_t id, uint32_t index)
{
    struct bus *bus = context;
    struct clock *clock = bus->recorder->clock;
    struct ticket *ticket = bus_ticket(bus, id);
    struct ticket_target *target = &ticket->targets[index];
    struct writer *w = target->writer;
    const struct behaviour *b;
    uint64_t bound =
        ticket->kind == VSSIM_EVENT_FREEZE ? bus->freeze : bus->hung;
    bool applies;
    uint64_t longer = 0;

    if (!w || !w->live) {
        target->lost = true; /* U17: the instance that knew is gone */
        record_end(bus, ticket, target, "lost", VSS_E_WRITER_NOT_RESPONDING,
                   NULL);
        bus_target_ended(bus, ticket, target);
        return;
    }
    b = &w->behaviour[ticket->kind];
    w->deliveries[ticket->kind]++;
    applies = b->present &&
              (b->times == 0 || w->deliveries[ticket->kind] <= b->times) &&
              !condition_holds(bus, &b->unless, target->target.components);
    target->begun = true;
    if (ticket->kind == VSSIM_EVENT_FREEZE)
        w->frozen_at = clock->now;
    record_begin(bus, ticket, target);
    if (bus->machine && ticket->kind == VSSIM_EVENT_PRE_RESTORE && asr_is(w))
        longer = asr_begin(bus, target);
    if (applies && only_takes_time(b))
        took_effect(bus, b);
    if (applies && b->crash == CRASH_BEFORE) {
        end_died(bus, ticket, target, b);
        return;
    }
    longer += applies ? b->after : 0;
    if (!(applies && b->hang) && longer == 0)
        handler_end(bus, id, index << 1 | applies);
    else if (!(applies && b->hang) && longer <= bound)
        clock_schedule(clock, clock->now + longer, handler_end, bus, id,
                       index << 1 | applies);
    else if (bound != UINT64_MAX)
        clock_schedule(clock, clock->now + bound, handler_gave_up, bus, id,
                       index);
}
