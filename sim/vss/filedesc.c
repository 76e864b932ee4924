/* filedesc.c - see filedesc.h. */
#include "vss/filedesc.h"
#include "vss/node_object.h"

NODE_OBJECT(IVssWMFiledesc)

/* The pages of GetPath and GetFilespec know no S_FALSE. */
static HRESULT required_text(IVssWMFiledesc *This, const char *name, BSTR *out)
{
    HRESULT hr = node_object_text(from(This), name, out);

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
    return node_object_text(from(This), "alternatePath", out);
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
    return node_object_create(document, node, &vtable, (void **)out);
}
