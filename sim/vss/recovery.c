/*
 * recovery.c - what hardware providers do: ImportSnapshots, recovery sets,
 * and fast recovery, which is reserved. And the async of a provider's work.
 */
#include "com/text.h"
#include "vss/backup_components.h"
#include "vss/volumes.h"

HRESULT bc_provider_work(struct vss_backup_components *self,
                         const GUID *object,
                         HRESULT (*finish)(struct vss_async *async),
                         bool no_cancel, const char *name, IVssAsync **out)
{
    struct vss_async *async = NULL;
    HRESULT hr = async_create(self->host, VSS_OPERATION_PROVIDER,
                              self->document, NULL, 0, &async);

    if (SUCCEEDED(hr)) {
        async->object = *object;
        async->finish = finish;
        async->no_cancel = no_cancel;
        hr = async_start(async, name);
    }
    if (FAILED(hr)) {
        async_discard(async);
        return hr;
    }
    *out = &async->iface;
    async_leave(&async); /* only the caller watches it */
    return S_OK;
}

/* How many shadow copies the document describes, or only of that id. */
static uint32_t described(const struct vss_document *document,
                          const GUID *wanted)
{
    uint32_t n = 0;
    GUID id;

    for (struct tree_node *set =
             tree_child(document->tree.root, BCD_SNAPSHOT_SET);
         set; set = tree_next(set, BCD_SNAPSHOT_SET))
        for (struct tree_node *at = tree_child(set, BCD_SNAPSHOT); at;
             at = tree_next(at, BCD_SNAPSHOT))
            n += node_guid(at, "snapshotId", &id) &&
                 (!wanted || guid_equal(&id, wanted));
    return n;
}

/* U61: those of the document that the providers know and that are
 * transportable become local. */
static HRESULT finish_import(struct vss_async *async)
{
    const struct vssim_host *host = async->host;
    uint32_t all = described(async->document, NULL), n = 0;
    struct vssim_snapshot one;

    for (uint32_t i = 0; host->snapshot(host, i, &one); i++) {
        if (!(one.attributes & VSS_VOLSNAP_ATTR_TRANSPORTABLE) ||
            !described(async->document, &one.id))
            continue;
        one.attributes |= VSS_VOLSNAP_ATTR_IMPORTED;
        host->change_snapshot(host, &one);
        n++;
    }
    if (!n)
        return VSS_E_NO_SNAPSHOTS_IMPORTED;
    return n < all ? VSS_S_SOME_SNAPSHOTS_NOT_IMPORTED : VSS_S_ASYNC_FINISHED;
}

HRESULT bc_ImportSnapshots(BC *This, IVssAsync **out)
{
    static const GUID nothing;
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_ImportSnapshots, out != NULL);
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    /* Page "Importing Transportable Shadow Copied Volumes": the document
     * that describes them is loaded first. */
    if (SUCCEEDED(hr) && !described(self->document, NULL))
        hr = VSS_E_BAD_STATE;
    if (SUCCEEDED(hr))
        hr = bc_provider_work(self, &nothing, finish_import, false,
                              "ImportSnapshots", out);
    return hr;
}

static bool has_hardware(const struct vssim_host *host)
{
    struct vssim_provider one;

    for (uint32_t i = 0; host->provider(host, i, &one); i++)
        if (one.type == VSS_PROV_HARDWARE)
            return true;
    return false;
}

HRESULT bc_AddSnapshotToRecoverySet(BC *This, VSS_ID snapshot, DWORD flags,
                                    VSS_PWSZ destination)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_provider provider;
    struct vssim_snapshot one;
    struct vssim_volume volume;
    HRESULT hr = vss_check(self, VSS_METHOD_AddSnapshotToRecoverySet, true);

    (void)flags; /* page: reserved */
    if (FAILED(hr))
        return hr;
    /* Page: no hardware provider that can. */
    if (!vss_has_storage(self->host) || !has_hardware(self->host))
        return VSS_E_BAD_STATE;
    if (!described(self->document, &snapshot))
        return VSS_E_SNAPSHOT_NOT_IN_SET;
    hr = storage_snapshot(self->host, &snapshot, &one);
    if (FAILED(hr) ||
        !storage_provider(self->host, &one.provider, &provider) ||
        provider.type != VSS_PROV_HARDWARE)
        return VSS_E_OBJECT_NOT_FOUND;
    if (destination &&
        !self->host->find_volume(self->host, destination, &volume))
        return VSS_E_VOLUME_NOT_SUPPORTED;
    return ids_add(self->host, &self->recovery, &snapshot) ? S_OK
                                                           : E_OUTOFMEMORY;
}

/* Page: VSS_E_BAD_STATE when nothing was added. */
HRESULT bc_RecoverSet(BC *This, DWORD flags, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    (void)flags;
    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_RecoverSet, out != NULL);
    if (SUCCEEDED(hr) && !self->recovery.n)
        hr = VSS_E_BAD_STATE;
    if (SUCCEEDED(hr))
        hr = vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER, "RecoverSet");
    if (SUCCEEDED(hr))
        hr = bc_provider_work(self, &self->recovery.ids[0], NULL, false,
                              "RecoverSet", out);
    return hr;
}

/* Pages: both are reserved; the table says E_NOTIMPL. */
HRESULT bc_PreFastRecovery(BC *This, VSS_ID set, DWORD flags, IVssAsync **out)
{
    (void)set;
    (void)flags;
    OUT(out, NULL);
    return vss_check(bc_from(This), VSS_METHOD_PreFastRecovery, out != NULL);
}

HRESULT bc_FastRecovery(BC *This, VSS_ID set, DWORD flags, IVssAsync **out)
{
    (void)set;
    (void)flags;
    OUT(out, NULL);
    return vss_check(bc_from(This), VSS_METHOD_FastRecovery, out != NULL);
}
