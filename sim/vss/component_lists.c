/* component_lists.c - the readers of a component's lists: component.h. */
#include "vss/component.h"
#include "vss/filedesc.h"

static HRESULT count_of(CO *This, const char *element, UINT *count)
{
    HRESULT hr;

    OUT(count, 0);
    hr = count ? component_fresh(co_from(This)) : E_INVALIDARG;
    if (SUCCEEDED(hr))
        *count = tree_count(co_from(This)->node, element);
    return hr;
}

static HRESULT file_of(CO *This, const char *element, UINT i,
                       IVssWMFiledesc **out)
{
    struct vss_component *self = co_from(This);
    struct tree_node *node;
    HRESULT hr;

    OUT(out, NULL);
    hr = out ? component_fresh(self) : E_INVALIDARG;
    if (FAILED(hr))
        return hr;
    node = tree_nth(self->node, element, i);
    return node ? filedesc_create(self->document, node, out)
                : VSS_E_OBJECT_NOT_FOUND;
}

/* Several texts of one element, all or none; a missing one is empty. */
struct field {
    const char *name;
    BSTR *out;
};

static HRESULT fields_of(CO *This, const char *element, UINT i,
                         const struct field *fields, unsigned n,
                         struct tree_node **found)
{
    struct vss_component *self = co_from(This);
    const struct vssim_host *host = self->document->host;
    HRESULT hr = S_OK;

    for (unsigned k = 0; k < n; k++) {
        OUT(fields[k].out, NULL);
        if (!fields[k].out)
            hr = E_INVALIDARG;
    }
    if (SUCCEEDED(hr))
        hr = component_fresh(self);
    if (FAILED(hr))
        return hr;
    *found = tree_nth(self->node, element, i);
    if (!*found)
        return VSS_E_OBJECT_NOT_FOUND;
    for (unsigned k = 0; SUCCEEDED(hr) && k < n; k++) {
        const char *text = tree_get(*found, fields[k].name);

        hr = vss_bstr(host, text ? text : "", fields[k].out);
    }
    if (FAILED(hr))
        for (unsigned k = 0; k < n; k++)
            vss_bstr_free(host, fields[k].out);
    return hr;
}

HRESULT co_GetAlternateLocationMappingCount(CO *This, UINT *count)
{
    return count_of(This, DOC_MAPPING, count);
}

HRESULT co_GetAlternateLocationMapping(CO *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, DOC_MAPPING, i, out);
}

HRESULT co_GetNewTargetCount(CO *This, UINT *count)
{
    return count_of(This, BCD_NEW_TARGET, count);
}

HRESULT co_GetNewTarget(CO *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, BCD_NEW_TARGET, i, out);
}

HRESULT co_GetPartialFileCount(CO *This, UINT *count)
{
    return count_of(This, BCD_PARTIAL_FILE, count);
}

HRESULT co_GetPartialFile(CO *This, UINT i, BSTR *path, BSTR *filename,
                          BSTR *range, BSTR *metadata)
{
    const struct field fields[] = {{"path", path},
                                   {"filename", filename},
                                   {"ranges", range},
                                   {"metadata", metadata}};
    struct tree_node *node;

    return fields_of(This, BCD_PARTIAL_FILE, i, fields, 4, &node);
}

HRESULT co_GetDirectedTargetCount(CO *This, UINT *count)
{
    return count_of(This, BCD_DIRECTED_TARGET, count);
}

HRESULT co_GetDirectedTarget(CO *This, UINT i, BSTR *source_path,
                             BSTR *source_name, BSTR *source_ranges,
                             BSTR *path, BSTR *name, BSTR *ranges)
{
    const struct field fields[] = {{"sourcePath", source_path},
                                   {"sourceFilename", source_name},
                                   {"sourceRangeList", source_ranges},
                                   {"destinationPath", path},
                                   {"destinationFilename", name},
                                   {"destinationRangeList", ranges}};
    struct tree_node *node;

    return fields_of(This, BCD_DIRECTED_TARGET, i, fields, 6, &node);
}

HRESULT co_GetRestoreSubcomponentCount(CO *This, UINT *count)
{
    return count_of(This, BCD_SUBCOMPONENT, count);
}

HRESULT co_GetRestoreSubcomponent(CO *This, UINT i, BSTR *path, BSTR *name,
                                  bool *repair)
{
    const struct field fields[] = {{"logicalPath", path},
                                   {"componentName", name}};
    struct tree_node *node;
    HRESULT hr;

    OUT(repair, false);
    if (!repair) {
        OUT(path, NULL);
        OUT(name, NULL);
        return E_INVALIDARG;
    }
    hr = fields_of(This, BCD_SUBCOMPONENT, i, fields, 2, &node);
    if (SUCCEEDED(hr))
        *repair = node_yes(node, "repair", false);
    return hr;
}

HRESULT co_GetDifferencedFilesCount(CO *This, UINT *count)
{
    return count_of(This, BCD_DIFFERENCED_FILE, count);
}

HRESULT co_GetDifferencedFile(CO *This, UINT i, BSTR *path, BSTR *filespec,
                              BOOL *recursive, BSTR *lsn, FILETIME *time)
{
    const struct field fields[] = {{"path", path},
                                   {"filespec", filespec},
                                   {"lastModifyLsn", lsn}};
    static const FILETIME never;
    struct tree_node *node;
    HRESULT hr;

    OUT(recursive, FALSE);
    OUT(time, never);
    if (!recursive || !time) {
        OUT(path, NULL);
        OUT(filespec, NULL);
        OUT(lsn, NULL);
        return E_INVALIDARG;
    }
    hr = fields_of(This, BCD_DIFFERENCED_FILE, i, fields, 3, &node);
    if (SUCCEEDED(hr)) {
        *recursive = node_yes(node, "recursive", false);
        time->dwLowDateTime = node_number(node, "lastModifyTimeLow");
        time->dwHighDateTime = node_number(node, "lastModifyTimeHigh");
    }
    return hr;
}
