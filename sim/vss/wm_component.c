/* wm_component.c - IVssWMComponent, see wm_component.h. */
#include "vss/wm_component.h"

#include "com/object.h"
#include "vss/examine_metadata.h"
#include "vss/filedesc.h"

struct vss_wm_component {
    IVssWMComponent iface;
    ULONG refs;
    struct vss_document *document;
    struct tree_node *node;
};
typedef struct vss_wm_component self_t;

static self_t *from(IVssWMComponent *iface)
{
    return OBJECT_OF(self_t, iface, iface);
}

static ULONG add_ref(IVssWMComponent *This)
{
    return ++from(This)->refs;
}

static ULONG release(IVssWMComponent *This)
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

static HRESULT query_interface(IVssWMComponent *This, REFIID riid, void **out)
{
    return object_query(This, &from(This)->refs, riid, NULL, 0, out);
}

static void free_info(const struct vssim_host *host, VSS_COMPONENTINFO *info)
{
    vss_bstr_free(host, &info->bstrLogicalPath);
    vss_bstr_free(host, &info->bstrComponentName);
    vss_bstr_free(host, &info->bstrCaption);
    vss_free(host, info);
}

static void fill_info(const struct tree_node *node, VSS_COMPONENTINFO *info)
{
    info->type = metadata_component_type(node);
    info->bRestoreMetadata = node_yes(node, "restoreMetadata", false);
    info->bNotifyOnBackupComplete =
        node_yes(node, "notifyOnBackupComplete", false);
    info->bSelectable = node_yes(node, "selectable", false);
    info->bSelectableForRestore =
        node_yes(node, "selectableForRestore", false);
    info->dwComponentFlags = node_number(node, "componentFlags");
    info->cFileCount = tree_count(node, WMD_FILE_LIST);
    info->cDatabases = tree_count(node, WMD_DATABASE_FILES);
    info->cLogFiles = tree_count(node, WMD_DATABASE_LOGS);
    info->cDependencies = tree_count(node, WMD_DEPENDENCY);
}

/* The icon is not read: no restore needs it. */
static HRESULT get_info(IVssWMComponent *This, PVSSCOMPONENTINFO *out)
{
    self_t *self = from(This);
    const struct vssim_host *host = self->document->host;
    VSS_COMPONENTINFO *info;
    const char *path = tree_get(self->node, "logicalPath");
    HRESULT hr;

    OUT(out, NULL);
    if (!out)
        return E_INVALIDARG;
    info = vss_alloc(host, sizeof(*info));
    if (!info)
        return E_OUTOFMEMORY;
    fill_info(self->node, info);
    hr = vss_bstr(host, path && *path ? path : NULL, &info->bstrLogicalPath);
    if (SUCCEEDED(hr))
        hr = vss_bstr(host, tree_get(self->node, "componentName"),
                      &info->bstrComponentName);
    if (SUCCEEDED(hr))
        hr = vss_bstr(host, tree_get(self->node, "caption"),
                      &info->bstrCaption);
    if (FAILED(hr)) {
        free_info(host, info);
        return hr;
    }
    *out = info;
    return S_OK;
}

static HRESULT free_component_info(IVssWMComponent *This,
                                   PVSSCOMPONENTINFO info)
{
    if (info)
        free_info(from(This)->document->host,
                  (VSS_COMPONENTINFO *)(uintptr_t)info);
    return S_OK; /* the only row of its page */
}

static HRESULT file_of(IVssWMComponent *This, const char *element, UINT i,
                       IVssWMFiledesc **out)
{
    self_t *self = from(This);
    struct tree_node *node;

    OUT(out, NULL);
    if (!out)
        return E_INVALIDARG;
    node = tree_nth(self->node, element, i);
    return node ? filedesc_create(self->document, node, out)
                : VSS_E_OBJECT_NOT_FOUND;
}

static HRESULT get_file(IVssWMComponent *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, WMD_FILE_LIST, i, out);
}

static HRESULT get_database(IVssWMComponent *This, UINT i,
                            IVssWMFiledesc **out)
{
    return file_of(This, WMD_DATABASE_FILES, i, out);
}

static HRESULT get_log(IVssWMComponent *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, WMD_DATABASE_LOGS, i, out);
}

static HRESULT get_dependency(IVssWMComponent *This, UINT i,
                              IVssWMDependency **out)
{
    self_t *self = from(This);
    struct tree_node *node;

    OUT(out, NULL);
    if (!out)
        return E_INVALIDARG;
    node = tree_nth(self->node, WMD_DEPENDENCY, i);
    return node ? wm_dependency_create(self->document, node, out)
                : VSS_E_OBJECT_NOT_FOUND;
}

static const IVssWMComponentVtbl vtable = {
    query_interface,     add_ref,  release,      get_info,
    free_component_info, get_file, get_database, get_log,
    get_dependency};

HRESULT wm_component_create(struct vss_document *document,
                            struct tree_node *node, IVssWMComponent **out)
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
