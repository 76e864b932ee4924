/* calls.c - see calls.h. */
#include "vss/test/calls.h"

#include <string.h>

#define POISON ((void *)(uintptr_t)0x5A5A5A5A5A5A5A5Au)
#define V world->bc->lpVtbl
#define O world->bc
#define COMPONENT class_a, VSS_CT_DATABASE, u"db", good ? u"one" : NULL

struct outs {
    void *pointer;
    BSTR text, text2;
    UINT count;
    VSS_ID id, id2;
    VSS_WRITER_STATE state;
    HRESULT hr, hr2;
    LONG number;
    BOOL yes;
    VSS_SNAPSHOT_PROP property;
};

static void written(const void *bytes, size_t size, const char *what)
{
    const unsigned char *b = bytes;

    for (size_t i = 0; i < size; i++)
        if (b[i] != 0x5A)
            return;
    cr_expect_fail("%s was not written", what);
}

/* Frees what a method gave, and checks that failure gave nothing. */
static void give_back(struct world *world, enum vss_method method,
                      struct outs *o, HRESULT hr)
{
    const struct vssim_host *host = &world->mini.host;

    if (o->pointer != POISON) {
        cr_expect(SUCCEEDED(hr) || !o->pointer, "%s left an object",
                  vss_method_name(method));
        if (o->pointer && method == VSS_METHOD_GetWriterComponents) {
            IVssWriterComponentsExt *ext = o->pointer;
            IUnknown *unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;

            unknown->lpVtbl->Release(unknown);
        } else if (o->pointer) {
            IUnknown *unknown = o->pointer;

            unknown->lpVtbl->Release(unknown);
        }
    }
    if (o->text != POISON) {
        cr_expect(SUCCEEDED(hr) || !o->text, "%s left a string",
                  vss_method_name(method));
        host->bstr_free(host, o->text);
    }
    if (o->text2 != POISON)
        host->bstr_free(host, o->text2);
}

static void free_property(struct world *world, enum vss_method method,
                          struct outs *o, HRESULT hr)
{
    if (method == VSS_METHOD_GetSnapshotProperties && SUCCEEDED(hr))
        vssim_reference_subject()->free_snapshot_properties(&world->mini.host,
                                                            &o->property);
}

/* These give strings that CoTaskMemFree frees, not BSTRs. */
static bool gives_task_text(enum vss_method method)
{
    return method == VSS_METHOD_ExposeSnapshot ||
           method == VSS_METHOD_GetRootAndLogicalPrefixPaths;
}

static void free_task_text(struct world *world, struct outs *o)
{
    const struct vssim_host *host = &world->mini.host;

    if (o->text != POISON && o->text)
        host->task_free(host, o->text);
    if (o->text2 != POISON && o->text2)
        host->task_free(host, o->text2);
    o->text = o->text2 = POISON;
}

typedef HRESULT (*async_method)(object_t *, IVssAsync **);

/* The methods whose only argument is an async to be given. */
static async_method async_of(struct world *world, enum vss_method method)
{
    switch (method) {
    case VSS_METHOD_GatherWriterMetadata:
        return V->GatherWriterMetadata;
    case VSS_METHOD_GatherWriterStatus:
        return V->GatherWriterStatus;
    case VSS_METHOD_PreRestore:
        return V->PreRestore;
    case VSS_METHOD_PostRestore:
        return V->PostRestore;
    case VSS_METHOD_PrepareForBackup:
        return V->PrepareForBackup;
    case VSS_METHOD_BackupComplete:
        return V->BackupComplete;
    case VSS_METHOD_DoSnapshotSet:
        return V->DoSnapshotSet;
    case VSS_METHOD_ImportSnapshots:
        return V->ImportSnapshots;
    default:
        return NULL;
    }
}

static HRESULT setters(struct world *world, enum vss_method method, bool good,
                       bool *done)
{
    static const WCHAR x[] = u"x", path[] = u"C:\\data", spec[] = u"*.mdf";

    *done = true;
    switch (method) {
    case VSS_METHOD_AddComponent:
        return V->AddComponent(O, instance_a, COMPONENT);
    case VSS_METHOD_SetBackupSucceeded:
        return V->SetBackupSucceeded(O, instance_a, COMPONENT, true);
    case VSS_METHOD_SetBackupOptions:
        return V->SetBackupOptions(O, COMPONENT, x);
    case VSS_METHOD_SetSelectedForRestore:
        return V->SetSelectedForRestore(O, COMPONENT, true);
    case VSS_METHOD_SetSelectedForRestoreEx:
        return V->SetSelectedForRestoreEx(O, COMPONENT, true, instance_a);
    case VSS_METHOD_AddRestoreSubcomponent:
        return V->AddRestoreSubcomponent(O, COMPONENT, x, x, false);
    case VSS_METHOD_SetRestoreOptions:
        return V->SetRestoreOptions(O, COMPONENT, x);
    case VSS_METHOD_AddNewTarget:
        return V->AddNewTarget(O, COMPONENT, path, spec, false, x);
    case VSS_METHOD_SetAdditionalRestores:
        return V->SetAdditionalRestores(O, COMPONENT, true);
    case VSS_METHOD_SetAuthoritativeRestore:
        return V->SetAuthoritativeRestore(O, COMPONENT, true);
    case VSS_METHOD_SetRollForward:
        return V->SetRollForward(O, COMPONENT, VSS_RF_PARTIAL, x);
    case VSS_METHOD_SetRestoreName:
        return V->SetRestoreName(O, COMPONENT, x);
    case VSS_METHOD_SetPreviousBackupStamp:
        return V->SetPreviousBackupStamp(O, COMPONENT, x);
    case VSS_METHOD_SetRangesFilePath:
        return V->SetRangesFilePath(O, COMPONENT, 0, x);
    case VSS_METHOD_AddAlternativeLocationMapping:
        return V->AddAlternativeLocationMapping(O, COMPONENT, path, spec,
                                                false, x);
    case VSS_METHOD_SetFileRestoreStatus:
        return V->SetFileRestoreStatus(O, COMPONENT, VSS_RS_ALL);
    default:
        *done = false;
        return S_OK;
    }
}

static HRESULT readers(struct world *world, enum vss_method method, bool good,
                       struct outs *o, bool *done)
{
    UINT *count = good ? &o->count : NULL;

    *done = true;
    switch (method) {
    case VSS_METHOD_SaveAsXML:
        return V->SaveAsXML(O, good ? &o->text : NULL);
    case VSS_METHOD_GetSessionId:
        return V->GetSessionId(O, good ? &o->id : NULL);
    case VSS_METHOD_GetWriterComponentsCount:
        return V->GetWriterComponentsCount(O, count);
    case VSS_METHOD_GetWriterMetadataCount:
        return V->GetWriterMetadataCount(O, count);
    case VSS_METHOD_GetWriterStatusCount:
        return V->GetWriterStatusCount(O, count);
    case VSS_METHOD_GetWriterComponents:
        return V->GetWriterComponents(
            O, 0, good ? (IVssWriterComponentsExt **)&o->pointer : NULL);
    case VSS_METHOD_GetWriterMetadata:
        return V->GetWriterMetadata(
            O, 0, &o->id,
            good ? (IVssExamineWriterMetadata **)&o->pointer : NULL);
    case VSS_METHOD_GetWriterMetadataEx:
        return V->GetWriterMetadataEx(
            O, 0, &o->id,
            good ? (IVssExamineWriterMetadataEx **)&o->pointer : NULL);
    case VSS_METHOD_GetWriterStatus:
        return V->GetWriterStatus(O, 0, &o->id, good ? &o->id2 : NULL,
                                  &o->text, &o->state, &o->hr);
    case VSS_METHOD_GetWriterStatusEx:
        return V->GetWriterStatusEx(O, 0, &o->id, good ? &o->id2 : NULL,
                                    &o->text, &o->state, &o->hr, &o->hr2,
                                    &o->text2);
    default:
        *done = false;
        return S_OK;
    }
}

static HRESULT shadow_copies(struct world *world, enum vss_method method,
                             bool good, struct outs *o, bool *can_be_bad)
{
    static WCHAR drive[] = u"C:\\", name[] = u"X:", file[] = u"C:\\file";
    static const GUID null;
    IVssAsync **async = good ? (IVssAsync **)&o->pointer : NULL;
    GUID id = world->snapshot;

    switch (method) {
    case VSS_METHOD_StartSnapshotSet:
        return V->StartSnapshotSet(O, good ? &o->id : NULL);
    case VSS_METHOD_AddToSnapshotSet:
        return V->AddToSnapshotSet(O, good ? drive : NULL, null, &o->id);
    case VSS_METHOD_DeleteSnapshots:
        return V->DeleteSnapshots(O, id, VSS_OBJECT_SNAPSHOT, FALSE,
                                  good ? &o->number : NULL, &o->id);
    case VSS_METHOD_GetSnapshotProperties:
        return V->GetSnapshotProperties(O, id, good ? &o->property : NULL);
    case VSS_METHOD_Query:
        return V->Query(O, null, VSS_OBJECT_NONE, VSS_OBJECT_PROVIDER,
                        good ? (IVssEnumObject **)&o->pointer : NULL);
    case VSS_METHOD_IsVolumeSupported:
        return V->IsVolumeSupported(O, null, drive, good ? &o->yes : NULL);
    case VSS_METHOD_ExposeSnapshot:
        return V->ExposeSnapshot(O, id, NULL, VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY,
                                 name, good ? (VSS_PWSZ *)&o->text : NULL);
    case VSS_METHOD_QueryRevertStatus:
        return V->QueryRevertStatus(O, drive, async);
    case VSS_METHOD_BreakSnapshotSetEx:
        return V->BreakSnapshotSetEx(O, class_a, 0, async);
    case VSS_METHOD_PreFastRecovery:
        return V->PreFastRecovery(O, class_a, 0, async);
    case VSS_METHOD_FastRecovery:
        return V->FastRecovery(O, class_a, 0, async);
    case VSS_METHOD_RecoverSet:
        return V->RecoverSet(O, 0, async);
    case VSS_METHOD_GetRootAndLogicalPrefixPaths:
        return V->GetRootAndLogicalPrefixPaths(O, good ? file : NULL,
                                               (VSS_PWSZ *)&o->text,
                                               (VSS_PWSZ *)&o->text2, FALSE);
    default:
        *can_be_bad = false;
        return S_OK;
    }
}

static HRESULT plain(struct world *world, enum vss_method method)
{
    switch (method) {
    case VSS_METHOD_InitializeForBackup:
        return V->InitializeForBackup(O, NULL);
    case VSS_METHOD_AbortBackup:
        return V->AbortBackup(O);
    case VSS_METHOD_FreeWriterMetadata:
        return V->FreeWriterMetadata(O);
    case VSS_METHOD_FreeWriterStatus:
        return V->FreeWriterStatus(O);
    case VSS_METHOD_SetContext:
        return V->SetContext(O, 0);
    case VSS_METHOD_BreakSnapshotSet:
        return V->BreakSnapshotSet(O, class_a);
    case VSS_METHOD_RevertToSnapshot:
        return V->RevertToSnapshot(O, world->snapshot, FALSE);
    case VSS_METHOD_UnexposeSnapshot:
        return V->UnexposeSnapshot(O, world->snapshot);
    case VSS_METHOD_AddSnapshotToRecoverySet:
        return V->AddSnapshotToRecoverySet(O, class_a, 0, NULL);
    default:
        cr_assert_fail("%s is not called", vss_method_name(method));
        return E_FAIL;
    }
}

static HRESULT others(struct world *world, enum vss_method method, bool good,
                      bool *done)
{
    static const GUID nobody = {99, 0, 0, {0}};

    *done = true;
    switch (method) {
    case VSS_METHOD_InitializeForRestore:
        return V->InitializeForRestore(O, good ? world->document : NULL);
    case VSS_METHOD_SetBackupState:
        return V->SetBackupState(
            O, true, false, good ? VSS_BT_FULL : (VSS_BACKUP_TYPE)99, false);
    case VSS_METHOD_SetRestoreState:
        return V->SetRestoreState(O, good ? VSS_RTYPE_UNDEFINED
                                          : (VSS_RESTORE_TYPE)99);
    case VSS_METHOD_DisableWriterClasses:
        return V->DisableWriterClasses(O, good ? &nobody : NULL, 1);
    case VSS_METHOD_EnableWriterClasses:
        return V->EnableWriterClasses(O, good ? &class_a : NULL, 1);
    case VSS_METHOD_DisableWriterInstances:
        return V->DisableWriterInstances(O, good ? &nobody : NULL, 1);
    default:
        *done = false;
        return S_OK;
    }
}

HRESULT call_method(struct world *world, enum vss_method method, bool good,
                    bool *can_be_bad)
{
    async_method async = async_of(world, method);
    struct outs o, poison;
    bool done = false, has_outs;
    HRESULT hr;

    memset(&o, 0x5A, sizeof(o));
    poison = o;
    *can_be_bad = true;
    if (async) {
        hr = async(O, good ? (IVssAsync **)&o.pointer : NULL);
        if (good)
            written(&o.pointer, sizeof(o.pointer), vss_method_name(method));
    } else {
        hr = others(world, method, good, &done);
        if (!done)
            hr = setters(world, method, good, &done);
        has_outs = !done;
        if (!done)
            hr = readers(world, method, good, &o, &done);
        if (!done)
            hr = shadow_copies(world, method, good, &o, can_be_bad);
        if (!*can_be_bad) {
            hr = plain(world, method);
        } else if (good && has_outs) {
            cr_expect(memcmp(&o, &poison, sizeof(o)) != 0, "%s wrote nothing",
                      vss_method_name(method));
        }
    }
    free_property(world, method, &o, hr);
    if (gives_task_text(method))
        free_task_text(world, &o);
    give_back(world, method, &o, hr);
    return hr;
}
