/* requester.c - see requester.h. */
#include "asserts/rules/requester.h"

#include <stdlib.h>
#include <string.h>

#include "asserts/model/event_kind.h"

bool requester_applies(const struct model *m)
{
    return strcmp(trace_get_str(m->header, KEY_MODE, ""), "exec") == 0 ||
           strcmp(trace_get_str(m->header, KEY_RULES, ""), "requester") == 0;
}

bool ran_to_end(const struct model *m)
{
    if (m->stuck || m->exit || !m->end)
        return false;
    return !m->program ||
           strcmp(trace_get_str(m->program, KEY_REASON, "exit"), "exit") == 0;
}

bool exit_code(const struct model *m, int64_t *code)
{
    if (!m->program ||
        strcmp(trace_get_str(m->program, KEY_REASON, ""), "exit") != 0)
        return false;
    *code = trace_get_int(m->program, KEY_CODE, 0);
    return true;
}

/* --- the view --- */

static bool is_over(const struct m_ticket *t, uint32_t seq)
{
    return t && t->done && t->done->seq < seq;
}

static void see(struct r_async *a, const struct m_call *c)
{
    int64_t result = call_out_num(c, "pHrResult", HR_VSS_S_ASYNC_PENDING);

    switch (c->method) {
    case M_CANCEL:
        if (!a->cancelled && call_succeeded(c))
            a->cancelled = c;
        break;
    case M_WAIT:
        if (!a->waited && c->leave &&
            (is_over(a->ticket, c->leave->seq) ||
             (call_succeeded(c) &&
              call_in_num(c, "dwMilliseconds", R_FOREVER) == R_FOREVER)))
            a->waited = c;
        break;
    case M_QUERY_STATUS:
        if (!call_succeeded(c))
            break;
        if (result == HR_VSS_S_ASYNC_PENDING) {
            a->pending = c;
            a->polls++;
        } else if (!a->told) {
            a->told = c;
            a->result = (int32_t)result;
        }
        break;
    case M_RELEASE:
        if (c->leave && trace_get_int(c->leave, KEY_COUNT, 1) == 0)
            a->released = c;
        break;
    default:
        break;
    }
}

static bool begins_set(const char *event)
{
    const struct event_kind *kind = event_kind(event);

    return kind && strcmp(kind->method, "DoSnapshotSet") == 0 &&
           event_is_first(kind);
}

/* The event that the call's operation ends with, or NULL. DoSnapshotSet sends
 * several, one after the other, and VSS makes one set at a time. */
static const struct m_ticket *last_sent(const struct model *m,
                                        const struct m_call *maker)
{
    const struct m_ticket *t = model_ticket(m, maker->ticket), *last = t;

    if (t && maker->method == M_DO_SNAPSHOT_SET)
        while ((t = model_ticket(m, t->id + 1)) && !begins_set(t->event))
            if (event_sent_by(t->event, maker->name))
                last = t;
    return last;
}

static void add_async(struct judge *j, const struct m_object *o)
{
    struct r_async *a = &j->requester.asyncs[j->requester.n_asyncs];

    a->object = o->number;
    a->maker = model_call(&j->model, o->maker);
    if (!a->maker)
        return;
    a->ticket = last_sent(&j->model, a->maker);
    a->result = HR_VSS_S_ASYNC_PENDING;
    EACH_ON(&j->model, o->number, c)
        see(a, c);
    a->ended = a->waited;
    if (a->told && (!a->waited || a->told->id < a->waited->id))
        a->ended = a->told;
    j->requester.n_asyncs++;
}

void requester_build(struct judge *j)
{
    struct requester *r = &j->requester;
    uint32_t n = j->model.n_objects;

    r->n_asyncs = r->n_sessions = 0;
    r->asyncs = arena_alloc(&j->model.texts, n * sizeof(*r->asyncs));
    r->sessions = arena_alloc(&j->model.texts, n * sizeof(*r->sessions));
    EACH_OBJECT(&j->model, o) {
        if (strcmp(o->iface, "IVssAsync") == 0)
            add_async(j, o);
        else if (session_of(&j->model, o->number, &r->sessions[r->n_sessions]))
            r->n_sessions++;
    }
}

/* --- looking --- */

bool is_cleanup(const struct m_call *c)
{
    switch (c->method) {
    case M_RELEASE:
    case M_ADD_REF:
    case M_QUERY_INTERFACE:
    case M_FREE_STATUS:
    case M_FREE_METADATA:
    case M_ABORT_BACKUP:
        return true;
    default:
        return false;
    }
}

const struct m_call *goes_on(const struct model *m, uint32_t session,
                             const struct m_call *after)
{
    EACH_ON(m, session, c)
        if (!is_cleanup(c) && call_before(after, c))
            return c;
    return NULL;
}

const struct m_call *latest(const struct model *m, uint32_t session,
                            enum m_method method, const struct m_call *until)
{
    const struct m_call *found = NULL;

    EACH_ON(m, session, c)
        if (c->method == method && call_succeeded(c) && c->hr != HR_S_FALSE &&
            (!until || call_before(c, until)))
            found = c;
    return found;
}

/* The asyncs are in the order of their objects. */
static int by_object(const void *key, const void *element)
{
    uint32_t object = *(const uint32_t *)key;
    const struct r_async *a = element;

    return (object > a->object) - (object < a->object);
}

const struct r_async *async_of(const struct judge *j,
                               const struct m_call *maker)
{
    const struct r_async *a =
        bsearch(&maker->made, j->requester.asyncs, j->requester.n_asyncs,
                sizeof(*j->requester.asyncs), by_object);

    return a && a->maker == maker ? a : NULL;
}

int32_t operation_result(const struct judge *j, const struct m_call *maker)
{
    const struct r_async *a = async_of(j, maker);
    const struct m_ticket *t;

    if (a && a->result != HR_VSS_S_ASYNC_PENDING)
        return a->result;
    if (a && a->cancelled && a->cancelled->hr == HR_S_OK)
        return HR_VSS_S_ASYNC_CANCELLED;
    t = model_ticket(&j->model, maker->ticket);
    return t && t->done ? t->hr : HR_VSS_S_ASYNC_PENDING;
}

int64_t writers_told(const struct model *m, const struct m_call *maker)
{
    const struct m_ticket *t = model_ticket(m, maker->ticket);

    return t ? t->targets : 0;
}

bool event_failed(const struct m_event *e)
{
    return e->end && (strcmp(e->outcome, "true") != 0 || e->hr < 0);
}

const struct m_event *next_event(const struct model *m,
                                 const struct m_call *maker,
                                 const struct m_event *after)
{
    const struct m_event *e = after ? after + 1 : m->events;

    if (!maker->posted)
        return NULL;
    for (; e && e < m->events + m->n_events; e++)
        if (e->ticket == maker->ticket)
            return e;
    return NULL;
}

bool has_asr_writer(const struct model *m)
{
    EACH_WRITER(m, w)
        if (strcmp(w->class, "be000cbe-11fe-4426-9c58-531aa6355fc4") == 0)
            return true;
    return false;
}
