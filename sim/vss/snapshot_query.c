/*
 * snapshot_query.c - what there is: GetSnapshotProperties, Query, and the
 * functions IsVolumeSnapshotted and VssFreeSnapshotProperties.
 */

#include "vss/backup_components.h"
#include "vss/enum_object.h"
#include "vss/reference.h"
#include "vss/volumes.h"

HRESULT bc_GetSnapshotProperties(BC *This, VSS_ID snapshot,
                                 VSS_SNAPSHOT_PROP *out)
{
    static const VSS_SNAPSHOT_PROP nothing;
    struct vss_backup_components *self = bc_from(This);
    struct vssim_snapshot one;
    HRESULT hr;

    OUT(out, nothing);
    hr = vss_check(self, VSS_METHOD_GetSnapshotProperties, out != NULL);
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER,
                         "GetSnapshotProperties");
    if (SUCCEEDED(hr))
        hr = storage_snapshot(self->host, &snapshot, &one);
    return SUCCEEDED(hr) ? storage_fill(self->host, &one, out) : hr;
}

/* Page: shadow copies that are made and belong to the present context. */
static bool in_context(const struct vss_backup_components *self,
                       const struct vssim_snapshot *one)
{
    const LONG bits =
        VSS_VOLSNAP_ATTR_PERSISTENT | VSS_VOLSNAP_ATTR_CLIENT_ACCESSIBLE |
        VSS_VOLSNAP_ATTR_NO_AUTO_RELEASE | VSS_VOLSNAP_ATTR_NO_WRITERS;

    return one->state == VSS_SS_CREATED &&
           (self->context == VSS_CTX_ALL ||
            (one->attributes & bits) == (self->context & bits));
}

static HRESULT list_snapshots(const struct vss_backup_components *self,
                              struct vss_objects *list)
{
    const struct vssim_host *host = self->host;
    struct vssim_snapshot one;
    HRESULT hr = S_OK;

    for (uint32_t i = 0; SUCCEEDED(hr) && host->snapshot(host, i, &one); i++)
        if (in_context(self, &one)) {
            VSS_OBJECT_PROP *item = &list->items[list->n];

            item->Type = VSS_OBJECT_SNAPSHOT;
            hr = storage_fill(host, &one, &item->Obj.Snap);
            list->n += SUCCEEDED(hr);
        }
    return hr;
}

static HRESULT list_providers(const struct vssim_host *host,
                              struct vss_objects *list)
{
    struct vssim_provider one;

    for (uint32_t i = 0; host->provider(host, i, &one); i++) {
        VSS_OBJECT_PROP *item = &list->items[list->n++];
        VSS_PROVIDER_PROP *p = &item->Obj.Prov;

        item->Type = VSS_OBJECT_PROVIDER;
        p->m_ProviderId = one.id;
        p->m_eProviderType = one.type;
        p->m_ProviderVersionId = one.version_id;
        p->m_ClassId = one.class_id;
        if (!storage_text(host, one.name, &p->m_pwszProviderName) ||
            !storage_text(host, one.version, &p->m_pwszProviderVersion))
            return E_OUTOFMEMORY;
    }
    return S_OK;
}

static uint32_t how_many(const struct vss_backup_components *self,
                         bool snapshots)
{
    const struct vssim_host *host = self->host;
    struct vssim_snapshot snapshot;
    struct vssim_provider provider;
    uint32_t n = 0, i = 0;

    if (snapshots)
        for (; host->snapshot(host, i, &snapshot); i++)
            n += in_context(self, &snapshot);
    else
        while (host->provider(host, n, &provider))
            n++;
    return n;
}

/* Page: the id is zero, the first type is NONE. An empty list is none of the
 * page's failures (U59). */
HRESULT bc_Query(BC *This, VSS_ID queried, VSS_OBJECT_TYPE queried_type,
                 VSS_OBJECT_TYPE returned_type, IVssEnumObject **out)
{
    struct vss_backup_components *self = bc_from(This);
    bool snapshots = returned_type == VSS_OBJECT_SNAPSHOT;
    struct vss_objects *list;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_Query,
                   out && guid_is_null(&queried) &&
                       queried_type == VSS_OBJECT_NONE &&
                       (snapshots || returned_type == VSS_OBJECT_PROVIDER));
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER, "Query");
    if (FAILED(hr))
        return hr;
    list = objects_create(self->host, how_many(self, snapshots));
    if (!list)
        return E_OUTOFMEMORY;
    hr = snapshots ? list_snapshots(self, list)
                   : list_providers(self->host, list);
    if (SUCCEEDED(hr))
        return enum_object_create(self->host, list, out);
    objects_unref(self->host, list);
    return hr;
}

HRESULT is_volume_snapshotted(const struct vssim_host *host, const WCHAR *name,
                              BOOL *present, LONG *capability)
{
    struct vssim_volume volume;
    HRESULT hr =
        vss_acquire(host, VSSIM_RESOURCE_ACCESS, "IsVolumeSnapshotted");

    OUT(present, FALSE);
    OUT(capability, 0);
    if (FAILED(hr))
        return hr;
    if (!name || !present || !capability)
        return E_INVALIDARG;
    if (!vss_has_storage(host))
        return E_NOTIMPL;
    hr = vss_acquire(host, VSSIM_RESOURCE_PROVIDER, "IsVolumeSnapshotted");
    if (SUCCEEDED(hr))
        hr = storage_volume(host, name, &volume);
    /* No operation on the volume is disabled: the capability stays zero. */
    if (SUCCEEDED(hr))
        *present = storage_volume_count(host, volume.name) > 0;
    return hr;
}

void free_snapshot_properties(const struct vssim_host *host,
                              VSS_SNAPSHOT_PROP *prop)
{
    if (prop && vss_has_storage(host))
        storage_free(host, prop);
}
