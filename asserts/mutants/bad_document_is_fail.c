/*
 * bad_document_is_fail.c - the parser's own failure goes out instead of
 * VSS_E_INVALID_XML_DOCUMENT.
 *
 * Wrong: InitializeForRestore answers E_FAIL to a bad document
 * Rule: allowed-code
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE initialize_for_restore(BC *This, BSTR bstrXML)
{
    HRESULT hr = right(This)->InitializeForRestore(This, bstrXML);

    return hr == VSS_E_INVALID_XML_DOCUMENT ? E_FAIL : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->InitializeForRestore = initialize_for_restore;
}

static const struct mutation mutation = {.name = "bad-document-is-fail",
                                         .components = components};
