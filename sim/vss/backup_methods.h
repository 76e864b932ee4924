/*
 * backup_methods.h - the vtable's entries of the backup side, by the file
 * that has them.
 */
#ifndef VSS_BACKUP_METHODS_H
#define VSS_BACKUP_METHODS_H

#include "vss/backup_components.h"

/* backup_document.c */
HRESULT bc_InitializeForBackup(BC *This, BSTR xml);
HRESULT bc_SetBackupState(BC *This, bool select, bool bootable,
                          VSS_BACKUP_TYPE type, bool partial);
/* And: AddComponent, SetBackupSucceeded, SetBackupOptions. backup_events.c:
 * PrepareForBackup, BackupComplete, AbortBackup. snapshot_set.c: SetContext
 * to DoSnapshotSet, IsVolumeSupported. snapshot_query.c:
 * GetSnapshotProperties, Query. snapshot_manage.c: Delete, Break, Expose.
 * revert.c: Revert. recovery.c: Import, recovery sets, fast recovery.
 * root_paths.c: GetRootAndLogicalPrefixPaths. */
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
HRESULT bc_PreFastRecovery(BC *This, VSS_ID set, DWORD flags, IVssAsync **out);
HRESULT bc_FastRecovery(BC *This, VSS_ID set, DWORD flags, IVssAsync **out);
HRESULT bc_AddSnapshotToRecoverySet(BC *This, VSS_ID snapshot, DWORD flags,
                                    VSS_PWSZ volume);
HRESULT bc_RecoverSet(BC *This, DWORD flags, IVssAsync **out);
HRESULT bc_GetRootAndLogicalPrefixPaths(BC *This, VSS_PWSZ file,
                                        VSS_PWSZ *root, VSS_PWSZ *prefix,
                                        BOOL normalize);
HRESULT bc_AbortBackup(BC *This);

/* An async of what a provider does to `object`; `finish` may be NULL
 * (recovery.c). */
HRESULT bc_provider_work(struct vss_backup_components *self,
                         const GUID *object,
                         HRESULT (*finish)(struct vss_async *async),
                         bool no_cancel, const char *name, IVssAsync **out);
/* When the object goes: BackupShutdown, the set in progress, what is
 * released with it (backup_events.c). */
void bc_end_backup(struct vss_backup_components *self);

#endif
