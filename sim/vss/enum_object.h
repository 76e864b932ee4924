/*
 * enum_object.h - IVssEnumObject: a list as it was when Query was called.
 *
 * The list is shared by an enumerator and its clones; each has its own place
 * in it. Strings of the list are the list's; Next gives copies, which the
 * caller frees with CoTaskMemFree or VssFreeSnapshotProperties.
 */
#ifndef VSS_ENUM_OBJECT_H
#define VSS_ENUM_OBJECT_H

#include "vss/host.h"

struct vss_objects {
    unsigned refs;
    uint32_t n;
    VSS_OBJECT_PROP items[];
};

struct vss_objects *objects_create(const struct vssim_host *host,
                                   uint32_t room);
void objects_unref(const struct vssim_host *host, struct vss_objects *list);
/* Takes over the reference, also on failure. */
HRESULT enum_object_create(const struct vssim_host *host,
                           struct vss_objects *list, IVssEnumObject **out);

#endif
