/*
 * selection_forgotten.c - the selection is written into a copy of the
 * document.
 *
 * Wrong: SetSelectedForRestore says S_OK and selects nothing
 * Rule: selected-hears-once
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_selected_for_restore(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bSelectedForRestore)
{
    HRESULT hr = right(This)->SetSelectedForRestore(
        This, writerId, ct, wszLogicalPath, wszComponentName,
        bSelectedForRestore);

    if (SUCCEEDED(hr))
        right(This)->SetSelectedForRestore(This, writerId, ct, wszLogicalPath,
                                           wszComponentName, false);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetSelectedForRestore = set_selected_for_restore;
}

static const struct mutation mutation = {.name = "selection-forgotten",
                                         .components = components};
