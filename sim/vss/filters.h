/*
 * filters.h - which writers a gather sees: the lists behind Enable- and
 * DisableWriterClasses and DisableWriterInstances. Lists are host memory,
 * owned by the backup components object that embeds them.
 */
#ifndef VSS_FILTERS_H
#define VSS_FILTERS_H

#include "vss/host.h"

struct vss_ids {
    GUID *ids;
    uint32_t n, room;
};

struct vss_filters {
    bool only_enabled; /* classes: those wanted; else those not wanted */
    struct vss_ids classes;
    struct vss_ids instances; /* not wanted */
};

/* Adds it unless it is there; false: short of memory. */
bool ids_add(const struct vssim_host *host, struct vss_ids *list,
             const GUID *id);
bool ids_has(const struct vss_ids *list, const GUID *id);
bool filters_pass(const struct vss_filters *filters, const GUID *writer,
                  const GUID *instance);
void filters_release(const struct vssim_host *host,
                     struct vss_filters *filters);

#endif
