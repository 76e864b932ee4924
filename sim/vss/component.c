/* component.c - see component.h: the object itself and its vtable. */
#include "vss/component.h"

static ULONG add_ref(CO *This)
{
    return ++co_from(This)->refs;
}

static ULONG release(CO *This)
{
    struct vss_component *self = co_from(This);
    ULONG refs = --self->refs;

    if (!refs) {
        const struct vssim_host *host = self->document->host;

        document_unref(self->document);
        vss_free(host, self);
    }
    return refs;
}

/* Interface pages, minimum supported versions: Ex came with Vista, Ex2 with
 * Windows 7. */
static HRESULT query_interface(CO *This, REFIID riid, void **out)
{
    static const IID *const ids[] = {&IID_IVssComponent, &IID_IVssComponentEx,
                                     &IID_IVssComponentEx2};
    int ex = vss_windows(co_from(This)->document->host)->ex;

    return object_query(This, &co_from(This)->refs, riid, ids,
                        ex >= 3   ? 3
                        : ex >= 2 ? 2
                                  : 1,
                        out);
}

static const IVssComponentEx2Vtbl vtable = {
    query_interface,
    add_ref,
    release,
    co_GetLogicalPath,
    co_GetComponentType,
    co_GetComponentName,
    co_GetBackupSucceeded,
    co_GetAlternateLocationMappingCount,
    co_GetAlternateLocationMapping,
    co_SetBackupMetadata,
    co_GetBackupMetadata,
    co_AddPartialFile,
    co_GetPartialFileCount,
    co_GetPartialFile,
    co_IsSelectedForRestore,
    co_GetAdditionalRestores,
    co_GetNewTargetCount,
    co_GetNewTarget,
    co_AddDirectedTarget,
    co_GetDirectedTargetCount,
    co_GetDirectedTarget,
    co_SetRestoreMetadata,
    co_GetRestoreMetadata,
    co_SetRestoreTarget,
    co_GetRestoreTarget,
    co_SetPreRestoreFailureMsg,
    co_GetPreRestoreFailureMsg,
    co_SetPostRestoreFailureMsg,
    co_GetPostRestoreFailureMsg,
    co_SetBackupStamp,
    co_GetBackupStamp,
    co_GetPreviousBackupStamp,
    co_GetBackupOptions,
    co_GetRestoreOptions,
    co_GetRestoreSubcomponentCount,
    co_GetRestoreSubcomponent,
    co_GetFileRestoreStatus,
    co_AddDifferencedFilesByLastModifyTime,
    co_AddDifferencedFilesByLastModifyLSN,
    co_GetDifferencedFilesCount,
    co_GetDifferencedFile,
    co_SetPrepareForBackupFailureMsg,
    co_SetPostSnapshotFailureMsg,
    co_GetPrepareForBackupFailureMsg,
    co_GetPostSnapshotFailureMsg,
    co_GetAuthoritativeRestore,
    co_GetRollForward,
    co_GetRestoreName,
    co_SetFailure,
    co_GetFailure,
};

#define SLOT(method, number) \
    _Static_assert(offsetof(IVssComponentEx2Vtbl, method) == \
                       (number) * sizeof(void *), \
                   #method)
SLOT(GetLogicalPath, 3);
SLOT(SetRestoreTarget, 23);
SLOT(GetDifferencedFile, 40);
SLOT(GetFailure, 49);

HRESULT component_create(struct vss_document *document, struct tree_node *node,
                         enum vss_open event, unsigned generation,
                         IVssComponent **out)
{
    struct vss_component *self = vss_alloc(document->host, sizeof(*self));

    if (!self)
        return E_OUTOFMEMORY;
    self->iface.lpVtbl = &vtable;
    self->refs = 1;
    self->document = document_ref(document);
    self->node = node;
    self->event = event;
    self->generation = generation;
    *out = (IVssComponent *)(void *)&self->iface;
    return S_OK;
}
