/* rules_backup.c - which writers hear what of a backup, and in what order. */
#include <string.h>

#include "asserts/model/event_kind.h"
#include "asserts/rules/rules.h"

static bool ends_backup(const char *event)
{
    const struct event_kind *kind = event_kind(event);

    return kind && kind->part == EVENT_BACKUP_END;
}

static bool same_writer(const struct m_event *a, const struct m_event *b)
{
    return strcmp(a->writer, b->writer) == 0;
}

/* The event before that the writer heard of a backup, or NULL. */
static const struct m_event *heard_before(const struct model *m,
                                          const struct m_event *this)
{
    const struct m_event *before = NULL;

    EACH_OF(const struct m_event, e, m->events, this - m->events)
        if (e->begin && same_writer(e, this) &&
            (event_place(e->event) || ends_backup(e->event)))
            before = e;
    return before;
}

void rule_backup_in_order(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_EVENT(m, e) {
        const struct m_event *before;
        unsigned place = event_place(e->event);

        if (!e->begin || place <= 1) /* a backup may begin at any time */
            continue;
        judged(j, RULE_ID_backup_in_order);
        before = heard_before(m, e);
        /* After Abort only BackupComplete may come (U50). */
        if (before && ends_backup(before->event) &&
            strcmp(e->event, "BackupComplete") == 0)
            continue;
        if (!before || event_place(before->event) >= place ||
            event_place(before->event) == 0 ||
            (strcmp(e->event, "Thaw") == 0 &&
             strcmp(before->event, "Freeze") != 0))
            found(j, RULE_ID_backup_in_order, NULL, e->begin,
                  "writer %s received %s after %s", e->writer, e->event,
                  before ? before->event : "nothing");
    }
}

/* Did the writer hear Thaw or Abort after its Freeze and before `seq`? */
static bool thawed(const struct model *m, const struct m_event *freeze,
                   uint32_t seq)
{
    EACH_OF(const struct m_event, e, freeze, m->events + m->n_events - freeze)
        if (e->begin && e->begin->seq < seq && same_writer(e, freeze) &&
            (strcmp(e->event, "Thaw") == 0 || strcmp(e->event, "Abort") == 0))
            return true;
    return false;
}

static bool tells_end(const struct model *m, const struct m_call *c)
{
    const struct m_call *maker = async_maker(m, c->object);

    return c->method == M_QUERY_STATUS && call_succeeded(c) && maker &&
           strcmp(maker->name, "DoSnapshotSet") == 0 &&
           (int32_t)call_out_num(c, "pHrResult", HR_VSS_S_ASYNC_PENDING) ==
               HR_VSS_S_ASYNC_FINISHED;
}

/* A writer that died, or whose Freeze was lost, is not waiting. */
static bool is_frozen(const struct m_event *e)
{
    return strcmp(e->event, "Freeze") == 0 && e->begin && e->end &&
           strcmp(e->outcome, "died") != 0;
}

void rule_frozen_is_thawed(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_CALL(j, c) {
        const struct m_call *maker = async_maker(m, c->object);

        if (!tells_end(m, c))
            continue;
        EACH_EVENT(m, e) {
            if (!is_frozen(e) || e->begin->seq < maker->enter->seq ||
                e->begin->seq > c->enter->seq || e->hr < 0)
                continue;
            judged(j, RULE_ID_frozen_is_thawed);
            if (!thawed(m, e, c->leave->seq))
                found(j, RULE_ID_frozen_is_thawed, c, e->begin,
                      "DoSnapshotSet is over and writer %s is still frozen",
                      e->writer);
        }
    }
}

/* Was a component of the writer's class added to the document, or was there
 * a document before, or are components not selected at all? */
static bool takes_part(const struct model *m, uint32_t object,
                       const struct m_writer *w)
{
    bool by_component = false;

    EACH_CALL_OF(m, c) {
        const char *writer;

        if (c->object != object || !call_succeeded(c))
            continue;
        if (strcmp(c->name, "SetBackupState") == 0)
            by_component = call_in_num(c, "bSelectComponents", 1);
        if (strcmp(c->name, "InitializeForBackup") == 0 &&
            !call_in_null(c, "bstrXML"))
            return true;
        writer = strcmp(c->name, "AddComponent") == 0 ? call_in(c, "writerId")
                                                      : NULL;
        if (writer && strcmp(writer, w->class) == 0)
            return true;
    }
    return !by_component;
}

void rule_backup_needs_component(struct judge *j)
{
    const struct model *m = &j->model;

    EACH_EVENT(m, e) {
        const struct m_ticket *t = model_ticket(m, e->ticket);
        const struct m_call *c = t ? model_call(m, t->call) : NULL;
        const struct m_writer *w = model_writer(m, e->writer);

        /* Those that follow in DoSnapshotSet go to the same writers. */
        if (!e->begin || !c || !w || !event_place(e->event) ||
            !is_iface(c, "IVssBackupComponents"))
            continue;
        judged(j, RULE_ID_backup_needs_component);
        if (!takes_part(m, c->object, w))
            found(j, RULE_ID_backup_needs_component, c, e->begin,
                  "writer %s has no component in the document and received "
                  "%s",
                  w->name, e->event);
    }
}
