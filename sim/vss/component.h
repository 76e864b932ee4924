/*
 * component.h - IVssComponent, ...Ex, ...Ex2: one component of the Backup
 * Components Document, as a requester or as its writer sees it.
 *
 * Holds a reference on the document; `event` and `generation` come from the
 * IVssWriterComponents it was taken from. A requester's view reads; a
 * writer's view also edits, while its event is under way. Values:
 * document_names.h.
 */
#ifndef VSS_COMPONENT_H
#define VSS_COMPONENT_H

#include "com/object.h"
#include "vss/document.h"

struct vss_component {
    IVssComponentEx2 iface;
    ULONG refs;
    struct vss_document *document;
    struct tree_node *node;
    unsigned generation;
    enum vss_open event; /* VSS_OPEN_NONE: a requester's view */
};

HRESULT component_create(struct vss_document *document, struct tree_node *node,
                         enum vss_open event, unsigned generation,
                         IVssComponent **out);

#define CO IVssComponentEx2

COM_OBJECT(co_from, struct vss_component, iface, CO)

/* component_read.c */
HRESULT co_GetLogicalPath(CO *This, BSTR *out);
HRESULT co_GetComponentType(CO *This, VSS_COMPONENT_TYPE *out);
HRESULT co_GetComponentName(CO *This, BSTR *out);
HRESULT co_GetBackupSucceeded(CO *This, bool *out);
HRESULT co_GetBackupMetadata(CO *This, BSTR *out);
HRESULT co_IsSelectedForRestore(CO *This, bool *out);
HRESULT co_GetAdditionalRestores(CO *This, bool *out);
HRESULT co_GetRestoreMetadata(CO *This, BSTR *out);
HRESULT co_GetRestoreTarget(CO *This, VSS_RESTORE_TARGET *out);
HRESULT co_GetPreRestoreFailureMsg(CO *This, BSTR *out);
HRESULT co_GetPostRestoreFailureMsg(CO *This, BSTR *out);
HRESULT co_GetBackupStamp(CO *This, BSTR *out);
HRESULT co_GetPreviousBackupStamp(CO *This, BSTR *out);
HRESULT co_GetBackupOptions(CO *This, BSTR *out);
HRESULT co_GetRestoreOptions(CO *This, BSTR *out);
HRESULT co_GetFileRestoreStatus(CO *This, VSS_FILE_RESTORE_STATUS *out);
HRESULT co_GetPrepareForBackupFailureMsg(CO *This, BSTR *out);
HRESULT co_GetPostSnapshotFailureMsg(CO *This, BSTR *out);
HRESULT co_GetAuthoritativeRestore(CO *This, bool *out);
HRESULT co_GetRollForward(CO *This, VSS_ROLLFORWARD_TYPE *type, BSTR *point);
HRESULT co_GetRestoreName(CO *This, BSTR *out);
HRESULT co_GetFailure(CO *This, HRESULT *hr, HRESULT *application,
                      BSTR *message, DWORD *reserved);
/* component_lists.c */
HRESULT co_GetAlternateLocationMappingCount(CO *This, UINT *count);
HRESULT co_GetAlternateLocationMapping(CO *This, UINT i, IVssWMFiledesc **out);
HRESULT co_GetPartialFileCount(CO *This, UINT *count);
HRESULT co_GetPartialFile(CO *This, UINT i, BSTR *path, BSTR *filename,
                          BSTR *range, BSTR *metadata);
HRESULT co_GetNewTargetCount(CO *This, UINT *count);
HRESULT co_GetNewTarget(CO *This, UINT i, IVssWMFiledesc **out);
HRESULT co_GetDirectedTargetCount(CO *This, UINT *count);
HRESULT co_GetDirectedTarget(CO *This, UINT i, BSTR *source_path,
                             BSTR *source_name, BSTR *source_ranges,
                             BSTR *path, BSTR *name, BSTR *ranges);
HRESULT co_GetRestoreSubcomponentCount(CO *This, UINT *count);
HRESULT co_GetRestoreSubcomponent(CO *This, UINT i, BSTR *path, BSTR *name,
                                  bool *repair);
HRESULT co_GetDifferencedFilesCount(CO *This, UINT *count);
HRESULT co_GetDifferencedFile(CO *This, UINT i, BSTR *path, BSTR *filespec,
                              BOOL *recursive, BSTR *lsn, FILETIME *time);
/* component_write.c */
HRESULT co_SetBackupMetadata(CO *This, LPCWSTR data);
HRESULT co_AddPartialFile(CO *This, LPCWSTR path, LPCWSTR filename,
                          LPCWSTR ranges, LPCWSTR metadata);
HRESULT co_AddDirectedTarget(CO *This, LPCWSTR source_path,
                             LPCWSTR source_name, LPCWSTR source_ranges,
                             LPCWSTR path, LPCWSTR name, LPCWSTR ranges);
HRESULT co_SetRestoreMetadata(CO *This, LPCWSTR data);
HRESULT co_SetRestoreTarget(CO *This, VSS_RESTORE_TARGET target);
HRESULT co_SetPreRestoreFailureMsg(CO *This, LPCWSTR text);
HRESULT co_SetPostRestoreFailureMsg(CO *This, LPCWSTR text);
HRESULT co_SetBackupStamp(CO *This, LPCWSTR stamp);
HRESULT co_AddDifferencedFilesByLastModifyTime(CO *This, LPCWSTR path,
                                               LPCWSTR filespec,
                                               BOOL recursive, FILETIME time);
HRESULT co_AddDifferencedFilesByLastModifyLSN(CO *This, LPCWSTR path,
                                              LPCWSTR filespec, BOOL recursive,
                                              BSTR lsn);
HRESULT co_SetPrepareForBackupFailureMsg(CO *This, LPCWSTR text);
HRESULT co_SetPostSnapshotFailureMsg(CO *This, LPCWSTR text);
HRESULT co_SetFailure(CO *This, HRESULT hr, HRESULT application,
                      LPCWSTR message, DWORD reserved);

/* S_OK, or VSS_E_BAD_STATE for a stale view (U12). */
static inline HRESULT component_fresh(const struct vss_component *self)
{
    return document_fresh(self->document, self->generation);
}

#endif
