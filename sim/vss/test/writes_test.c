/* writes_test.c - what handlers and a backup's requester may write, and
 * when. */
#include "vss/test/world.h"

#define V(object) (object)->lpVtbl

/* Handlers write: wherever memory ends; after their event; in the wrong one.
 */
static IVssComponentEx2 *kept;
static unsigned no_memory;

static void edits(struct mini_writer *writer, enum vssim_event_kind kind,
                  IVssWriterComponents *components)
{
    static WCHAR text[60];
    struct mini_host *mini = writer->context;
    FILETIME time = {12345, 0};
    IVssComponent *c;

    if (kind != VSSIM_EVENT_PRE_RESTORE &&
        kind != VSSIM_EVENT_PREPARE_FOR_BACKUP)
        return;
    ok(V(components)->GetComponent(components, 0, &c));
    kept = (IVssComponentEx2 *)(void *)c;
    for (unsigned i = 0; i < 200; i++) {
        HRESULT hr;

        for (unsigned k = 0; k < 60; k++)
            text[k] = k < i % 50 ? 'x' : 0;
        mini->allocations = 0;
        mini->fail_at = no_memory % 7 == 6 ? 0 : 1;
        hr = kind == VSSIM_EVENT_PRE_RESTORE
                 ? V(kept)->AddDirectedTarget(kept, u"a", u"b", u"c", u"d",
                                              u"e", text)
                 : V(kept)->AddDifferencedFilesByLastModifyTime(
                       kept, text, u"b", i % 2, time);
        mini->fail_at = 0;
        cr_assert(hr == S_OK || hr == E_OUTOFMEMORY);
        no_memory += FAILED(hr) || no_memory % 7 == 6;
    }
    if (kind == VSSIM_EVENT_PRE_RESTORE) {
        mini->host.windows = VSSIM_WINDOWS_XP;
        gives(V(kept)->SetRestoreTarget(kept, VSS_RT_ORIGINAL_LOCATION),
              E_INVALIDARG);
        gives(V(kept)->QueryInterface(kept, &IID_IVssComponentEx, (void **)&c),
              E_NOINTERFACE);
        mini->host.windows = VSSIM_WINDOWS_VISTA;
        ok(V(kept)->SetRestoreTarget(kept, VSS_RT_ORIGINAL_LOCATION));
        mini->host.windows = VSSIM_SERVER_2022;
        ok(V(kept)->SetRestoreTarget(kept, VSS_RT_ORIGINAL_LOCATION));
    } else {
        ok(V(kept)->SetBackupMetadata(kept, u"m"));
        gives(V(kept)->SetBackupMetadata(kept, u"m"),
              VSS_E_OBJECT_ALREADY_EXISTS);
        gives(V(kept)->SetRestoreTarget(kept, VSS_RT_ORIGINAL),
              VSS_E_BAD_STATE);
    }
}

Test(views, handlers_write)
{
    struct world w;

    for (int backup = 0; backup < 2; backup++) {
        no_memory = 0;
        world_init(&w);
        w.mini.writers[0].handler = edits;
        w.mini.writers[0].context = &w.mini;
        if (backup)
            world_prepared(&w);
        else
            world_pre_done(&w);
        cr_expect_gt(no_memory, 7);
        gives(V(kept)->SetBackupStamp(kept, u"late"), VSS_E_BAD_STATE);
        gives(V(kept)->SetRestoreTarget(kept, VSS_RT_ORIGINAL),
              VSS_E_BAD_STATE);
        V(kept)->Release(kept);
        world_done(&w);
    }
}

/* SetBackupSucceeded and AddComponent in a document that was given. */
Test(views, given_document)
{
    static const WCHAR document[] =
        u"<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
        u"<WRITER_COMPONENTS/><WRITER_COMPONENTS "
        u"instanceId=\"00000011-0000-0000-0000-000000000000\"/>"
        u"<WRITER_COMPONENTS "
        u"instanceId=\"00000013-0000-0000-0000-000000000000\"/>"
        u"</BACKUP_COMPONENTS>";
    IVssAsync *async;
    struct world w;
    object_t *bc;

    world_init(&w);
    bc = w.bc;
    ok(V(bc)->InitializeForBackup(bc, (BSTR)(uintptr_t)document));
    ok(V(bc)->SetBackupState(bc, true, false, VSS_BT_FULL, false));
    ok(V(bc)->GatherWriterMetadata(bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    gives(V(bc)->AddComponent(bc, instance_a, class_a, VSS_CT_DATABASE,
                              u"other", u"one"),
          E_INVALIDARG);
    world_add(&w, true);
    world_set(&w);
    ok(V(bc)->PrepareForBackup(bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    world_finish(world_snap(&w), VSS_S_ASYNC_FINISHED);
    gives(V(bc)->SetBackupSucceeded(bc, instance_a, class_a,
                                    (VSS_COMPONENT_TYPE)0, u"db", u"one", true),
          E_INVALIDARG);
    gives(V(bc)->SetBackupSucceeded(bc, instance_a, class_a, VSS_CT_DATABASE,
                                    u"db", u"one", true),
          VSS_E_OBJECT_NOT_FOUND); /* the element names no class */
    gives(V(bc)->SetBackupSucceeded(bc, instance_b, class_a, VSS_CT_FILEGROUP,
                                    NULL, u"files", true),
          VSS_E_OBJECT_NOT_FOUND);
    gives(V(bc)->SetBackupSucceeded(bc, instance_c, class_c, VSS_CT_FILEGROUP,
                                    NULL, u"quiet", true),
          VSS_E_OBJECT_NOT_FOUND);
    gives(V(bc)->SetBackupSucceeded(bc, instance_a2, class_a, VSS_CT_DATABASE,
                                    u"db", u"one", true),
          VSS_E_OBJECT_NOT_FOUND);
    ok(V(bc)->SetBackupSucceeded(bc, instance_b, class_b, VSS_CT_FILEGROUP,
                                 NULL, u"files", true));
    world_done(&w);
}
