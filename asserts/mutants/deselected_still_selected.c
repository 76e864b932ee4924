/*
 * deselected_still_selected.c - SetSelectedForRestore with false does nothing.
 *
 * Wrong: a selection cannot be taken back
 * Rule: unselected-hears-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_selected_for_restore(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bSelectedForRestore)
{
    if (!bSelectedForRestore) {
        /* looks the component up, and that is all */
        HRESULT hr = right(This)->SetSelectedForRestore(
            This, writerId, ct, wszLogicalPath, wszComponentName, true);

        return hr;
    }
    return right(This)->SetSelectedForRestore(This, writerId, ct,
                                              wszLogicalPath, wszComponentName,
                                              bSelectedForRestore);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetSelectedForRestore = set_selected_for_restore;
}

static const struct mutation mutation = {.name = "deselected-still-selected",
                                         .components = components};
