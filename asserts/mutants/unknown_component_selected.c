/*
 * unknown_component_selected.c - what is not there needs no selection.
 *
 * Wrong: SetSelectedForRestore of an unknown component says S_OK
 * Rule: expect-returns
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_selected_for_restore(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bSelectedForRestore)
{
    HRESULT hr = right(This)->SetSelectedForRestore(
        This, writerId, ct, wszLogicalPath, wszComponentName,
        bSelectedForRestore);

    return hr == VSS_E_OBJECT_NOT_FOUND ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetSelectedForRestore = set_selected_for_restore;
}

static const struct mutation mutation = {.name = "unknown-component-selected",
                                         .components = components};
