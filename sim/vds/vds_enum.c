/* vds_enum.c - IEnumVdsObject, and how one comes about. */
#include "com/object.h"
#include "proxy/proxy.h"
#include "vds/vds_object.h"

/* An enumerator over `n` objects, whose references it takes over. */
static struct vds_object *make_enum(struct world *w, struct vds_object **items,
                                    uint32_t n);

VDS_UNKNOWN(IEnumVdsObject, vds_of, enumerator)

static HRESULT STDMETHODCALLTYPE enumerator_Next(IEnumVdsObject *This,
                                                 ULONG celt, IUnknown **out,
                                                 ULONG *fetched)
{
    struct vds_object *self = vds_of(This);
    ULONG n = 0;

    OUT(fetched, 0);
    if (!out || !fetched)
        return E_INVALIDARG;
    for (; n < celt && self->at < self->n_items; n++) {
        struct vds_object *item = self->items[self->at++];
        const struct api_iface *iface = api_ifaces;

        while (iface->family != item->kind->family)
            iface++;
        vds_AddRef(item);
        out[n] = (IUnknown *)(void *)proxy_wrap(
            self->world, item->kind->family, iface->name, item);
    }
    *fetched = n;
    return n == celt ? S_OK : S_FALSE;
}

static HRESULT STDMETHODCALLTYPE enumerator_Skip(IEnumVdsObject *This,
                                                 ULONG celt)
{
    struct vds_object *self = vds_of(This);
    uint32_t left = self->n_items - self->at;

    self->at += celt < left ? celt : left;
    return celt <= left ? S_OK : S_FALSE;
}

static HRESULT STDMETHODCALLTYPE enumerator_Reset(IEnumVdsObject *This)
{
    vds_of(This)->at = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE enumerator_Clone(IEnumVdsObject *This,
                                                  IEnumVdsObject **out)
{
    struct vds_object *self = vds_of(This), *copy;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    copy = make_enum(self->world, self->items, self->n_items);
    if (!copy)
        return E_OUTOFMEMORY;
    for (uint32_t i = 0; i < self->n_items; i++)
        vds_AddRef(self->items[i]);
    copy->at = self->at;
    *out = (IEnumVdsObject *)(void *)copy;
    return S_OK;
}

static const IEnumVdsObjectVtbl enum_vtbl = {
    VDS_HEAD(enumerator), enumerator_Next, enumerator_Skip, enumerator_Reset,
    enumerator_Clone};

static const struct vds_kind enum_kind = {
    API_VDS_ENUM, &enum_vtbl, NULL,
    &IID_IEnumVdsObject, NULL};

static struct vds_object *make_enum(struct world *w, struct vds_object **items,
                                    uint32_t n)
{
    struct vds_object *e = vds_make(w, &enum_kind);

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

void vds_add(struct vds_list *list, struct vds_object *o)
{
    if (o && list->n < 64)
        list->items[list->n++] = o;
}

HRESULT vds_enumerate(struct world *w, struct vds_list *list,
                      IEnumVdsObject **out)
{
    struct vds_object *e = make_enum(w, list->items, list->n);

    if (!e)
        for (uint32_t i = 0; i < list->n; i++)
            vds_Release(list->items[i]);
    return vds_hand_out(e, (void **)out);
}
