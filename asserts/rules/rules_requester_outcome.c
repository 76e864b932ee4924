/* rules_requester_outcome.c - what a requester makes of failures. */
#include <string.h>

#include "asserts/rules/requester.h"
#include "base/array.h"

/* --- calls that failed --- */

/* Does `c` presuppose that `failed` had succeeded? */
static bool presupposes(const struct m_call *c, const struct m_call *failed)
{
    switch (failed->method) {
    case M_INITIALIZE_FOR_BACKUP:
    case M_INITIALIZE_FOR_RESTORE:
        return !is_cleanup(c) && c->method != M_INITIALIZE_FOR_BACKUP &&
               c->method != M_INITIALIZE_FOR_RESTORE;
    case M_GATHER_METADATA:
        return c->method == M_PRE_RESTORE || c->method == M_GET_METADATA ||
               c->method == M_GET_METADATA_COUNT ||
               c->method == M_PREPARE_FOR_BACKUP;
    case M_PRE_RESTORE:
        return c->method == M_SET_FILE_RESTORE_STATUS;
    case M_GATHER_STATUS:
        return reads_status(c) || c->method == M_GET_STATUS_COUNT;
    case M_PREPARE_FOR_BACKUP:
    case M_ADD_TO_SNAPSHOT_SET:
        return c->method == M_DO_SNAPSHOT_SET;
    case M_START_SNAPSHOT_SET:
        return c->method == M_ADD_TO_SNAPSHOT_SET ||
               c->method == M_DO_SNAPSHOT_SET;
    case M_DO_SNAPSHOT_SET:
        return c->method == M_BACKUP_COMPLETE;
    default:
        return false;
    }
}

/* Refused because the same had succeeded before: that still holds. */
static bool was_done(const struct judge *j, const struct m_call *c)
{
    if (c->method == M_ADD_TO_SNAPSHOT_SET)
        return c->hr == HR_VSS_E_OBJECT_ALREADY_EXISTS;
    return c->method == M_PRE_RESTORE &&
           call_before(latest(&j->model, c->object, c->method, c), c);
}

void rule_failure_noticed(struct judge *j)
{
    EACH_CALL(j, c) {
        if (!call_failed(c) || !is_components(c))
            continue;
        judged(j, RULE_ID_failure_noticed);
        if (was_done(j, c))
            continue;
        for (const struct m_call *on = model_call(&j->model, c->next); on;
             on = model_call(&j->model, on->next)) {
            if (on->method == c->method && call_succeeded(on))
                break; /* tried again */
            if (!presupposes(on, c))
                continue;
            found(j, RULE_ID_failure_noticed, on, NULL,
                  "%s although %s (call %u) had failed with %s", on->name,
                  c->name, c->id, code_text(c->hr));
            break;
        }
    }
}

/* --- what became of the files --- */

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b) == 0;
}

static const struct m_call *told_files(const struct model *m,
                                       const struct session *s,
                                       const struct m_call *selected)
{
    const struct m_call *last = NULL;

    EACH_ON(m, s->object, c)
        if (c->method == M_SET_FILE_RESTORE_STATUS && call_succeeded(c) &&
            call_before(c, s->post) && calls_same_component(selected, c))
            last = c;
    return last;
}

static bool is_selection(const struct m_call *c, const struct session *s,
                         const char *class)
{
    return (c->method == M_SET_SELECTED || c->method == M_SET_SELECTED_EX) &&
           call_succeeded(c) && call_in_num(c, "bSelectedForRestore", 1) &&
           call_before(c, s->pre) && same(call_in(c, "writerId"), class);
}

/* Calls `look` for each component of each writer that failed PreRestore. */
static void each_failed(struct judge *j,
                        void (*look)(struct judge *, const struct session *,
                                     const struct m_event *,
                                     const struct m_call *))
{
    EACH_SESSION(j, s) {
        const struct m_event *e = NULL;

        if (!s->pre || !s->post)
            continue;
        while ((e = next_event(&j->model, s->pre, e))) {
            const struct m_writer *w = model_writer(&j->model, e->writer);

            if (!w || !event_failed(e))
                continue;
            EACH_ON(&j->model, s->object, c)
                if (is_selection(c, s, w->class))
                    look(j, s, e, c);
        }
    }
}

static void look_told(struct judge *j, const struct session *s,
                      const struct m_event *e, const struct m_call *selected)
{
    judged(j, RULE_ID_files_told);
    if (!told_files(&j->model, s, selected))
        found(j, RULE_ID_files_told, s->post, NULL,
              "PostRestore without a SetFileRestoreStatus for %s of %s, which "
              "failed at PreRestore",
              call_in(selected, "wszComponentName"), e->writer);
}

void rule_files_told(struct judge *j)
{
    each_failed(j, look_told);
}

static void look_true(struct judge *j, const struct session *s,
                      const struct m_event *e, const struct m_call *selected)
{
    const struct m_call *told = told_files(&j->model, s, selected);

    if (!told || same(e->outcome, "true"))
        return;
    judged(j, RULE_ID_files_true);
    if (same(call_in(told, "status"), "VSS_RS_ALL"))
        found(j, RULE_ID_files_true, told, NULL,
              "VSS_RS_ALL for %s, though %s failed at PreRestore",
              call_in(selected, "wszComponentName"), e->writer);
}

void rule_files_true(struct judge *j)
{
    each_failed(j, look_true);
}

/* --- the program's last word --- */

/* The last handling of an event by a writer, when it failed. */
static const struct m_event *failed_at_last(const struct model *m,
                                            const char *event,
                                            const char *writer)
{
    const struct m_event *last = NULL;

    EACH_EVENT(m, e)
        if (same(e->event, event) && same(e->writer, writer) && e->end)
            last = e;
    return last && event_failed(last) ? last : NULL;
}

/* A call that decides over a restore or backup, whose last try failed. */
static const struct m_call *given_up(const struct judge *j, int32_t *code)
{
    static const enum m_method deciding[] = {
        M_CREATE, M_INITIALIZE_FOR_RESTORE, M_INITIALIZE_FOR_BACKUP,
        M_GATHER_METADATA, M_PRE_RESTORE, M_POST_RESTORE,
        M_PREPARE_FOR_BACKUP, M_DO_SNAPSHOT_SET, M_BACKUP_COMPLETE};

    for (unsigned i = 0; i < ARRAY_SIZE(deciding); i++) {
        const struct m_call *last = NULL;

        EACH_CALL(j, c)
            if (c->method == deciding[i] && c->leave &&
                !(call_failed(c) && was_done(j, c)))
                last = c;
        if (!last)
            continue;
        *code = call_failed(last) ? last->hr : operation_result(j, last);
        if (*code < 0 || *code == HR_VSS_S_ASYNC_CANCELLED)
            return last;
    }
    return NULL;
}

void rule_no_false_success(struct judge *j)
{
    static const char *const events[] = {"PreRestore", "PostRestore"};
    const struct model *m = &j->model;
    const struct m_event *e = NULL;
    const struct m_call *c;
    int64_t code;
    int32_t hr;

    if (!exit_code(m, &code))
        return;
    judged(j, RULE_ID_no_false_success);
    if (code != 0)
        return;
    for (uint32_t i = 0; i < m->n_writers && !e; i++)
        for (unsigned k = 0; k < 2 && !e; k++)
            e = failed_at_last(m, events[k], m->writers[i].name);
    if (e)
        found(j, RULE_ID_no_false_success, NULL, m->program,
              "the program reports success (exit code 0) although %s failed "
              "at %s",
              e->writer, e->event);
    else if ((c = given_up(j, &hr)))
        found(j, RULE_ID_no_false_success, NULL, m->program,
              "the program reports success (exit code 0) although %s (call "
              "%u) came to %s",
              c->name, c->id, code_text(hr));
}

/* Anything that a requester may rightly call a failure. */
static bool something_failed(const struct judge *j)
{
    const struct model *m = &j->model;

    EACH_CALL(j, c) {
        int64_t told = call_out_num(c, "pHrResult", HR_VSS_S_ASYNC_FINISHED);
        const char *state = call_out(c, "pnStatus");

        if (call_failed(c) || c->faulted || told < 0 ||
            told == HR_VSS_S_ASYNC_CANCELLED ||
            call_out_num(c, "phResultFailure", 0) < 0 ||
            call_out_num(c, "phrFailureWriter", 0) < 0 ||
            (state && (strstr(state, "FAILED") || strstr(state, "UNKNOWN"))))
            return true;
    }
    EACH_EVENT(m, e)
        if (event_failed(e))
            return true;
    return false;
}

static bool went_through(const struct model *m, const struct m_writer *w)
{
    bool pre = same(w->restore, "VSS_WRE_NEVER");

    EACH_EVENT(m, e)
        pre |= same(e->event, "PreRestore") && same(e->writer, w->name);
    return pre;
}

void rule_no_false_failure(struct judge *j)
{
    const struct model *m = &j->model;
    bool whole = false;
    int64_t code;

    if (!exit_code(m, &code))
        return;
    EACH_SESSION(j, s)
        whole |=
            s->post && operation_result(j, s->post) == HR_VSS_S_ASYNC_FINISHED;
    EACH_WRITER(m, w)
        whole &= went_through(m, w);
    if (!whole || something_failed(j))
        return;
    judged(j, RULE_ID_no_false_failure);
    if (code != 0)
        found(j, RULE_ID_no_false_failure, NULL, m->program,
              "the program reports a failure (exit code %lld) although the "
              "restore went well",
              (long long)code);
}

/* --- trying again --- */

static bool is_retryable(int32_t hr)
{
    return hr == HR_VSS_E_WRITERERROR_RETRYABLE ||
           hr == HR_VSS_E_WRITERERROR_TIMEOUT ||
           hr == HR_VSS_E_WRITERERROR_OUTOFRESOURCES;
}

/* How often a writer failed PreRestore with code `hr`, and the last time. */
static unsigned failures(const struct model *m, const char *writer,
                         const struct m_event **last, unsigned *tries)
{
    unsigned n = 0;

    *tries = 0;
    *last = NULL;
    EACH_EVENT(m, e) {
        if (!same(e->event, "PreRestore") || !same(e->writer, writer) ||
            !e->end)
            continue;
        ++*tries;
        *last = e;
        n += event_failed(e) &&
             code_among(e->hr, "VSS_E_WRITERERROR_NONRETRYABLE");
    }
    return n;
}

void rule_no_vain_retry(struct judge *j)
{
    EACH_WRITER(&j->model, w) {
        const char *writer = w->name;
        const struct m_event *last;
        unsigned tries, n = failures(&j->model, writer, &last, &tries);

        if (n == 0)
            continue;
        judged(j, RULE_ID_no_vain_retry);
        if (n > 1)
            found(j, RULE_ID_no_vain_retry, NULL, last->end,
                  "%s failed PreRestore with VSS_E_WRITERERROR_NONRETRYABLE "
                  "%u times: trying again does not help",
                  writer, n);
    }
}

void rule_retries(struct judge *j)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_WRITER(&j->model, w) {
        const char *writer = w->name;
        const struct m_event *last;
        unsigned tries;

        failures(&j->model, writer, &last, &tries);
        if (!last || !event_failed(last) || !is_retryable(last->hr))
            continue;
        judged(j, RULE_ID_retries);
        if (tries == 1)
            found(j, RULE_ID_retries, NULL, last->end,
                  "%s failed PreRestore with %s, and it was not tried again",
                  writer, code_text(last->hr));
    }
}
