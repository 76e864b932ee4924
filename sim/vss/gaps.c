/*
 * gaps.c - the methods that no restore needs. They check their arguments and
 * the state (state.def) and then answer E_NOTIMPL: the listed gaps, all of
 * them here, plus IVssExamineWriterMetadata::GetDocument.
 */
#include "vss/gaps.h"

#include "vss/component_call.h"

#define CHECK(method, arguments) \
    vss_check(bc_from(This), VSS_METHOD_##method, arguments)

/* Allowed by the table or not: there is nothing behind it. */
static HRESULT gap(HRESULT hr)
{
    return SUCCEEDED(hr) ? E_NOTIMPL : hr;
}

/* The gaps that give an async, an object or a value: `out` is NULLed. */
#define ASYNC_GAP(method) \
    HRESULT bc_##method(BC *This, IVssAsync **out) \
    { \
        OUT(out, NULL); \
        return gap(CHECK(method, out != NULL)); \
    }
ASYNC_GAP(PrepareForBackup)
ASYNC_GAP(BackupComplete)
ASYNC_GAP(DoSnapshotSet)
ASYNC_GAP(ImportSnapshots)

static const GUID null_id;

static bool component_good(VSS_COMPONENT_TYPE ct, LPCWSTR name)
{
    return name && (ct == VSS_CT_DATABASE || ct == VSS_CT_FILEGROUP);
}

HRESULT bc_AddComponent(BC *This, VSS_ID instance, VSS_ID writer,
                        VSS_COMPONENT_TYPE ct, LPCWSTR path, LPCWSTR name)
{
    (void)instance;
    (void)writer;
    (void)path;
    return gap(CHECK(AddComponent, component_good(ct, name)));
}

HRESULT bc_SetBackupSucceeded(BC *This, VSS_ID instance, VSS_ID writer,
                              VSS_COMPONENT_TYPE ct, LPCWSTR path,
                              LPCWSTR name, bool succeeded)
{
    (void)instance;
    (void)writer;
    (void)path;
    (void)succeeded;
    return gap(CHECK(SetBackupSucceeded, component_good(ct, name)));
}

HRESULT bc_SetBackupOptions(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                            LPCWSTR path, LPCWSTR name, LPCWSTR options)
{
    (void)writer;
    (void)path;
    return gap(CHECK(SetBackupOptions, component_good(ct, name) && options));
}

HRESULT bc_SetContext(BC *This, LONG context)
{
    (void)context;
    return gap(CHECK(SetContext, true));
}

HRESULT bc_StartSnapshotSet(BC *This, VSS_ID *set)
{
    OUT(set, null_id);
    return gap(CHECK(StartSnapshotSet, set != NULL));
}

HRESULT bc_AddToSnapshotSet(BC *This, VSS_PWSZ volume, VSS_ID provider,
                            VSS_ID *snapshot)
{
    (void)provider;
    OUT(snapshot, null_id);
    return gap(CHECK(AddToSnapshotSet, volume && snapshot));
}

HRESULT bc_DeleteSnapshots(BC *This, VSS_ID source, VSS_OBJECT_TYPE type,
                           BOOL force, LONG *deleted, VSS_ID *left)
{
    (void)source;
    (void)force;
    OUT(deleted, 0);
    OUT(left, null_id);
    return gap(CHECK(DeleteSnapshots,
                     deleted && left &&
                         (type == VSS_OBJECT_SNAPSHOT ||
                          type == VSS_OBJECT_SNAPSHOT_SET)));
}

HRESULT bc_BreakSnapshotSet(BC *This, VSS_ID set)
{
    (void)set;
    return gap(CHECK(BreakSnapshotSet, true));
}

HRESULT bc_GetSnapshotProperties(BC *This, VSS_ID snapshot,
                                 VSS_SNAPSHOT_PROP *out)
{
    static const VSS_SNAPSHOT_PROP nothing;

    (void)snapshot;
    OUT(out, nothing);
    return gap(CHECK(GetSnapshotProperties, out != NULL));
}

HRESULT bc_Query(BC *This, VSS_ID queried, VSS_OBJECT_TYPE queried_type,
                 VSS_OBJECT_TYPE returned_type, IVssEnumObject **out)
{
    (void)queried;
    (void)queried_type;
    (void)returned_type;
    OUT(out, NULL);
    return gap(CHECK(Query, out != NULL));
}

HRESULT bc_IsVolumeSupported(BC *This, VSS_ID provider, VSS_PWSZ volume,
                             BOOL *out)
{
    (void)provider;
    OUT(out, FALSE);
    return gap(CHECK(IsVolumeSupported, volume && out));
}

HRESULT bc_ExposeSnapshot(BC *This, VSS_ID snapshot, VSS_PWSZ path,
                          LONG attributes, VSS_PWSZ expose, VSS_PWSZ *out)
{
    (void)snapshot;
    (void)path;
    (void)attributes;
    (void)expose;
    OUT(out, NULL);
    return gap(CHECK(ExposeSnapshot, out != NULL));
}

HRESULT bc_RevertToSnapshot(BC *This, VSS_ID snapshot, BOOL force)
{
    (void)snapshot;
    (void)force;
    return gap(CHECK(RevertToSnapshot, true));
}

HRESULT bc_QueryRevertStatus(BC *This, VSS_PWSZ volume, IVssAsync **out)
{
    OUT(out, NULL);
    return gap(CHECK(QueryRevertStatus, volume && out));
}

HRESULT bc_UnexposeSnapshot(BC *This, VSS_ID snapshot)
{
    (void)snapshot;
    return gap(CHECK(UnexposeSnapshot, true));
}

HRESULT bc_BreakSnapshotSetEx(BC *This, VSS_ID set, DWORD flags,
                              IVssAsync **out)
{
    (void)set;
    (void)flags;
    OUT(out, NULL);
    return gap(CHECK(BreakSnapshotSetEx, out != NULL));
}

HRESULT bc_PreFastRecovery(BC *This, VSS_ID set, DWORD flags,
                           IVssAsync **out)
{
    (void)set;
    (void)flags;
    OUT(out, NULL);
    return gap(CHECK(PreFastRecovery, out != NULL));
}

HRESULT bc_FastRecovery(BC *This, VSS_ID set, DWORD flags, IVssAsync **out)
{
    (void)set;
    (void)flags;
    OUT(out, NULL);
    return gap(CHECK(FastRecovery, out != NULL));
}

HRESULT bc_AddSnapshotToRecoverySet(BC *This, VSS_ID snapshot, DWORD flags,
                                    VSS_PWSZ volume)
{
    (void)snapshot;
    (void)flags;
    (void)volume;
    return gap(CHECK(AddSnapshotToRecoverySet, true));
}

/* Page: E_NOTIMPL is also its own code for a provider without resync; the
 * gate, InitializeForRestore, is the table's. */
HRESULT bc_RecoverSet(BC *This, DWORD flags, IVssAsync **out)
{
    (void)flags;
    OUT(out, NULL);
    return gap(CHECK(RecoverSet, out != NULL));
}

HRESULT bc_GetRootAndLogicalPrefixPaths(BC *This, VSS_PWSZ file,
                                        VSS_PWSZ *root, VSS_PWSZ *prefix,
                                        BOOL normalize)
{
    (void)normalize;
    OUT(root, NULL);
    OUT(prefix, NULL);
    return gap(CHECK(GetRootAndLogicalPrefixPaths, file && root && prefix));
}
