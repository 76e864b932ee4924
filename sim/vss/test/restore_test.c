/* restore_test.c - who hears what, and what writers may write. */
#include <string.h>

#include "com/text.h"
#include "vss/test/mini_world.h"

static unsigned heard(const struct world *w, unsigned i,
                      enum vssim_event_kind kind)
{
    return w->mini.writers[i].heard[kind];
}

#define PRE(i) heard(&w, i, VSSIM_EVENT_PRE_RESTORE)
#define POST(i) heard(&w, i, VSSIM_EVENT_POST_RESTORE)

static void post_restore(struct world *w, HRESULT outcome)
{
    IVssAsync *async;

    ok(w->bc->lpVtbl->PostRestore(w->bc, &async));
    world_finish(async, outcome);
}

static void all_restored(struct world *w)
{
    ok(w->bc->lpVtbl->SetFileRestoreStatus(w->bc, class_b, VSS_CT_FILEGROUP,
                                           u"", u"files", VSS_RS_ALL));
}

/* The plain case, and the three wishes of writers (U23, U23b). */
Test(restore, events_go_to_selected_writers)
{
    struct world w;

    world_init(&w);
    world_pre_done(&w);
    cr_expect_eq(PRE(0), 1);
    cr_expect_eq(PRE(1), 1);
    cr_expect_eq(PRE(2), 0);
    cr_expect_str_eq(world_phase(&w), "pre-done");
    all_restored(&w);
    post_restore(&w, VSS_S_ASYNC_FINISHED);
    cr_expect_eq(POST(0), 1);
    cr_expect_eq(POST(1), 0); /* nothing failed */
    cr_expect_eq(POST(2), 0);
    cr_expect_str_eq(world_phase(&w), "post-done");
    world_done(&w);

    world_init(&w);
    world_pre_done(&w);
    post_restore(&w, VSS_S_ASYNC_FINISHED);
    cr_expect_eq(POST(1), 1); /* no status set: not all restored */
    world_done(&w);
}

/* U09: nobody selected; and only what was selected. */
Test(restore, selection_decides)
{
    struct world w;
    IVssAsync *async;

    world_init(&w);
    world_gather(&w);
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(PRE(0) + PRE(1) + PRE(2), 0);
    post_restore(&w, VSS_S_ASYNC_FINISHED);
    world_done(&w);

    world_init(&w);
    w.mini.policy[VSSIM_POLICY_PRERESTORE_NOTHING_SELECTED] = 1;
    world_gather(&w);
    gives(w.bc->lpVtbl->PreRestore(w.bc, &async), VSS_E_BAD_STATE);
    world_select(&w, &class_b, VSS_CT_FILEGROUP, NULL, u"files");
    ok(w.bc->lpVtbl->SetSelectedForRestore(w.bc, class_b, VSS_CT_FILEGROUP,
                                           NULL, u"files", false));
    gives(w.bc->lpVtbl->PreRestore(w.bc, &async), VSS_E_BAD_STATE);
    world_select(&w, &class_b, VSS_CT_FILEGROUP, NULL, u"files");
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(PRE(0), 0);
    cr_expect_eq(PRE(1), 1);
    world_done(&w);
}

Test(restore, what_cannot_be_selected)
{
    struct world w;
    object_t *bc;

    world_init(&w);
    bc = w.bc;
    world_gather(&w);
    gives(bc->lpVtbl->SetSelectedForRestore(bc, class_a, VSS_CT_DATABASE,
                                            u"db", u"three", true),
          VSS_E_OBJECT_NOT_FOUND);
    gives(bc->lpVtbl->SetSelectedForRestore(bc, class_a, VSS_CT_FILEGROUP,
                                            u"db", u"one", true),
          VSS_E_OBJECT_NOT_FOUND);
    /* Included with "files", not by itself. */
    gives(bc->lpVtbl->SetSelectedForRestore(bc, class_b, VSS_CT_FILEGROUP,
                                            u"files", u"part", true),
          VSS_E_OBJECT_NOT_FOUND);
    ok(bc->lpVtbl->AddRestoreSubcomponent(bc, class_b, VSS_CT_FILEGROUP, NULL,
                                          u"files", u"files", u"part", false));
    gives(bc->lpVtbl->SetSelectedForRestoreEx(bc, class_a, VSS_CT_DATABASE,
                                              u"db", u"one", true, instance_b),
          VSS_E_OBJECT_NOT_FOUND);
    gives(bc->lpVtbl->SetRestoreOptions(bc, class_a, VSS_CT_DATABASE, u"db",
                                        u"one", NULL),
          E_INVALIDARG);
    gives(bc->lpVtbl->AddNewTarget(bc, class_a, VSS_CT_DATABASE, u"db", u"one",
                                   u"C:\\elsewhere", u"*.mdf", false, u"D:\\"),
          VSS_E_OBJECT_NOT_FOUND);
    ok(bc->lpVtbl->AddNewTarget(bc, class_a, VSS_CT_DATABASE, u"db", u"one",
                                u"c:\\DATA", u"*.mdf", false, u"D:\\"));
    world_done(&w);

    /* Not alive, or filtered away: the same. */
    world_init(&w);
    w.mini.writers[0].dead = true;
    world_restore(&w);
    ok(w.bc->lpVtbl->DisableWriterClasses(w.bc, &class_b, 1));
    {
        IVssAsync *async;
        UINT n;

        ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
        world_finish(async, VSS_S_ASYNC_FINISHED);
        ok(w.bc->lpVtbl->GetWriterMetadataCount(w.bc, &n));
        cr_expect_eq(n, 1);
    }
    gives(w.bc->lpVtbl->SetSelectedForRestore(w.bc, class_a, VSS_CT_DATABASE,
                                              u"db", u"one", true),
          VSS_E_OBJECT_NOT_FOUND);
    gives(w.bc->lpVtbl->SetSelectedForRestore(w.bc, class_b, VSS_CT_FILEGROUP,
                                              NULL, u"files", true),
          VSS_E_OBJECT_NOT_FOUND);
    world_done(&w);
}

/* Enable cancels earlier disables; disable takes out of enabled. */
Test(restore, filters)
{
    const VSS_ID ab[] = {class_a, class_b};
    IVssAsync *async;
    struct world w;
    UINT n;

    world_init(&w);
    world_restore(&w);
    ok(w.bc->lpVtbl->DisableWriterClasses(w.bc, &class_a, 1));
    ok(w.bc->lpVtbl->EnableWriterClasses(w.bc, ab, 2));
    ok(w.bc->lpVtbl->DisableWriterClasses(w.bc, &class_b, 1));
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    /* U15: accepted, no effect. */
    ok(w.bc->lpVtbl->DisableWriterClasses(w.bc, &class_a, 1));
    ok(w.bc->lpVtbl->EnableWriterClasses(w.bc, &class_c, 1));
    ok(w.bc->lpVtbl->DisableWriterInstances(w.bc, &instance_a, 1));
    ok(w.bc->lpVtbl->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 1);
    world_done(&w);

    world_init(&w);
    world_restore(&w);
    ok(w.bc->lpVtbl->DisableWriterClasses(w.bc, &class_a, 1));
    ok(w.bc->lpVtbl->EnableWriterClasses(w.bc, &class_b, 1));
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(w.bc->lpVtbl->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 1);
    world_done(&w);

    world_init(&w); /* named twice, taken out once */
    world_restore(&w);
    ok(w.bc->lpVtbl->EnableWriterClasses(w.bc, &class_a, 1));
    ok(w.bc->lpVtbl->EnableWriterClasses(w.bc, ab, 2));
    ok(w.bc->lpVtbl->DisableWriterClasses(w.bc, &class_a, 1));
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(w.bc->lpVtbl->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 1);
    world_done(&w);

    world_init(&w);
    world_restore(&w);
    ok(w.bc->lpVtbl->DisableWriterInstances(w.bc, &instance_b, 1));
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(w.bc->lpVtbl->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 2);
    world_done(&w);

    world_init(&w); /* one by one */
    world_restore(&w);
    ok(w.bc->lpVtbl->DisableWriterInstances(w.bc, &instance_a2, 1));
    ok(w.bc->lpVtbl->DisableWriterInstances(w.bc, &class_a, 1));
    ok(w.bc->lpVtbl->DisableWriterInstances(w.bc, &instance_b, 1));
    ok(w.bc->lpVtbl->DisableWriterInstances(w.bc, &instance_c, 1));
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(w.bc->lpVtbl->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 1);
    world_done(&w);
}

/* U35: several instances of a class. */
static void select_with_two(struct world *w, enum vssim_windows windows,
                            int policy, const WCHAR *name,
                            const GUID *instance)
{
    world_init(w);
    world_second_a(w, NULL);
    w->mini.host.windows = windows;
    w->mini.policy[VSSIM_POLICY_SAME_CLASS_INSTANCES] = policy;
    world_gather(w);
    ok(w->bc->lpVtbl->SetSelectedForRestoreEx(w->bc, class_a, VSS_CT_DATABASE,
                                              u"db", name, true, *instance));
    world_finish(world_pre(w), VSS_S_ASYNC_FINISHED);
}

Test(restore, several_instances)
{
    static const GUID plain;
    struct world w;

    select_with_two(&w, VSSIM_SERVER_2022, 0, u"one", &plain);
    cr_expect(PRE(0) == 1 && PRE(3) == 0); /* only the first has "one" */
    world_done(&w);
    select_with_two(&w, VSSIM_SERVER_2022, 0, u"two", &plain);
    cr_expect(PRE(0) == 1 && PRE(3) == 1);
    world_done(&w);
    select_with_two(&w, VSSIM_WINDOWS_VISTA, 0, u"two", &plain);
    cr_expect(PRE(0) == 1 && PRE(3) == 1);
    world_done(&w);
    select_with_two(&w, VSSIM_SERVER_2022, 1, u"one", &plain);
    cr_expect(PRE(0) == 1 && PRE(3) == 1);
    world_done(&w);
    select_with_two(&w, VSSIM_SERVER_2003, 0, u"two", &plain);
    cr_expect(PRE(0) == 1 && PRE(3) == 0);
    world_done(&w);
    select_with_two(&w, VSSIM_SERVER_2022, 0, u"two", &instance_a2);
    cr_expect(PRE(0) == 0 && PRE(3) == 1);
    world_done(&w);
}

/* U10: a document with components of the ASR writer needs no gather. */
Test(restore, asr)
{
    static const char document[] =
        "<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\" "
        "version=\"1.2\"><WRITER_COMPONENTS "
        "writerId=\"be000cbe-11fe-4426-9c58-531aa6355fc4\" "
        "instanceId=\"00000001-0000-0000-0000-000000000000\"><COMPONENT "
        "componentName=\"ASR\" logicalPath=\"ASR\" "
        "componentType=\"filegroup\"/></WRITER_COMPONENTS>"
        "</BACKUP_COMPONENTS>";
    static const GUID null;
    IVssComponentEx2 *component;
    IVssAsync *async;
    struct world w;
    bool selected;

    world_init(&w);
    world_set_document(&w, document, sizeof(document) - 1);
    world_restore(&w);
    ok(w.bc->lpVtbl->SetRestoreOptions(
        w.bc,
        (GUID){0xbe000cbe,
               0x11fe,
               0x4426,
               {0x9c, 0x58, 0x53, 0x1a, 0xa6, 0x35, 0x5f, 0xc4}},
        VSS_CT_FILEGROUP, u"ASR", u"ASR", u"\"IncludeDisk\"=\"0\""));
    async = world_pre(&w);
    cr_expect_eq(w.mini.tickets[1].n, 1);
    cr_expect(guid_equal(&w.mini.tickets[1].targets[0].instance, &null));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    component = world_component(&w, 0);
    ok(component->lpVtbl->IsSelectedForRestore(component, &selected));
    cr_expect(selected);
    component->lpVtbl->Release(component);
    post_restore(&w, VSS_S_ASYNC_FINISHED);
    world_done(&w);

    world_init(&w);
    w.mini.policy[VSSIM_POLICY_PRERESTORE_BEFORE_GATHER] = 1;
    world_set_document(&w, document, sizeof(document) - 1);
    world_restore(&w);
    gives(w.bc->lpVtbl->PreRestore(w.bc, &async), VSS_E_BAD_STATE);
    world_done(&w);
}

/* U17 and U23: writers that went away, or failed, before PostRestore. */
Test(restore, lost_and_failed_writers)
{
    static const HRESULT outcomes[] = {VSS_E_UNEXPECTED_WRITER_ERROR,
                                       VSS_E_UNEXPECTED,
                                       VSS_S_ASYNC_FINISHED};
    struct world w;

    for (int policy = 0; policy < 3; policy++) {
        world_init(&w);
        w.mini.policy[VSSIM_POLICY_LOST_WRITER] = policy;
        world_pre_done(&w);
        w.mini.writers[0].dead = true;
        post_restore(&w, outcomes[policy]);
        cr_expect_eq(POST(0), 0);
        cr_expect_eq(POST(1), 1);
        cr_expect_eq(w.mini.logged, policy == 1);
        world_done(&w);

        world_init(&w); /* gone before its PreRestore: not asked again */
        w.mini.policy[VSSIM_POLICY_LOST_WRITER] = policy;
        world_gather(&w);
        world_select_all(&w);
        w.mini.writers[0].dead = true;
        world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
        post_restore(&w, VSS_S_ASYNC_FINISHED);
        world_done(&w);
    }
    for (int policy = 0; policy < 2; policy++) {
        world_init(&w);
        w.mini.policy[VSSIM_POLICY_FAILED_WRITER_POSTRESTORE] = policy;
        w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
        world_pre_done(&w);
        post_restore(&w, VSS_S_ASYNC_FINISHED);
        cr_expect_eq(POST(0), policy ? 0u : 1u);
        world_done(&w);
    }
}

/* What a writer sees and may write, and when (U20). */
struct edits {
    HRESULT target, message, post_message, metadata, directed, failure;
    UINT components;
    bool selected;
};

static void edit(struct mini_writer *writer, enum vssim_event_kind kind,
                 IVssWriterComponents *components)
{
    struct edits *e = (struct edits *)writer->context + (kind - 1);
    IVssComponent *c;
    IVssComponentEx2 *ex;
    VSS_ID instance, id;

    ok(components->lpVtbl->GetComponentCount(components, &e->components));
    ok(components->lpVtbl->GetWriterInfo(components, &instance, &id));
    cr_expect(guid_equal(&instance, &writer->instance));
    ok(components->lpVtbl->GetComponent(components, 0, &c));
    ok(c->lpVtbl->IsSelectedForRestore(c, &e->selected));
    e->target = c->lpVtbl->SetRestoreTarget(c, VSS_RT_ALTERNATE);
    e->message = c->lpVtbl->SetPreRestoreFailureMsg(c, u"pre");
    e->post_message = c->lpVtbl->SetPostRestoreFailureMsg(c, u"post");
    e->metadata = c->lpVtbl->SetRestoreMetadata(c, u"meta");
    e->directed =
        c->lpVtbl->AddDirectedTarget(c, u"a", u"b", u"c", u"d", u"e", u"f");
    ok(c->lpVtbl->QueryInterface(c, &IID_IVssComponentEx2, (void **)&ex));
    e->failure = ex->lpVtbl->SetFailure(ex, VSS_E_WRITERERROR_RETRYABLE,
                                        (HRESULT)0x80000001, u"app", 0);
    gives(c->lpVtbl->SetBackupStamp(c, u"x"), VSS_E_BAD_STATE);
    ex->lpVtbl->Release(ex);
    c->lpVtbl->Release(c);
}

Test(restore, writers_edit)
{
    for (int policy = 0; policy < 2; policy++) {
        struct edits e[3];
        struct world w;
        HRESULT in_post = policy ? S_OK : VSS_E_BAD_STATE;

        memset(e, 0, sizeof(e));
        world_init(&w);
        w.mini.policy[VSSIM_POLICY_EDITS_IN_POSTRESTORE] = policy;
        w.mini.writers[0].handler = edit;
        w.mini.writers[0].context = e;
        world_pre_done(&w);
        cr_expect_eq(e[0].components, 2);
        cr_expect(e[0].selected);
        ok(e[0].target);
        ok(e[0].message);
        ok(e[0].post_message);
        ok(e[0].metadata);
        ok(e[0].directed);
        ok(e[0].failure);
        post_restore(&w, VSS_S_ASYNC_FINISHED);
        cr_expect_eq(e[1].components, 2);
        gives(e[1].target, in_post);
        gives(e[1].message, in_post);
        ok(e[1].post_message);
        gives(e[1].metadata, VSS_E_BAD_STATE);
        gives(e[1].directed, in_post);
        ok(e[1].failure);
        world_done(&w);
    }
}

static void keep(struct mini_writer *writer, enum vssim_event_kind kind,
                 IVssWriterComponents *components)
{
    if (kind == VSSIM_EVENT_PRE_RESTORE)
        ok(components->lpVtbl->GetComponent(
            components, 0, (IVssComponent **)writer->context));
}

/* A writer that keeps its component writes in vain, and so do requesters;
 * the requester reads what the writer wrote; old views are stale (U12). */
Test(restore, views)
{
    IVssComponent *kept = NULL;
    IVssComponentEx2 *c, *old;
    struct edits e[3];
    VSS_RESTORE_TARGET target;
    HRESULT failure, application;
    DWORD reserved;
    struct world w;
    BSTR text;
    UINT n;

    world_init(&w);
    w.mini.writers[0].handler = keep;
    w.mini.writers[0].context = &kept;
    world_gather(&w);
    world_select_all(&w);
    old = world_component(&w, 0);
    gives(old->lpVtbl->SetRestoreTarget(old, VSS_RT_ALTERNATE),
          VSS_E_BAD_STATE);
    ok(old->lpVtbl->GetRestoreTarget(old, &target));
    cr_expect_eq(target, VSS_RT_ORIGINAL);
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    gives(old->lpVtbl->GetRestoreTarget(old, &target), VSS_E_BAD_STATE);
    w.mini.policy[VSSIM_POLICY_STALE_COMPONENTS] = 1;
    ok(old->lpVtbl->GetRestoreTarget(old, &target));
    old->lpVtbl->Release(old);
    gives(kept->lpVtbl->SetRestoreTarget(kept, VSS_RT_ALTERNATE),
          VSS_E_BAD_STATE);
    cr_expect_eq(w.bc->lpVtbl->Release(w.bc), 0);
    w.bc = NULL; /* the component outlives the object */
    ok(kept->lpVtbl->GetComponentName(kept, &text));
    cr_expect(wide_equal(text, u"one"));
    w.mini.host.bstr_free(&w.mini.host, text);
    kept->lpVtbl->Release(kept);
    world_done(&w);

    memset(e, 0, sizeof(e));
    world_init(&w);
    w.mini.writers[0].handler = edit;
    w.mini.writers[0].context = e;
    world_pre_done(&w);
    c = world_component(&w, 0);
    ok(c->lpVtbl->GetRestoreTarget(c, &target));
    cr_expect_eq(target, VSS_RT_ALTERNATE);
    ok(c->lpVtbl->GetPreRestoreFailureMsg(c, &text));
    cr_expect(wide_equal(text, u"pre"));
    w.mini.host.bstr_free(&w.mini.host, text);
    ok(c->lpVtbl->GetDirectedTargetCount(c, &n));
    cr_expect_eq(n, 1);
    ok(c->lpVtbl->GetFailure(c, &failure, &application, &text, &reserved));
    cr_expect_eq(failure, VSS_E_WRITERERROR_RETRYABLE);
    cr_expect_eq(application, (HRESULT)0x80000001);
    cr_expect(wide_equal(text, u"app"));
    w.mini.host.bstr_free(&w.mini.host, text);
    c->lpVtbl->Release(c);
    world_done(&w);
}

/* U18, U23b, U41, U46: writer status as the two forms show it. */
Test(restore, status)
{
    VSS_WRITER_STATE state;
    HRESULT failure, application;
    BSTR name, message;
    VSS_ID instance, id;
    IVssAsync *async;
    struct world w;
    UINT n;

    world_init(&w);
    world_pre_done(&w);
    w.mini.policy[VSSIM_POLICY_NEVER_WRITER] = 1;
    w.mini.writers[0].failure = VSS_E_WRITERERROR_PARTIAL_FAILURE;
    w.mini.writers[0].state = VSS_WS_FAILED_AT_PRE_RESTORE;
    w.mini.writers[0].application = (HRESULT)0x80001234;
    w.mini.writers[0].message = u"half";
    world_second_a(&w, NULL); /* not gathered: not listed */
    ok(w.bc->lpVtbl->GatherWriterStatus(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(w.bc->lpVtbl->GetWriterStatusCount(w.bc, &n));
    cr_expect_eq(n, 3);
    ok(w.bc->lpVtbl->GetWriterStatus(w.bc, 0, &instance, &id, &name, &state,
                                     &failure));
    cr_expect_eq(failure, VSS_E_WRITERERROR_NONRETRYABLE);
    cr_expect_eq(state, VSS_WS_FAILED_AT_PRE_RESTORE);
    cr_expect(wide_equal(name, u"Writer A"));
    w.mini.host.bstr_free(&w.mini.host, name);
    ok(w.bc->lpVtbl->GetWriterStatusEx(w.bc, 0, &instance, &id, &name, &state,
                                       &failure, &application, &message));
    cr_expect_eq(failure, VSS_E_WRITERERROR_PARTIAL_FAILURE);
    cr_expect_eq(application, (HRESULT)0x80001234);
    cr_expect(wide_equal(message, u"half"));
    w.mini.host.bstr_free(&w.mini.host, name);
    w.mini.host.bstr_free(&w.mini.host, message);
    ok(w.bc->lpVtbl->GetWriterStatusEx(w.bc, 2, &instance, &id, &name, &state,
                                       &failure, NULL, NULL));
    cr_expect_eq(failure, VSS_E_WRITER_NOT_RESPONDING);
    w.mini.host.bstr_free(&w.mini.host, name);
    gives(w.bc->lpVtbl->GetWriterStatus(w.bc, 3, &instance, &id, &name, &state,
                                        &failure),
          VSS_E_OBJECT_NOT_FOUND);
    cr_expect_null(name);
    world_done(&w);
}
