/* wm_component.c - IVssWMComponent, see wm_component.h. */
#include "vss/wm_component.h"

#include "vss/examine_metadata.h"
#include "vss/filedesc.h"
#include "vss/node_object.h"

NODE_OBJECT(IVssWMComponent)

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
    struct vss_node_object *self = from(This);
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
    struct vss_node_object *self = from(This);
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
    struct vss_node_object *self = from(This);
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
    return node_object_create(document, node, &vtable, (void **)out);
}
