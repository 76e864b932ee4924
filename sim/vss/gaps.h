/* gaps.h - the vtable's entries that are listed gaps, see gaps.c. */
#ifndef VSS_GAPS_H
#define VSS_GAPS_H

#include "vss/backup_components.h"

HRESULT bc_AddComponent(BC *This, VSS_ID instance, VSS_ID writer,
                        VSS_COMPONENT_TYPE ct, LPCWSTR path, LPCWSTR name);
HRESULT bc_PrepareForBackup(BC *This, IVssAsync **out);
HRESULT bc_SetBackupSucceeded(BC *This, VSS_ID instance, VSS_ID writer,
                              VSS_COMPONENT_TYPE ct, LPCWSTR path,
                              LPCWSTR name, bool succeeded);
HRESULT bc_SetBackupOptions(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                            LPCWSTR path, LPCWSTR name, LPCWSTR options);
HRESULT bc_BackupComplete(BC *This, IVssAsync **out);
HRESULT bc_SetContext(BC *This, LONG context);
HRESULT bc_StartSnapshotSet(BC *This, VSS_ID *set);
HRESULT bc_AddToSnapshotSet(BC *This, VSS_PWSZ volume, VSS_ID provider,
                            VSS_ID *snapshot);
HRESULT bc_DoSnapshotSet(BC *This, IVssAsync **out);
HRESULT bc_DeleteSnapshots(BC *This, VSS_ID source, VSS_OBJECT_TYPE type,
                           BOOL force, LONG *deleted, VSS_ID *left);
HRESULT bc_ImportSnapshots(BC *This, IVssAsync **out);
HRESULT bc_BreakSnapshotSet(BC *This, VSS_ID set);
HRESULT bc_GetSnapshotProperties(BC *This, VSS_ID snapshot,
                                 VSS_SNAPSHOT_PROP *out);
HRESULT bc_Query(BC *This, VSS_ID queried, VSS_OBJECT_TYPE queried_type,
                 VSS_OBJECT_TYPE returned_type, IVssEnumObject **out);
HRESULT bc_IsVolumeSupported(BC *This, VSS_ID provider, VSS_PWSZ volume,
                             BOOL *out);
HRESULT bc_ExposeSnapshot(BC *This, VSS_ID snapshot, VSS_PWSZ path,
                          LONG attributes, VSS_PWSZ expose, VSS_PWSZ *out);
HRESULT bc_RevertToSnapshot(BC *This, VSS_ID snapshot, BOOL force);
HRESULT bc_QueryRevertStatus(BC *This, VSS_PWSZ volume, IVssAsync **out);
HRESULT bc_UnexposeSnapshot(BC *This, VSS_ID snapshot);
HRESULT bc_BreakSnapshotSetEx(BC *This, VSS_ID set, DWORD flags,
                              IVssAsync **out);
HRESULT bc_PreFastRecovery(BC *This, VSS_ID set, DWORD flags,
                           IVssAsync **out);
HRESULT bc_FastRecovery(BC *This, VSS_ID set, DWORD flags, IVssAsync **out);
HRESULT bc_AddSnapshotToRecoverySet(BC *This, VSS_ID snapshot, DWORD flags,
                                    VSS_PWSZ volume);
HRESULT bc_RecoverSet(BC *This, DWORD flags, IVssAsync **out);
HRESULT bc_GetRootAndLogicalPrefixPaths(BC *This, VSS_PWSZ file,
                                        VSS_PWSZ *root, VSS_PWSZ *prefix,
                                        BOOL normalize);

#endif
