/* writer_components.c - see writer_components.h. */
#include "vss/writer_components.h"

#include "com/object.h"
#include "com/text.h"
#include "vss/component.h"

typedef struct vss_writer_components self_t;

COM_OBJECT(from_class, self_t, iface.lpVtbl, IVssWriterComponents)
COM_OBJECT(from_unknown, self_t, iface.lpVtblUnknown, IUnknown)

static struct tree_node *first_in(const self_t *self, struct tree_node *of)
{
    GUID id;

    for (; of; of = tree_next(of, BCD_WRITER)) {
        struct tree_node *component = tree_child(of, BCD_COMPONENT);

        if (component && node_guid(of, "writerId", &id) &&
            guid_equal(&id, &self->writer))
            return component;
    }
    return NULL;
}

struct tree_node *writer_components_next(const self_t *self,
                                         struct tree_node *at)
{
    struct tree_node *next;

    if (self->element)
        return at ? tree_next(at, BCD_COMPONENT)
                  : tree_child(self->element, BCD_COMPONENT);
    if (!at)
        return first_in(self,
                        tree_child(self->document->tree.root, BCD_WRITER));
    next = tree_next(at, BCD_COMPONENT);
    return next ? next : first_in(self, tree_next(at->parent, BCD_WRITER));
}

static HRESULT get_count(IVssWriterComponents *This, UINT *count)
{
    self_t *self = from_class(This);
    HRESULT hr;
    UINT n = 0;

    OUT(count, 0);
    hr = count ? document_fresh(self->document, self->generation)
               : E_INVALIDARG;
    if (SUCCEEDED(hr)) {
        for (struct tree_node *at = writer_components_next(self, NULL); at;
             at = writer_components_next(self, at))
            n++;
        *count = n;
    }
    return hr;
}

static HRESULT get_info(IVssWriterComponents *This, VSS_ID *instance,
                        VSS_ID *writer)
{
    static const GUID null;
    self_t *self = from_class(This);
    HRESULT hr;

    OUT(instance, null);
    OUT(writer, null);
    hr = instance && writer ? document_fresh(self->document, self->generation)
                            : E_INVALIDARG;
    if (SUCCEEDED(hr)) {
        *instance = self->instance;
        *writer = self->writer;
    }
    return hr;
}

static HRESULT get_component(IVssWriterComponents *This, UINT i,
                             IVssComponent **out)
{
    self_t *self = from_class(This);
    struct tree_node *at;
    HRESULT hr;

    OUT(out, NULL);
    hr = out ? document_fresh(self->document, self->generation) : E_INVALIDARG;
    if (FAILED(hr))
        return hr;
    at = writer_components_next(self, NULL);
    while (at && i--)
        at = writer_components_next(self, at);
    /* Page of GetComponent: no component with that index. */
    return at ? component_create(self->document, at, self->event,
                                 self->generation, out)
              : VSS_E_OBJECT_NOT_FOUND;
}

static ULONG add_ref(IUnknown *This)
{
    return ++from_unknown(This)->refs;
}

static ULONG release(IUnknown *This)
{
    self_t *self = from_unknown(This);
    ULONG refs = --self->refs;

    if (!refs) {
        const struct vssim_host *host = self->document->host;

        document_unref(self->document);
        vss_free(host, self);
    }
    return refs;
}

static HRESULT query_interface(IUnknown *This, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown))
        return E_NOINTERFACE;
    add_ref(This);
    *out = This;
    return S_OK;
}

static const IVssWriterComponentsVtbl class_vtable = {get_count, get_info,
                                                      get_component};
static const IUnknownVtbl unknown_vtable = {query_interface, add_ref,
                                            release};

static self_t *create(struct vss_document *document, enum vss_open event)
{
    self_t *self = vss_alloc(document->host, sizeof(*self));

    if (self) {
        self->iface.lpVtbl = &class_vtable;
        self->iface.lpVtblUnknown = &unknown_vtable;
        self->refs = 1;
        self->document = document_ref(document);
        self->generation = document->generation;
        self->event = event;
    }
    return self;
}

static struct tree_node *next_writer(struct tree_node *of)
{
    while (of && !tree_child(of, BCD_COMPONENT))
        of = tree_next(of, BCD_WRITER);
    return of;
}

UINT writer_components_count(const struct vss_document *document)
{
    UINT n = 0;

    for (struct tree_node *of =
             next_writer(tree_child(document->tree.root, BCD_WRITER));
         of; of = next_writer(tree_next(of, BCD_WRITER)))
        n++;
    return n;
}

HRESULT writer_components_create(struct vss_document *document, UINT i,
                                 struct vss_writer_components **out)
{
    struct tree_node *of =
        next_writer(tree_child(document->tree.root, BCD_WRITER));

    while (of && i--)
        of = next_writer(tree_next(of, BCD_WRITER));
    if (!of)
        return VSS_E_OBJECT_NOT_FOUND;
    *out = create(document, VSS_OPEN_NONE);
    if (!*out)
        return E_OUTOFMEMORY;
    (*out)->element = of;
    node_guid(of, "writerId", &(*out)->writer);
    node_guid(of, "instanceId", &(*out)->instance);
    return S_OK;
}

/* Which of several WRITER_COMPONENTS of a class belongs to this instance:
 * that with its id, else that with its name; NULL when none is known to: then
 * all of them count (decision U35). */
static struct tree_node *element_of(const struct vss_document *document,
                                    const GUID *writer, const GUID *instance,
                                    const WCHAR *instance_name)
{
    struct tree_node *named = NULL;
    GUID id;

    for (struct tree_node *of = tree_child(document->tree.root, BCD_WRITER);
         of; of = tree_next(of, BCD_WRITER)) {
        const char *name = tree_get(of, "instanceName");

        if (!node_guid(of, "writerId", &id) || !guid_equal(&id, writer))
            continue;
        if (node_guid(of, "instanceId", &id) && guid_equal(&id, instance))
            return of;
        if (name && *name && vss_same_text(name, instance_name))
            named = of;
    }
    return named;
}

HRESULT writer_components_for_event(struct vss_document *document,
                                    enum vss_open event, const GUID *writer,
                                    const GUID *instance,
                                    const WCHAR *instance_name,
                                    struct vss_writer_components **out)
{
    *out = create(document, event);
    if (!*out)
        return E_OUTOFMEMORY;
    (*out)->writer = *writer;
    (*out)->instance = *instance;
    (*out)->element = element_of(document, writer, instance, instance_name);
    return S_OK;
}

void writer_components_release(struct vss_writer_components *self)
{
    if (self)
        release((IUnknown *)(void *)&self->iface.lpVtblUnknown);
}

IVssWriterComponents *writer_components_interface(
    struct vss_writer_components *self)
{
    return (IVssWriterComponents *)(void *)&self->iface.lpVtbl;
}
