/* volumes.c - see volumes.h. */
#include "vss/volumes.h"

#include <string.h>

#include "base/array.h"
#include "com/text.h"

bool vss_has_storage(const struct vssim_host *host)
{
    return host->size >= offsetof(struct vssim_host, reverting) +
                             sizeof(host->reverting) &&
           host->find_volume;
}

HRESULT storage_snapshot(const struct vssim_host *host, const GUID *id,
                         struct vssim_snapshot *out)
{
    for (uint32_t i = 0; host->snapshot(host, i, out); i++)
        if (guid_equal(&out->id, id) && out->state == VSS_SS_CREATED)
            return S_OK;
    return VSS_E_OBJECT_NOT_FOUND;
}

uint32_t storage_volume_count(const struct vssim_host *host,
                              const WCHAR *volume)
{
    struct vssim_snapshot one;
    uint32_t n = 0;

    for (uint32_t i = 0; host->snapshot(host, i, &one); i++)
        n += wide_equal(one.volume, volume) && one.state == VSS_SS_CREATED;
    return n;
}

bool storage_provider(const struct vssim_host *host, const GUID *id,
                      struct vssim_provider *out)
{
    for (uint32_t i = 0; host->provider(host, i, out); i++)
        if (guid_equal(&out->id, id))
            return true;
    return false;
}

HRESULT storage_volume(const struct vssim_host *host, const WCHAR *path,
                       struct vssim_volume *out)
{
    return host->find_volume(host, path, out) ? S_OK : VSS_E_OBJECT_NOT_FOUND;
}

bool storage_text(const struct vssim_host *host, const WCHAR *text,
                  VSS_PWSZ *out)
{
    size_t size = (wide_length(text) + 1) * sizeof(WCHAR);

    if (!text)
        return true;
    *out = host->task_alloc(host, size);
    if (*out)
        memcpy(*out, text, size);
    return *out != NULL;
}

HRESULT storage_fill(const struct vssim_host *host,
                     const struct vssim_snapshot *snapshot,
                     VSS_SNAPSHOT_PROP *out)
{
    out->m_SnapshotId = snapshot->id;
    out->m_SnapshotSetId = snapshot->set;
    out->m_lSnapshotsCount = snapshot->count;
    out->m_ProviderId = snapshot->provider;
    out->m_lSnapshotAttributes = snapshot->attributes;
    out->m_tsCreationTimestamp = snapshot->created;
    out->m_eStatus = snapshot->state;
    if (storage_text(host, snapshot->device,
                     &out->m_pwszSnapshotDeviceObject) &&
        storage_text(host, snapshot->volume, &out->m_pwszOriginalVolumeName) &&
        storage_text(host, snapshot->machine,
                     &out->m_pwszOriginatingMachine) &&
        storage_text(host, snapshot->machine, &out->m_pwszServiceMachine) &&
        storage_text(host, snapshot->exposed_name, &out->m_pwszExposedName) &&
        storage_text(host, snapshot->exposed_path, &out->m_pwszExposedPath))
        return S_OK;
    storage_free(host, out);
    return E_OUTOFMEMORY;
}

/* Page of VssFreeSnapshotProperties: frees the strings. */
void storage_free(const struct vssim_host *host, VSS_SNAPSHOT_PROP *prop)
{
    VSS_PWSZ *const texts[] = {
        &prop->m_pwszSnapshotDeviceObject, &prop->m_pwszOriginalVolumeName,
        &prop->m_pwszOriginatingMachine,   &prop->m_pwszServiceMachine,
        &prop->m_pwszExposedName,          &prop->m_pwszExposedPath};

    for (unsigned i = 0; i < ARRAY_SIZE(texts); i++) {
        if (*texts[i])
            host->task_free(host, *texts[i]);
        *texts[i] = NULL;
    }
}

void storage_drop_set(const struct vssim_host *host, const GUID *set)
{
    struct vssim_snapshot one;

    for (uint32_t i = 0; host->snapshot(host, i, &one);)
        if (guid_equal(&one.set, set))
            host->delete_snapshot(host, &one.id);
        else
            i++;
    host->end_set(host, set);
}
