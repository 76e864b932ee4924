/* wm_dependency.c - IVssWMDependency, see wm_component.h. */
#include "vss/node_object.h"
#include "vss/wm_component.h"

NODE_OBJECT(IVssWMDependency)

/* Page: S_FALSE when no writer is named. */
static HRESULT get_writer(IVssWMDependency *This, VSS_ID *out)
{
    if (!out)
        return E_INVALIDARG;
    return node_guid(from(This)->node, "writerId", out) ? S_OK : S_FALSE;
}

static HRESULT get_path(IVssWMDependency *This, BSTR *out)
{
    return node_object_text(from(This), "logicalPath", out);
}

static HRESULT get_name(IVssWMDependency *This, BSTR *out)
{
    return node_object_text(from(This), "componentName", out);
}

static const IVssWMDependencyVtbl vtable = {
    query_interface, add_ref, release, get_writer, get_path, get_name};

HRESULT wm_dependency_create(struct vss_document *document,
                             struct tree_node *node, IVssWMDependency **out)
{
    return node_object_create(document, node, &vtable, (void **)out);
}
