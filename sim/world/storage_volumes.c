/* storage_volumes.c - the volumes and providers of the machine. */

#include "com/text.h"
#include "world/world.h"

/* The system provider, as the pages and public listings give it. */
const GUID storage_system_provider = {
    0xb5946137, 0x7b9f, 0x4925, {0xaf, 0x80, 0x51, 0xab, 0xd6, 0x0b, 0x20,
                                 0xd5}};

const struct storage_volume storage_default_volume = {
    .path = "C:\\",
    .name = "\\\\?\\Volume{c0000000-0000-4000-8000-000000000000}\\",
    .provider = {0xb5946137, 0x7b9f, 0x4925, {0xaf, 0x80, 0x51, 0xab, 0xd6,
                                              0x0b, 0x20, 0xd5}},
    .max_snapshots = 512,
    .revert = true,
    .block_revert = true,
    .in_use = true};

const struct storage_provider storage_default_provider = {
    .id = {0xb5946137, 0x7b9f, 0x4925, {0xaf, 0x80, 0x51, 0xab, 0xd6, 0x0b,
                                        0x20, 0xd5}},
    .class_id = {0x65ee1dba, 0x8ff4, 0x4a58, {0xac, 0x1c, 0x34, 0x70, 0xee,
                                              0x2f, 0x37, 0x6a}},
    .version_id = {0x00000001, 0x0000, 0x0000, {0x00, 0x00, 0x00, 0x00, 0x00,
                                                0x00, 0x00, 0x07}},
    .name = "Microsoft Software Shadow Copy provider 1.0",
    .version = "1.0.0.7",
    .type = VSS_PROV_SYSTEM};

struct wide_provider {
    const struct storage_provider *it;
    WCHAR *name, *version;
};

static struct storage *of(const struct vssim_host *host)
{
    return &((struct world *)host->context)->storage;
}

/* How much of `path` the volume's `root` (with its backslash) covers. */
static size_t covers(const WCHAR *root, const WCHAR *path)
{
    size_t n = 0;

    while (root[n] && wide_lower(root[n]) == wide_lower(path[n]))
        n++;
    if (!root[n])
        return n;
    return root[n] == '\\' && !root[n + 1] && !path[n] ? n : 0;
}

const struct storage_wide *storage_find(const struct storage *s,
                                        const WCHAR *path)
{
    const struct storage_wide *best = NULL;
    size_t most = 0;

    for (const struct storage_wide *v = s->wide; path && v && v->it; v++) {
        size_t a = covers(v->path, path), b = covers(v->name, path);

        if ((a > b ? a : b) > most) {
            most = a > b ? a : b;
            best = v;
        }
    }
    return best;
}

bool storage_host_find_volume(const struct vssim_host *host, const WCHAR *path,
                              struct vssim_volume *out)
{
    const struct storage_wide *v = storage_find(of(host), path);

    if (!v)
        return false;
    out->path = v->path;
    out->name = v->name;
    out->provider = v->it->provider;
    out->support = v->it->support;
    out->max_snapshots = v->it->max_snapshots;
    out->revert = v->it->revert;
    out->in_use = v->it->in_use;
    out->block_revert = v->it->block_revert;
    return true;
}

bool storage_host_provider(const struct vssim_host *host, uint32_t index,
                           struct vssim_provider *out)
{
    const struct storage *s = of(host);
    const struct storage_provider *p;

    if (index >= s->n_providers)
        return false;
    p = s->wide_providers[index].it;
    out->id = p->id;
    out->class_id = p->class_id;
    out->version_id = p->version_id;
    out->type = p->type;
    out->name = s->wide_providers[index].name;
    out->version = s->wide_providers[index].version;
    return true;
}

static bool widen_volumes(struct world *w)
{
    struct storage *s = &w->storage;
    unsigned n = 0;

    for (const struct storage_volume *v = s->volumes; v; v = v->next)
        n++;
    s->wide = heap_alloc(w->heap, (n + 1) * sizeof(*s->wide));
    if (!s->wide)
        return false;
    n = 0;
    for (const struct storage_volume *v = s->volumes; v; v = v->next, n++) {
        s->wide[n].it = v;
        s->wide[n].path = utf8_in_heap(w->heap, v->path);
        s->wide[n].name = utf8_in_heap(w->heap, v->name);
        if (!s->wide[n].path || !s->wide[n].name)
            return false;
    }
    return true;
}

static bool widen_providers(struct world *w)
{
    struct storage *s = &w->storage;
    struct wide_provider *to;

    for (const struct storage_provider *p = s->providers; p; p = p->next)
        s->n_providers++;
    s->wide_providers =
        heap_alloc(w->heap, s->n_providers * sizeof(*s->wide_providers));
    to = s->wide_providers;
    for (const struct storage_provider *p = s->providers; to && p;
         p = p->next, to++) {
        to->it = p;
        to->name = utf8_in_heap(w->heap, p->name);
        to->version = utf8_in_heap(w->heap, p->version);
        if (!to->name || !to->version)
            return false;
    }
    return s->wide_providers != NULL;
}

bool storage_init_volumes(struct world *w)
{
    return widen_volumes(w) && widen_providers(w);
}
