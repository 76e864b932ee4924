/*
 * vtable.c - the one vtable of the backup components object, and its life.
 *
 * IVssBackupComponents and its Ex forms are one object with one vtable: each
 * interface's slots are the beginning of the next one's.
 */
#include "vss/backup_components.h"
#include "vss/reference.h"

/* Interface pages, minimum supported versions: which Ex forms exist. */
static HRESULT query_interface(BC *This, REFIID riid, void **out)
{
    static const IID *const ids[] = {
        &IID_IVssBackupComponents, &IID_IVssBackupComponentsEx,
        &IID_IVssBackupComponentsEx2, &IID_IVssBackupComponentsEx3,
        &IID_IVssBackupComponentsEx4};
    struct vss_backup_components *self = bc_from(This);
    unsigned known = 1 + (unsigned)vss_windows(self->host)->ex;

    return object_query(This, &self->refs, riid, ids, known, out);
}

static ULONG add_ref(BC *This)
{
    return ++bc_from(This)->refs;
}

/* Asyncs and views that the caller still has live on (U42). BackupShutdown
 * belongs to backups (U39). */
static ULONG release(BC *This)
{
    struct vss_backup_components *self = bc_from(This);
    ULONG refs = --self->refs;

    if (!refs) {
        bc_end_backup(self);
        async_leave(&self->prepare);
        async_leave(&self->make_set);
        async_leave(&self->complete);
        async_leave(&self->gather);
        async_leave(&self->status_async);
        async_leave(&self->pre);
        async_leave(&self->post);
        document_unref(self->document);
        filters_release(self->host, &self->filters);
        vss_free(self->host, self->recovery.ids);
        vss_free(self->host, self);
    }
    return refs;
}

static const IVssBackupComponentsEx4Vtbl vtable = {
    .QueryInterface = query_interface,
    .AddRef = add_ref,
    .Release = release,
#define GEN_BC_VTABLE
#include "reference_gen.inc"
};

_Static_assert(offsetof(IVssAsyncVtbl, Cancel) == 3 * sizeof(void *) &&
                   offsetof(IVssAsyncVtbl, Wait) == 4 * sizeof(void *) &&
                   offsetof(IVssAsyncVtbl, QueryStatus) == 5 * sizeof(void *),
               "IVssAsync");

HRESULT backup_components_create(const struct vssim_host *host,
                                 IVssBackupComponents **out)
{
    struct vss_backup_components *self;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_acquire(host, VSSIM_RESOURCE_ACCESS, "CreateVssBackupComponents");
    if (FAILED(hr))
        return hr;
    if (!out)
        return E_INVALIDARG;
    self = vss_alloc(host, sizeof(*self));
    if (!self)
        return E_OUTOFMEMORY;
    self->iface.lpVtbl = &vtable;
    self->host = host;
    self->refs = 1;
    host->new_guid(host, &self->session);
    *out = (IVssBackupComponents *)(void *)&self->iface;
    return S_OK;
}
