/* storage_test.c - volumes, providers and shadow copies: what the host lacks,
 * what is named badly, what goes away meanwhile. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "com/text.h"
#include "vss/test/world.h"

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
        gives(
            V(bc)->Query(bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT, &list),
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
    for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++)
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
    for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
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
    gives(V(w.bc)->ExposeSnapshot(w.bc, other, NULL,
                                  VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                  (VSS_PWSZ)(uintptr_t)
                                      w.mini.snapshots[0].exposed_name,
                                  &out),
          E_INVALIDARG); /* the first has that name */
    ok(V(w.bc)->ExposeSnapshot(w.bc, other, NULL,
                               VSS_VOLSNAP_ATTR_EXPOSED_REMOTELY, TEXT("share"),
                               &out));
    w.mini.host.task_free(&w.mini.host, out);
    w.mini.n_snapshots = 1;
    for (unsigned i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        gives(
            V(w.bc)->GetRootAndLogicalPrefixPaths(
                w.bc, (VSS_PWSZ)(uintptr_t)paths[i].path, &out, &prefix, FALSE),
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
    gives(V(w.bc)->DeleteSnapshots(w.bc, w.snapshot, VSS_OBJECT_SNAPSHOT, FALSE,
                                   &n, NULL),
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
    ok(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT, &list));
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
    ok(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_PROVIDER, &list));
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
    world_finish(async, VSS_S_ASYNC_FINISHED);
    w.mini.snapshots[0].provider = null;
    gives(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, NULL),
          VSS_E_OBJECT_NOT_FOUND);
    w.mini.snapshots[0].set = other;
    gives(V(w.bc)->BreakSnapshotSet(w.bc, other), VSS_E_PROVIDER_VETO);
    world_done(&w);
}

/* What a provider refuses (pages: VSS_E_PROVIDER_VETO), and does when asked
 * again. */
Test(storage, veto)
{
    const struct vssim_subject *subject = vssim_reference_subject();

    for (int veto = 1; veto >= 0; veto--) {
        HRESULT want = veto ? VSS_E_PROVIDER_VETO : S_OK;
        VSS_SNAPSHOT_PROP property;
        IVssEnumObject *list;
        IVssAsync *async;
        struct world w;
        LONG n = 7;
        GUID id;
        BOOL yes;
        VSS_PWSZ out;

        world_init(&w);
        w.mini.hardware = true;
        world_backup(&w);
        ok(V(w.bc)->StartSnapshotSet(w.bc, &id));
        w.mini.acquire[VSSIM_RESOURCE_PROVIDER] = want;
        gives(V(w.bc)->AddToSnapshotSet(w.bc, TEXT("C:\\"), null, &id), want);
        w.mini.acquire[VSSIM_RESOURCE_PROVIDER] = S_OK;
        world_new_object(&w);
        world_snapped(&w);
        w.mini.acquire[VSSIM_RESOURCE_PROVIDER] = want;
        gives(subject->is_volume_snapshotted(&w.mini.host, u"C:\\", &yes, &n),
              want);
        cr_expect_eq(yes, !veto);
        gives(V(w.bc)->GetSnapshotProperties(w.bc, w.snapshot, &property),
              want);
        if (!veto)
            subject->free_snapshot_properties(&w.mini.host, &property);
        gives(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_PROVIDER,
                             &list),
              want);
        cr_expect_eq(list == NULL, veto);
        if (list)
            V(list)->Release(list);
        gives(V(w.bc)->ExposeSnapshot(w.bc, w.snapshot, NULL,
                                      VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                      TEXT("X:"), &out),
              want);
        cr_expect_eq(out == NULL, veto);
        if (out)
            w.mini.host.task_free(&w.mini.host, out);
        w.mini.snapshots[0].exposed_name = u"X:";
        w.mini.snapshots[0].attributes = VSS_VOLSNAP_ATTR_PERSISTENT |
                                         VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY |
                                         VSS_VOLSNAP_ATTR_EXPOSED_REMOTELY;
        gives(V(w.bc)->UnexposeSnapshot(w.bc, w.snapshot), want);
        if (!veto)
            cr_expect_eq(w.mini.snapshots[0].attributes,
                         VSS_VOLSNAP_ATTR_PERSISTENT);
        gives(V(w.bc)->BreakSnapshotSetEx(w.bc, w.set, 0, &async), want);
        cr_expect_eq(async == NULL, veto);
        if (async)
            V(async)->Release(async);
        if (veto)
            gives(V(w.bc)->BreakSnapshotSet(w.bc, w.set), want);
        gives(V(w.bc)->DeleteSnapshots(w.bc, w.snapshot, VSS_OBJECT_SNAPSHOT,
                                       FALSE, &n, &id),
              want);
        cr_expect_eq(n, !veto);
        cr_expect(guid_equal(&id, veto ? &w.snapshot : &null));
        cr_expect_eq(w.mini.n_snapshots, (uint32_t)veto);
        w.mini.acquire[VSSIM_RESOURCE_PROVIDER] = S_OK;
        world_done(&w);
    }
}

/* A set says nothing of another's shadow copies, and does nothing to them. */
Test(storage, other_sets)
{
    for (int fails = 0; fails < 2; fails++) {
        static const struct vssim_snapshot before = {
            .id = {0x77, 0, 0, {0}},
            .set = {0x78, 0, 0, {0}},
            .count = 7,
            .state = VSS_SS_PREPARING,
            .volume = u"D:\\"};
        struct vssim_snapshot *one;
        IVssAsync *async;
        struct world w;

        world_init(&w);
        world_prepared(&w);
        one = &w.mini.snapshots[w.mini.n_snapshots++];
        *one = before;
        if (fails)
            w.mini.poll_result = VSS_E_PROVIDER_VETO;
        async = world_snap(&w);
        world_finish(async, fails ? VSS_E_PROVIDER_VETO : VSS_S_ASYNC_FINISHED);
        w.mini.poll_result = S_OK;
        cr_expect_eq(w.mini.n_snapshots, fails ? 1u : 2u);
        one = &w.mini.snapshots[!fails];
        cr_expect_eq(memcmp(one, &before, sizeof(before)), 0);
        if (!fails) /* alone it does not keep any */
            w.mini.snapshots[0].attributes = VSS_VOLSNAP_ATTR_PERSISTENT;
        world_done_object(&w);
        cr_expect_eq(w.mini.n_snapshots, 1); /* released with the object */
        world_done(&w);
    }
}

/* What the document says of the set, for who imports it. */
Test(storage, described)
{
    char set[GUID_TEXT], snapshot[GUID_TEXT], provider[GUID_TEXT];
    char want[400], text[4000];
    struct world w;
    BSTR xml;

    world_init(&w);
    world_snapped(&w);
    ok(V(w.bc)->SaveAsXML(w.bc, &xml));
    wide_to_utf8(xml, wide_length(xml), text, sizeof(text));
    w.mini.host.bstr_free(&w.mini.host, xml);
    snprintf(want, sizeof(want),
             "<SNAPSHOT_SET snapshotSetId=\"%s\"><SNAPSHOT snapshotId=\"%s\" "
             "originalVolume=\"\\\\?\\Volume{1}\\\" providerId=\"%s\" "
             "attributes=\"0\"/></SNAPSHOT_SET></BACKUP_COMPONENTS>",
             guid_text(&w.set, set), guid_text(&w.snapshot, snapshot),
             guid_text(&mini_provider, provider));
    cr_expect(strstr(text, want), "%s", text);
    world_done(&w);
}

/* Which shadow copies a list has: those of the same context (Query's page);
 * what else may be said of them does not matter. */
Test(storage, lists_by_context)
{
    static const LONG own[] = {
        VSS_VOLSNAP_ATTR_PERSISTENT, VSS_VOLSNAP_ATTR_NO_WRITERS,
        VSS_VOLSNAP_ATTR_CLIENT_ACCESSIBLE, VSS_VOLSNAP_ATTR_NO_AUTO_RELEASE};
    struct world w;

    world_init(&w);
    world_snapped(&w);
    for (unsigned bit = 0; bit < 24; bit++) {
        IVssEnumObject *list;
        bool mine = true;

        w.mini.snapshots[0].attributes = 1 << bit;
        for (unsigned i = 0; i < 4; i++)
            mine &= w.mini.snapshots[0].attributes != own[i];
        ok(V(w.bc)->Query(w.bc, null, VSS_OBJECT_NONE, VSS_OBJECT_SNAPSHOT,
                          &list));
        gives(V(list)->Skip(list, 1), mine ? S_OK : S_FALSE);
        V(list)->Release(list);
    }
    w.mini.snapshots[0].attributes = 0;
    world_done(&w);
}

/* A volume's names in any case; nothing else. */
Test(storage, volume_names)
{
    static const WCHAR *const good[] = {u"AZaz\\", u"azAZ\\", u"MNmn\\"},
                              *const bad[] = {u"AZaz", u"AZaz\\x\\",
                                              u"@Zaz\\", u"A[az\\",
                                              u"AZ`z\\", u"AZa{\\", u""};
    struct vssim_volume volume = {.path = u"AZaz\\",
                                  .name = u"mnMN\\",
                                  .provider = {0x99, 0, 0, {0}},
                                  .max_snapshots = 4};
    struct world w;
    BOOL yes;

    world_init(&w);
    w.mini.volume = &volume;
    world_backup(&w);
    for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        ok(V(w.bc)->IsVolumeSupported(w.bc, null, (VSS_PWSZ)(uintptr_t)good[i],
                                      &yes));
        cr_expect(yes);
    }
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        cr_expect(FAILED(V(w.bc)->IsVolumeSupported(
            w.bc, null, (VSS_PWSZ)(uintptr_t)bad[i], &yes)));
    world_done(&w);
}

/* A provider's work can be cancelled, but for a revert (its page; U67). */
Test(storage, cancel)
{
    static const WCHAR document[] =
        u"<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
        u"<SNAPSHOT_SET><SNAPSHOT "
        u"snapshotId=\"00000077-0000-0000-0000-000000000000\"/>"
        u"</SNAPSHOT_SET></BACKUP_COMPONENTS>";

    for (unsigned way = 0; way < 4; way++) {
        HRESULT hr = way == 3 ? VSS_E_UNEXPECTED : S_OK;
        struct vssim_snapshot *one;
        IVssAsync *async;
        struct world w;

        world_init(&w);
        w.mini.hardware = way < 3;
        w.mini.reverting = true;
        w.mini.provider_delay = 100;
        one = &w.mini.snapshots[w.mini.n_snapshots++];
        one->id = one->set = other;
        one->provider = mini_provider;
        one->state = VSS_SS_CREATED;
        one->attributes = VSS_VOLSNAP_ATTR_TRANSPORTABLE;
        if (way == 0) {
            ok(V(w.bc)->InitializeForBackup(w.bc, (BSTR)(uintptr_t)document));
            ok(V(w.bc)->ImportSnapshots(w.bc, &async));
        } else if (way == 1) {
            ok(V(w.bc)->InitializeForRestore(w.bc, (BSTR)(uintptr_t)document));
            ok(V(w.bc)->AddSnapshotToRecoverySet(w.bc, other, 0, NULL));
            ok(V(w.bc)->RecoverSet(w.bc, 0, &async));
        } else if (way == 2) {
            gives(V(w.bc)->BreakSnapshotSetEx(w.bc, other, 12, &async),
                  E_INVALIDARG); /* revert all, revert none */
            ok(V(w.bc)->BreakSnapshotSetEx(w.bc, other, 8, &async));
            V(async)->Release(async);
            ok(V(w.bc)->BreakSnapshotSetEx(w.bc, other, 4, &async));
        } else {
            ok(V(w.bc)->QueryRevertStatus(w.bc, TEXT("C:\\"), &async));
        }
        gives(V(async)->Cancel(async), hr);
        world_finish(async, way == 3 ? VSS_S_ASYNC_FINISHED
                                     : VSS_S_ASYNC_CANCELLED);
        cr_expect_eq(w.mini.n_snapshots, 1);
        cr_expect_eq(one->attributes, VSS_VOLSNAP_ATTR_TRANSPORTABLE);
        if (way == 1) { /* the event log says whose work failed */
            w.mini.poll_result = VSS_E_UNEXPECTED;
            ok(V(w.bc)->RecoverSet(w.bc, 0, &async));
            world_finish(async, VSS_E_UNEXPECTED);
            cr_expect(strstr(w.mini.log, " RecoverSet."), "%s", w.mini.log);
        }
        world_done(&w);
    }
}

/* Each property of a shadow copy is told by itself. */
Test(storage, properties)
{
    static const struct vssim_snapshot snapshot = {
        .id = {1, 0, 0, {0}},
        .set = {2, 0, 0, {0}},
        .provider = {3, 0, 0, {0}},
        .count = 4,
        .attributes = 5,
        .created = 6,
        .state = VSS_SS_CREATED,
        .device = u"device",
        .volume = u"volume",
        .machine = u"machine",
        .exposed_name = u"name",
        .exposed_path = u"path"};
    VSS_SNAPSHOT_PROP p;
    struct world w;

    world_init(&w);
    world_backup(&w);
    w.mini.snapshots[w.mini.n_snapshots++] = snapshot;
    ok(V(w.bc)->GetSnapshotProperties(w.bc, snapshot.id, &p));
    cr_expect_eq(p.m_SnapshotId.Data1, 1);
    cr_expect_eq(p.m_SnapshotSetId.Data1, 2);
    cr_expect_eq(p.m_ProviderId.Data1, 3);
    cr_expect_eq(p.m_lSnapshotsCount, 4);
    cr_expect_eq(p.m_lSnapshotAttributes, 5);
    cr_expect_eq(p.m_tsCreationTimestamp, 6);
    cr_expect_eq(p.m_eStatus, VSS_SS_CREATED);
    cr_expect(wide_equal(p.m_pwszSnapshotDeviceObject, u"device"));
    cr_expect(wide_equal(p.m_pwszOriginalVolumeName, u"volume"));
    cr_expect(wide_equal(p.m_pwszOriginatingMachine, u"machine"));
    cr_expect(wide_equal(p.m_pwszServiceMachine, u"machine"));
    cr_expect(wide_equal(p.m_pwszExposedName, u"name"));
    cr_expect(wide_equal(p.m_pwszExposedPath, u"path"));
    vssim_reference_subject()->free_snapshot_properties(&w.mini.host, &p);
    cr_expect(!p.m_pwszExposedName && !p.m_pwszSnapshotDeviceObject);
    world_done(&w);
}

/* The two functions that need no object: who may call them. */
Test(storage, functions)
{
    const struct vssim_subject *subject = vssim_reference_subject();
    LONG capability = 7;
    struct world w;
    bool block = true;
    BOOL yes = TRUE;

    world_init(&w);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = E_ACCESSDENIED;
    gives(subject->is_volume_snapshotted(&w.mini.host, u"C:\\", &yes,
                                         &capability),
          E_ACCESSDENIED);
    gives(subject->should_block_revert(&w.mini.host, u"C:\\", &block),
          E_ACCESSDENIED);
    cr_expect(!yes && !capability && !block);
    world_done(&w);
}
