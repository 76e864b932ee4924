/* chain_test.c - the events of a shadow copy set when something goes wrong. */
#include "com/text.h"
#include "vss/test/mini_world.h"

#define V(object) (object)->lpVtbl
#define HEARD(i, event) w.mini.writers[i].heard[VSSIM_EVENT_##event]

/* The set's events: who fails Freeze, who is gone, what cannot be sent. */
static void no_more_events(struct mini_writer *writer,
                           enum vssim_event_kind kind,
                           IVssWriterComponents *components)
{
    struct mini_host *mini = writer->context;

    (void)components;
    if (kind == VSSIM_EVENT_FREEZE)
        mini->post_result = VSS_E_UNEXPECTED;
}

/* Only PrepareForBackup and PostSnapshot show the components (pages of the
 * handlers), and only then may they be written to. */
static void sees_components(struct mini_writer *writer,
                            enum vssim_event_kind kind,
                            IVssWriterComponents *components)
{
    bool shown = kind == VSSIM_EVENT_PREPARE_FOR_BACKUP ||
                 kind == VSSIM_EVENT_POST_SNAPSHOT ||
                 kind == VSSIM_EVENT_BACKUP_COMPLETE;
    IVssComponent **kept = writer->context;

    VSS_ID instance, class;

    cr_expect_eq(components != NULL, shown, "event %d", (int)kind);
    if (components) {
        ok(V(components)->GetWriterInfo(components, &instance, &class));
        cr_expect(guid_equal(&instance, &writer->instance));
        cr_expect(guid_equal(&class, &writer->writer));
    }
    if (!kept)
        return;
    if (kind == VSSIM_EVENT_PREPARE_FOR_BACKUP)
        ok(V(components)->GetComponent(components, 0, kept));
    else if (*kept)
        gives(V(*kept)->SetBackupStamp(*kept, u"late"), VSS_E_BAD_STATE);
}

Test(storage, who_sees_components)
{
    IVssComponent *kept = NULL;
    IVssAsync *async;
    struct world w;

    world_init(&w);
    w.mini.writers[0].handler = sees_components;
    w.mini.writers[0].context = &kept;
    w.mini.writers[1].handler = sees_components;
    world_snapped(&w);
    ok(V(w.bc)->BackupComplete(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    cr_expect_eq(HEARD(0, BACKUP_COMPLETE), 1);
    V(kept)->Release(kept);
    world_done(&w);
}

/* A wait without an end, of an operation that takes longer than any number
 * of milliseconds says. */
Test(storage, longest_wait)
{
    struct world w;

    world_init(&w);
    w.mini.writers[0].delay = UINT32_MAX - 1;
    world_snapped(&w);
    cr_expect_gt(w.mini.now, (uint64_t)5 * (UINT32_MAX - 1));
    world_done(&w);
}

/* U62: the set goes, also when its shadow copies are there already and the
 * writers thaw. */
Test(storage, cancel_in_the_thaw)
{
    for (int way = 0; way < 3; way++) {
        struct mini_host *mini;
        IVssAsync *async;
        struct world w;
        uint64_t start;

        world_init(&w);
        mini = &w.mini;
        mini->writers[0].delay = 10;
        world_prepared(&w);
        async = world_snap(&w);
        start = mini->now;
        ok(V(async)->Wait(async, 25));
        cr_expect_eq(mini->now - start, 25); /* of three events */
        cr_expect_eq(mini->snapshots[0].state, VSS_SS_CREATED);
        if (way == 0) {
            ok(V(async)->Cancel(async));
        } else if (way == 1) {
            ok(V(w.bc)->AbortBackup(w.bc));
        } else { /* PostSnapshot cannot be sent */
            mini->post_result = E_OUTOFMEMORY;
            ok(V(async)->Wait(async, INFINITE));
            mini->post_result = S_OK;
        }
        cr_expect_eq(mini->n_snapshots, 0, "way %d", way);
        cr_expect_str_eq(world_phase(&w), "backup-failed");
        V(async)->Release(async);
        world_done(&w);
    }
}

/* AbortBackup while PrepareForBackup is under way, and before. */
Test(storage, abort_early)
{
    IVssAsync *async;
    struct world w;
    GUID set;

    world_init(&w);
    w.mini.writers[0].delay = 1000;
    async = world_prepare(&w);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = E_ACCESSDENIED;
    gives(V(w.bc)->AbortBackup(w.bc), E_ACCESSDENIED);
    cr_expect(w.mini.in_progress);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = S_OK;
    cr_expect_str_eq(world_phase(&w), "prepare-pending");
    ok(V(w.bc)->AbortBackup(w.bc));
    cr_expect_eq(w.mini.n_snapshots, 0);
    cr_expect(!w.mini.in_progress);
    cr_expect_str_eq(world_phase(&w), "backup-failed");
    V(async)->Release(async);
    w.mini.now += 2000;
    world_done(&w);

    world_init(&w);
    world_backup(&w);
    ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
    ok(V(w.bc)->StartSnapshotSet(w.bc, &set));
    ok(V(w.bc)->AbortBackup(w.bc));
    cr_expect(!w.mini.in_progress);
    cr_expect_str_eq(world_phase(&w), "backup-gathering");
    world_finish(async, VSS_S_ASYNC_FINISHED);
    world_done(&w);
}

/* SetBackupState says the same to the document before, while and after the
 * writers are gathered. */
Test(storage, backup_state_any_time)
{
    BSTR xml, first = NULL;
    struct world w, other;

    world_init(&other);
    for (int when = 0; when < 3; when++) {
        IVssAsync *async;

        world_init(&w);
        w.mini.policy[VSSIM_POLICY_SAVE_BEFORE_PREPARE] = 1;
        world_backup(&w);
        for (int step = 0; step < 3; step++) {
            if (step == when)
                ok(V(w.bc)->SetBackupState(w.bc, false, true, VSS_BT_COPY,
                                           true));
            if (step == 0)
                ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
            else if (step == 1)
                world_finish(async, VSS_S_ASYNC_FINISHED);
        }
        ok(V(w.bc)->SaveAsXML(w.bc, &xml));
        if (when == 0)
            first = other.mini.host.bstr_alloc(&other.mini.host, xml,
                                               (uint32_t)wide_length(xml));
        cr_expect(wide_equal(xml, first));
        w.mini.host.bstr_free(&w.mini.host, xml);
        world_done(&w);
    }
    other.mini.host.bstr_free(&other.mini.host, first);
    world_done(&other);
}

static void no_memory_for_abort(struct mini_writer *writer,
                                enum vssim_event_kind kind,
                                IVssWriterComponents *components)
{
    struct mini_host *mini = writer->context;

    (void)components;
    if (kind == VSSIM_EVENT_FREEZE)
        mini->post_result = E_OUTOFMEMORY;
}

Test(storage, chain)
{
    for (int way = 0; way < 8; way++) {
        unsigned aborts = 0;
        IVssAsync *async;
        struct world w;

        world_init(&w);
        world_prepared(&w);
        /* With policy 1 a failure aborts the set. */
        w.mini.policy[VSSIM_POLICY_WRITER_FAILURE_IN_SNAPSHOT] = way > 1;
        if (way == 1)
            w.mini.writers[0].dead = true;
        if (way == 2)
            w.mini.n_writers = 1; /* B gives no answer at all */
        if (way == 3) {           /* nor can Commit be sent, nor Abort */
            w.mini.writers[0].handler = no_more_events;
            w.mini.writers[0].context = &w.mini;
        }
        if (way == 6) { /* nor Abort, to the one that failed */
            w.mini.policy[VSSIM_POLICY_WRITER_FAILURE_IN_SNAPSHOT] = 0;
            w.mini.writers[0].handler = no_more_events;
            w.mini.writers[0].context = &w.mini;
            w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
        }
        if (way == 7) { /* what counts is why Abort was to be sent */
            w.mini.writers[0].handler = no_memory_for_abort;
            w.mini.writers[0].context = &w.mini;
            w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
        }
        if (way == 4 ||
            way == 5) { /* cancelled, or not, while Abort is under way */
            w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
            w.mini.writers[0].delay = 10;
        }
        async = world_snap(&w);
        if (way == 4 || way == 5) {
            ok(V(async)->Wait(async, 25));
            cr_expect_eq(HEARD(0, FREEZE), 1);
            if (way == 4)
                V(async)->Cancel(async);
            V(async)->Wait(async, INFINITE);
            V(async)->Release(async);
            for (uint32_t i = 1; i <= w.mini.n_tickets; i++)
                aborts += w.mini.tickets[i].kind == VSSIM_EVENT_ABORT;
            cr_expect_eq(aborts, 1); /* they hear it once */
        } else {
            world_finish(async, way == 3 || way >= 6 ? VSS_E_UNEXPECTED
                                                     : VSS_S_ASYNC_FINISHED);
        }
        w.mini.post_result = S_OK;
        w.mini.n_writers = 3;
        world_done(&w);
    }
}
