/*
 * refused_init_sets_type.c - a second InitializeForRestore is refused after it
 * has begun to start anew.
 *
 * Wrong: a refused InitializeForRestore resets the restore type
 * Rule: refused-changes-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE initialize_for_restore(BC *This, BSTR bstrXML)
{
    HRESULT hr = right(This)->InitializeForRestore(This, bstrXML);

    if (hr == VSS_E_BAD_STATE)
        right(This)->SetRestoreState(This, VSS_RTYPE_OTHER);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->InitializeForRestore = initialize_for_restore;
}

static const struct mutation mutation = {.name = "refused-init-sets-type",
                                         .components = components};
