/* vds_object.c - what the objects of the virtual disk service are made of; see
 * vds_object.h. */
#include "vds/vds_object.h"

#include <string.h>

#include "com/text.h"

struct vds_object *vds_make(struct world *w, const struct vds_kind *kind)
{
    struct vds_object *o = heap_alloc(w->heap, sizeof(*o));

    if (!o)
        return NULL;
    memset(o, 0, sizeof(*o));
    o->vtbl = kind->vtbl;
    o->more = kind->more;
    o->kind = kind;
    o->world = w;
    o->refs = 1;
    return o;
}

HRESULT vds_QueryInterface(struct vds_object *self, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (IsEqualGUID(riid, &IID_IUnknown) || IsEqualGUID(riid, self->kind->iid))
        *out = &self->vtbl;
    else if (self->kind->more && IsEqualGUID(riid, self->kind->more_iid))
        *out = &self->more;
    if (!*out)
        return E_NOINTERFACE;
    vds_AddRef(self);
    return S_OK;
}

ULONG vds_AddRef(struct vds_object *self)
{
    return ++self->refs;
}

ULONG vds_Release(struct vds_object *self)
{
    struct world *w = self->world;

    if (--self->refs)
        return self->refs;
    for (uint32_t i = 0; i < self->n_items; i++)
        vds_Release(self->items[i]);
    heap_free(w->heap, self->items);
    heap_free(w->heap, self);
    return 0;
}

HRESULT vds_hand_out(struct vds_object *o, void **out)
{
    *out = o;
    return o ? S_OK : E_OUTOFMEMORY;
}

LPWSTR vds_text(struct world *w, const char *text)
{
    size_t need = utf8_to_wide(text, strlen(text), NULL, 0) + 1;
    LPWSTR wide = w->host.task_alloc(&w->host, need * sizeof(*wide));

    if (wide)
        utf8_to_wide(text, strlen(text), wide, need);
    return wide;
}

GUID vds_id(const char *kind, const char *name)
{
    GUID id = {2166136261u, 0x5644, 0x4053, {0x80}};

    for (; *kind; kind++)
        id.Data1 = (id.Data1 ^ (unsigned char)*kind) * 16777619u;
    for (; *name; name++)
        id.Data1 = (id.Data1 ^ (unsigned char)*name) * 16777619u;
    return id;
}

struct machine_disk *vds_first_disk(const struct world *w)
{
    return w->bus.machine ? w->bus.machine->disks : NULL;
}
