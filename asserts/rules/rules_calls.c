/* rules_calls.c - what holds for every single call. */
#include <string.h>

#include "asserts/model/event_kind.h"
#include "asserts/rules/rules.h"

static bool is_async(const struct m_call *c)
{
    return is_iface(c, "IVssAsync");
}

/* --- codes --- */

void rule_allowed_code(struct judge *j)
{
    EACH_CALL(j, c) {
        const char *page = NULL;
        const char *codes = returns_of(c->iface, c->name, &page);

        if (!c->has_hr || !codes || !*codes || c->hr == HR_E_NOTIMPL)
            continue;
        judged(j, RULE_ID_allowed_code);
        if (code_among(c->hr, codes) ||
            code_among(c->hr, returns_added(&j->model, c->iface, c->name)))
            continue;
        /* U32: COM itself refuses, before the method. */
        if (c->hr == HR_E_ACCESSDENIED &&
            (c->faulted || model_policy(&j->model, "access", "denied")))
            continue;
        /* A fault that the scenario armed with this very code. */
        if (c->faulted && model_policy(&j->model, "async-codes", "any"))
            continue;
        /* U04: Wait and Cancel may give what the operation failed with; the
         * rule async-code judges that. */
        if (call_failed(c) && is_async(c) &&
            (c->method == M_CANCEL || c->method == M_WAIT))
            continue;
        finding_values(j,
                       found(j, RULE_ID_allowed_code, c, NULL,
                             "%s returned a code that its page (%s) does "
                             "not list",
                             c->name, page),
                       codes, code_text(c->hr));
    }
}

void rule_not_implemented(struct judge *j)
{
    EACH_CALL(j, c) {
        const char *codes = returns_of(c->iface, c->name, NULL);

        if (!c->has_hr || !codes)
            continue;
        judged(j, RULE_ID_not_implemented);
        if (c->hr == HR_E_NOTIMPL && !code_among(c->hr, codes) &&
            !code_among(c->hr, returns_added(&j->model, c->iface, c->name)))
            found(j, RULE_ID_not_implemented, c, NULL,
                  "%s is not implemented: it returned E_NOTIMPL", c->name);
    }
}

void rule_unexpected_by_version(struct judge *j)
{
    bool old = j->model.old_unexpected;

    EACH_CALL(j, c) {
        int32_t result = (int32_t)call_out_num(c, "pHrResult", 0);
        int32_t wrong = old ? HR_VSS_E_UNEXPECTED : HR_E_UNEXPECTED;

        if (!c->has_hr)
            continue;
        judged(j, RULE_ID_unexpected_by_version);
        if (c->hr == wrong || result == wrong)
            finding_values(
                j,
                found(j, RULE_ID_unexpected_by_version, c, NULL,
                      "%s gave %s on %s", c->name, code_text(wrong),
                      j->model.windows),
                code_text(old ? HR_E_UNEXPECTED : HR_VSS_E_UNEXPECTED),
                code_text(wrong));
    }
}

void rule_interface_by_version(struct judge *j)
{
    static const char *const newer[] = {
        "IVssBackupComponents", "IVssBackupComponentsEx",
        "IVssBackupComponentsEx2", "IVssBackupComponentsEx3",
        "IVssBackupComponentsEx4"};

    EACH_CALL(j, c) {
        const char *iface = call_in(c, "riid");

        if (c->method != M_QUERY_INTERFACE || !iface || !c->leave ||
            call_in_null(c, "ppvObject") || c->faulted || !is_components(c))
            continue;
        for (int ex = 0; ex < 5; ex++) {
            bool has = ex <= j->model.ex;

            if (strcmp(iface, newer[ex]) != 0)
                continue;
            judged(j, RULE_ID_interface_by_version);
            if (has != (c->hr >= 0))
                found(j, RULE_ID_interface_by_version, c, NULL,
                      has ? "%s is there on %s and was not given"
                          : "%s was given, and %s does not have it",
                      iface, j->model.windows);
        }
    }
}

/* VSS logs what writers do, too: that explains no VSS_E_UNEXPECTED. */
static bool logged_between(const struct model *m, uint32_t from, uint32_t to)
{
    EACH_OTHER(m, rec)
        if (rec->kind == TRACE_LOG && rec->seq > from && rec->seq < to &&
            !event_log_about_writer(trace_get_int(rec, KEY_ID, 0)))
            return true;
    return false;
}

static bool is_unexpected(int32_t hr)
{
    return hr == HR_VSS_E_UNEXPECTED || hr == HR_E_UNEXPECTED;
}

void rule_unexpected_logged(struct judge *j)
{
    EACH_CALL(j, c) {
        int32_t result = (int32_t)call_out_num(c, "pHrResult", 0);
        const struct m_call *maker = async_maker(&j->model, c->object);

        if (!c->has_hr || !(is_unexpected(c->hr) || is_unexpected(result)))
            continue;
        judged(j, RULE_ID_unexpected_logged);
        if (!logged_between(&j->model,
                            maker ? maker->enter->seq : c->enter->seq,
                            c->leave->seq))
            found(j, RULE_ID_unexpected_logged, c, NULL,
                  "%s gave %s and nothing was logged", c->name,
                  code_text(is_unexpected(c->hr) ? c->hr : result));
    }
}

/* --- parameters --- */

void rule_out_written(struct judge *j)
{
    EACH_CALL(j, c) {
        struct trace_field f;
        uint32_t cursor = 0;

        if (!c->leave)
            continue;
        while (trace_field_next(c->leave, &cursor, &f)) {
            if (f.group != TRACE_OUT)
                continue;
            judged(j, RULE_ID_out_written);
            if (f.type == TRACE_UNTOUCHED)
                found(j, RULE_ID_out_written, c, NULL,
                      "%s returned %s and did not write %s", c->name,
                      code_text(c->hr), f.name);
        }
    }
}

void rule_failure_clears(struct judge *j)
{
    EACH_CALL(j, c) {
        struct trace_field f;
        uint32_t cursor = 0;

        if (!call_failed(c))
            continue;
        while (trace_field_next(c->leave, &cursor, &f)) {
            if (f.group != TRACE_OUT)
                continue;
            judged(j, RULE_ID_failure_clears);
            if (f.type == TRACE_OBJ)
                finding_values(j,
                               found(j, RULE_ID_failure_clears, c, NULL,
                                     "%s failed with %s and yet gave %s",
                                     c->name, code_text(c->hr), f.name),
                               "null", "an object");
        }
    }
}

/* An out-parameter for an interface pointer, by the naming of the headers. */
static bool gives_object(const char *name)
{
    return strncmp(name, "pp", 2) == 0 || strcmp(name, "pAsync") == 0;
}

void rule_success_hands_over(struct judge *j)
{
    EACH_CALL(j, c) {
        struct trace_field f;
        uint32_t cursor = 0;

        if (!c->has_hr || c->hr != HR_S_OK)
            continue;
        while (trace_field_next(c->leave, &cursor, &f)) {
            if (f.group != TRACE_OUT || !gives_object(f.name))
                continue;
            judged(j, RULE_ID_success_hands_over);
            if (f.type == TRACE_NULL || f.type == TRACE_UNTOUCHED)
                found(j, RULE_ID_success_hands_over, c, NULL,
                      "%s returned S_OK without giving %s", c->name, f.name);
        }
    }
}

/* A NULL given for an out-parameter: those are named p..., texts that go in
 * are not, but for pwsz. */
static const char *null_out(const struct m_call *c)
{
    struct trace_field f;
    uint32_t cursor = 0;

    while (c->enter && trace_field_next(c->enter, &cursor, &f))
        if (f.group == TRACE_IN && f.type == TRACE_NULL && f.name[0] == 'p' &&
            strncmp(f.name, "pwsz", 4) != 0 &&
            strcmp(f.name, "pReserved") != 0)
            return f.name;
    return NULL;
}

void rule_null_refused(struct judge *j)
{
    if (!model_policy(&j->model, "check-order", "argument-first"))
        return;
    EACH_CALL(j, c) {
        const char *name = null_out(c);

        if (!name || !c->has_hr || c->method == M_QUERY_INTERFACE ||
            c->hr == HR_E_ACCESSDENIED ||
            strncmp(c->name, "Free", 4) == 0) /* it goes in */
            continue;
        judged(j, RULE_ID_null_refused);
        /* Some pages have a code of its own for a NULL pointer. */
        if (c->hr != HR_E_INVALIDARG &&
            !(code_among(c->hr, "E_POINTER") &&
              code_among(c->hr, returns_of(c->iface, c->name, NULL))))
            finding_values(j,
                           found(j, RULE_ID_null_refused, c, NULL,
                                 "%s with a NULL %s", c->name, name),
                           "E_INVALIDARG", code_text(c->hr));
    }
}

/* --- what a failure leaves behind --- */

static void unchanged(struct judge *j, enum rule_id rule,
                      const struct m_call *c)
{
    if (!c->state[0] || !c->state[1])
        return;
    judged(j, rule);
    if (strcmp(c->state[0], c->state[1]) != 0)
        found(j, rule, c, NULL,
              "%s returned %s and yet changed the object's state", c->name,
              code_text(c->hr));
}

void rule_refused_unchanged(struct judge *j)
{
    EACH_CALL(j, c)
        if (call_failed(c) &&
            (c->hr == HR_VSS_E_BAD_STATE || c->hr == HR_E_INVALIDARG ||
             c->hr == HR_VSS_E_OBJECT_NOT_FOUND || c->hr == HR_E_ACCESSDENIED))
            unchanged(j, RULE_ID_refused_unchanged, c);
}

void rule_memory_unchanged(struct judge *j)
{
    EACH_CALL(j, c)
        if (call_failed(c) && c->hr == HR_E_OUTOFMEMORY)
            unchanged(j, RULE_ID_memory_unchanged, c);
}

void rule_failure_silent(struct judge *j)
{
    EACH_CALL(j, c) {
        if (!call_failed(c) || is_async(c))
            continue;
        judged(j, RULE_ID_failure_silent);
        if (c->posted)
            found(j, RULE_ID_failure_silent, c, NULL,
                  "%s returned %s, but had sent its event to the writers",
                  c->name, code_text(c->hr));
    }
}

void rule_failure_leaks(struct judge *j)
{
    EACH_CALL(j, c) {
        int64_t before, after;

        if (!call_failed(c))
            continue;
        before = trace_get_int(c->enter, KEY_LIVE, -1);
        after = trace_get_int(c->leave, KEY_LIVE, -1);
        if (before < 0 || after < 0)
            continue;
        judged(j, RULE_ID_failure_leaks);
        if (after > before)
            finding_values(j,
                           found(j, RULE_ID_failure_leaks, c, NULL,
                                 "%s returned %s and kept memory", c->name,
                                 code_text(c->hr)),
                           arena_printf(&j->model.texts, "%lld allocations",
                                        (long long)before),
                           arena_printf(&j->model.texts, "%lld allocations",
                                        (long long)after));
    }
}

void rule_time_stands(struct judge *j)
{
    bool exec =
        strcmp(trace_get_str(j->model.header, KEY_MODE, ""), "exec") == 0;

    EACH_CALL(j, c) {
        if (!c->leave ||
            (c->method == M_WAIT &&
             (is_async(c) || is_iface(c, "IVdsAsync"))) ||
            (exec && c->method == M_QUERY_STATUS))
            continue;
        judged(j, RULE_ID_time_stands);
        if (c->leave->time != c->enter->time)
            found(j, RULE_ID_time_stands, c, NULL,
                  "%s took %llu ms of virtual time", c->name,
                  (unsigned long long)(c->leave->time - c->enter->time));
    }
}
