/* document.c - see document.h: loading, saving, sharing. */
#include "vss/document.h"

#include <string.h>

#include "com/text.h"

const struct vss_document_kind vss_backup_components_kind = {BCD_ROOT,
                                                             BCD_NAMESPACE};
const struct vss_document_kind vss_writer_metadata_kind = {WMD_ROOT,
                                                           WMD_NAMESPACE};

/* The root has the right name, and the namespace that its prefix, or the
 * lack of one, stands for is the right one. */
const char *document_kind_error(const struct tree_node *root,
                                const struct vss_document_kind *kind)
{
    const char *colon = strchr(root->name, ':');
    size_t prefix = colon ? (size_t)(colon - root->name) : 0;

    if (strcmp(colon ? colon + 1 : root->name, kind->root) != 0)
        return "not the root element of such a document";
    for (const struct tree_attribute *at = root->attributes; at;
         at = at->next) {
        if (strncmp(at->name, "xmlns", 5) != 0)
            continue;
        if (colon ? at->name[5] == ':' && strlen(at->name + 6) == prefix &&
                        strncmp(at->name + 6, root->name, prefix) == 0
                  : at->name[5] == '\0')
            return strcmp(at->value, kind->xmlns) == 0
                       ? NULL
                       : "not the namespace of such a document";
    }
    return "no namespace";
}

struct vss_document *document_new(const struct vssim_host *host)
{
    struct tree_memory memory = vss_tree_memory(host);
    struct vss_document *document = vss_alloc(host, sizeof(*document));

    if (document) {
        document->host = host;
        document->refs = 1;
        tree_init(&document->tree, &memory);
    }
    return document;
}

void document_annex(struct vss_document *document, struct vss_document *annex)
{
    tree_attach(document->tree.root, annex->tree.root);
    document->annex = annex;
}

HRESULT document_load(const struct vssim_host *host,
                      const struct vss_document_kind *kind, const char *utf8,
                      size_t size, struct vss_document **out)
{
    struct vss_document *document = document_new(host);
    struct tree_error error;
    enum tree_result result;
    HRESULT hr = S_OK;

    *out = NULL;
    if (!document)
        return E_OUTOFMEMORY;
    result = tree_parse(&document->tree, utf8, size, &error);
    if (result == TREE_NO_MEMORY)
        hr = E_OUTOFMEMORY;
    else if (result != TREE_OK ||
             document_kind_error(document->tree.root, kind))
        hr = VSS_E_INVALID_XML_DOCUMENT;
    if (SUCCEEDED(hr))
        *out = document;
    else
        document_unref(document);
    return hr;
}

HRESULT document_load_wide(const struct vssim_host *host,
                           const struct vss_document_kind *kind,
                           const WCHAR *xml, struct vss_document **out)
{
    size_t size, length = wide_length(xml);
    char *utf8;
    HRESULT hr;

    /* Seen in the wild: text with and without a byte-order mark. The parser
     * takes both. */
    utf8 = vss_utf8(host, xml, length, &size);
    if (!utf8)
        return E_OUTOFMEMORY;
    hr = document_load(host, kind, utf8, size, out);
    vss_free(host, utf8);
    return hr;
}

struct vss_document *document_ref(struct vss_document *document)
{
    document->refs++;
    return document;
}

void document_unref(struct vss_document *document)
{
    if (!document || --document->refs)
        return;
    document_unref(document->annex);
    tree_release(&document->tree);
    vss_free(document->host, document);
}

struct text {
    char *bytes; /* NULL: only counts */
    size_t size;
};

static void text_sink(void *context, const char *bytes, size_t size)
{
    struct text *text = context;

    if (text->bytes)
        memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
}

HRESULT document_save(const struct vss_document *document, BSTR *out)
{
    const struct vssim_host *host = document->host;
    struct text text = {NULL, 0};
    HRESULT hr = E_OUTOFMEMORY;

    *out = NULL;
    tree_write(document->tree.root, text_sink, &text);
    text.bytes = vss_alloc(host, text.size + 1);
    if (text.bytes) {
        text.size = 0;
        tree_write(document->tree.root, text_sink, &text);
        hr = vss_bstr(host, text.bytes, out);
        vss_free(host, text.bytes);
    }
    return hr;
}

HRESULT document_fresh(const struct vss_document *document,
                       unsigned generation)
{
    if (document->generation == generation ||
        vss_policy(document->host, VSSIM_POLICY_STALE_COMPONENTS) == 1)
        return S_OK;
    return VSS_E_BAD_STATE;
}
