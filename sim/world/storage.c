/* storage.c - see storage.h: the host's functions for shadow copies. */
#include "world/storage.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "world/world.h"

/* Pages: writes are held for at most ten seconds (U51). */
#define HOLD_LIMIT 10000u
/* 2026-01-01T00:00:00Z as a FILETIME: when every scenario begins. */
#define EPOCH 134116992000000000LL
#define MACHINE u"VSSIM"

static struct storage *of(const struct vssim_host *host)
{
    return &world_of(host)->storage;
}

static WCHAR *copy(struct world *w, const WCHAR *text)
{
    size_t size = (wide_length(text) + 1) * sizeof(WCHAR);
    WCHAR *to = text ? heap_alloc(w->heap, size) : NULL;

    if (to)
        memcpy(to, text, size);
    return to;
}

/* --- shadow copies --- */

bool storage_host_snapshot(const struct vssim_host *host, uint32_t index,
                           struct vssim_snapshot *out)
{
    const struct storage_snapshot *s = of(host)->snapshots;

    while (s && index--)
        s = s->next;
    if (s)
        *out = s->it;
    return s != NULL;
}

static void free_snapshot(struct world *w, struct storage_snapshot *s)
{
    heap_free(w->heap, (void *)(uintptr_t)s->it.volume);
    heap_free(w->heap, (void *)(uintptr_t)s->it.device);
    heap_free(w->heap, (void *)(uintptr_t)s->it.machine);
    heap_free(w->heap, (void *)(uintptr_t)s->it.exposed_name);
    heap_free(w->heap, (void *)(uintptr_t)s->it.exposed_path);
    heap_free(w->heap, s);
}

bool storage_add(struct world *w, const struct vssim_snapshot *one)
{
    struct storage_snapshot *s = heap_alloc(w->heap, sizeof(*s));
    struct storage_snapshot **at = &w->storage.snapshots;

    if (!s)
        return false;
    s->it = *one;
    s->it.volume = copy(w, one->volume);
    s->it.device = copy(w, one->device);
    s->it.machine = copy(w, one->machine);
    s->it.exposed_name = copy(w, one->exposed_name);
    s->it.exposed_path = copy(w, one->exposed_path);
    while (*at)
        at = &(*at)->next;
    *at = s;
    return true;
}

static VSS_TIMESTAMP now(const struct world *w)
{
    return EPOCH + (VSS_TIMESTAMP)(w->storage.before + w->clock.now) * 10000;
}

HRESULT storage_host_add_snapshot(const struct vssim_host *host,
                                  const struct vssim_snapshot *given)
{
    struct world *w = world_of(host);
    const struct storage_wide *v = storage_find(&w->storage, given->volume);
    struct vssim_snapshot one = *given;
    WCHAR device[300];
    char name[128];

    if (world_alloc_fails(w))
        return E_OUTOFMEMORY;
    /* The name is ready before it is needed: becoming CREATED cannot fail. */
    w->storage.last_device++;
    snprintf(name, sizeof(name),
             "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy%u",
             (unsigned)w->storage.last_device);
    one.created = now(w);
    one.machine = MACHINE;
    one.device = device;
    utf8_to_wide(v && v->it->device ? v->it->device : name,
                 strlen(v && v->it->device ? v->it->device : name), device,
                 ARRAY_SIZE(device));
    return storage_add(w, &one) ? S_OK : E_OUTOFMEMORY;
}

static struct storage_snapshot *by_id(struct storage *s, const GUID *id)
{
    struct storage_snapshot *at = s->snapshots;

    while (at && !guid_equal(&at->it.id, id))
        at = at->next;
    return at;
}

HRESULT storage_host_change_snapshot(const struct vssim_host *host,
                                     const struct vssim_snapshot *to)
{
    struct world *w = world_of(host);
    struct storage_snapshot *s = by_id(&w->storage, &to->id);
    const WCHAR *name, *path;

    if (!s)
        return VSS_E_OBJECT_NOT_FOUND;
    name = s->it.exposed_name;
    path = s->it.exposed_path;
    if (to->exposed_name != name || to->exposed_path != path) {
        if (to->exposed_name && world_alloc_fails(w))
            return E_OUTOFMEMORY;
        name = copy(w, to->exposed_name);
        path = copy(w, to->exposed_path);
        heap_free(w->heap, (void *)(uintptr_t)s->it.exposed_name);
        heap_free(w->heap, (void *)(uintptr_t)s->it.exposed_path);
    }
    s->it.exposed_name = name;
    s->it.exposed_path = path;
    s->it.set = to->set;
    s->it.count = to->count;
    s->it.attributes = to->attributes;
    if (s->it.state != to->state)
        s->it.created = now(w);
    s->it.state = to->state;
    return S_OK;
}

HRESULT storage_host_delete_snapshot(const struct vssim_host *host,
                                     const GUID *id)
{
    struct world *w = world_of(host);
    struct storage_snapshot **at = &w->storage.snapshots;
    struct storage_snapshot *gone;

    while (*at && !guid_equal(&(*at)->it.id, id))
        at = &(*at)->next;
    if (!*at)
        return VSS_E_OBJECT_NOT_FOUND;
    gone = *at;
    *at = gone->next;
    free_snapshot(w, gone);
    return S_OK;
}

/* --- the set in progress --- */

/* What a process that is gone left in the making. */
static void drop_abandoned(const struct vssim_host *host)
{
    struct storage *s = of(host);
    struct storage_snapshot *at = s->snapshots, *next;

    for (; at; at = next) {
        next = at->next;
        if (guid_equal(&at->it.set, &s->in_progress_set) &&
            at->it.state != VSS_SS_CREATED)
            storage_host_delete_snapshot(host, &at->it.id);
    }
    s->in_progress = false;
}

HRESULT storage_host_begin_set(const struct vssim_host *host, const GUID *set)
{
    struct storage *s = of(host);

    if (s->in_progress && world_of(host)->clock.now >= s->in_progress_until)
        drop_abandoned(host); /* U57 */
    if (s->in_progress)
        return VSS_E_SNAPSHOT_SET_IN_PROGRESS;
    s->in_progress = true;
    s->in_progress_set = *set;
    s->in_progress_until = UINT64_MAX;
    return S_OK;
}

void storage_host_end_set(const struct vssim_host *host, const GUID *set)
{
    struct storage *s = of(host);

    if (s->in_progress && guid_equal(&s->in_progress_set, set))
        s->in_progress = false;
}

/* --- reverts, and time that providers take --- */

HRESULT storage_host_revert(const struct vssim_host *host, const GUID *id)
{
    struct world *w = world_of(host);
    struct storage_snapshot *one = by_id(&w->storage, id);
    const struct storage_wide *v;
    struct storage_revert *r;

    if (!one)
        return VSS_E_OBJECT_NOT_FOUND;
    v = storage_find(&w->storage, one->it.volume);
    for (r = w->storage.reverts; r; r = r->next)
        if (r->volume == v->it && r->until > w->clock.now)
            return VSS_E_REVERT_IN_PROGRESS;
    r = world_alloc_fails(w) ? NULL : heap_alloc(w->heap, sizeof(*r));
    if (!r)
        return E_OUTOFMEMORY;
    r->snapshot = *id;
    r->volume = v->it;
    r->until = w->clock.now + v->it->revert_takes;
    r->next = w->storage.reverts;
    w->storage.reverts = r;
    return S_OK;
}

bool storage_host_reverting(const struct vssim_host *host, const WCHAR *volume,
                            GUID *id)
{
    const struct storage_wide *v = storage_find(of(host), volume);

    for (struct storage_revert *r = of(host)->reverts; v && r; r = r->next)
        if (r->volume == v->it && r->until > world_of(host)->clock.now) {
            *id = r->snapshot;
            return true;
        }
    return false;
}

static HRESULT commit(struct world *w, const GUID *set, uint64_t *takes)
{
    uint64_t flush = 0, hold = 0;

    for (struct storage_snapshot *s = w->storage.snapshots; s; s = s->next) {
        const struct storage_wide *v = storage_find(&w->storage, s->it.volume);

        if (!v || !guid_equal(&s->it.set, set))
            continue;
        flush = v->it->flush > flush ? v->it->flush : flush;
        hold = v->it->hold > hold ? v->it->hold : hold;
    }
    if (flush > w->bus.freeze) {
        *takes = w->bus.freeze;
        return VSS_E_FLUSH_WRITES_TIMEOUT;
    }
    *takes = flush + (hold > HOLD_LIMIT ? HOLD_LIMIT : hold);
    return hold > HOLD_LIMIT ? VSS_E_HOLD_WRITES_TIMEOUT
                             : VSS_S_ASYNC_FINISHED;
}

HRESULT storage_work(void *context, enum vssim_event_kind kind,
                     const GUID *object, uint64_t *takes)
{
    struct world *w = context;

    if (kind == VSSIM_EVENT_COMMIT)
        return commit(w, object, takes);
    for (struct storage_revert *r = w->storage.reverts; r; r = r->next)
        if (guid_equal(&r->snapshot, object) && r->until > w->clock.now)
            *takes = r->until - w->clock.now;
    return VSS_S_ASYNC_FINISHED;
}

bool storage_init(struct world *w, const struct storage_volume *volumes,
                  const struct storage_provider *providers)
{
    w->storage.volumes = volumes ? volumes : &storage_default_volume;
    w->storage.providers = providers ? providers : &storage_default_provider;
    if (!storage_init_volumes(w))
        return false;
    w->bus.provider_work = storage_work;
    return true;
}
