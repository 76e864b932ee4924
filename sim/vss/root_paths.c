/*
 * root_paths.c - GetRootAndLogicalPrefixPaths: splits a path into what
 * AddToSnapshotSet takes and what the volume or share is called.
 */
#include "vss/backup_components.h"
#include "vss/volumes.h"

/* The length of "\\\\server\\share\\", or 0. */
static size_t share_length(const WCHAR *path)
{
    size_t at = 2;

    if (path[0] != '\\' || path[1] != '\\' || path[2] == '?' || path[2] == '.')
        return 0;
    for (unsigned part = 0; part < 2; part++) {
        size_t from = at;

        while (path[at] && path[at] != '\\')
            at++;
        if (at == from || !path[at])
            return 0;
        at++;
    }
    return at;
}

static HRESULT give(const struct vssim_host *host, const WCHAR *first,
                    const WCHAR *second, VSS_PWSZ *root, VSS_PWSZ *prefix)
{
    if (!storage_text(host, first, root))
        return E_OUTOFMEMORY;
    if (storage_text(host, second, prefix))
        return S_OK;
    host->task_free(host, *root);
    *root = NULL;
    return E_OUTOFMEMORY;
}

/* Page: the root is where the volume is mounted, the prefix its GUID name;
 * of a share, both are the share. Anything else: U58. */
HRESULT bc_GetRootAndLogicalPrefixPaths(BC *This, VSS_PWSZ file,
                                        VSS_PWSZ *root, VSS_PWSZ *prefix,
                                        BOOL normalize)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_volume volume;
    size_t length;
    HRESULT hr;

    (void)normalize; /* the names of the simulated machines have no domain */
    OUT(root, NULL);
    OUT(prefix, NULL);
    hr = vss_check(self, VSS_METHOD_GetRootAndLogicalPrefixPaths,
                   file && root && prefix);
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (FAILED(hr))
        return hr;
    length = share_length(file);
    if (length) {
        hr = give(self->host, file, file, root, prefix);
        if (SUCCEEDED(hr))
            (*root)[length] = (*prefix)[length] = 0;
        return hr;
    }
    if (!self->host->find_volume(self->host, file, &volume))
        return E_INVALIDARG;
    return give(self->host, volume.path, volume.name, root, prefix);
}
