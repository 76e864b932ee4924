/* subject.h - what vssim_reference_subject() is made of. */
#ifndef VSS_SUBJECT_H
#define VSS_SUBJECT_H

#include "vss/host.h"

HRESULT backup_components_create(const struct vssim_host *host,
                                 IVssBackupComponents **out);

#endif
