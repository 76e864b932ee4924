/* wm_dependency.c - IVssWMDependency, see wm_component.h. */
#include "com/object.h"
#include "vss/wm_component.h"

struct vss_wm_dependency {
    IVssWMDependency iface;
    ULONG refs;
    struct vss_document *document;
    struct tree_node *node;
};
typedef struct vss_wm_dependency self_t;

static self_t *from(IVssWMDependency *iface)
{
    return OBJECT_OF(self_t, iface, iface);
}

static ULONG add_ref(IVssWMDependency *This)
{
    return ++from(This)->refs;
}

static ULONG release(IVssWMDependency *This)
{
    self_t *self = from(This);
    ULONG refs = --self->refs;

    if (!refs) {
        const struct vssim_host *host = self->document->host;

        document_unref(self->document);
        vss_free(host, self);
    }
    return refs;
}

static HRESULT query_interface(IVssWMDependency *This, REFIID riid, void **out)
{
    return object_query(This, &from(This)->refs, riid, NULL, 0, out);
}

/* Page: S_FALSE when no writer is named. */
static HRESULT get_writer(IVssWMDependency *This, VSS_ID *out)
{
    if (!out)
        return E_INVALIDARG;
    return node_guid(from(This)->node, "writerId", out) ? S_OK : S_FALSE;
}

static HRESULT text_of(IVssWMDependency *This, const char *name, BSTR *out)
{
    self_t *self = from(This);

    if (!out)
        return E_INVALIDARG;
    return vss_bstr(self->document->host, tree_get(self->node, name), out);
}

static HRESULT get_path(IVssWMDependency *This, BSTR *out)
{
    return text_of(This, "logicalPath", out);
}

static HRESULT get_name(IVssWMDependency *This, BSTR *out)
{
    return text_of(This, "componentName", out);
}

static const IVssWMDependencyVtbl vtable = {
    query_interface, add_ref, release, get_writer, get_path, get_name};

HRESULT wm_dependency_create(struct vss_document *document,
                             struct tree_node *node, IVssWMDependency **out)
{
    self_t *self = vss_alloc(document->host, sizeof(*self));

    if (!self)
        return E_OUTOFMEMORY;
    self->iface.lpVtbl = &vtable;
    self->refs = 1;
    self->document = document_ref(document);
    self->node = node;
    *out = &self->iface;
    return S_OK;
}
