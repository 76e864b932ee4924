/*
 * filters.c - see filters.h, and the three methods that fill the lists.
 *
 * Page of DisableWriterClasses: until one of the two class methods is
 * called, every class is enabled. The first DisableWriterClasses leaves the
 * rest enabled, and repeats add. The first EnableWriterClasses leaves only
 * its classes enabled, whatever was disabled before; a later
 * DisableWriterClasses takes classes out again.
 */
#include "vss/filters.h"

#include <string.h>

#include "com/text.h"
#include "vss/backup_components.h"

static uint32_t find(const struct vss_ids *list, const GUID *id)
{
    uint32_t i = 0;

    while (i < list->n && !guid_equal(&list->ids[i], id))
        i++;
    return i;
}

static bool has(const struct vss_ids *list, const GUID *id)
{
    return find(list, id) < list->n;
}

static bool reserve(const struct vssim_host *host, struct vss_ids *list,
                    uint32_t more)
{
    uint32_t room = list->n + more;
    GUID *grown;

    if (more > UINT32_MAX / sizeof(*grown) - list->n)
        return false;
    if (room <= list->room)
        return true;
    grown = vss_alloc(host, room * sizeof(*grown));
    if (!grown)
        return false;
    if (list->n)
        memcpy(grown, list->ids, list->n * sizeof(*grown));
    vss_free(host, list->ids);
    list->ids = grown;
    list->room = room;
    return true;
}

static void add(struct vss_ids *list, const GUID *id)
{
    if (!has(list, id))
        list->ids[list->n++] = *id;
}

static void take_out(struct vss_ids *list, const GUID *id)
{
    uint32_t i = find(list, id);

    if (i < list->n)
        list->ids[i] = list->ids[--list->n];
}

bool filters_pass(const struct vss_filters *filters, const GUID *writer,
                  const GUID *instance)
{
    return has(&filters->classes, writer) == filters->only_enabled &&
           !has(&filters->instances, instance);
}

bool ids_add(const struct vssim_host *host, struct vss_ids *list,
             const GUID *id)
{
    if (!reserve(host, list, 1))
        return false;
    add(list, id);
    return true;
}

bool ids_has(const struct vss_ids *list, const GUID *id)
{
    return has(list, id);
}

void filters_release(const struct vssim_host *host,
                     struct vss_filters *filters)
{
    vss_free(host, filters->classes.ids);
    vss_free(host, filters->instances.ids);
}

/* Page, and U15: after the gather these calls have no effect. */
static bool too_late(const struct vss_backup_components *self)
{
    return self->phase != VSS_PHASE_RESTORE && self->phase != VSS_PHASE_BACKUP;
}

HRESULT bc_DisableWriterClasses(BC *This, const VSS_ID *ids, UINT n)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_filters *filters = &self->filters;
    HRESULT hr =
        vss_check(self, VSS_METHOD_DisableWriterClasses, ids || n == 0);

    if (FAILED(hr) || too_late(self))
        return hr;
    if (!filters->only_enabled && !reserve(self->host, &filters->classes, n))
        return E_OUTOFMEMORY;
    for (UINT i = 0; i < n; i++)
        if (filters->only_enabled)
            take_out(&filters->classes, &ids[i]);
        else
            add(&filters->classes, &ids[i]);
    return S_OK;
}

HRESULT bc_EnableWriterClasses(BC *This, const VSS_ID *ids, UINT n)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_filters *filters = &self->filters;
    HRESULT hr =
        vss_check(self, VSS_METHOD_EnableWriterClasses, ids || n == 0);

    if (FAILED(hr) || too_late(self))
        return hr;
    if (!reserve(self->host, &filters->classes, n))
        return E_OUTOFMEMORY;
    if (!filters->only_enabled)
        filters->classes.n = 0;
    filters->only_enabled = true;
    for (UINT i = 0; i < n; i++)
        add(&filters->classes, &ids[i]);
    return S_OK;
}

HRESULT bc_DisableWriterInstances(BC *This, const VSS_ID *ids, UINT n)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr =
        vss_check(self, VSS_METHOD_DisableWriterInstances, ids || n == 0);

    if (FAILED(hr) || too_late(self))
        return hr;
    if (!reserve(self->host, &self->filters.instances, n))
        return E_OUTOFMEMORY;
    for (UINT i = 0; i < n; i++)
        add(&self->filters.instances, &ids[i]);
    return S_OK;
}
