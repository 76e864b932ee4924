/*
 * emit_steps.c - the requester of a scenario made of facts; see parts.h.
 *
 * States of a backup come about in a backup that is played call by call, the
 * others in a restore. The twin goes through the same and then has a fresh
 * session, in which all is well.
 */
#include "com/enums.h"
#include "com/hresult.h"
#include "import/parts.h"
#include "writers/events.h"

#define EACH(f, facts) \
    const struct fact *f = (facts)->first; \
    f; \
    f = f->next

static bool absent(const struct fact *f)
{
    return f->state == VSS_WS_FAILED_AT_IDENTIFY;
}

static bool of_backup(const struct fact *f)
{
    return f->state == VSS_WS_WAITING_FOR_BACKUP_COMPLETE ||
           (f->state >= VSS_WS_FAILED_AT_PREPARE_BACKUP &&
            f->state <= VSS_WS_FAILED_AT_BACKUP_COMPLETE) ||
           f->state == VSS_WS_FAILED_AT_BACKUPSHUTDOWN;
}

static bool of_restore(const struct fact *f)
{
    return f->state == VSS_WS_FAILED_AT_PRE_RESTORE ||
           f->state == VSS_WS_FAILED_AT_POST_RESTORE ||
           f->state == VSS_WS_UNKNOWN;
}

/* A restore can select it: there is a component, and the writer listens. */
static bool restorable(const struct fact *f)
{
    return !f->out && !absent(f) &&
           (of_restore(f) ||
            (!f->never && (!f->bare || f->state != VSS_WS_STABLE)));
}

static bool any(const struct facts *facts, bool (*is)(const struct fact *))
{
    for (EACH(f, facts))
        if (!f->out && is(f))
            return true;
    return false;
}

/* --- the status, read --- */

static HRESULT failure_of(const struct fact *f)
{
    if (f->state == VSS_WS_UNKNOWN)
        return f->code == VSS_E_WRITER_NOT_RESPONDING
                   ? f->code
                   : VSS_E_WRITER_STATUS_NOT_AVAILABLE;
    if (!writer_event_failed(f->state))
        return S_OK;
    return f->code == S_OK ? VSS_E_WRITERERROR_NONRETRYABLE : f->code;
}

static void status(struct strbuf *out, const struct fact *f, int state,
                   HRESULT failure)
{
    strbuf_addf(
        out, "  - GetWriterStatus: { writer: %s, state: %s, failure: %s }\n",
        f->handle, enum_name("VSS_WRITER_STATE", state),
        hresult_name(failure));
}

static void gather(struct strbuf *out)
{
    strbuf_adds(out, "  - GatherWriterStatus: { wait: true }\n");
}

static void free_status(struct strbuf *out)
{
    strbuf_adds(out, "  - FreeWriterStatus\n");
}

/* --- a backup in which the states come about --- */

static bool late(const struct fact *f)
{
    return f->state == VSS_WS_FAILED_AT_BACKUP_COMPLETE;
}

static bool later(const struct fact *f)
{
    return f->state == VSS_WS_FAILED_AT_BACKUPSHUTDOWN;
}

static bool before_complete(const struct fact *f)
{
    return !absent(f) && !late(f) && !later(f) && !of_restore(f);
}

static bool waits(const struct fact *f)
{
    return f->state == VSS_WS_WAITING_FOR_BACKUP_COMPLETE;
}

/* Abort has no state of its own: it shows as one of the shutdown. */
static bool aborted(const struct fact *f)
{
    return f->at_abort;
}

static void backup_begins(struct facts *facts, struct strbuf *out)
{
    strbuf_adds(out, "  - CreateVssBackupComponents: { as: backup }\n"
                     "  - InitializeForBackup\n"
                     "  - SetBackupState\n"
                     "  - GatherWriterMetadata: { wait: true }\n");
    for (EACH(f, facts))
        if (!f->out && of_backup(f))
            strbuf_addf(out, "  - AddComponent: { writer: %s }\n", f->handle);
    strbuf_adds(out, "  - StartSnapshotSet\n"
                     "  - AddToSnapshotSet\n"
                     "  - PrepareForBackup: { wait: true }\n");
}

static void abort_phase(struct facts *facts, struct strbuf *out)
{
    backup_begins(facts, out);
    strbuf_adds(out, "  - AbortBackup\n  - sleep: 1s\n");
    gather(out);
    for (EACH(f, facts))
        if (!f->out && f->at_abort)
            status(out, f, f->state, failure_of(f));
    free_status(out);
    strbuf_adds(out, "  - Release: { on: backup }\n");
}

static void backup_phase(struct facts *facts, struct strbuf *out, bool twin)
{
    backup_begins(facts, out);
    strbuf_adds(out, "  - DoSnapshotSet: { wait: true }\n");
    gather(out);
    for (EACH(f, facts))
        if (!f->out && before_complete(f))
            status(out, f, f->state, failure_of(f));
    free_status(out);
    if (any(facts, late)) {
        strbuf_adds(out, "  - BackupComplete: { ends: "
                         "VSS_E_UNEXPECTED_WRITER_ERROR }\n");
        gather(out);
        for (EACH(f, facts))
            if (!f->out && late(f))
                status(out, f, f->state, failure_of(f));
        free_status(out);
    } else if (twin && any(facts, waits)) {
        strbuf_adds(out, "  # BackupComplete never came.\n");
    } else if (any(facts, later)) {
        strbuf_adds(out, "  # No BackupComplete: the writers hear "
                         "BackupShutdown when the object goes.\n");
    } else {
        strbuf_adds(out, "  - BackupComplete: { wait: true }\n");
        gather(out);
        free_status(out);
    }
    strbuf_adds(out, "  - Release: { on: backup }\n");
    if (any(facts, later)) {
        strbuf_adds(out, "  - sleep: 1s\n"
                         "  - CreateVssBackupComponents: { as: looks }\n"
                         "  - InitializeForBackup\n"
                         "  - SetBackupState\n"
                         "  - GatherWriterMetadata: { wait: true }\n");
        gather(out);
        for (EACH(f, facts))
            if (!f->out && later(f))
                status(out, f, f->state, failure_of(f));
        free_status(out);
        strbuf_adds(out, "  - Release: { on: looks }\n");
    }
}

/* --- a restore --- */

static void select_list(struct facts *facts, struct strbuf *out, bool only)
{
    const char *comma = "";

    strbuf_adds(out, "select: [");
    for (EACH(f, facts))
        if (restorable(f) && (!only || of_restore(f))) {
            strbuf_addf(out, "%s%s", comma, f->handle);
            comma = ", ";
        }
    strbuf_addc(out, ']');
}

static void after_pre_restore(struct facts *facts, struct strbuf *out,
                              bool well, bool only)
{
    gather(out);
    for (EACH(f, facts)) {
        bool failed = !well && of_restore(f) &&
                      f->state != VSS_WS_FAILED_AT_POST_RESTORE;

        if (f->out || (only && !of_restore(f)))
            continue;
        if (absent(f))
            strbuf_addf(out,
                        "  - GetWriterStatus: { writer: %s, found: false }\n",
                        f->handle);
        else if (failed)
            status(out, f, f->state, failure_of(f));
        else if (restorable(f) || f->state == VSS_WS_STABLE)
            status(out, f, VSS_WS_STABLE, S_OK);
    }
    free_status(out);
    for (EACH(f, facts))
        if (restorable(f) && (!only || of_restore(f)))
            strbuf_addf(out,
                        "  - SetFileRestoreStatus: { writer: %s, status: "
                        "%s }\n",
                        f->handle,
                        !well && of_restore(f) &&
                                f->state != VSS_WS_FAILED_AT_POST_RESTORE
                            ? "VSS_RS_NONE"
                            : "VSS_RS_ALL");
}

static void post_restore(struct facts *facts, struct strbuf *out, bool well)
{
    strbuf_adds(out, "  - PostRestore: { wait: true }\n");
    gather(out);
    for (EACH(f, facts))
        if (!f->out && f->state == VSS_WS_FAILED_AT_POST_RESTORE)
            status(out, f, well ? VSS_WS_STABLE : f->state,
                   well ? S_OK : failure_of(f));
    free_status(out);
}

static void restore_phase(struct facts *facts, struct strbuf *out,
                          const char *as, bool well, bool only)
{
    strbuf_addf(out, "  - prepare: { as: %s, ", as);
    select_list(facts, out, only);
    strbuf_adds(out, " }\n  - PreRestore: { wait: true }\n");
    after_pre_restore(facts, out, well, only);
    post_restore(facts, out, well);
    strbuf_addf(out, "  - Release: { on: %s }\n", as);
}

/* How many restores a failure lasts that is told to end; 0: it does not. */
static unsigned failing_restores(const struct facts *facts)
{
    unsigned most = 0;

    for (EACH(f, facts))
        if (!f->out && of_restore(f) && f->times > most)
            most = f->times;
    return most <= 3 ? most : 0;
}

void emit_steps(struct facts *facts, struct strbuf *out, bool twin)
{
    struct arena *arena = facts->im->arena;
    bool backup = any(facts, of_backup);
    bool restore = any(facts, of_restore);
    unsigned failing = failing_restores(facts);

    if (any(facts, aborted))
        abort_phase(facts, out);
    else if (backup)
        backup_phase(facts, out, twin);
    else if (facts->need_backup)
        strbuf_adds(out, "  - backup\n");
    if (restore || !backup) {
        restore_phase(facts, out, "restore", false, backup);
        for (unsigned i = 1; i < failing; i++)
            restore_phase(facts, out, arena_printf(arena, "restore-%u", i + 1),
                          false, backup);
    }
    if (!twin && !failing)
        return;
    strbuf_adds(out, "  # A fresh session.\n");
    if (backup)
        strbuf_adds(out, "  - backup\n");
    restore_phase(facts, out, "fresh", true, false);
}
