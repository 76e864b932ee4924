/* rules_requester_sequence.c - which call a requester may make when, and with
 * which arguments. */
#include <ctype.h>
#include <string.h>

#include "asserts/rules/requester.h"
#include "base/array.h"

/* PostRestore is the only way to close a restore, so it may be tried after a
 * PreRestore that failed, and a second PreRestore has a rule of its own. */
static bool may_be_refused(const struct judge *j, const struct m_call *c)
{
    struct session s;

    if (!session_of(&j->model, c->object, &s))
        return false;
    if (c->method == M_PRE_RESTORE)
        return call_before(s.pre, c);
    return c->method == M_POST_RESTORE &&
           (!s.pre || operation_result(j, s.pre) != HR_VSS_S_ASYNC_FINISHED) &&
           !call_before(s.post, c);
}

static bool tried_before(const struct model *m, const struct m_call *c,
                         enum m_method method)
{
    EACH_ON(m, c->object, before)
        if (before->method == method && call_before(before, c))
            return true;
    return false;
}

void rule_in_order(struct judge *j)
{
    EACH_CALL(j, c) {
        if (!is_components(c) || !c->has_hr)
            continue;
        judged(j, RULE_ID_in_order);
        if (c->hr != HR_VSS_E_BAD_STATE || c->faulted)
            continue;
        if (may_be_refused(j, c) && tried_before(&j->model, c, M_PRE_RESTORE))
            continue;
        found(j, RULE_ID_in_order, c, NULL,
              "%s is not allowed here: VSS_E_BAD_STATE%s%s", c->name,
              c->phase[0] ? " in phase " : "", c->phase[0] ? c->phase[0] : "");
    }
}

void rule_pre_once_tried(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (c->method != M_PRE_RESTORE ||
            !session_of(&j->model, c->object, &s))
            continue;
        judged(j, RULE_ID_pre_once_tried);
        if (call_before(s.pre, c))
            found(j, RULE_ID_pre_once_tried, c, NULL,
                  "a second PreRestore on the same object; the first was "
                  "call %u",
                  s.pre->id);
    }
}

/* --- the end of a session --- */

static bool tried_after(const struct model *m, const struct m_call *c,
                        enum m_method method)
{
    for (c = model_call(m, c->next); c; c = model_call(m, c->next))
        if (c->method == method)
            return true;
    return false;
}

void rule_session_closed(struct judge *j)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_SESSION(j, s) {
        if (!s->pre || writers_told(&j->model, s->pre) == 0 ||
            operation_result(j, s->pre) != HR_VSS_S_ASYNC_FINISHED)
            continue;
        judged(j, RULE_ID_session_closed);
        if (!tried_after(&j->model, s->pre, M_POST_RESTORE))
            found(j, RULE_ID_session_closed, s->pre, NULL,
                  "%lld writers heard PreRestore, and PostRestore never "
                  "followed",
                  (long long)writers_told(&j->model, s->pre));
    }
}

static void closing_gather(struct judge *j, enum rule_id rule)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_SESSION(j, s) {
        if (!s->post || writers_told(&j->model, s->post) == 0)
            continue;
        judged(j, rule);
        if (!call_before(s->post,
                         latest(&j->model, s->object, M_GATHER_STATUS, NULL)))
            found(j, rule, s->post, NULL,
                  "no GatherWriterStatus after PostRestore: on %s the "
                  "writers' sessions stay open",
                  j->model.windows);
    }
}

void rule_closing_gather(struct judge *j)
{
    if (j->model.old_unexpected)
        closing_gather(j, RULE_ID_closing_gather);
}

void rule_closing_gather_later(struct judge *j)
{
    if (!j->model.old_unexpected)
        closing_gather(j, RULE_ID_closing_gather_later);
}

void rule_no_abort(struct judge *j)
{
    EACH_SESSION(j, s) {
        if (!s->restore)
            continue;
        judged(j, RULE_ID_no_abort);
        EACH_ON(&j->model, s->object, c)
            if (c->method == M_ABORT_BACKUP)
                found(j, RULE_ID_no_abort, c, NULL,
                      "AbortBackup on an object initialised for restore");
    }
}

/* --- selection --- */

static bool selects(const struct m_call *c)
{
    return (c->method == M_SET_SELECTED || c->method == M_SET_SELECTED_EX) &&
           call_in_num(c, "bSelectedForRestore", 1);
}

void rule_selects_there(struct judge *j)
{
    EACH_CALL(j, c) {
        const char *name = call_in(c, "wszComponentName");

        if (!is_components(c) || !c->leave || !call_in(c, "writerId"))
            continue;
        judged(j, RULE_ID_selects_there);
        if (c->hr == HR_VSS_E_OBJECT_NOT_FOUND && !c->faulted)
            found(j, RULE_ID_selects_there, c, NULL,
                  "%s names %s%s%s of writer %s, which is not there", c->name,
                  call_in(c, "wszLogicalPath") ? call_in(c, "wszLogicalPath")
                                               : "",
                  call_in(c, "wszLogicalPath") ? "\\" : "",
                  name ? name : "(no name)", call_in(c, "writerId"));
    }
}

void rule_selects_something(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;
        bool any;

        if (c->method != M_PRE_RESTORE || !call_succeeded(c) ||
            !session_of(&j->model, c->object, &s))
            continue;
        judged(j, RULE_ID_selects_something);
        any = s.preselected || has_asr_writer(&j->model) ||
              writers_told(&j->model, c) > 0;
        EACH_ON(&j->model, c->object, earlier)
            any |= selects(earlier) && call_succeeded(earlier) &&
                   call_before(earlier, c);
        if (!any)
            found(j, RULE_ID_selects_something, c, NULL,
                  "PreRestore with no component selected: no writer hears "
                  "of it");
    }
}

void rule_never_selected(struct judge *j)
{
    EACH_CALL(j, c) {
        const char *class = call_in(c, "writerId");
        bool never = false, other = false;

        if (!selects(c) || !class || !call_succeeded(c))
            continue;
        judged(j, RULE_ID_never_selected);
        EACH_WRITER(&j->model, w)
            if (strcmp(w->class, class) == 0) {
                bool is_never = strcmp(w->restore, "VSS_WRE_NEVER") == 0;

                never |= is_never;
                other |= !is_never;
            }
        if (never && !other)
            found(j, RULE_ID_never_selected, c, NULL,
                  "%s of writer %s, which wants no restore events "
                  "(VSS_WRE_NEVER)",
                  c->name, class);
    }
}

/* --- components out of date --- */

/* The session that a component object came from, and the call that handed the
 * first of the way out. What an object came from is older than it is: only
 * damage makes a circle. */
static bool component_session(const struct model *m, const struct m_call *c,
                              struct session *s, const struct m_call **maker)
{
    const struct m_object *o = model_object(m, c->object);

    while (o && o->parent < o->number) {
        *maker = model_call(m, o->maker);
        if (session_of(m, o->parent, s))
            return true;
        o = model_object(m, o->parent);
    }
    return false;
}

static bool is_component(const struct m_call *c)
{
    return strncmp(c->iface, "IVssComponent", 13) == 0 ||
           strncmp(c->iface, "IVssWriterComponents", 20) == 0;
}

void rule_components_fresh(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_call *maker, *event;
        struct session s;

        if (!is_component(c) || is_cleanup(c) ||
            !component_session(&j->model, c, &s, &maker))
            continue;
        judged(j, RULE_ID_components_fresh);
        event = call_before(s.post, c) ? s.post : s.pre;
        if (!call_before(event, c) || call_before(event, maker))
            continue;
        found(j, RULE_ID_components_fresh, c, NULL,
              "%s on an object obtained before %s (call %u)", c->name,
              event->name, event->id);
    }
}

/* --- arguments that cannot be right --- */

static bool is_enum(const char *name)
{
    static const char *const names[] = {
        "ct", "componentType", "backupType", "restoreType", "status",
        "eSourceObjectType", "eQueriedObjectType", "eReturnedObjectsType",
        "rollType"};

    for (unsigned i = 0; i < ARRAY_SIZE(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_index(const char *name)
{
    return name[0] == 'i' && isupper((unsigned char)name[1]);
}

static bool knows_class(const struct model *m, const char *id)
{
    EACH_WRITER(m, w)
        if (strcmp(w->class, id) == 0)
            return true;
    return m->n_writers == 0;
}

/* What is wrong with an argument, or NULL. */
static const char *cannot_be(const struct model *m, const struct m_call *c,
                             const struct trace_field *f)
{
    if (is_enum(f->name) && f->type != TRACE_STR && f->type != TRACE_NULL)
        return "is no value of the enumeration";
    if (is_index(f->name) && f->type == TRACE_INT &&
        (f->num > 1000000 || f->num < 0))
        return "is no index";
    if (strcmp(f->name, "writerId") == 0 && f->type == TRACE_STR &&
        c->hr == HR_VSS_E_OBJECT_NOT_FOUND && !knows_class(m, f->str))
        return "is no writer's class id";
    /* A null that was refused where an out-parameter or a method without
     * such an argument stands. */
    if (f->type == TRACE_NULL && c->hr == HR_E_INVALIDARG && !c->faulted &&
        f->name[0] == 'p' && strcmp(f->name, "pReserved") != 0)
        return "is NULL, where the caller takes the result";
    return NULL;
}

void rule_right_slot(struct judge *j)
{
    EACH_CALL(j, c) {
        struct trace_field f;
        uint32_t cursor = 0;
        const char *what;

        if (!c->enter || !c->leave)
            continue;
        judged(j, RULE_ID_right_slot);
        while (trace_field_next(c->enter, &cursor, &f))
            if (f.group == TRACE_IN && (what = cannot_be(&j->model, c, &f))) {
                found(j, RULE_ID_right_slot, c, NULL,
                      "%s (slot %lld of %s): %s %s; was another method "
                      "meant?",
                      c->name,
                      (long long)trace_get_int(c->enter, KEY_SLOT, -1),
                      c->iface, f.name, what);
                break;
            }
    }
}
