/*
 * lookup_failure_frees_metadata.c - a failed look-up throws away what was
 * gathered, so that it is looked up anew.
 *
 * Wrong: SetSelectedForRestore of an unknown component frees the metadata
 * Rule: refused-changes-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_selected_for_restore(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bSelectedForRestore)
{
    HRESULT hr = right(This)->SetSelectedForRestore(
        This, writerId, ct, wszLogicalPath, wszComponentName,
        bSelectedForRestore);

    if (hr == VSS_E_OBJECT_NOT_FOUND)
        right(This)->FreeWriterMetadata(This);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetSelectedForRestore = set_selected_for_restore;
}

static const struct mutation mutation = {
    .name = "lookup-failure-frees-metadata", .components = components};
