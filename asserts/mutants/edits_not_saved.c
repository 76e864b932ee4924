/*
 * edits_not_saved.c - what was selected and set since is not in the saved
 * document.
 *
 * Wrong: SaveAsXML gives the document as it was loaded
 * Rule: expect-out
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE initialize_for_restore(BC *This, BSTR bstrXML)
{
    const struct vssim_host *host = host_of(This);
    HRESULT hr = right(This)->InitializeForRestore(This, bstrXML);
    UINT length = 0;

    while (bstrXML && bstrXML[length])
        length++;
    if (hr == S_OK)
        mutant_of(This)->text = host->bstr_alloc(host, bstrXML, length);
    return hr;
}

static HRESULT STDMETHODCALLTYPE save_as_xml(BC *This, BSTR *pbstrXML)
{
    const struct vssim_host *host = host_of(This);
    BSTR text = mutant_of(This)->text;
    HRESULT hr = right(This)->SaveAsXML(This, pbstrXML);
    UINT length = 0;

    while (text && text[length])
        length++;
    if (hr == S_OK && text) {
        host->bstr_free(host, *pbstrXML);
        *pbstrXML = host->bstr_alloc(host, text, length);
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->InitializeForRestore = initialize_for_restore;
    vtable->SaveAsXML = save_as_xml;
}

static const struct mutation mutation = {.name = "edits-not-saved",
                                         .components = components};
