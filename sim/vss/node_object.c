/* node_object.c - see node_object.h. */
#include "vss/node_object.h"

HRESULT node_object_create(struct vss_document *document,
                           struct tree_node *node, const void *vtable,
                           void **out)
{
    struct vss_node_object *self = vss_alloc(document->host, sizeof(*self));

    if (!self)
        return E_OUTOFMEMORY;
    self->vtable = vtable;
    self->refs = 1;
    self->document = document_ref(document);
    self->node = node;
    *out = self;
    return S_OK;
}

ULONG node_object_release(struct vss_node_object *self)
{
    ULONG refs = --self->refs;

    if (!refs) {
        const struct vssim_host *host = self->document->host;

        document_unref(self->document);
        vss_free(host, self);
    }
    return refs;
}

HRESULT node_object_text(const struct vss_node_object *self, const char *name,
                         BSTR *out)
{
    if (!out)
        return E_INVALIDARG;
    return vss_bstr(self->document->host, tree_get(self->node, name), out);
}
