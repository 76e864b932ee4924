/* volumes_test.c - volumes, providers and shadow copies: what the host lacks,
 * what is named badly, what goes away meanwhile. */
#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "vss/test/mini_world.h"

#define V(object) (object)->lpVtbl
#define TEXT(literal) ((VSS_PWSZ)(uintptr_t)u##literal)
#define HEARD(i, event) w.mini.writers[i].heard[VSSIM_EVENT_##event]

static const GUID null, other = {0x77, 0, 0, {0}};

static void never_woken(const struct vssim_host *host, uint32_t ticket)
{
    (void)host;
    cr_assert_fail("ticket %u", (unsigned)ticket);
}

/* A host of the first version of subject.h, and one without storage. */
Test(storage, hosts_without)
{
    for (int way = 0; way < 3; way++) {
        const struct vssim_subject *subject = vssim_reference_subject();
        VSS_SNAPSHOT_PROP property = {0};
        VSS_PWSZ root, prefix;
        IVssEnumObject *list;
        IVssAsync *async;
        struct world w;
        object_t *bc;
        BOOL yes;
        bool block;
        LONG n;
        GUID id;

        world_init(&w);
        bc = w.bc;
        if (way == 0)
            w.mini.host.size = offsetof(struct vssim_host, wake);
        else if (way == 2)
            w.mini.host.size = offsetof(struct vssim_host, reverting);
        else
            w.mini.host.find_volume = NULL;
        w.mini.host.wake = NULL;
        world_backup_gather(&w);
        gives(V(bc)->ImportSnapshots(bc, &async), E_NOTIMPL);
        gives(V(bc)->RevertToSnapshot(bc, other, FALSE), E_NOTIMPL);
        gives(V(bc)->QueryRevertStatus(bc, TEXT("C:\\"), &async), E_NOTIMPL);
        gives(V(bc)->DeleteSnapshots(bc, other, VSS_OBJECT_SNAPSHOT, FALSE, &n,
                                     &id),
              E_NOTIMPL);
        gives(V(bc)->BreakSnapshotSet(bc, other), E_NOTIMPL);
        gives(V(bc)->ExposeSnapshot(bc, other, NULL,
                                    VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                    TEXT("X:"), &root),
              E_NOTIMPL);
        gives(V(bc)->UnexposeSnapshot(bc, other), E_NOTIMPL);
        gives(V(bc)->GetSnapshotProperties(bc, other, &property), E_NOTIMPL);
        gives(V(bc)->Query(bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT,
                           &list),
              E_NOTIMPL);
        gives(V(bc)->GetRootAndLogicalPrefixPaths(bc, TEXT("C:\\"), &root,
                                                  &prefix, FALSE),
              E_NOTIMPL);
        gives(subject->is_volume_snapshotted(&w.mini.host, u"C:\\", &yes, &n),
              E_NOTIMPL);
        gives(subject->should_block_revert(&w.mini.host, u"C:\\", &block),
              E_NOTIMPL);
        subject->free_snapshot_properties(&w.mini.host, &property);
        subject->free_snapshot_properties(&w.mini.host, NULL);
        world_new_object(&w);
        world_restore(&w);
        gives(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, NULL),
              VSS_E_BAD_STATE);
        ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
        if (way == 0)
            w.mini.host.wake = never_woken; /* past the end */
        ok(V(async)->Cancel(async));
        V(async)->Release(async);
        world_done(&w);
    }
}

Test(storage, names)
{
    static const WCHAR *const places[] = {NULL,  u"@:", u"`:",  u"1:",
                                          u"|:", u"X",  u"X:y", u"[:",
                                          u"{:"};
    static const WCHAR *const good[] = {u"A:", u"Z:", u"a:", u"z:",
                                        u"C:\\mount"};
    static const struct {
        const WCHAR *path, *root, *prefix; /* NULL: E_INVALIDARG */
    } paths[] = {{u"\\\\server\\share\\a", u"\\\\server\\share\\",
                  u"\\\\server\\share\\"},
                 {u"\\\\s\\t\\u", u"\\\\s\\t\\", u"\\\\s\\t\\"},
                 {u"\\xserver\\share\\a", NULL, NULL},
                 {u"x\\server\\share\\a", NULL, NULL},
                 {u"C:\\a", u"C:\\", MINI_VOLUME},
                 {u"a", NULL, NULL},
                 {u"\\a", NULL, NULL},
                 {u"\\\\?\\a\\b\\", NULL, NULL},
                 {u"\\\\.\\a\\b\\", NULL, NULL},
                 {u"\\\\server", NULL, NULL},
                 {u"\\\\server\\share", NULL, NULL},
                 {u"\\\\\\share\\a", NULL, NULL}};
    const struct vssim_subject *subject = vssim_reference_subject();
    VSS_PWSZ out, prefix;
    struct world w;
    bool block;
    LONG n;
    BOOL yes;
    GUID id;

    world_init(&w);
    world_snapped(&w);
    for (unsigned i = 0; i < ARRAY_SIZE(places); i++)
        gives(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, NULL,
                                      VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                      (VSS_PWSZ)(uintptr_t)places[i], &out),
              E_INVALIDARG);
    gives(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, TEXT("a"),
                                  VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY, TEXT("X:"),
                                  &out),
          E_INVALIDARG);
    gives(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, NULL,
                                  VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY, TEXT("C:"),
                                  &out),
          E_INVALIDARG); /* a volume has it */
    for (unsigned i = 0; i < ARRAY_SIZE(good); i++) {
        ok(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, NULL,
                                   VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                   (VSS_PWSZ)(uintptr_t)good[i], &out));
        cr_expect(wide_equal(out, good[i]));
        w.mini.host.task_free(&w.mini.host, out);
        ok(V(w.bc)->UnexposeSnapshot(w.bc, w.snapshot));
    }
    /* Another shadow copy is exposed, once elsewhere, once there. */
    w.mini.snapshots[1] = w.mini.snapshots[0];
    w.mini.snapshots[1].id = other;
    w.mini.snapshots[1].exposed_name = u"y:\\mount";
    w.mini.n_snapshots = 2;
    gives(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, NULL,
                                  VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                  TEXT("y:\\mount"), &out),
          E_INVALIDARG);
    ok(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, NULL,
                               VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                               TEXT("z:\\mount"), &out));
    w.mini.host.task_free(&w.mini.host, out);
    w.mini.snapshots[0].exposed_path = u"path";
    for (unsigned n_th = 1; n_th < 7; n_th++) {
        VSS_SNAPSHOT_PROP property;

        w.mini.allocations = 0;
        w.mini.fail_at = n_th;
        gives(V(w.bc)->GetSnapshotProperties(w.bc, w.snapshot, &property),
              E_OUTOFMEMORY);
    }
    w.mini.fail_at = 0;
    gives(V(w.bc)->ExposeSnapshot(w.bc, other, NULL,
                                  VSS_VOLSNAP_ATTR_EXPOSED_REMOTELY,
                                  TEXT("z:\\mount"), &out),
          VSS_E_BAD_STATE); /* exposed already */
    w.mini.snapshots[1].exposed_name = NULL;
    gives(V(w.bc)->ExposeSnapshot(
              w.bc, other, NULL, VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
              (VSS_PWSZ)(uintptr_t)w.mini.snapshots[0].exposed_name, &out),
          E_INVALIDARG); /* the first has that name */
    ok(V(w.bc)->ExposeSnapshot(w.bc, other, NULL,
                               VSS_VOLSNAP_ATTR_EXPOSED_REMOTELY,
                               TEXT("share"), &out));
    w.mini.host.task_free(&w.mini.host, out);
    w.mini.n_snapshots = 1;
    for (unsigned i = 0; i < ARRAY_SIZE(paths); i++) {
        gives(V(w.bc)->GetRootAndLogicalPrefixPaths(
                  w.bc, (VSS_PWSZ)(uintptr_t)paths[i].path, &out, &prefix,
                  FALSE),
              paths[i].root ? S_OK : E_INVALIDARG);
        if (!paths[i].root)
            continue;
        cr_expect(wide_equal(out, paths[i].root));
        cr_expect(wide_equal(prefix, paths[i].prefix));
        w.mini.host.task_free(&w.mini.host, out);
        w.mini.host.task_free(&w.mini.host, prefix);
    }
    gives(subject->should_block_revert(&w.mini.host, NULL, &block),
          E_INVALIDARG);
    gives(subject->should_block_revert(&w.mini.host, u"C:\\", NULL),
          E_INVALIDARG);
    gives(subject->is_volume_snapshotted(&w.mini.host, u"C:\\", &yes, NULL),
          E_INVALIDARG);
    gives(V(w.bc)->DeleteSnapshots(w.bc, w.snapshot, VSS_OBJECT_SNAPSHOT,
                                   FALSE, &n, NULL),
          E_INVALIDARG);
    gives(V(w.bc)->DeleteSnapshots(w.bc, other, VSS_OBJECT_SNAPSHOT, FALSE, &n,
                                   &id),
          VSS_E_OBJECT_NOT_FOUND);
    cr_expect(guid_equal(&id, &other));
    gives(V(w.bc)->DeleteSnapshots(w.bc, other, VSS_OBJECT_SNAPSHOT_SET, FALSE,
                                   &n, &id),
          VSS_E_OBJECT_NOT_FOUND);
    cr_expect(guid_equal(&id, &null));
    world_done(&w);
}

/* A revert of a volume that nobody uses; a set that was never started; an
 * enumerator whose second item has no memory. */
Test(storage, small_things)
{
    VSS_OBJECT_PROP items[2];
    const VSS_PROVIDER_PROP *p = &items[0].Obj.Prov;
    IVssEnumObject *list;
    IVssAsync *async;
    struct world w;
    ULONG n;

    world_init(&w);
    world_snapped(&w);
    w.mini.snapshots[0].attributes |= VSS_VOLSNAP_ATTR_PERSISTENT;
    w.mini.hardware = true;
    gives(V(w.bc)->RevertToSnapshot(w.bc, w.snapshot, FALSE), E_NOTIMPL);
    w.mini.hardware = false;
    ok(V(w.bc)->RevertToSnapshot(w.bc, w.snapshot, FALSE));
    w.mini.snapshots[0].attributes = 0;
    w.mini.snapshots[1] = w.mini.snapshots[0];
    w.mini.n_snapshots = 2;
    ok(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT,
                      &list));
    for (unsigned k = 1; k < 9; k++) {
        w.mini.allocations = 0;
        w.mini.fail_at = k;
        memset(items, 0x5A, sizeof(items));
        gives(V(list)->Next(list, 2, items, &n), E_FAIL);
        cr_expect_eq(n, 0);
        for (unsigned i = 0; i < sizeof(items); i++)
            cr_assert_eq(((char *)items)[i], 0);
    }
    w.mini.fail_at = 0;
    V(list)->Release(list);
    w.mini.n_snapshots = 1;
    /* The revert above is under way; with none the target is nothing. */
    w.mini.reverting = false;
    ok(V(w.bc)->QueryRevertStatus(w.bc, TEXT("C:\\"), &async));
    cr_expect(guid_equal(&w.mini.tickets[w.mini.n_tickets].targets[0].instance,
                         &null));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_PROVIDER,
                      &list));
    gives(V(list)->Next(list, 2, items, &n), S_FALSE);
    cr_assert_eq(n, 1);
    cr_expect(guid_equal(&p->m_ProviderId, &mini_provider));
    cr_expect_eq(p->m_eProviderType, VSS_PROV_SYSTEM);
    cr_expect_eq(p->m_ProviderVersionId.Data1, 0x98);
    cr_expect_eq(p->m_ClassId.Data1, 0x97);
    cr_expect(wide_equal(p->m_pwszProviderName, u"Mini provider"));
    cr_expect(wide_equal(p->m_pwszProviderVersion, u"1"));
    w.mini.host.task_free(&w.mini.host, p->m_pwszProviderName);
    w.mini.host.task_free(&w.mini.host, p->m_pwszProviderVersion);
    V(list)->Release(list);
    world_done(&w);

    world_init(&w);
    w.mini.hardware = true;
    world_snapped(&w);
    ok(V(w.bc)->BreakSnapshotSet(w.bc, w.set));
    cr_expect_eq(w.mini.n_snapshots, 0);
    world_done(&w);

    world_init(&w);
    world_backup(&w);
    ok(V(w.bc)->SetContext(w.bc, VSS_CTX_NAS_ROLLBACK));
    gives(V(w.bc)->DoSnapshotSet(w.bc, &async), VSS_E_BAD_STATE);
    world_done(&w);
}

/* Volumes and providers that do not go together. */
Test(storage, providers)
{
    struct vssim_volume volume = {.path = u"E:\\",
                                  .name = u"E-name\\",
                                  .provider = {0x77, 0, 0, {0}},
                                  .max_snapshots = 4};
    IVssAsync *async;
    struct world w;
    GUID id;
    BOOL yes;

    world_init(&w);
    w.mini.volume = &volume;
    world_backup(&w);
    ok(V(w.bc)->StartSnapshotSet(w.bc, &id));
    gives(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("E:\\"), null, &id),
          VSS_E_VOLUME_NOT_SUPPORTED); /* its provider is not there */
    gives(V(w.bc)->QueryRevertStatus(w.bc, TEXT("E:\\"), &async), E_NOTIMPL);
    gives(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("E:\\"), other, &id),
          VSS_E_PROVIDER_NOT_REGISTERED);
    volume.support = VSS_E_NESTED_VOLUME_LIMIT;
    gives(V(w.bc)->IsVolumeSupported(w.bc, null, TEXT("E:\\"), &yes),
          VSS_E_NESTED_VOLUME_LIMIT);
    gives(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("E:\\"), null, &id),
          VSS_E_NESTED_VOLUME_LIMIT);
    w.mini.host.windows = VSSIM_WINDOWS_7;
    gives(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("E:\\"), null, &id),
          VSS_E_NESTED_VOLUME_LIMIT);
    w.mini.host.windows = VSSIM_SERVER_2008;
    gives(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("E:\\"), null, &id),
          VSS_E_VOLUME_NOT_SUPPORTED);
    ok(V(w.bc)->IsVolumeSupported(w.bc, null, TEXT("E:\\"), &yes));
    cr_expect(!yes);
    w.mini.hardware = true;
    gives(V(w.bc)->QueryRevertStatus(w.bc, TEXT("C:\\"), &async), E_NOTIMPL);
    world_done(&w);

    for (int hardware = 0; hardware < 2; hardware++) {
        world_init(&w);
        w.mini.hardware = hardware;
        world_backup(&w);
        ok(V(w.bc)->SetContext(w.bc, VSS_CTX_CLIENT_ACCESSIBLE_WRITERS));
        ok(V(w.bc)->IsVolumeSupported(w.bc, null, TEXT("C:\\"), &yes));
        cr_expect_eq(yes, !hardware); /* the system provider only */
        world_done(&w);
    }
}

/* 64 volumes, and no more; wherever memory ends while the document of the set
 * is written, none is told. */
Test(storage, many_volumes)
{
    static WCHAR names[65][120];
    struct vssim_volume volume = {
        .path = u"E:\\", .provider = {0x99, 0, 0, {0}}, .max_snapshots = 4};

    for (unsigned step = 0; step < 24; step++) {
        unsigned n = step ? 10 : 63;
        VSS_OBJECT_PROP item;
        IVssEnumObject *list;
        IVssAsync *async;
        struct world w;
        ULONG fetched;
        HRESULT hr = E_OUTOFMEMORY;
        LONG capability;
        BOOL yes;
        GUID id;

        world_init(&w);
        w.mini.volume = &volume;
        world_backup_gather(&w);
        ok(V(w.bc)->StartSnapshotSet(w.bc, &id));
        for (unsigned i = 0; i < 65; i++) {
            for (unsigned k = 0; k < 119; k++)
                names[i][k] = k < 1 + step * 4    ? (WCHAR)(u'A' + i)
                              : k == 1 + step * 4 ? u'\\'
                                                  : 0;
            if (i >= n)
                continue;
            volume.name = names[i];
            ok(V(w.bc)->AddToSnapshotSet(w.bc, names[i], null, &id));
        }
        ok(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("C:\\"), null, &id));
        volume.name = names[64];
        if (step == 0)
            gives(V(w.bc)->AddToSnapshotSet(w.bc, names[64], null, &id),
                  VSS_E_MAXIMUM_NUMBER_OF_VOLUMES_REACHED);
        ok(vssim_reference_subject()->is_volume_snapshotted(
            &w.mini.host, u"C:\\", &yes, &capability));
        cr_expect(!yes);
        /* Not made yet: no list has them. */
        ok(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT,
                          &list));
        gives(V(list)->Clone(list, NULL), E_POINTER);
        gives(V(list)->Next(list, 1, &item, &fetched), S_FALSE);
        cr_expect_eq(V(list)->AddRef(list), 2);
        cr_expect_eq(V(list)->Release(list), 1);
        V(list)->Release(list);
        ok(V(w.bc)->AddComponent(w.bc, instance_a, class_a, VSS_CT_DATABASE,
                                 u"db", u"one"));
        ok(V(w.bc)->PrepareForBackup(w.bc, &async));
        world_finish(async, VSS_S_ASYNC_FINISHED);
        for (unsigned k = 1; FAILED(hr); k++) {
            w.mini.allocations = 0;
            w.mini.fail_at = k;
            hr = V(w.bc)->DoSnapshotSet(w.bc, &async);
            w.mini.fail_at = 0;
            cr_assert(hr == S_OK || hr == E_OUTOFMEMORY);
            cr_assert_eq(HEARD(0, PREPARE_FOR_SNAPSHOT), 0);
        }
        world_finish(async, VSS_S_ASYNC_FINISHED);
        world_done(&w);
    }
}

/* What the host no longer has when the provider's work ends; imports. */
Test(storage, providers_work)
{
    static const WCHAR document[] =
        u"<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
        u"<SNAPSHOT_SET><SNAPSHOT/><SNAPSHOT "
        u"snapshotId=\"00000077-0000-0000-0000-000000000000\"/><SNAPSHOT "
        u"snapshotId=\"00000078-0000-0000-0000-000000000000\"/>"
        u"</SNAPSHOT_SET></BACKUP_COMPONENTS>";
    IVssAsync *async;
    struct world w;
    HRESULT hr;

    world_init(&w);
    w.mini.hardware = true;
    world_snapped(&w);
    gives(V(w.bc)->BreakSnapshotSetEx(w.bc, other, 0x4, &async),
          VSS_E_OBJECT_NOT_FOUND);
    gives(V(w.bc)->BreakSnapshotSetEx(w.bc, null, 0, &async), E_INVALIDARG);
    gives(V(w.bc)->BreakSnapshotSetEx(w.bc, w.set, 0xFF000000u, &async),
          E_INVALIDARG);
    ok(V(w.bc)->BreakSnapshotSetEx(w.bc, w.set, 0, &async));
    w.mini.n_snapshots = 0;
    world_finish(async, VSS_E_OBJECT_NOT_FOUND);
    world_done(&w);

    world_init(&w);
    w.mini.hardware = true;
    ok(V(w.bc)->InitializeForBackup(w.bc, (BSTR)(uintptr_t)document));
    for (unsigned i = 0; i < 3; i++) {
        struct vssim_snapshot *one = &w.mini.snapshots[w.mini.n_snapshots++];

        one->id = other;
        one->id.Data1 += i == 1 ? 2 : i / 2; /* 77, 79, 78: not the second */
        one->state = VSS_SS_CREATED;
        one->provider = mini_provider;
        one->attributes = i < 2 ? VSS_VOLSNAP_ATTR_TRANSPORTABLE
                                : VSS_VOLSNAP_ATTR_PERSISTENT;
    }
    ok(V(w.bc)->ImportSnapshots(w.bc, &async));
    world_finish(async, VSS_S_SOME_SNAPSHOTS_NOT_IMPORTED);
    cr_expect_eq(w.mini.snapshots[0].attributes,
                 VSS_VOLSNAP_ATTR_TRANSPORTABLE | VSS_VOLSNAP_ATTR_IMPORTED);
    cr_expect_eq(w.mini.snapshots[1].attributes,
                 VSS_VOLSNAP_ATTR_TRANSPORTABLE);
    cr_expect_eq(w.mini.snapshots[2].attributes, VSS_VOLSNAP_ATTR_PERSISTENT);
    hr = V(w.bc)->BreakSnapshotSet(w.bc, null);
    gives(hr, E_INVALIDARG);
    world_new_object(&w);
    ok(V(w.bc)->InitializeForRestore(w.bc, (BSTR)(uintptr_t)document));
    gives(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, TEXT("Q:\\")),
          VSS_E_VOLUME_NOT_SUPPORTED);
    w.mini.allocations = 0;
    w.mini.fail_at = 1;
    gives(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, TEXT("C:\\")),
          E_OUTOFMEMORY);
    w.mini.fail_at = 0;
    ok(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, TEXT("C:\\")));
    ok(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, NULL)); /* again */
    w.mini.acquire[VSSIM_RESOURCE_PROVIDER] = VSS_E_PROVIDER_VETO;
    gives(V(w.bc)->RecoverSet(w.bc, 0, &async), VSS_E_PROVIDER_VETO);
    cr_expect_null(async);
    w.mini.acquire[VSSIM_RESOURCE_PROVIDER] = S_OK;
    ok(V(w.bc)->RecoverSet(w.bc, 0, &async));
    cr_expect(guid_equal(&w.mini.tickets[w.mini.n_tickets].targets[0].instance,
                         &other));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    w.mini.snapshots[0].provider = null;
    gives(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, NULL),
          VSS_E_OBJECT_NOT_FOUND);
    w.mini.snapshots[0].set = other;
    gives(V(w.bc)->BreakSnapshotSet(w.bc, other), VSS_E_PROVIDER_VETO);
    world_done(&w);
}
