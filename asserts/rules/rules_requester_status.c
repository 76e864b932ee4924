/* rules_requester_status.c - GatherWriterStatus, GetWriterStatus and when. */
#include <string.h>

#include "asserts/rules/requester.h"

bool status_read_between(const struct model *m, uint32_t session,
                         const struct m_call *from, const struct m_call *to)
{
    const struct m_call *gathered = NULL;

    EACH_ON(m, session, c) {
        if (!call_before(from, c) || (to && !call_before(c, to)))
            continue;
        if (c->method == M_GATHER_STATUS && call_succeeded(c))
            gathered = c;
        if (gathered && reads_status(c) && call_succeeded(c))
            return true;
    }
    return false;
}

/* Was the gathering tried, and did it fail? Then nothing can be read. */
static bool gather_failed(const struct judge *j, uint32_t session,
                          const struct m_call *from, const struct m_call *to)
{
    EACH_ON(&j->model, session, c)
        if (c->method == M_GATHER_STATUS && call_before(from, c) &&
            (!to || call_before(c, to)) &&
            (call_failed(c) || operation_result(j, c) < 0))
            return true;
    return false;
}

/* The event went out to somebody, and its operation came to a good end. */
static bool took_part(const struct judge *j, const struct m_call *maker)
{
    return writers_told(&j->model, maker) > 0 &&
           operation_result(j, maker) == HR_VSS_S_ASYNC_FINISHED;
}

/* The first PostRestore that was tried after PreRestore. */
static const struct m_call *tried_post(const struct model *m,
                                       const struct session *s)
{
    EACH_ON(m, s->object, c)
        if (c->method == M_POST_RESTORE && call_before(s->pre, c))
            return c;
    return NULL;
}

void rule_status_after_pre(struct judge *j)
{
    EACH_SESSION(j, s) {
        const struct m_call *post = tried_post(&j->model, s);

        if (!s->pre || !took_part(j, s->pre) ||
            (!post && !ran_to_end(&j->model)))
            continue;
        judged(j, RULE_ID_status_after_pre);
        if (!status_read_between(&j->model, s->object, s->pre, post) &&
            !gather_failed(j, s->object, s->pre, post))
            found(j, RULE_ID_status_after_pre, s->pre, NULL,
                  "%lld writers took part in PreRestore, and nobody read "
                  "their status %s",
                  (long long)writers_told(&j->model, s->pre),
                  post ? "before PostRestore" : "after it");
    }
}

void rule_status_after_post(struct judge *j)
{
    EACH_SESSION(j, s) {
        if (!s->post || !took_part(j, s->post) || !ran_to_end(&j->model))
            continue;
        judged(j, RULE_ID_status_after_post);
        if (!status_read_between(&j->model, s->object, s->post, NULL) &&
            !gather_failed(j, s->object, s->post, NULL))
            found(j, RULE_ID_status_after_post, s->post, NULL,
                  "%lld writers took part in PostRestore, and nobody read "
                  "their status after it",
                  (long long)writers_told(&j->model, s->post));
    }
}

/* One pass over a session's calls, in their order. */
struct pass {
    const struct m_call *gather; /* the latest that succeeded */
    const struct m_call *event;  /* the latest PreRestore or PostRestore */
    const struct m_call *early, *stale; /* gathers already found fault with */
};

static void step(struct pass *p, const struct m_call *c)
{
    if (!call_succeeded(c) || c->hr == HR_S_FALSE)
        return;
    if (c->method == M_GATHER_STATUS)
        p->gather = c;
    if (c->method == M_PRE_RESTORE || c->method == M_POST_RESTORE)
        p->event = c;
}

void rule_status_fresh(struct judge *j)
{
    EACH_SESSION(j, s) {
        struct pass p = {0};

        EACH_ON(&j->model, s->object, c) {
            step(&p, c);
            if (!reads_status(c) || !call_succeeded(c) || !p.gather)
                continue;
            judged(j, RULE_ID_status_fresh);
            if (!p.event || p.gather == p.stale ||
                call_before(p.event, p.gather))
                continue;
            p.stale = p.gather;
            found(j, RULE_ID_status_fresh, c, NULL,
                  "the status read here was gathered before %s (call %u)",
                  p.event->name, p.event->id);
        }
    }
}

void rule_status_awaited(struct judge *j)
{
    EACH_SESSION(j, s) {
        struct pass p = {0};

        EACH_ON(&j->model, s->object, c) {
            const struct r_async *a;

            step(&p, c);
            if (!p.gather ||
                (!reads_status(c) && c->method != M_GET_STATUS_COUNT))
                continue;
            a = async_of(j, p.gather);
            if (!a)
                continue;
            judged(j, RULE_ID_status_awaited);
            if (call_before(a->ended, c) || p.gather == p.early)
                continue;
            p.early = p.gather;
            found(j, RULE_ID_status_awaited, c, NULL,
                  "%s before GatherWriterStatus (call %u) is known to have "
                  "ended",
                  c->name, p.gather->id);
        }
    }
}

void rule_status_checked(struct judge *j)
{
    EACH_ASYNC(j, a) {
        const struct m_call *on;

        if (a->maker->method != M_GATHER_STATUS || !a->waited ||
            !call_succeeded(a->waited))
            continue;
        judged(j, RULE_ID_status_checked);
        on = goes_on(&j->model, a->maker->object, a->waited);
        if (!a->told && on &&
            (reads_status(on) || on->method == M_GET_STATUS_COUNT))
            found(j, RULE_ID_status_checked, on, NULL,
                  "%s, and nobody asked how GatherWriterStatus (call %u) "
                  "ended",
                  on->name, a->maker->id);
    }
}

/* --- each writer --- */

static bool status_was_read(const struct model *m, const struct m_call *gather,
                            const struct m_writer *w)
{
    for (const struct m_call *c = model_call(m, gather->next); c;
         c = model_call(m, c->next)) {
        const char *class = call_out(c, "pidWriter");

        if (c->method == M_GATHER_STATUS && call_succeeded(c))
            return false;
        if (reads_status(c) && class && strcmp(class, w->class) == 0)
            return true;
    }
    return false;
}

/* How many statuses there are, and how many different ones were read. */
static bool read_all(const struct model *m, const struct m_call *gather)
{
    int64_t count = -1, highest = -1;

    for (const struct m_call *c = model_call(m, gather->next); c;
         c = model_call(m, c->next)) {
        int64_t index = reads_status(c) ? call_in_num(c, "iWriter", -1) : -1;

        if (c->method == M_GATHER_STATUS && call_succeeded(c))
            break;
        if (c->method == M_GET_STATUS_COUNT)
            count = call_out_num(c, "pcWriters", count);
        if (index > highest)
            highest = index;
    }
    return highest < 0 || highest + 1 >= count;
}

/* The gather that tells about the event: the last one before `until`. */
static void each_writer(struct judge *j, const struct session *s,
                        const struct m_call *event, const struct m_call *until)
{
    const struct m_call *gather =
        latest(&j->model, s->object, M_GATHER_STATUS, until);
    const struct m_event *e = NULL;

    if (!call_before(event, gather)) /* then there are both */
        return;
    judged(j, RULE_ID_status_each);
    if (read_all(&j->model, gather))
        return;
    while ((e = next_event(&j->model, event, e))) {
        const struct m_writer *w = model_writer(&j->model, e->writer);

        if (w && !status_was_read(&j->model, gather, w))
            found(j, RULE_ID_status_each, gather, NULL,
                  "%s took part in %s, and its status was not read", w->name,
                  e->event);
    }
}

void rule_status_each(struct judge *j)
{
    EACH_SESSION(j, s) {
        each_writer(j, s, s->pre, s->post);
        each_writer(j, s, s->post, NULL);
    }
}
