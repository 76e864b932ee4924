/* rules_events.c - which writers hear what, and what is told about them. */
#include <string.h>

#include "asserts/model/event_kind.h"
#include "asserts/rules/rules.h"

#define ASR_WRITER "be000cbe-11fe-4426-9c58-531aa6355fc4"

static bool is_backup_event(const char *event)
{
    const struct event_kind *kind = event_kind(event);

    return !kind ||
           (kind->part != EVENT_GATHER && kind->part != EVENT_RESTORE);
}

/* Those of DoSnapshotSet follow one another while somebody waits, in Wait,
 * QueryStatus or none of the requester's calls: then some DoSnapshotSet must
 * have come before. The event's name when all is well. */
static const char *backup_event_from(const struct model *m,
                                     const struct m_call *c,
                                     const struct m_ticket *t)
{
    const struct event_kind *kind = event_kind(t->event);

    if (kind && *kind->method && event_is_first(kind))
        return c && strcmp(c->name, kind->method) == 0 ? t->event : NULL;
    if (kind && (kind->part == EVENT_ANY_TIME || (c && !*kind->method)))
        return t->event;
    EACH_CALL_OF(m, other)
        if (strcmp(other->name, "DoSnapshotSet") == 0 &&
            other->enter->seq < t->post->seq)
            return t->event;
    return NULL;
}

void rule_event_from_method(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_TICKET(m, t) {
        const struct m_call *c = model_call(m, t->call);
        const char *event = c ? event_of_call(c->name) : NULL;

        if (!t->post)
            continue;
        judged(j, RULE_ID_event_from_method);
        if (!event && is_backup_event(t->event))
            event = backup_event_from(m, c, t);
        if (!event || strcmp(event, t->event) != 0)
            found(j, RULE_ID_event_from_method, c, t->post,
                  "the event %s was sent from %s", t->event,
                  c ? c->name : "outside any call");
    }
}

void rule_one_event(struct judge *j)
{
    EACH_CALL(j, c) {
        unsigned sent = 0;

        if (!event_of_call(c->name) || !c->leave || c->hr != HR_S_OK ||
            !is_iface(c, "IVssBackupComponents"))
            continue;
        judged(j, RULE_ID_one_event);
        EACH_TICKET(&j->model, t)
            sent += t->post && t->call == c->id;
        if (sent != 1)
            found(j, RULE_ID_one_event, c, NULL,
                  "%s returned S_OK and sent %u events", c->name, sent);
    }
}

/* --- who hears --- */

static bool is_restore_event(const struct m_event *e)
{
    return strcmp(e->event, "PreRestore") == 0 ||
           strcmp(e->event, "PostRestore") == 0;
}

/* The session whose call sent the event. */
static bool sender(const struct model *m, const struct m_event *e,
                   struct session *s)
{
    const struct m_ticket *t = model_ticket(m, e->ticket);
    const struct m_call *c = t ? model_call(m, t->call) : NULL;

    return c && session_of(m, c->object, s);
}

void rule_unselected_silent(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_EVENT(m, e) {
        const struct m_writer *w = model_writer(m, e->writer);
        struct session s;

        if (!e->begin || !is_restore_event(e) || !w || !sender(m, e, &s) ||
            s.preselected)
            continue;
        if (!s.gather && strcmp(w->class, ASR_WRITER) == 0)
            continue; /* U10: counts as selected */
        judged(j, RULE_ID_unselected_silent);
        if (!session_selected(m, &s, w->class, w->instance, s.pre))
            found(j, RULE_ID_unselected_silent, NULL, e->begin,
                  "writer %s has nothing selected and received %s", w->name,
                  e->event);
    }
}

static unsigned heard(const struct model *m, uint32_t ticket,
                      const char *writer)
{
    unsigned n = 0;

    EACH_EVENT(m, e)
        n += e->ticket == ticket && strcmp(e->writer, writer) == 0;
    return n;
}

static unsigned class_heard(const struct model *m, uint32_t ticket,
                            const char *class)
{
    unsigned n = 0;

    EACH_WRITER(m, w)
        if (strcmp(w->class, class) == 0)
            n += heard(m, ticket, w->name);
    return n;
}

static void judge_hearing(struct judge *j, const struct session *s,
                          const struct m_ticket *t, const struct m_writer *w)
{
    unsigned n = heard(&j->model, t->id, w->name);
    bool listens = strcmp(w->restore, "VSS_WRE_NEVER") != 0;

    if (n > 1)
        found(j, RULE_ID_selected_hears, s->pre, t->post,
              "writer %s received PreRestore %u times", w->name, n);
    if (!listens || !t->done || t->hr != HR_VSS_S_ASYNC_FINISHED ||
        !session_selected(&j->model, s, w->class, w->instance, s->pre))
        return;
    judged(j, RULE_ID_selected_hears);
    /* U35: which of several instances of a class is another matter. */
    if (!class_heard(&j->model, t->id, w->class))
        found(j, RULE_ID_selected_hears, s->pre, t->post,
              "writer %s is selected and did not receive PreRestore", w->name);
}

void rule_selected_hears(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_CALL(j, c) {
        const struct m_ticket *t;
        struct session s;

        if (!c->posted || !session_of(m, c->object, &s) || s.pre != c)
            continue;
        t = model_ticket(m, c->ticket);
        EACH_WRITER(m, w)
            judge_hearing(j, &s, t, w);
    }
}

void rule_never_silent(struct judge *j)
{
    EACH_EVENT(&j->model, e) {
        const struct m_writer *w = model_writer(&j->model, e->writer);

        if (!w || !e->begin || !is_restore_event(e))
            continue;
        judged(j, RULE_ID_never_silent);
        if (strcmp(w->restore, "VSS_WRE_NEVER") == 0)
            found(j, RULE_ID_never_silent, NULL, e->begin,
                  "writer %s wants no restore events and received %s", w->name,
                  e->event);
    }
}

void rule_post_after_pre(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_EVENT(m, e) {
        struct session s;

        if (!e->begin || strcmp(e->event, "PostRestore") != 0 ||
            !sender(m, e, &s))
            continue;
        judged(j, RULE_ID_post_after_pre);
        if (!s.pre || !heard(m, s.pre->ticket, e->writer))
            found(j, RULE_ID_post_after_pre, NULL, e->begin,
                  "writer %s received PostRestore and was never sent "
                  "PreRestore",
                  e->writer);
    }
}

/* --- what is told about them --- */

static const struct m_writer *by_instance(const struct model *m,
                                          const char *instance)
{
    for (uint32_t i = 0; instance && i < m->n_writers; i++)
        if (strcmp(m->writers[i].instance, instance) == 0)
            return &m->writers[i];
    return NULL;
}

/* When VSS took down the statuses that the call tells of: the end of the
 * latest status gather on the object. 0: not known. */
static uint32_t taken_down(const struct model *m, const struct m_call *c)
{
    uint32_t seq = 0;

    EACH_CALL_OF(m, g) {
        const struct m_ticket *t = model_ticket(m, g->ticket);

        if (g->object == c->object && g->method == M_GATHER_STATUS &&
            call_before(g, c))
            seq = t && t->done && t->hr == HR_VSS_S_ASYNC_FINISHED
                      ? t->done->seq
                      : 0;
    }
    return seq;
}

static bool is_status_call(const struct m_call *c)
{
    return (c->method == M_GET_WRITER_STATUS ||
            c->method == M_GET_WRITER_STATUS_EX) &&
           c->leave && c->hr == HR_S_OK;
}

/* What VSS held about the writer at `seq`; NULL: nothing ever happened. */
static const struct trace_rec *status_at(const struct model *m,
                                         const struct m_writer *w,
                                         uint32_t seq)
{
    const struct trace_rec *found = NULL;

    EACH_OTHER(m, rec) {
        if (rec->kind == TRACE_STATUS && rec->seq < seq &&
            strcmp(trace_get_str(rec, KEY_WRITER, ""), w->name) == 0)
            found = rec;
    }
    return found;
}

/* What the application said of itself (SetWriterFailureEx). */
static void judge_application(struct judge *j, const struct m_call *c,
                              const struct m_writer *w,
                              const struct trace_rec *rec)
{
    int32_t hr =
        rec ? (int32_t)trace_get_int(rec, KEY_APPLICATION, HR_S_OK) : HR_S_OK;
    int32_t told = (int32_t)call_out_num(c, "phrApplication", HR_S_OK);
    const char *message = rec ? trace_get_str(rec, KEY_MESSAGE, "") : "";
    const char *given = call_out(c, "pbstrApplicationMessage");

    if (told != hr)
        finding_values(j,
                       found(j, RULE_ID_status_tells, c, NULL,
                             "%s: the application's code of writer %s",
                             c->name, w->name),
                       code_text(hr), code_text(told));
    if (strcmp(given ? given : "", message) != 0)
        finding_values(j,
                       found(j, RULE_ID_status_tells, c, NULL,
                             "%s: the application's message of writer %s",
                             c->name, w->name),
                       message, given ? given : "none");
}

static void judge_status(struct judge *j, const struct m_call *c,
                         const struct m_writer *w, uint32_t seq)
{
    bool ex = c->method == M_GET_WRITER_STATUS_EX;
    const char *param = ex ? "phrFailureWriter" : "phResultFailure";
    const char *given = call_out(c, "pnStatus");
    const struct trace_rec *rec = status_at(&j->model, w, seq);
    const char *state =
        rec ? trace_get_str(rec, KEY_STATE, "") : "VSS_WS_STABLE";
    int32_t hr = rec ? (int32_t)trace_get_int(rec, KEY_HR, 0) : HR_S_OK;
    int32_t told = (int32_t)call_out_num(c, param, HR_S_OK);

    if (!ex && hr == HR_VSS_E_WRITERERROR_PARTIAL_FAILURE) /* U18 */
        hr = HR_VSS_E_WRITERERROR_NONRETRYABLE;
    judged(j, RULE_ID_status_tells);
    if (!given || strcmp(given, state) != 0)
        finding_values(j,
                       found(j, RULE_ID_status_tells, c, NULL,
                             "%s: the state of writer %s", c->name, w->name),
                       state, given ? given : "none");
    if (told != hr)
        finding_values(j,
                       found(j, RULE_ID_status_tells, c, NULL,
                             "%s: the failure of writer %s", c->name, w->name),
                       code_text(hr), code_text(told));
    /* Absent from older traces. */
    if (ex && (!rec || trace_get_int(rec, KEY_APPLICATION, -1) != -1))
        judge_application(j, c, w, rec);
}

void rule_status_tells(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_writer *w;
        uint32_t seq;

        if (!is_status_call(c))
            continue;
        w = by_instance(&j->model, call_out(c, "pidInstance"));
        seq = taken_down(&j->model, c);
        /* U23b: a policy says how those stand that want no events. */
        if (w && seq && strcmp(w->restore, "VSS_WRE_NEVER") != 0)
            judge_status(j, c, w, seq);
    }
}

void rule_status_own(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_writer *w;
        const char *class, *name;

        if (!is_status_call(c) || !call_out(c, "pidInstance"))
            continue;
        w = by_instance(&j->model, call_out(c, "pidInstance"));
        class = call_out(c, "pidWriter");
        name = call_out(c, "pbstrWriter");
        if (!w)
            continue;
        judged(j, RULE_ID_status_own);
        if (class && strcmp(class, w->class) != 0)
            finding_values(j,
                           found(j, RULE_ID_status_own, c, NULL,
                                 "%s: instance of %s, class of another",
                                 c->name, w->name),
                           w->class, class);
        if (name && strcmp(name, w->label) != 0)
            finding_values(j,
                           found(j, RULE_ID_status_own, c, NULL,
                                 "%s: instance of %s, name of another",
                                 c->name, w->name),
                           w->label, name);
    }
}
