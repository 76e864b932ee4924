/* rules_sequence.c - which call may follow which, whatever the subject says
 * its phase is. */
#include <string.h>

#include "asserts/rules/rules.h"
#include "base/array.h"

static bool is_initialize(const struct m_call *c)
{
    return c->method == M_INITIALIZE_FOR_BACKUP ||
           c->method == M_INITIALIZE_FOR_RESTORE;
}

/* A call that the sequence allowed. */
static bool went_through(const struct m_call *c)
{
    return is_components(c) && call_succeeded(c) && c->hr != HR_S_FALSE;
}

/* Shadow copy management works on objects that were never initialised, as the
 * pages of these methods show. */
static bool is_free_standing(const struct m_call *c)
{
    return strstr(c->name, "Snapshot") || strstr(c->name, "Volume") ||
           strstr(c->name, "Revert") || strstr(c->name, "PrefixPaths") ||
           c->method == M_QUERY_INTERFACE;
}

void rule_before_init(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (!is_components(c) || !c->has_hr || is_initialize(c) ||
            is_free_standing(c) || !session_of(&j->model, c->object, &s) ||
            call_before(s.init, c))
            continue;
        judged(j, RULE_ID_before_init);
        if (c->hr >= 0)
            finding_values(j,
                           found(j, RULE_ID_before_init, c, NULL,
                                 "%s on an object that is not initialised",
                                 c->name),
                           "VSS_E_BAD_STATE", code_text(c->hr));
    }
}

void rule_init_once(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (!is_initialize(c) || !c->leave ||
            !session_of(&j->model, c->object, &s) || !call_before(s.init, c))
            continue;
        judged(j, RULE_ID_init_once);
        if (c->hr >= 0)
            finding_values(j,
                           found(j, RULE_ID_init_once, c, NULL, "%s after %s",
                                 c->name, s.init->name),
                           "VSS_E_BAD_STATE", code_text(c->hr));
    }
}

/* Calls `found` when a call that must not go through did. */
static void refused(struct judge *j, enum rule_id rule, const struct m_call *c,
                    const char *when)
{
    judged(j, rule);
    if (went_through(c))
        finding_values(j, found(j, rule, c, NULL, "%s %s", c->name, when),
                       "VSS_E_BAD_STATE", code_text(c->hr));
}

static bool is_pre(const struct judge *j, const struct m_call *c,
                   struct session *s)
{
    return c->method == M_PRE_RESTORE && c->leave &&
           session_of(&j->model, c->object, s);
}

void rule_pre_for_restore(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (!is_pre(j, c, &s) || !s.init)
            continue;
        judged(j, RULE_ID_pre_for_restore);
        if (!s.restore)
            refused(j, RULE_ID_pre_for_restore, c,
                    "on an object initialised for backup");
    }
}

void rule_pre_once(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (is_pre(j, c, &s) && call_before(s.pre, c))
            refused(j, RULE_ID_pre_once, c, "a second time");
    }
}

static bool has_asr(const struct model *m)
{
    EACH_WRITER(m, w)
        if (strcmp(w->class, "be000cbe-11fe-4426-9c58-531aa6355fc4") == 0)
            return true;
    return false;
}

static bool gathered(const struct model *m, const struct session *s,
                     const struct m_call *c)
{
    const struct m_ticket *t;

    if (!call_before(s->gather, c))
        return false;
    t = model_ticket(m, s->gather->ticket);
    return !t || (t->done && t->done->seq < c->enter->seq);
}

void rule_pre_gathered(struct judge *j)
{
    const struct model *m = &j->model;

    if (model_policy(m, "prerestore-before-gather", "allowed") ||
        (model_policy(m, "prerestore-before-gather", "asr-only") &&
         has_asr(m)))
        return;
    EACH_CALL(j, c) {
        struct session s;

        if (!is_pre(j, c, &s) || !s.init)
            continue;
        judged(j, RULE_ID_pre_gathered);
        if (!gathered(m, &s, c))
            refused(j, RULE_ID_pre_gathered, c,
                    "before GatherWriterMetadata has finished");
    }
}

/* Is PreRestore's operation over, one way or the other? */
static bool pre_over(const struct model *m, const struct session *s,
                     const struct m_call *c)
{
    const struct m_ticket *t = model_ticket(m, s->pre->ticket);

    if (!t || (t->done && t->done->seq < c->enter->seq))
        return true;
    EACH_CALL_OF(m, cancel) {
        if (cancel->method == M_CANCEL && cancel->hr == HR_S_OK &&
            call_before(cancel, c) && async_maker(m, cancel->object) == s->pre)
            return true;
    }
    return false;
}

void rule_post_needs_pre(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (c->method != M_POST_RESTORE || !c->leave ||
            !session_of(&j->model, c->object, &s))
            continue;
        judged(j, RULE_ID_post_needs_pre);
        if (!call_before(s.pre, c))
            refused(j, RULE_ID_post_needs_pre, c, "without PreRestore");
        else if (!pre_over(&j->model, &s, c))
            refused(j, RULE_ID_post_needs_pre, c,
                    "while PreRestore is under way");
        else if (call_before(s.post, c))
            refused(j, RULE_ID_post_needs_pre, c, "a second time");
    }
}

static bool is_selection(const struct m_call *c)
{
    static const char *const names[] = {
        "SetSelectedForRestore", "SetSelectedForRestoreEx",
        "AddRestoreSubcomponent", "SetRestoreOptions", "AddNewTarget"};

    for (unsigned i = 0; i < ARRAY_SIZE(names); i++)
        if (strcmp(c->name, names[i]) == 0)
            return true;
    return false;
}

void rule_select_before_pre(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (!is_selection(c) || !c->leave ||
            !session_of(&j->model, c->object, &s))
            continue;
        judged(j, RULE_ID_select_before_pre);
        if (call_before(s.pre, c))
            refused(j, RULE_ID_select_before_pre, c, "after PreRestore");
    }
}

void rule_file_status_window(struct judge *j)
{
    EACH_CALL(j, c) {
        struct session s;

        if (c->method != M_SET_FILE_RESTORE_STATUS || !c->leave ||
            !session_of(&j->model, c->object, &s))
            continue;
        judged(j, RULE_ID_file_status_window);
        if (!call_before(s.pre, c))
            refused(j, RULE_ID_file_status_window, c, "before PreRestore");
        else if (call_before(s.post, c))
            refused(j, RULE_ID_file_status_window, c, "after PostRestore");
    }
}
