/* rules_async.c - IVssAsync: what it says and when. */
#include <string.h>

#include "asserts/rules/rules.h"

#define FOREVER 0xFFFFFFFFLL

/* What a QueryStatus told; false when the call is none that told anything. */
static bool told(const struct m_call *c, int32_t *result)
{
    struct trace_field f;

    if (c->method != M_QUERY_STATUS || !call_succeeded(c) ||
        !trace_find_param(c->leave, TRACE_OUT, "pHrResult", &f) ||
        f.type != TRACE_HR)
        return false;
    *result = (int32_t)f.num;
    return true;
}

/* How the async ended, by what QueryStatus told or by what Cancel returned
 * when it came too late; false while nothing told an end. */
static bool told_end(const struct m_call *c, int32_t *result)
{
    if (told(c, result))
        return *result != HR_VSS_S_ASYNC_PENDING;
    *result = c->hr;
    return c->method == M_CANCEL && c->leave &&
           (c->hr == HR_VSS_S_ASYNC_FINISHED ||
            c->hr == HR_VSS_S_ASYNC_CANCELLED);
}

/* A program may poll a hundred thousand times: what decides is noted once. */
static const struct m_object *marks(const struct model *m, uint32_t object)
{
    struct m_object *o = model_object((struct model *)(uintptr_t)m, object);
    int32_t result;

    if (!o || o->async_known)
        return o;
    o->async_known = true;
    EACH_ON(m, object, c) {
        if (!o->cancel && c->method == M_CANCEL && c->leave &&
            c->hr == HR_S_OK)
            o->cancel = c->id;
        if (!o->ended && told_end(c, &result))
            o->ended = c->id;
    }
    return o;
}

/* Was the async cancelled by a call that came back before `seq`? */
static const struct m_call *cancelled(const struct model *m, uint32_t object,
                                      uint32_t seq)
{
    const struct m_object *o = marks(m, object);
    const struct m_call *c = o ? model_call(m, o->cancel) : NULL;

    return c && c->leave->seq < seq ? c : NULL;
}

static bool over(const struct m_ticket *t, uint32_t seq)
{
    return t && t->done && t->done->seq < seq;
}

static bool is_writer_error(int32_t hr)
{
    const char *name = hresult_name(hr);

    return name && strncmp(name, "VSS_E_WRITERERROR_", 18) == 0;
}

/* U28, U74: what names a trouble of the ASR writer. */
static bool is_asr_error(int32_t hr)
{
    const char *name = hresult_name(hr);

    return name &&
           (strncmp(name, "VSS_E_ASRERROR_", 15) == 0 ||
            strcmp(name, "VSS_E_CRITICAL_VOLUME_ON_INVALID_DISK") == 0);
}

/* --- codes --- */

/* U03: the method's own failures; U17 for PostRestore, U28 for ASR. */
static bool may_end_with(const struct m_call *maker, int32_t hr)
{
    const char *codes = returns_of(maker->iface, maker->name, NULL);

    if (hr == HR_VSS_S_ASYNC_PENDING || hr == HR_VSS_S_ASYNC_FINISHED ||
        hr == HR_VSS_S_ASYNC_CANCELLED ||
        is_writer_error(hr)) /* the other rule's */
        return true;
    if (hr == HR_S_OK || hr == HR_E_INVALIDARG)
        return false;
    if (maker->method == M_POST_RESTORE &&
        code_among(hr, "VSS_E_UNEXPECTED_WRITER_ERROR"))
        return true;
    if (maker->method == M_PRE_RESTORE && is_asr_error(hr))
        return true;
    /* U65, U61: what the pages say elsewhere. */
    if (strcmp(maker->name, "ImportSnapshots") == 0 &&
        code_among(hr, "VSS_E_NO_SNAPSHOTS_IMPORTED "
                       "VSS_S_SOME_SNAPSHOTS_NOT_IMPORTED"))
        return true;
    return !codes || code_among(hr, codes);
}

static void judge_code(struct judge *j, const struct m_call *c,
                       const struct m_call *maker, int32_t hr)
{
    judged(j, RULE_ID_async_code);
    if (!may_end_with(maker, hr))
        found(j, RULE_ID_async_code, c, NULL,
              "the async of %s ended with %s, which its page does not list",
              maker->name, code_text(hr));
}

/* U67: a revert cannot be cancelled; the code is one of Cancel's page. */
static bool refuses_to_cancel(const struct m_call *c,
                              const struct m_call *maker)
{
    return c->method == M_CANCEL &&
           strcmp(maker->name, "QueryRevertStatus") == 0 &&
           code_among(c->hr, "VSS_E_UNEXPECTED E_UNEXPECTED");
}

void rule_async_code(struct judge *j)
{
    if (model_policy(&j->model, "async-codes", "any"))
        return;
    EACH_CALL(j, c) {
        const struct m_call *maker = async_maker(&j->model, c->object);
        int32_t result;

        if (!maker)
            continue;
        if (told(c, &result))
            judge_code(j, c, maker, result);
        else if ((c->method == M_CANCEL || c->method == M_WAIT) &&
                 call_failed(c) && !c->faulted && c->hr != HR_E_INVALIDARG &&
                 c->hr != HR_E_ACCESSDENIED && !refuses_to_cancel(c, maker))
            judge_code(j, c, maker, c->hr);
    }
}

void rule_writer_failure_apart(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_call *maker = async_maker(&j->model, c->object);
        int32_t result;

        if (!maker || maker->method != M_PRE_RESTORE || !told(c, &result))
            continue;
        judged(j, RULE_ID_writer_failure_apart);
        if (is_writer_error(result))
            found(j, RULE_ID_writer_failure_apart, c, NULL,
                  "the async of PreRestore ended with %s, a writer's failure",
                  code_text(result));
    }
}

/* --- the direction of time --- */

static bool earlier_result(const struct model *m, const struct m_call *c,
                           int32_t *result)
{
    const struct m_object *o = marks(m, c->object);
    const struct m_call *first = o ? model_call(m, o->ended) : NULL;

    if (!call_before(first, c))
        return false;
    told_end(first, result);
    return true;
}

void rule_async_forward(struct judge *j)
{
    EACH_CALL(j, c) {
        int32_t result, before;

        if (!told(c, &result) || !earlier_result(&j->model, c, &before))
            continue;
        judged(j, RULE_ID_async_forward);
        if (result != before)
            finding_values(j,
                           found(j, RULE_ID_async_forward, c, NULL,
                                 "the async had ended and now says "
                                 "something else"),
                           code_text(before), code_text(result));
    }
}

void rule_finished_means(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_ticket *t = async_ticket(&j->model, c->object);
        int32_t result;

        if (!t || !told(c, &result) || result != HR_VSS_S_ASYNC_FINISHED)
            continue;
        judged(j, RULE_ID_finished_means);
        if (!over(t, c->leave->seq))
            found(j, RULE_ID_finished_means, c, NULL,
                  "the async says VSS_S_ASYNC_FINISHED while writers are "
                  "still at work on %s",
                  t->event);
    }
}

void rule_end_is_told(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_ticket *t = async_ticket(&j->model, c->object);
        int32_t result;

        if (!told(c, &result) ||
            !(over(t, c->enter->seq) ||
              cancelled(&j->model, c->object, c->enter->seq)))
            continue;
        judged(j, RULE_ID_end_is_told);
        if (result == HR_VSS_S_ASYNC_PENDING)
            found(j, RULE_ID_end_is_told, c, NULL,
                  "the operation is over, and QueryStatus still says "
                  "VSS_S_ASYNC_PENDING");
    }
}

/* --- Wait --- */

static void judge_wait(struct judge *j, const struct m_call *c,
                       const struct m_ticket *t)
{
    int64_t ms = call_in_num(c, "dwMilliseconds", FOREVER);
    uint64_t took = c->leave->time - c->enter->time;
    bool ended = over(t, c->leave->seq) ||
                 cancelled(&j->model, c->object, c->leave->seq);

    if (j->model.wait_rule == 0) /* XP: no parameter */
        ms = FOREVER;
    judged(j, RULE_ID_wait_ends);
    if (ms != FOREVER && took > (uint64_t)ms)
        found(j, RULE_ID_wait_ends, c, NULL, "Wait(%lld) took %llu ms",
              (long long)ms, (unsigned long long)took);
    else if (!ended && t && (ms == FOREVER || took < (uint64_t)ms))
        found(j, RULE_ID_wait_ends, c, NULL,
              "Wait returned after %llu ms and the operation was not over",
              (unsigned long long)took);
}

void rule_wait_ends(struct judge *j)
{
    EACH_CALL(j, c)
        if (c->method == M_WAIT && is_iface(c, "IVssAsync") &&
            call_succeeded(c))
            judge_wait(j, c, async_ticket(&j->model, c->object));
}

void rule_wait_by_version(struct judge *j)
{
    EACH_CALL(j, c) {
        int64_t ms = call_in_num(c, "dwMilliseconds", FOREVER);
        bool refused = j->model.wait_rule == 1 && ms != FOREVER;

        if (c->method != M_WAIT || !is_iface(c, "IVssAsync") || !c->leave ||
            (c->faulted && c->hr == HR_E_ACCESSDENIED) ||
            model_policy(&j->model, "access", "denied"))
            continue;
        judged(j, RULE_ID_wait_by_version);
        if (refused != (c->hr == HR_E_INVALIDARG))
            finding_values(
                j,
                found(j, RULE_ID_wait_by_version, c, NULL,
                      "Wait with a %s time on %s",
                      ms == FOREVER ? "infinite" : "finite", j->model.windows),
                refused ? "E_INVALIDARG" : "another code", code_text(c->hr));
    }
}

/* --- Cancel --- */

/* May Cancel fail although its operation has not? */
static bool may_fail(const struct m_ticket *t)
{
    return strcmp(t->event, "PostRestore") == 0 ||
           strcmp(t->event, "BackupComplete") == 0 ||
           strcmp(t->event, "Provider") == 0;
}

/* What Cancel should have returned as things stand when it is called; NULL
 * when it did. */
static const char *right_answer(const struct model *m, const struct m_call *c,
                                const struct m_ticket *t)
{
    if (cancelled(m, c->object, c->enter->seq))
        return c->hr == HR_VSS_S_ASYNC_CANCELLED ? NULL
                                                 : "VSS_S_ASYNC_CANCELLED";
    if (!over(t, c->enter->seq)) {
        /* A revert cannot be cancelled (page of QueryRevertStatus). */
        if (call_failed(c) && strcmp(t->event, "Provider") == 0)
            return NULL;
        return c->hr == HR_S_OK ? NULL : "S_OK";
    }
    if (t->hr != HR_VSS_S_ASYNC_FINISHED)
        return call_failed(c) ? NULL : "the failure of the operation";
    if (c->hr == HR_VSS_S_ASYNC_FINISHED || (call_failed(c) && may_fail(t)))
        return NULL;
    return "VSS_S_ASYNC_FINISHED, or how PostRestore failed";
}

void rule_cancel_truth(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_ticket *t = async_ticket(&j->model, c->object);
        const struct m_call *by;
        const char *want;
        int32_t result;

        if (told(c, &result) && t &&
            (by = cancelled(&j->model, c->object, c->enter->seq))) {
            judged(j, RULE_ID_cancel_truth);
            if (result != HR_VSS_S_ASYNC_CANCELLED)
                finding_values(j,
                               found(j, RULE_ID_cancel_truth, c, NULL,
                                     "Cancel (call %u) returned S_OK and "
                                     "the async is not cancelled",
                                     by->id),
                               "VSS_S_ASYNC_CANCELLED", code_text(result));
        }
        if (c->method != M_CANCEL || !t || !c->leave || c->faulted ||
            c->hr == HR_E_ACCESSDENIED)
            continue;
        judged(j, RULE_ID_cancel_truth);
        want = right_answer(&j->model, c, t);
        if (want)
            finding_values(j,
                           found(j, RULE_ID_cancel_truth, c, NULL,
                                 "Cancel does not say how things stand"),
                           want, code_text(c->hr));
    }
}
