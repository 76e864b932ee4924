/*
 * initialised_twice.c - the object is initialised already, so all is well; the
 * new document is not looked at.
 *
 * Wrong: a second InitializeForRestore says S_OK and does nothing
 * Rule: initialise-once
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE initialize_for_restore(BC *This, BSTR bstrXML)
{
    HRESULT hr = right(This)->InitializeForRestore(This, bstrXML);

    return hr == VSS_E_BAD_STATE ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->InitializeForRestore = initialize_for_restore;
}

static const struct mutation mutation = {.name = "initialised-twice",
                                         .components = components};
