/* filedesc.c - see filedesc.h. */
#include "vss/filedesc.h"

#include "com/object.h"

struct vss_filedesc {
    IVssWMFiledesc iface;
    ULONG refs;
    struct vss_document *document;
    struct tree_node *node;
};
typedef struct vss_filedesc self_t;

static self_t *from(IVssWMFiledesc *iface)
{
    return OBJECT_OF(self_t, iface, iface);
}

static ULONG add_ref(IVssWMFiledesc *This)
{
    return ++from(This)->refs;
}

static ULONG release(IVssWMFiledesc *This)
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

/* No public interface id of its own. */
static HRESULT query_interface(IVssWMFiledesc *This, REFIID riid, void **out)
{
    return object_query(This, &from(This)->refs, riid, NULL, 0, out);
}

static HRESULT text_of(IVssWMFiledesc *This, const char *name, BSTR *out)
{
    self_t *self = from(This);

    if (!out)
        return E_INVALIDARG;
    return vss_bstr(self->document->host, tree_get(self->node, name), out);
}

/* The pages of GetPath and GetFilespec know no S_FALSE. */
static HRESULT required_text(IVssWMFiledesc *This, const char *name, BSTR *out)
{
    HRESULT hr = text_of(This, name, out);

    return hr == S_FALSE ? vss_bstr(from(This)->document->host, "", out) : hr;
}

static HRESULT get_path(IVssWMFiledesc *This, BSTR *out)
{
    return required_text(This, "path", out);
}

static HRESULT get_filespec(IVssWMFiledesc *This, BSTR *out)
{
    return required_text(This, "filespec", out);
}

static HRESULT get_recursive(IVssWMFiledesc *This, bool *out)
{
    if (!out)
        return E_INVALIDARG;
    *out = node_yes(from(This)->node, "recursive", false);
    return S_OK;
}

/* Page: S_FALSE when there is no alternate location. */
static HRESULT get_alternate(IVssWMFiledesc *This, BSTR *out)
{
    return text_of(This, "alternatePath", out);
}

static HRESULT get_mask(IVssWMFiledesc *This, DWORD *out)
{
    const struct tree_node *node = from(This)->node;

    if (!out)
        return E_INVALIDARG;
    /* Page: the default asks for every backup and every snapshot. */
    *out = tree_get(node, "filespecBackupType")
               ? node_number(node, "filespecBackupType")
               : (DWORD)VSS_FSBT_ALL_BACKUP_REQUIRED |
                     (DWORD)VSS_FSBT_ALL_SNAPSHOT_REQUIRED;
    return S_OK;
}

static const IVssWMFiledescVtbl vtable = {
    query_interface, add_ref,       release,       get_path,
    get_filespec,    get_recursive, get_alternate, get_mask};

HRESULT filedesc_create(struct vss_document *document, struct tree_node *node,
                        IVssWMFiledesc **out)
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
