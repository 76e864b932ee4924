/*
 * storage.h - the machine's volumes, providers and shadow copies, and the one
 * shadow copy set that may be in the making.
 *
 * Part of a world: lives in its heap region. What the scenario declares is
 * read from it and never changed; shadow copies are added and deleted by
 * subjects through the host (subject.h), and by state_dir.h.
 */
#ifndef WORLD_STORAGE_H
#define WORLD_STORAGE_H

#include <vssim/subject.h>

struct world;

/* As the scenario declares them; strings are the scenario's, UTF-8. */
struct storage_volume {
    const char *path, *name;
    const char *device; /* of its shadow copies; NULL: numbered ones */
    GUID provider;
    HRESULT support;
    uint32_t max_snapshots;
    bool revert, in_use, block_revert;
    uint64_t flush, hold; /* how long flushing, and the provider, take */
    uint64_t revert_takes;
    struct storage_volume *next;
};

struct storage_provider {
    GUID id, class_id, version_id;
    const char *name, *version;
    VSS_PROVIDER_TYPE type;
    struct storage_provider *next;
};

struct storage_wide { /* a volume with its names in UTF-16 */
    const struct storage_volume *it;
    WCHAR *path, *name;
};

struct storage_snapshot {
    struct vssim_snapshot it; /* its strings are the heap's */
    struct storage_snapshot *next;
};

struct storage {
    const struct storage_volume *volumes; /* the scenario's, or the default */
    const struct storage_provider *providers;
    struct storage_wide *wide; /* as the host gives them; ends with NULL */
    struct wide_provider *wide_providers;
    uint32_t n_providers;
    struct storage_snapshot *snapshots;
    bool in_progress;
    GUID in_progress_set;
    uint64_t in_progress_until; /* UINT64_MAX: its maker is alive */
    uint32_t last_device;
    uint64_t runs, before; /* earlier runs, and how long they took */
    struct storage_revert {
        GUID snapshot;
        const struct storage_volume *volume;
        uint64_t until;
        struct storage_revert *next;
    } * reverts;
};

extern const GUID storage_system_provider;
/* What there is when a scenario declares no volume or provider. */
extern const struct storage_volume storage_default_volume;
extern const struct storage_provider storage_default_provider;

/* Sets up the world's storage. */
bool storage_init(struct world *world, const struct storage_volume *volumes,
                  const struct storage_provider *providers);
/* Adds a shadow copy as it is; strings are copied. */
bool storage_add(struct world *world, const struct vssim_snapshot *snapshot);
/* storage_volumes.c: the volume that covers most of the path (a mounted folder
 * lies on another volume), or NULL. */
const struct storage_wide *storage_find(const struct storage *storage,
                                        const WCHAR *path);
bool storage_init_volumes(struct world *world);
/* For the bus: the providers' part of an event. */
HRESULT storage_work(void *world, enum vssim_event_kind kind,
                     const GUID *object, uint64_t *takes);

/* The host's functions for it; see subject.h. */
bool storage_host_snapshot(const struct vssim_host *host, uint32_t index,
                           struct vssim_snapshot *out);
HRESULT storage_host_begin_set(const struct vssim_host *host, const GUID *set);
void storage_host_end_set(const struct vssim_host *host, const GUID *set);
HRESULT storage_host_add_snapshot(const struct vssim_host *host,
                                  const struct vssim_snapshot *given);
HRESULT storage_host_change_snapshot(const struct vssim_host *host,
                                     const struct vssim_snapshot *to);
HRESULT storage_host_delete_snapshot(const struct vssim_host *host,
                                     const GUID *id);
HRESULT storage_host_revert(const struct vssim_host *host, const GUID *id);
bool storage_host_reverting(const struct vssim_host *host, const WCHAR *volume,
                            GUID *id);
bool storage_host_find_volume(const struct vssim_host *host, const WCHAR *path,
                              struct vssim_volume *out);
bool storage_host_provider(const struct vssim_host *host, uint32_t index,
                           struct vssim_provider *out);

#endif
