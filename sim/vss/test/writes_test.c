/* writes_test.c - what handlers and a backup's requester may write, and
 * when. */
#include "com/text.h"
#include "vss/test/mini_world.h"

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
        HRESULT code, application;
        BSTR message;
        DWORD reserved;
        UINT n;

        ok(V(kept)->GetDirectedTargetCount(kept, &n));
        cr_expect_gt(n, 100);
        /* The latest failure is the one that shows. */
        ok(V(kept)->SetFailure(kept, 1, 2, u"first", 0));
        ok(V(kept)->SetFailure(kept, 3, 4, NULL, 0));
        ok(V(kept)->GetFailure(kept, &code, &application, &message,
                               &reserved));
        cr_expect(code == 3 && application == 4 && !message);
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
        UINT n;

        BSTR path, spec, lsn;
        FILETIME when;
        BOOL yes;

        ok(V(kept)->GetDifferencedFilesCount(kept, &n));
        cr_expect_gt(n, 100);
        time.dwHighDateTime = 67;
        ok(V(kept)->AddDifferencedFilesByLastModifyLSN(kept, u"p", u"f", TRUE,
                                                       (BSTR)(uintptr_t)u"l"));
        ok(V(kept)->AddDifferencedFilesByLastModifyTime(kept, u"q", u"g",
                                                        FALSE, time));
        for (UINT i = 0; i < 2; i++) {
            ok(V(kept)->GetDifferencedFile(kept, n + i, &path, &spec, &yes,
                                           &lsn, &when));
            cr_expect(wide_equal(path, i ? u"q" : u"p"));
            cr_expect(wide_equal(spec, i ? u"g" : u"f"));
            cr_expect(wide_equal(lsn, i ? u"" : u"l"));
            cr_expect_eq(yes, i == 0);
            cr_expect_eq(when.dwLowDateTime, i ? 12345 : 0);
            cr_expect_eq(when.dwHighDateTime, i ? 67 : 0);
            mini->host.bstr_free(&mini->host, path);
            mini->host.bstr_free(&mini->host, spec);
            mini->host.bstr_free(&mini->host, lsn);
        }
        ok(V(kept)->AddPartialFile(kept, u"p", u"f", u"r", NULL));
        ok(V(kept)->AddPartialFile(kept, u"p", u"f", u"r", u"m"));
        ok(V(kept)->GetPartialFileCount(kept, &n));
        cr_expect_eq(n, 2);
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
                                    (VSS_COMPONENT_TYPE)0, u"db", u"one",
                                    true),
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

static void still_open(struct mini_writer *writer, enum vssim_event_kind kind,
                       IVssWriterComponents *components)
{
    IVssComponent *c;

    (void)writer;
    if (kind != VSSIM_EVENT_PRE_RESTORE)
        return;
    ok(V(components)->GetComponent(components, 0, &c));
    ok(V(c)->SetRestoreTarget(c, VSS_RT_ALTERNATE));
    V(c)->Release(c);
}

/* A requester writes nothing into a component, not even while the writers'
 * handlers may. */
Test(views, requesters_only_read)
{
    IVssComponentEx2 *c;
    IVssAsync *async, *revert;
    struct world w;

    world_init(&w);
    w.mini.writers[0].delay = 1000;
    w.mini.writers[0].handler = still_open;
    world_gather(&w);
    world_select_all(&w);
    async = world_pre(&w);
    /* What a provider does meanwhile ends nothing for the writers. */
    ok(V(w.bc)->QueryRevertStatus(w.bc, (VSS_PWSZ)(uintptr_t)u"C:\\",
                                  &revert));
    world_finish(revert, VSS_S_ASYNC_FINISHED);
    c = world_component(&w, 0);
    gives(V(c)->SetRestoreTarget(c, VSS_RT_ORIGINAL), VSS_E_BAD_STATE);
    gives(V(c)->SetRestoreMetadata(c, u"m"), VSS_E_BAD_STATE);
    gives(V(c)->SetPreRestoreFailureMsg(c, u"m"), VSS_E_BAD_STATE);
    gives(V(c)->SetFailure(c, E_FAIL, S_OK, u"m", 0), VSS_E_BAD_STATE);
    V(c)->Release(c);
    world_finish(async, VSS_S_ASYNC_FINISHED);
    world_done(&w);
}

#define ONE class_a, VSS_CT_DATABASE, u"db", u"one"

/* What a requester says of a component is what is read: yes and no, and the
 * latest. */
Test(views, said_and_read)
{
    IVssComponentEx2 *c;
    struct world w;
    object_t *bc;

    world_init(&w);
    bc = w.bc;
    world_gather(&w);
    c = world_component(&w, 0);
    ok(V(bc)->AddRestoreSubcomponent(bc, ONE, u"0", u"0", false));
    for (UINT i = 0; i < 4; i++) {
        bool say = i % 2, yes = !say, repair = !say, recursive = !say;
        VSS_ROLLFORWARD_TYPE type;
        IVssWMFiledesc *file;
        BSTR a, b;

        /* What stands last in the component is replaced there. */
        ok(V(bc)->SetRollForward(bc, ONE, VSS_RF_NONE, NULL));
        ok(V(bc)->SetRollForward(bc, ONE, VSS_RF_NONE, NULL));
        gives(V(bc)->SetRollForward(bc, ONE, VSS_RF_UNDEFINED, NULL),
              E_INVALIDARG);
        ok(V(c)->GetRollForward(c, &type, &a));
        cr_expect_eq(type, VSS_RF_NONE);
        w.mini.host.bstr_free(&w.mini.host, a);
        ok(V(bc)->SetAdditionalRestores(bc, ONE, say));
        ok(V(c)->GetAdditionalRestores(c, &yes));
        cr_expect_eq(yes, say);
        ok(V(bc)->SetAuthoritativeRestore(bc, ONE, say));
        ok(V(c)->GetAuthoritativeRestore(c, &yes));
        cr_expect_eq(yes, say);
        ok(V(bc)->SetSelectedForRestore(bc, ONE, say));
        ok(V(c)->IsSelectedForRestore(c, &yes));
        cr_expect_eq(yes, say);
        ok(V(bc)->AddRestoreSubcomponent(bc, ONE, u"p", u"n", say));
        ok(V(c)->GetRestoreSubcomponent(c, i + 1, &a, &b, &repair));
        cr_expect_eq(repair, say);
        w.mini.host.bstr_free(&w.mini.host, a);
        w.mini.host.bstr_free(&w.mini.host, b);
        ok(V(bc)->SetRollForward(bc, ONE, say ? VSS_RF_PARTIAL : VSS_RF_ALL,
                                 say ? u"point" : NULL));
        ok(V(c)->GetRollForward(c, &type, &a));
        cr_expect_eq(type, say ? VSS_RF_PARTIAL : VSS_RF_ALL);
        cr_expect_eq(*a != 0, say);
        w.mini.host.bstr_free(&w.mini.host, a);
        ok(V(bc)->AddNewTarget(bc, class_b, VSS_CT_FILEGROUP, NULL, u"files",
                               say ? u"C:\\data\\log" : u"C:\\data",
                               say ? u"*" : u"*.mdf", say, u"D:\\"));
        {
            IVssComponentEx2 *of_b = world_component(&w, 1);

            ok(V(of_b)->GetNewTarget(of_b, i, &file));
            ok(V(file)->GetRecursive(file, &recursive));
            cr_expect_eq(recursive, say);
            V(file)->Release(file);
            V(of_b)->Release(of_b);
        }
    }
    V(c)->Release(c);
    world_done(&w);
}
