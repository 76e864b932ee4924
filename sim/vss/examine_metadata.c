/* examine_metadata.c - see examine_metadata.h. */
#include "vss/examine_metadata.h"

#include "com/object.h"
#include "vss/filedesc.h"
#include "vss/wm_component.h"

struct vss_examine_metadata {
    IVssExamineWriterMetadataEx2 iface;
    ULONG refs;
    const struct vssim_host *host;
    struct vss_document *document;
};
typedef struct vss_examine_metadata self_t;

#define EX IVssExamineWriterMetadataEx2

COM_OBJECT(from, self_t, iface, EX)

static struct tree_node *root(EX *This)
{
    return from(This)->document->tree.root;
}

static ULONG add_ref(EX *This)
{
    return ++from(This)->refs;
}

static ULONG release(EX *This)
{
    self_t *self = from(This);
    ULONG refs = --self->refs;

    if (!refs) {
        document_unref(self->document);
        vss_free(self->host, self);
    }
    return refs;
}

/* Interface pages: Ex came with Server 2003 SP1, Ex2 with Vista. */
static HRESULT query_interface(EX *This, REFIID riid, void **out)
{
    static const IID *const ids[] = {&IID_IVssExamineWriterMetadata,
                                     &IID_IVssExamineWriterMetadataEx,
                                     &IID_IVssExamineWriterMetadataEx2};
    int ex = vss_windows(from(This)->host)->ex;

    return object_query(This, &from(This)->refs, riid, ids,
                        ex >= 2   ? 3
                        : ex >= 1 ? 2
                                  : 1,
                        out);
}

static HRESULT get_identity_ex(EX *This, VSS_ID *instance, VSS_ID *writer,
                               BSTR *name, BSTR *instance_name,
                               VSS_USAGE_TYPE *usage, VSS_SOURCE_TYPE *source)
{
    static const GUID null;
    const struct vssim_host *host = from(This)->host;
    struct tree_node *id = tree_child(root(This), WMD_IDENTIFICATION);
    HRESULT hr;

    OUT(instance, null);
    OUT(writer, null);
    OUT(name, NULL);
    OUT(instance_name, NULL);
    OUT(usage, VSS_UT_UNDEFINED);
    OUT(source, VSS_ST_UNDEFINED);
    if (!instance || !writer || !name || !instance_name || !usage || !source)
        return E_INVALIDARG;
    if (!id || !node_guid(id, "writerId", writer))
        return VSS_E_INVALID_XML_DOCUMENT;
    hr = vss_bstr(host, tree_get(id, "friendlyName"), name);
    if (SUCCEEDED(hr)) {
        const char *text = tree_get(id, "instanceName");

        hr = vss_bstr(host, text ? text : "", instance_name);
    }
    if (FAILED(hr)) {
        vss_bstr_free(host, name);
        *writer = null;
        return hr;
    }
    node_guid(id, "instanceId", instance);
    *usage = metadata_usage(tree_get(id, "usage"));
    *source = metadata_source(tree_get(id, "dataSource"));
    return S_OK;
}

static HRESULT get_identity(EX *This, VSS_ID *instance, VSS_ID *writer,
                            BSTR *name, VSS_USAGE_TYPE *usage,
                            VSS_SOURCE_TYPE *source)
{
    BSTR instance_name = NULL;
    HRESULT hr = get_identity_ex(This, instance, writer, name, &instance_name,
                                 usage, source);

    vss_bstr_free(from(This)->host, &instance_name);
    return hr;
}

static struct tree_node *locations(EX *This)
{
    return tree_child(root(This), WMD_LOCATIONS);
}

static HRESULT get_counts(EX *This, UINT *include, UINT *exclude,
                          UINT *components)
{
    OUT(include, 0);
    OUT(exclude, 0);
    OUT(components, 0);
    if (!include || !exclude || !components)
        return E_INVALIDARG;
    *include = tree_count(locations(This), WMD_INCLUDE);
    *exclude = tree_count(locations(This), WMD_EXCLUDE);
    while (metadata_component(from(This)->document, *components))
        ++*components;
    return S_OK;
}

static HRESULT file_of(EX *This, const struct tree_node *parent,
                       const char *element, UINT i, IVssWMFiledesc **out)
{
    struct tree_node *node;

    OUT(out, NULL);
    if (!out)
        return E_INVALIDARG;
    node = tree_nth(parent, element, i);
    return node ? filedesc_create(from(This)->document, node, out)
                : VSS_E_OBJECT_NOT_FOUND;
}

static HRESULT get_include(EX *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, locations(This), WMD_INCLUDE, i, out);
}

static HRESULT get_exclude(EX *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, locations(This), WMD_EXCLUDE, i, out);
}

static HRESULT get_component(EX *This, UINT i, IVssWMComponent **out)
{
    struct tree_node *node;

    OUT(out, NULL);
    if (!out)
        return E_INVALIDARG;
    node = metadata_component(from(This)->document, i);
    return node ? wm_component_create(from(This)->document, node, out)
                : VSS_E_OBJECT_NOT_FOUND;
}

/* Page: S_FALSE when the writer defined no restore method. */
static HRESULT get_restore_method(EX *This, VSS_RESTOREMETHOD_ENUM *method,
                                  BSTR *service, BSTR *procedure,
                                  VSS_WRITERRESTORE_ENUM *wants, bool *reboot,
                                  UINT *mappings)
{
    const struct vssim_host *host = from(This)->host;
    struct tree_node *node = tree_child(root(This), WMD_RESTORE_METHOD);
    HRESULT hr;

    OUT(method, VSS_RME_UNDEFINED);
    OUT(service, NULL);
    OUT(procedure, NULL);
    OUT(wants, VSS_WRE_UNDEFINED);
    OUT(reboot, false);
    OUT(mappings, 0);
    if (!method || !service || !procedure || !wants || !reboot || !mappings)
        return E_INVALIDARG;
    if (!node)
        return S_FALSE;
    hr = vss_bstr(host, tree_get(node, "service"), service);
    if (SUCCEEDED(hr))
        hr = vss_bstr(host, tree_get(node, "userProcedure"), procedure);
    if (FAILED(hr)) {
        vss_bstr_free(host, service);
        return hr;
    }
    *method = metadata_method(tree_get(node, "method"));
    *wants = metadata_writer_restore(tree_get(node, "writerRestore"));
    *reboot = node_yes(node, "rebootRequired", false);
    *mappings = tree_count(node, DOC_MAPPING);
    return S_OK;
}

static HRESULT get_mapping(EX *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, tree_child(root(This), WMD_RESTORE_METHOD),
                   DOC_MAPPING, i, out);
}

static HRESULT get_schema(EX *This, DWORD *out)
{
    if (!out)
        return E_INVALIDARG;
    *out = node_number(root(This), "backupSchema");
    return S_OK;
}

/* Reserved by its page; there is no DOM here to give: a listed gap. */
static HRESULT get_document(EX *This, IXMLDOMDocument **out)
{
    (void)This;
    OUT(out, NULL);
    return out ? E_NOTIMPL : E_INVALIDARG;
}

static HRESULT save_as_xml(EX *This, BSTR *out)
{
    return out ? document_save(from(This)->document, out) : E_INVALIDARG;
}

/* Page: S_FALSE when the document could not be loaded, and the row of
 * VSS_E_INVALID_XML_DOCUMENT for one that is not valid: the first is read as
 * text that is no XML document of this kind at all, the second is kept for
 * the function that creates the object. What was loaded before stays. */
static HRESULT load_from_xml(EX *This, BSTR xml)
{
    self_t *self = from(This);
    struct vss_document *document;
    HRESULT hr;

    if (!xml)
        return E_INVALIDARG;
    hr = document_load_wide(self->host, &vss_writer_metadata_kind, xml,
                            &document);
    if (SUCCEEDED(hr)) {
        document_unref(self->document);
        self->document = document;
    }
    return hr == VSS_E_INVALID_XML_DOCUMENT ? S_FALSE : hr;
}

static HRESULT get_version(EX *This, DWORD *major, DWORD *minor)
{
    struct tree_node *id = tree_child(root(This), WMD_IDENTIFICATION);

    OUT(major, 0);
    OUT(minor, 0);
    if (!major || !minor)
        return E_INVALIDARG;
    *major = node_number(id, "majorVersion");
    *minor = node_number(id, "minorVersion");
    return S_OK;
}

static HRESULT get_excluded_count(EX *This, UINT *out)
{
    if (!out)
        return E_INVALIDARG;
    *out = tree_count(locations(This), WMD_EXCLUDE_SNAPSHOT);
    return S_OK;
}

static HRESULT get_excluded(EX *This, UINT i, IVssWMFiledesc **out)
{
    return file_of(This, locations(This), WMD_EXCLUDE_SNAPSHOT, i, out);
}

static const IVssExamineWriterMetadataEx2Vtbl vtable = {
    query_interface, add_ref,       release,
    get_identity,    get_counts,    get_include,
    get_exclude,     get_component, get_restore_method,
    get_mapping,     get_schema,    get_document,
    save_as_xml,     load_from_xml, get_identity_ex,
    get_version,     get_excluded_count, get_excluded};

HRESULT examine_metadata_create(struct vss_document *document,
                                IVssExamineWriterMetadataEx2 **out)
{
    self_t *self = vss_alloc(document->host, sizeof(*self));

    if (!self)
        return E_OUTOFMEMORY;
    self->iface.lpVtbl = &vtable;
    self->refs = 1;
    self->host = document->host;
    self->document = document_ref(document);
    *out = &self->iface;
    return S_OK;
}

HRESULT examine_metadata_from_xml(const struct vssim_host *host,
                                  const WCHAR *xml,
                                  IVssExamineWriterMetadata **out)
{
    IVssExamineWriterMetadataEx2 *made = NULL;
    struct vss_document *document = NULL;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_acquire(host, VSSIM_RESOURCE_ACCESS,
                     "CreateVssExamineWriterMetadata");
    if (SUCCEEDED(hr) && (!xml || !out))
        hr = E_INVALIDARG;
    if (SUCCEEDED(hr))
        hr = document_load_wide(host, &vss_writer_metadata_kind, xml,
                                &document);
    if (SUCCEEDED(hr))
        hr = examine_metadata_create(document, &made);
    document_unref(document);
    if (SUCCEEDED(hr))
        *out = (IVssExamineWriterMetadata *)(void *)made;
    return hr;
}
