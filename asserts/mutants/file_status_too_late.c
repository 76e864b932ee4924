/*
 * file_status_too_late.c - the status comes when the writers have been told
 * already, and is accepted.
 *
 * Wrong: SetFileRestoreStatus after PostRestore says S_OK
 * Rule: file-status-in-its-window
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE post_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PostRestore(This, ppAsync);

    mutant_of(This)->n |= hr == S_OK;
    return hr;
}

static HRESULT STDMETHODCALLTYPE set_file_restore_status(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status)
{
    HRESULT hr = right(This)->SetFileRestoreStatus(
        This, writerId, ct, wszLogicalPath, wszComponentName, status);

    return hr == VSS_E_BAD_STATE && mutant_of(This)->n ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PostRestore = post_restore;
    vtable->SetFileRestoreStatus = set_file_restore_status;
}

static const struct mutation mutation = {.name = "file-status-too-late",
                                         .components = components};
