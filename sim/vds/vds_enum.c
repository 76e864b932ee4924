/* vds_enum.c - IEnumVdsObject; see vds.h. */
#include "com/object.h"
#include "proxy/proxy.h"
#include "vds/vds_service.h"

static struct vds_object *of(IEnumVdsObject *This)
{
    return OBJECT_OF(struct vds_object, vtbl, This);
}

struct vds_object *vds_enum_object(struct world *w, struct vds_object **items,
                                   uint32_t n)
{
    struct vds_object *e = vds_make(w, API_VDS_ENUM);

    if (!e)
        return NULL;
    e->items = heap_alloc(w->heap, (n + 1) * sizeof(*e->items));
    if (!e->items) {
        vds_Release(e);
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++)
        e->items[i] = items[i];
    e->n_items = n;
    return e;
}

HRESULT STDMETHODCALLTYPE vds_enum_Next(IEnumVdsObject *This, ULONG celt,
                                        IUnknown **out, ULONG *fetched)
{
    struct vds_object *self = of(This);
    ULONG n = 0;

    OUT(fetched, 0);
    if (!out || !fetched)
        return E_INVALIDARG;
    for (; n < celt && self->at < self->n_items; n++) {
        struct vds_object *item = self->items[self->at++];
        const struct api_iface *iface = api_ifaces;

        while (iface->family != item->family)
            iface++;
        vds_AddRef(item);
        out[n] = (IUnknown *)(void *)proxy_wrap(self->world, item->family,
                                                iface->name, item);
    }
    *fetched = n;
    return n == celt ? S_OK : S_FALSE;
}

HRESULT STDMETHODCALLTYPE vds_enum_Skip(IEnumVdsObject *This, ULONG celt)
{
    struct vds_object *self = of(This);
    uint32_t left = self->n_items - self->at;

    self->at += celt < left ? celt : left;
    return celt <= left ? S_OK : S_FALSE;
}

HRESULT STDMETHODCALLTYPE vds_enum_Reset(IEnumVdsObject *This)
{
    of(This)->at = 0;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE vds_enum_Clone(IEnumVdsObject *This,
                                         IEnumVdsObject **out)
{
    struct vds_object *self = of(This), *copy;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    copy = vds_enum_object(self->world, self->items, self->n_items);
    if (!copy)
        return E_OUTOFMEMORY;
    for (uint32_t i = 0; i < self->n_items; i++)
        vds_AddRef(self->items[i]);
    copy->at = self->at;
    *out = (IEnumVdsObject *)(void *)copy;
    return S_OK;
}
