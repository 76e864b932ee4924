/* rules_requester_backup.c - what a requester makes of a backup. */

#include "asserts/model/event_kind.h"
#include "asserts/rules/requester.h"

/* The next call of the kind, successful or not, or NULL. */
static const struct m_call *next_of(const struct model *m,
                                    const struct m_call *c, enum m_method one,
                                    enum m_method other)
{
    const struct m_call *later = model_call(m, c->next);

    while (later && later->method != one && later->method != other)
        later = model_call(m, later->next);
    return later;
}

/* A writer that failed an event of the call before `to` was made, or
 * NULL. One shadow copy set at a time is all that VSS makes. */
static const struct m_event *writer_failed(const struct model *m,
                                           const struct m_call *c,
                                           const struct m_call *to)
{
    EACH_EVENT(m, e) {
        if (event_failed(e) && e->end->seq > c->enter->seq &&
            e->end->seq < to->enter->seq && event_sent_by(e->event, c->name))
            return e;
    }
    return NULL;
}

void rule_backup_status(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct m_call *on;
        const struct m_event *e;

        if ((c->method != M_PREPARE_FOR_BACKUP &&
             c->method != M_DO_SNAPSHOT_SET) ||
            !call_succeeded(c))
            continue;
        judged(j, RULE_ID_backup_status);
        /* A backup that stops here is not said to be good. */
        on = next_of(&j->model, c, M_DO_SNAPSHOT_SET, M_BACKUP_COMPLETE);
        e = on ? writer_failed(&j->model, c, on) : NULL;
        if (e && !status_read_between(&j->model, c->object, c, on))
            found(j, RULE_ID_backup_status, on, NULL,
                  "%s although writer %s had failed %s with %s, and nobody "
                  "read its status",
                  on->name, e->writer, e->event, code_text(e->hr));
    }
}

void rule_backup_ends(struct judge *j)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_CALL(j, c) {
        if (c->method != M_DO_SNAPSHOT_SET || !call_succeeded(c) ||
            c->hr == HR_S_FALSE || writers_told(&j->model, c) == 0)
            continue;
        judged(j, RULE_ID_backup_ends);
        if (!next_of(&j->model, c, M_BACKUP_COMPLETE, M_ABORT_BACKUP))
            found(j, RULE_ID_backup_ends, c, NULL,
                  "neither BackupComplete nor AbortBackup followed "
                  "DoSnapshotSet: the writers wait for it");
    }
}
