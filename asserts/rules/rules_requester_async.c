/* rules_requester_async.c - what a requester makes of its IVssAsync. */
#include <string.h>

#include "asserts/rules/requester.h"

#define MINUTE 60000u
#define DAY (24u * 60u * MINUTE)
#define MANY_POLLS 1000u
#define FEW_MS 10u

/* Virtual milliseconds from the making of the async to a record. */
static uint64_t waited_for(const struct r_async *a, const struct trace_rec *to)
{
    return to->time > a->maker->leave->time ? to->time - a->maker->leave->time
                                            : 0;
}

/* The first call of the session that goes on before the end of the operation
 * was known; NULL when there is none. */
static const struct m_call *too_early(const struct judge *j,
                                      const struct r_async *a,
                                      const struct m_call *after)
{
    const struct m_call *on = goes_on(&j->model, a->maker->object, after);

    if (!on || call_before(a->ended, on) || call_before(a->cancelled, on))
        return NULL;
    return on;
}

void rule_pending_no_error(struct judge *j)
{
    EACH_ASYNC(j, a) {
        uint64_t ms;

        if (!a->pending)
            continue;
        judged(j, RULE_ID_pending_no_error);
        if (a->ended || a->cancelled || !ran_to_end(&j->model) ||
            goes_on(&j->model, a->maker->object, a->pending))
            continue;
        ms = waited_for(a,
                        a->released ? a->released->enter : a->pending->leave);
        if (ms < MINUTE)
            found(j, RULE_ID_pending_no_error, a->pending, NULL,
                  "told VSS_S_ASYNC_PENDING, the requester gave up %s after "
                  "%llu ms",
                  a->maker->name, (unsigned long long)ms);
    }
}

/* The later of the two, unless `c` only cleans up. */
static const struct m_call *later(const struct m_call *last,
                                  const struct m_call *c)
{
    return !is_cleanup(c) && (!last || c->id > last->id) ? c : last;
}

/* The last thing a session did that was no clean-up, its asyncs included. */
static const struct m_call *last_word(const struct judge *j,
                                      const struct session *s)
{
    const struct m_call *last = NULL;

    EACH_ON(&j->model, s->object, c) {
        const struct r_async *a = async_of(j, c);

        last = later(last, c);
        if (!a)
            continue;
        EACH_ON(&j->model, a->object, w)
            last = later(last, w);
    }
    return last;
}

static bool is_half_way(const struct m_call *maker)
{
    return maker->method == M_PRE_RESTORE ||
           maker->method == M_GATHER_METADATA ||
           maker->method == M_PREPARE_FOR_BACKUP ||
           maker->method == M_DO_SNAPSHOT_SET;
}

void rule_success_no_error(struct judge *j)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_SESSION(j, s) {
        const struct m_call *last = last_word(j, s), *maker;
        int64_t told;

        if (!s->init || !call_succeeded(last)) /* then there is a last */
            continue;
        judged(j, RULE_ID_success_no_error);
        maker = async_maker(&j->model, last->object);
        told = call_out_num(last, "pHrResult", HR_S_OK);
        if (maker && last->method == M_QUERY_STATUS &&
            told == HR_VSS_S_ASYNC_FINISHED && is_half_way(maker))
            found(j, RULE_ID_success_no_error, last, NULL,
                  "%s ended with VSS_S_ASYNC_FINISHED, and the requester "
                  "gave up",
                  maker->name);
        else if (!maker && last->hr != HR_S_OK)
            found(j, RULE_ID_success_no_error, last, NULL,
                  "%s returned %s, a success, and the requester gave up",
                  last->name, code_text(last->hr));
    }
}

/* What presupposes that the operation went well. */
static const struct m_call *relies_on(const struct judge *j,
                                      const struct r_async *a)
{
    EACH_ON(&j->model, a->maker->object, c) {
        if (!call_before(a->told, c))
            continue;
        switch (a->maker->method) {
        case M_GATHER_METADATA:
            if (c->method == M_PRE_RESTORE || c->method == M_GET_METADATA ||
                c->method == M_GET_METADATA_COUNT ||
                c->method == M_PREPARE_FOR_BACKUP)
                return c;
            break;
        case M_PRE_RESTORE:
            if (c->method == M_SET_FILE_RESTORE_STATUS &&
                strcmp(call_in(c, "status") ? call_in(c, "status") : "",
                       "VSS_RS_ALL") == 0)
                return c;
            break;
        case M_GATHER_STATUS:
            if (c->method == M_GATHER_STATUS && call_succeeded(c))
                return NULL;
            if (reads_status(c) || c->method == M_GET_STATUS_COUNT)
                return c;
            break;
        case M_PREPARE_FOR_BACKUP:
            if (c->method == M_DO_SNAPSHOT_SET)
                return c;
            break;
        default:
            return NULL;
        }
    }
    return NULL;
}

void rule_status_no_verdict(struct judge *j)
{
    EACH_ASYNC(j, a) {
        const struct m_call *on;

        if (!a->pending && !a->told)
            continue;
        judged(j, RULE_ID_status_no_verdict);
        on = too_early(j, a, a->pending);
        if (!on && (a->result < 0 || a->result == HR_VSS_S_ASYNC_CANCELLED))
            on = relies_on(j, a);
        if (on)
            finding_values(j,
                           found(j, RULE_ID_status_no_verdict, on, NULL,
                                 "%s although *pHrResult of %s was no success",
                                 on->name, a->maker->name),
                           "VSS_S_ASYNC_FINISHED",
                           code_text(a->told && call_before(a->told, on)
                                         ? a->result
                                         : HR_VSS_S_ASYNC_PENDING));
    }
}

void rule_waits_first(struct judge *j)
{
    EACH_ASYNC(j, a) {
        const struct m_call *on;

        judged(j, RULE_ID_waits_first);
        on = a->pending ? NULL : too_early(j, a, a->maker);
        if (!on || (a->maker->method == M_GATHER_STATUS &&
                    (reads_status(on) || on->method == M_GET_STATUS_COUNT)))
            continue; /* the latter is another rule's */
        found(j, RULE_ID_waits_first, on, NULL,
              "%s without having waited for %s (call %u)", on->name,
              a->maker->name, a->maker->id);
    }
}

void rule_result_read(struct judge *j)
{
    EACH_ASYNC(j, a) {
        if (!a->waited || a->cancelled || !ran_to_end(&j->model) ||
            a->maker->method == M_GATHER_STATUS)
            continue;
        judged(j, RULE_ID_result_read);
        if (!a->told && call_succeeded(a->waited))
            found(j, RULE_ID_result_read, a->waited, NULL,
                  "after this Wait nobody asked how %s ended", a->maker->name);
    }
}

/* --- giving up too much or too little --- */

/* What AbortBackup ends need not be waited for. */
static bool is_aborted(const struct judge *j, const struct m_call *maker)
{
    const struct m_call *abort =
        latest(&j->model, maker->object, M_ABORT_BACKUP, NULL);

    return maker->method == M_DO_SNAPSHOT_SET && abort &&
           call_before(maker, abort);
}

void rule_released_pending(struct judge *j)
{
    EACH_ASYNC(j, a) {
        const struct m_object *o = model_object(&j->model, a->maker->object);
        const struct m_call *gone = o ? model_call(&j->model, o->gone) : NULL;
        const struct trace_rec *done = a->ticket ? a->ticket->done : NULL;

        if (!a->ticket || a->cancelled || is_aborted(j, a->maker))
            continue;
        judged(j, RULE_ID_released_pending);
        if (a->released && (!done || done->seq > a->released->enter->seq) &&
            !a->ended)
            found(j, RULE_ID_released_pending, a->released, NULL,
                  "the async of %s was released while the operation was "
                  "pending",
                  a->maker->name);
        else if (gone && (!done || done->seq > gone->enter->seq))
            found(j, RULE_ID_released_pending, gone, NULL,
                  "%s was released while %s was pending", o->iface,
                  a->maker->name);
    }
}

void rule_waits_for_ever(struct judge *j)
{
    const struct model *m = &j->model;
    const struct m_call *stuck = NULL;

    EACH_CALL(j, c) {
        if (c->method != M_WAIT)
            continue;
        judged(j, RULE_ID_waits_for_ever);
        if (!c->leave)
            stuck = c;
        /* Another thread may have ended it after all. */
        if (m->stuck && m->stuck->call == c->id && (!c->leave || !m->program))
            stuck = c;
    }
    if (stuck &&
        ((m->stuck && m->stuck->call == stuck->id) ||
         (m->program &&
          strcmp(trace_get_str(m->program, KEY_REASON, ""), "timeout") == 0)))
        found(j, RULE_ID_waits_for_ever, stuck, stuck->enter,
              "this Wait never comes back: nothing ends the operation");
}

static bool timed_out_polling(const struct judge *j, const struct r_async *a)
{
    const struct model *m = &j->model;

    return m->program && !m->stuck &&
           strcmp(trace_get_str(m->program, KEY_REASON, ""), "timeout") == 0 &&
           a->pending->id == m->n_calls;
}

void rule_polls_bounded(struct judge *j)
{
    EACH_ASYNC(j, a) {
        uint64_t ms;

        if (!a->pending)
            continue;
        judged(j, RULE_ID_polls_bounded);
        ms = waited_for(a, a->pending->leave);
        if (ms >= DAY || timed_out_polling(j, a))
            found(j, RULE_ID_polls_bounded, a->pending, NULL,
                  "%s is asked for its result without a bound: %u times, for "
                  "%llu ms so far",
                  a->maker->name, a->polls, (unsigned long long)ms);
        else if (a->polls >= MANY_POLLS && ms / a->polls < FEW_MS)
            found(j, RULE_ID_polls_bounded, a->pending, NULL,
                  "%s is asked for its result %u times in %llu ms, without a "
                  "pause",
                  a->maker->name, a->polls, (unsigned long long)ms);
    }
}
