/* reference.h - what vssim_reference_subject() is made of. */
#ifndef VSS_REFERENCE_H
#define VSS_REFERENCE_H

#include "vss/host.h"

HRESULT backup_components_create(const struct vssim_host *host,
                                 IVssBackupComponents **out);
/* The exported functions (snapshot_query.c, revert.c). */
HRESULT is_volume_snapshotted(const struct vssim_host *host, const WCHAR *name,
                              BOOL *present, LONG *capability);
HRESULT should_block_revert(const struct vssim_host *host, const WCHAR *name,
                            bool *block);
void free_snapshot_properties(const struct vssim_host *host,
                              VSS_SNAPSHOT_PROP *prop);

#endif
