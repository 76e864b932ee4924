/*
 * volumes.h - what the methods about shadow copies ask of the host: volumes,
 * providers, shadow copies. Nothing is owned; strings given out in the API's
 * structures are the caller's, freed with CoTaskMemFree.
 */
#ifndef VSS_VOLUMES_H
#define VSS_VOLUMES_H

#include "vss/host.h"

/* Does this host know volumes and shadow copies? (subject.h: `size`) */
bool vss_has_storage(const struct vssim_host *host);

/* A shadow copy that is made, by id; VSS_E_OBJECT_NOT_FOUND. */
HRESULT storage_snapshot(const struct vssim_host *host, const GUID *id,
                         struct vssim_snapshot *out);
/* How many shadow copies that are made belong to the volume. */
uint32_t storage_volume_count(const struct vssim_host *host,
                              const WCHAR *volume);
/* Ends the set that is not made yet; its shadow copies go. */
void storage_drop_set(const struct vssim_host *host, const GUID *set);
bool storage_provider(const struct vssim_host *host, const GUID *id,
                      struct vssim_provider *out);
/* Page of AddToSnapshotSet: VSS_E_OBJECT_NOT_FOUND when there is none. */
HRESULT storage_volume(const struct vssim_host *host, const WCHAR *path,
                       struct vssim_volume *out);

/* A copy for CoTaskMemFree; `out` is NULL before, and stays so for NULL.
 * False: short of memory. */
bool storage_text(const struct vssim_host *host, const WCHAR *text,
                  VSS_PWSZ *out);
/* `out` is empty before. */
HRESULT storage_fill(const struct vssim_host *host,
                     const struct vssim_snapshot *snapshot,
                     VSS_SNAPSHOT_PROP *out);
void storage_free(const struct vssim_host *host, VSS_SNAPSHOT_PROP *prop);

#endif
