/* backup_test.c - the backup side, object by object. */
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "vss/test/mini_world.h"

#define HEARD(i, event) w.mini.writers[i].heard[VSSIM_EVENT_##event]

static void finish(struct world *w, HRESULT outcome)
{
    IVssAsync *async;

    ok(w->bc->lpVtbl->BackupComplete(w->bc, &async));
    world_finish(async, outcome);
}

Test(backup, saved_and_restored)
{
    VSS_SNAPSHOT_PROP prop;
    struct world w;
    object_t *bc;
    BSTR xml;

    world_init(&w);
    bc = w.bc;
    world_snapped(&w);
    ok(bc->lpVtbl->GetSnapshotProperties(bc, w.snapshot, &prop));
    cr_expect(wide_equal(prop.m_pwszSnapshotDeviceObject, u"device"));
    cr_expect(wide_equal(prop.m_pwszOriginalVolumeName, MINI_VOLUME));
    cr_expect_eq(prop.m_lSnapshotsCount, 1);
    cr_expect_eq(prop.m_eStatus, VSS_SS_CREATED);
    vssim_reference_subject()->free_snapshot_properties(&w.mini.host, &prop);
    ok(bc->lpVtbl->SetBackupSucceeded(bc, instance_a, class_a, VSS_CT_DATABASE,
                                      u"db", u"one", true));
    ok(bc->lpVtbl->SaveAsXML(bc, &xml));
    finish(&w, VSS_S_ASYNC_FINISHED);
    /* C has no component in the document: it heard of nothing (U48). */
    for (int i = 0; i < 3; i++) {
        unsigned want = i < 2;

        cr_expect_eq(HEARD(i, PREPARE_FOR_BACKUP), want);
        cr_expect_eq(HEARD(i, PREPARE_FOR_SNAPSHOT), want);
        cr_expect_eq(HEARD(i, FREEZE), want);
        cr_expect_eq(HEARD(i, THAW), want);
        cr_expect_eq(HEARD(i, POST_SNAPSHOT), want);
        cr_expect_eq(HEARD(i, BACKUP_COMPLETE), want);
        cr_expect_eq(HEARD(i, ABORT), 0);
    }
    cr_expect_eq(w.mini.n_snapshots, 1);
    world_new_object(&w);
    cr_expect_eq(w.mini.n_snapshots, 0); /* released with the object */
    ok(w.bc->lpVtbl->InitializeForRestore(w.bc, xml));
    w.mini.host.bstr_free(&w.mini.host, xml);
    {
        UINT n;

        ok(w.bc->lpVtbl->GetWriterComponentsCount(w.bc, &n));
        cr_expect_eq(n, 2);
    }
    world_done(&w);
}

/* Whatever stops the making of a set: it goes, and another may begin. */
Test(backup, a_set_that_is_not_made_goes)
{
    for (int way = 0; way < 4; way++) {
        IVssAsync *async;
        struct world w;
        HRESULT hr = 0;
        GUID id;

        world_init(&w);
        w.mini.writers[0].delay = 1000;
        world_prepared(&w);
        if (way == 0)
            w.mini.poll_result = VSS_E_PROVIDER_VETO;
        async = world_snap(&w);
        cr_expect_eq(w.mini.n_snapshots, 1);
        cr_expect(w.mini.in_progress);
        if (way == 0) {
            ok(async->lpVtbl->Wait(async, INFINITE));
            ok(async->lpVtbl->QueryStatus(async, &hr, NULL));
            cr_expect_eq(hr, VSS_E_PROVIDER_VETO);
        } else if (way == 1) {
            ok(async->lpVtbl->Cancel(async));
        } else if (way == 2) {
            ok(w.bc->lpVtbl->AbortBackup(w.bc));
        } else {
            world_new_object(&w);
        }
        cr_expect_eq(w.mini.n_snapshots, 0, "way %d", way);
        cr_expect(!w.mini.in_progress, "way %d", way);
        async->lpVtbl->Release(async);
        w.mini.poll_result = S_OK;
        world_new_object(&w);
        world_backup(&w);
        ok(w.bc->lpVtbl->StartSnapshotSet(w.bc, &id));
        world_done(&w);
    }
}

Test(backup, contexts)
{
    static const struct {
        enum vssim_windows windows;
        HRESULT gives;
    } writers[] = {{VSSIM_SERVER_2003, E_INVALIDARG},
                   {VSSIM_WINDOWS_VISTA, S_OK}};
    static const struct {
        LONG context;
        HRESULT gives;
    } cases[] = {
        {VSS_CTX_BACKUP, S_OK},
        {VSS_CTX_APP_ROLLBACK, S_OK},
        {VSS_CTX_CLIENT_ACCESSIBLE_WRITERS, S_OK},
        {VSS_CTX_ALL, S_OK},
        {VSS_CTX_BACKUP | VSS_VOLSNAP_ATTR_TRANSPORTABLE, S_OK},
        {VSS_CTX_APP_ROLLBACK | VSS_VOLSNAP_ATTR_AUTORECOVER, S_OK},
        {VSS_CTX_APP_ROLLBACK | VSS_VOLSNAP_ATTR_NO_AUTORECOVERY, S_OK},
        {VSS_VOLSNAP_ATTR_PERSISTENT, E_INVALIDARG},
        {VSS_VOLSNAP_ATTR_AUTORECOVER | VSS_VOLSNAP_ATTR_NO_AUTORECOVERY,
         E_INVALIDARG},
        {0x08000000, E_INVALIDARG}};
    struct world w;

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        world_init(&w);
        world_backup(&w);
        gives(w.bc->lpVtbl->SetContext(w.bc, cases[i].context),
              cases[i].gives);
        if (cases[i].gives == S_OK)
            gives(w.bc->lpVtbl->SetContext(w.bc, cases[i].context),
                  VSS_E_BAD_STATE);
        world_done(&w);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(writers); i++) {
        world_init(&w);
        world_backup(&w);
        w.mini.host.windows = writers[i].windows;
        gives(
            w.bc->lpVtbl->SetContext(w.bc, VSS_CTX_CLIENT_ACCESSIBLE_WRITERS),
            writers[i].gives);
        world_done(&w);
    }
    /* Persistent shadow copies outlive the object; no writer hears. */
    world_init(&w);
    world_backup(&w);
    ok(w.bc->lpVtbl->SetContext(w.bc, VSS_CTX_NAS_ROLLBACK));
    world_set(&w);
    world_finish(world_snap(&w), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(HEARD(0, FREEZE), 0);
    world_new_object(&w);
    cr_expect_eq(w.mini.n_snapshots, 1);
    world_done(&w);
}

/* An enumerator and its clone: each its own place in one list. */
Test(backup, query)
{
    static const GUID null;
    static const VSS_OBJECT_PROP nothing;
    VSS_OBJECT_PROP props[2];
    IVssEnumObject *list, *clone, *again;
    struct world w;
    ULONG n;

    world_init(&w);
    world_snapped(&w);
    ok(w.bc->lpVtbl->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT,
                           &list));
    ok(list->lpVtbl->Clone(list, &clone));
    ok(list->lpVtbl->QueryInterface(list, &IID_IVssEnumObject,
                                    (void **)&again));
    cr_expect_eq(again, list);
    cr_expect_eq(again->lpVtbl->Release(again), 1);
    gives(list->lpVtbl->Next(list, 2, props, NULL), E_POINTER);
    memset(props, 0x5A, sizeof(props));
    gives(list->lpVtbl->Next(list, 2, props, &n), S_FALSE);
    cr_expect_eq(n, 1);
    cr_expect_eq(memcmp(&props[1], &nothing, sizeof(nothing)), 0);
    cr_expect_eq(props[0].Type, VSS_OBJECT_SNAPSHOT);
    cr_expect(guid_equal(&props[0].Obj.Snap.m_SnapshotId, &w.snapshot));
    vssim_reference_subject()->free_snapshot_properties(&w.mini.host,
                                                        &props[0].Obj.Snap);
    gives(list->lpVtbl->Next(list, 1, props, &n), S_FALSE);
    cr_expect_eq(n, 0);
    gives(list->lpVtbl->Skip(list, 1), S_FALSE);
    gives(list->lpVtbl->Next(list, 1, props, &n), S_FALSE);
    cr_expect_eq(n, 0);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = E_ACCESSDENIED;
    n = 7;
    again = list;
    gives(list->lpVtbl->Next(list, 1, props, &n), E_ACCESSDENIED);
    gives(list->lpVtbl->Skip(list, 1), E_ACCESSDENIED);
    gives(list->lpVtbl->Reset(list), E_ACCESSDENIED);
    gives(list->lpVtbl->Clone(list, &again), E_ACCESSDENIED);
    cr_expect(n == 0 && !again);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = S_OK;
    w.mini.allocations = 0;
    w.mini.fail_at = 1;
    again = list;
    gives(list->lpVtbl->Clone(list, &again), E_OUTOFMEMORY);
    cr_expect_null(again);
    w.mini.fail_at = 0;
    gives(list->lpVtbl->Next(list, 1, props, &n), S_FALSE);
    ok(list->lpVtbl->Reset(list));
    ok(list->lpVtbl->Skip(list, 1));
    cr_expect_eq(list->lpVtbl->Release(list), 0);
    ok(clone->lpVtbl->Next(clone, 1, props, &n));
    vssim_reference_subject()->free_snapshot_properties(&w.mini.host,
                                                        &props[0].Obj.Snap);
    cr_expect_eq(clone->lpVtbl->Release(clone), 0);
    world_done(&w);
}

/* A host from before there were shadow copies. */
Test(backup, old_host)
{
    BOOL yes;
    struct world w;
    GUID id;

    world_init(&w);
    w.mini.host.size = offsetof(struct vssim_host, task_alloc);
    world_backup(&w);
    gives(w.bc->lpVtbl->StartSnapshotSet(w.bc, &id), E_NOTIMPL);
    gives(w.bc->lpVtbl->IsVolumeSupported(w.bc, id,
                                          (VSS_PWSZ)(uintptr_t)u"C:\\", &yes),
          E_NOTIMPL);
    world_done(&w);
}
