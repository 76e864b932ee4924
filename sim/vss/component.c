/* component.c - see component.h: the object itself and its vtable. */
#include "vss/component.h"

static ULONG add_ref(CO *This)
{
    return ++co_from(This)->refs;
}

static ULONG release(CO *This)
{
    struct vss_component *self = co_from(This);
    ULONG refs = --self->refs;

    if (!refs) {
        const struct vssim_host *host = self->document->host;

        document_unref(self->document);
        vss_free(host, self);
    }
    return refs;
}

/* Interface pages, minimum supported versions: Ex came with Vista, Ex2 with
 * Windows 7. */
static HRESULT query_interface(CO *This, REFIID riid, void **out)
{
    static const IID *const ids[] = {&IID_IVssComponent, &IID_IVssComponentEx,
                                     &IID_IVssComponentEx2};
    int ex = vss_windows(co_from(This)->document->host)->ex;

    return object_query(This, &co_from(This)->refs, riid, ids,
                        ex >= 3   ? 3
                        : ex >= 2 ? 2
                                  : 1,
                        out);
}

static const IVssComponentEx2Vtbl vtable = {
    .QueryInterface = query_interface,
    .AddRef = add_ref,
    .Release = release,
#define GEN_CO_VTABLE
#include "reference_gen.inc"
};

HRESULT component_create(struct vss_document *document, struct tree_node *node,
                         enum vss_open event, unsigned generation,
                         IVssComponent **out)
{
    struct vss_component *self = vss_alloc(document->host, sizeof(*self));

    if (!self)
        return E_OUTOFMEMORY;
    self->iface.lpVtbl = &vtable;
    self->refs = 1;
    self->document = document_ref(document);
    self->node = node;
    self->event = event;
    self->generation = generation;
    *out = (IVssComponent *)(void *)&self->iface;
    return S_OK;
}
