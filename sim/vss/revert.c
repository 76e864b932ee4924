/*
 * revert.c - RevertToSnapshot, QueryRevertStatus and the function
 * ShouldBlockRevert. A revert is the machine's: it goes on by itself, and no
 * async of ours can cancel it (page of QueryRevertStatus).
 */
#include "vss/backup_components.h"
#include "vss/reference.h"
#include "vss/volumes.h"

/* Pages: only the system provider reverts here. */
static HRESULT can_revert(const struct vssim_host *host,
                          const struct vssim_volume *volume)
{
    struct vssim_provider provider;

    if (!storage_provider(host, &volume->provider, &provider) ||
        provider.type != VSS_PROV_SYSTEM)
        return E_NOTIMPL;
    return volume->revert ? S_OK : VSS_E_VOLUME_NOT_SUPPORTED;
}

HRESULT bc_RevertToSnapshot(BC *This, VSS_ID snapshot, BOOL force)
{
    struct vss_backup_components *self = bc_from(This);
    const struct vssim_host *host = self->host;
    struct vssim_snapshot one;
    struct vssim_volume volume;
    HRESULT hr =
        vss_check(self, VSS_METHOD_RevertToSnapshot, !guid_is_null(&snapshot));

    if (SUCCEEDED(hr) && !vss_has_storage(host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = storage_snapshot(host, &snapshot, &one);
    if (SUCCEEDED(hr))
        hr = storage_volume(host, one.volume, &volume);
    if (SUCCEEDED(hr))
        hr = can_revert(host, &volume);
    if (SUCCEEDED(hr) && !(one.attributes & VSS_VOLSNAP_ATTR_PERSISTENT))
        hr = VSS_E_UNSUPPORTED_CONTEXT;
    if (SUCCEEDED(hr) && volume.in_use && !force)
        hr = VSS_E_VOLUME_IN_USE;
    return SUCCEEDED(hr) ? host->revert(host, &snapshot) : hr;
}

HRESULT bc_QueryRevertStatus(BC *This, VSS_PWSZ name, IVssAsync **out)
{
    static const GUID none;
    struct vss_backup_components *self = bc_from(This);
    struct vssim_volume volume;
    GUID snapshot;
    HRESULT hr;

    OUT(out, NULL);
    /* Page: E_POINTER for a NULL pointer. */
    hr = vss_check_as(self, VSS_METHOD_QueryRevertStatus, name && out,
                      E_POINTER);
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = storage_volume(self->host, name, &volume);
    if (SUCCEEDED(hr))
        hr = can_revert(self->host, &volume);
    if (FAILED(hr))
        return hr;
    /* U67: with no revert under way the async is over at once. */
    if (!self->host->reverting(self->host, volume.name, &snapshot))
        snapshot = none;
    return bc_provider_work(self, &snapshot, NULL, true, "QueryRevertStatus",
                            out);
}

HRESULT should_block_revert(const struct vssim_host *host, const WCHAR *name,
                            bool *block)
{
    struct vssim_volume volume;
    HRESULT hr = vss_acquire(host, VSSIM_RESOURCE_ACCESS, "ShouldBlockRevert");

    OUT(block, false);
    if (FAILED(hr))
        return hr;
    if (!name || !block)
        return E_INVALIDARG;
    if (!vss_has_storage(host))
        return E_NOTIMPL;
    /* The page has no code for a volume that is not there: U58. */
    if (!host->find_volume(host, name, &volume))
        return E_INVALIDARG;
    *block = volume.block_revert;
    return S_OK;
}
