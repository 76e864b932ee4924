/* shadow_copies_test.c - what is told of shadow copies and sets, what providers
 * refuse, and whom it concerns. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "vss/test/mini_world.h"

#define V(object) (object)->lpVtbl
#define TEXT(literal) ((VSS_PWSZ)(uintptr_t)u##literal)

static const GUID null, other = {0x77, 0, 0, {0}};

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
        world_finish(async,
                     fails ? VSS_E_PROVIDER_VETO : VSS_S_ASYNC_FINISHED);
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
    world_prepared(&w);
    w.mini.snapshots[1].id = w.mini.snapshots[1].set = other;
    w.mini.snapshots[1].volume = u"Q:\\";
    w.mini.n_snapshots = 2;
    world_finish(world_snap(&w), VSS_S_ASYNC_FINISHED);
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
    for (unsigned i = 0; i < ARRAY_SIZE(good); i++) {
        ok(V(w.bc)->IsVolumeSupported(w.bc, null, (VSS_PWSZ)(uintptr_t)good[i],
                                      &yes));
        cr_expect(yes);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++)
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
        world_finish(async,
                     way == 3 ? VSS_S_ASYNC_FINISHED : VSS_S_ASYNC_CANCELLED);
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
    subject->free_snapshot_properties(&w.mini.host, NULL);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = S_OK;
    world_snapped(&w);
    gives(subject->is_volume_snapshotted(&w.mini.host, u"Q:\\", &yes,
                                         &capability),
          VSS_E_OBJECT_NOT_FOUND);
    cr_expect(!yes);
    for (unsigned n = 1; n < 3; n++) { /* of a share, too, all or nothing */
        VSS_PWSZ root = TEXT("r"), prefix = TEXT("p");

        w.mini.allocations = 0;
        w.mini.fail_at = n;
        gives(V(w.bc)->GetRootAndLogicalPrefixPaths(w.bc, TEXT("\\\\s\\t\\u"),
                                                    &root, &prefix, FALSE),
              E_OUTOFMEMORY);
        cr_expect(!root && !prefix);
    }
    w.mini.fail_at = 0;
    world_done(&w);
}
