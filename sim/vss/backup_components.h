/*
 * backup_components.h - the backup components object: its parts, shared by
 * the files that implement its methods, and nobody else.
 *
 * The object owns one reference on its document and holds its asyncs
 * (`gather`, `status_async`, `pre`, `post`; `prepare`, `make_set`,
 * `complete`; see async.h). `phase` is brought
 * up to date by vss_follow at the start of every call, never in between.
 */
#ifndef VSS_BACKUP_COMPONENTS_H
#define VSS_BACKUP_COMPONENTS_H

#include "com/object.h"
#include "vss/async.h"
#include "vss/check.h"
#include "vss/document.h"
#include "vss/filters.h"

enum vss_status { VSS_STATUS_NONE, VSS_STATUS_PENDING, VSS_STATUS_READY };

struct vss_backup_components {
    IVssBackupComponentsEx4 iface;
    const struct vssim_host *host;
    ULONG refs;
    enum vss_phase phase;
    enum vss_status status;
    bool metadata_freed;
    VSS_RESTORE_TYPE restore_type;
    struct {
        bool set, select_components, bootable, partial;
        VSS_BACKUP_TYPE type;
    } backup;
    GUID session;
    struct vss_document *document;
    struct vss_filters filters;
    struct vss_async *gather, *status_async, *pre, *post;
    LONG context; /* VSS_CTX_..., with VSS_VOLSNAP_ATTR_... */
    bool context_set;
    /* The shadow copy set of this object: its shadow copies are the host's. */
    struct {
        bool started, made;
        GUID id;
        uint32_t n;
    } set;
    bool aborted; /* the writers heard Abort, or will */
    struct vss_async *prepare, *make_set, *complete;
    struct vss_ids recovery; /* AddSnapshotToRecoverySet */
};

#define BC IVssBackupComponentsEx4

COM_OBJECT(bc_from, struct vss_backup_components, iface, BC)

/* The vtable's entries, by the file that has them. */
/* initialize.c */
HRESULT bc_InitializeForRestore(BC *This, BSTR xml);
HRESULT bc_SetRestoreState(BC *This, VSS_RESTORE_TYPE type);
HRESULT bc_SaveAsXML(BC *This, BSTR *xml);
HRESULT bc_GetSessionId(BC *This, VSS_ID *session);
HRESULT bc_GetWriterComponentsCount(BC *This, UINT *count);
HRESULT bc_GetWriterComponents(BC *This, UINT i,
                               IVssWriterComponentsExt **out);
/* gather.c */
HRESULT bc_GatherWriterMetadata(BC *This, IVssAsync **out);
HRESULT bc_GetWriterMetadataCount(BC *This, UINT *count);
HRESULT bc_GetWriterMetadata(BC *This, UINT i, VSS_ID *instance,
                             IVssExamineWriterMetadata **out);
HRESULT bc_GetWriterMetadataEx(BC *This, UINT i, VSS_ID *instance,
                               IVssExamineWriterMetadataEx **out);
HRESULT bc_FreeWriterMetadata(BC *This);
/* filters.c */
HRESULT bc_DisableWriterClasses(BC *This, const VSS_ID *ids, UINT n);
HRESULT bc_EnableWriterClasses(BC *This, const VSS_ID *ids, UINT n);
HRESULT bc_DisableWriterInstances(BC *This, const VSS_ID *ids, UINT n);
/* writer_status.c */
HRESULT bc_GatherWriterStatus(BC *This, IVssAsync **out);
HRESULT bc_GetWriterStatusCount(BC *This, UINT *count);
HRESULT bc_FreeWriterStatus(BC *This);
HRESULT bc_GetWriterStatus(BC *This, UINT i, VSS_ID *instance, VSS_ID *writer,
                           BSTR *name, VSS_WRITER_STATE *state,
                           HRESULT *failure);
HRESULT bc_GetWriterStatusEx(BC *This, UINT i, VSS_ID *instance,
                             VSS_ID *writer, BSTR *name,
                             VSS_WRITER_STATE *state, HRESULT *failure,
                             HRESULT *application, BSTR *message);
/* selection.c */
HRESULT bc_SetSelectedForRestore(BC *This, VSS_ID writer,
                                 VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                 LPCWSTR name, bool selected);
HRESULT bc_SetSelectedForRestoreEx(BC *This, VSS_ID writer,
                                   VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                   LPCWSTR name, bool selected,
                                   VSS_ID instance);
HRESULT bc_AddRestoreSubcomponent(BC *This, VSS_ID writer,
                                  VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                  LPCWSTR name, LPCWSTR sub_path,
                                  LPCWSTR sub_name, bool repair);
HRESULT bc_AddNewTarget(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                        LPCWSTR path, LPCWSTR name, LPCWSTR file_path,
                        LPCWSTR filespec, bool recursive, LPCWSTR target);
HRESULT bc_AddAlternativeLocationMapping(BC *This, VSS_ID writer,
                                         VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                         LPCWSTR name, LPCWSTR file_path,
                                         LPCWSTR filespec, bool recursive,
                                         LPCWSTR destination);
/* options.c */
HRESULT bc_SetRestoreOptions(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                             LPCWSTR path, LPCWSTR name, LPCWSTR options);
HRESULT bc_SetAdditionalRestores(BC *This, VSS_ID writer,
                                 VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                 LPCWSTR name, bool additional);
HRESULT bc_SetPreviousBackupStamp(BC *This, VSS_ID writer,
                                  VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                  LPCWSTR name, LPCWSTR stamp);
HRESULT bc_SetFileRestoreStatus(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                                LPCWSTR path, LPCWSTR name,
                                VSS_FILE_RESTORE_STATUS status);
HRESULT bc_SetRangesFilePath(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                             LPCWSTR path, LPCWSTR name, UINT i,
                             LPCWSTR ranges);
HRESULT bc_SetAuthoritativeRestore(BC *This, VSS_ID writer,
                                   VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                   LPCWSTR name, bool authoritative);
HRESULT bc_SetRollForward(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                          LPCWSTR path, LPCWSTR name,
                          VSS_ROLLFORWARD_TYPE type, LPCWSTR point);
HRESULT bc_SetRestoreName(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                          LPCWSTR path, LPCWSTR name, LPCWSTR new_name);
/* pre_restore.c, post_restore.c */
HRESULT bc_PreRestore(BC *This, IVssAsync **out);
HRESULT bc_PostRestore(BC *This, IVssAsync **out);

/* Is a gather under way? */
static inline bool bc_gathering(const struct vss_backup_components *self)
{
    return self->phase == VSS_PHASE_GATHERING ||
           self->phase == VSS_PHASE_BACKUP_GATHERING;
}

/* Do writers take part in shadow copies of this context? (Page of
 * VSS_SNAPSHOT_CONTEXT.) */
static inline bool bc_has_writers(const struct vss_backup_components *self)
{
    return !(self->context & VSS_VOLSNAP_ATTR_NO_WRITERS);
}

/* The i-th live instance: of those that answered Identify, with metadata,
 * not filtered out. `at` may be NULL; false past the last (gather.c). */
bool bc_live(const struct vss_backup_components *self, uint32_t i,
             struct vssim_answer *answer);
bool bc_live_instance(const struct vss_backup_components *self,
                      const GUID *instance, struct vssim_answer *answer);
bool bc_live_class(const struct vss_backup_components *self,
                   const GUID *writer);

#endif
