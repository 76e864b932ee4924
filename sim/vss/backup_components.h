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

/* The vtable's entries, each in a file of its topic. */
#define GEN_BC_METHODS
#include "reference_gen.inc"

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
