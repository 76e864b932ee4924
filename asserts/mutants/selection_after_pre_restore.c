/*
 * selection_after_pre_restore.c - a selection that comes too late is accepted,
 * and no writer learns of it.
 *
 * Wrong: SetSelectedForRestore after PreRestore says S_OK
 * Rule: selection-before-prerestore
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    mutant_of(This)->n |= hr == S_OK;
    return hr;
}

static HRESULT STDMETHODCALLTYPE set_selected_for_restore(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bSelectedForRestore)
{
    HRESULT hr = right(This)->SetSelectedForRestore(
        This, writerId, ct, wszLogicalPath, wszComponentName,
        bSelectedForRestore);

    return hr == VSS_E_BAD_STATE && mutant_of(This)->n ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
    vtable->SetSelectedForRestore = set_selected_for_restore;
}

static const struct mutation mutation = {.name = "selection-after-pre-restore",
                                         .components = components};
