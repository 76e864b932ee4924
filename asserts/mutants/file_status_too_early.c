/*
 * file_status_too_early.c - the status of files that cannot have been restored
 * yet is accepted.
 *
 * Wrong: SetFileRestoreStatus before PreRestore says S_OK
 * Rule: file-status-in-its-window
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    mutant_of(This)->n |= hr == S_OK;
    return hr;
}

static HRESULT STDMETHODCALLTYPE set_file_restore_status(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status)
{
    HRESULT hr = right(This)->SetFileRestoreStatus(
        This, writerId, ct, wszLogicalPath, wszComponentName, status);

    return hr == VSS_E_BAD_STATE && !mutant_of(This)->n ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
    vtable->SetFileRestoreStatus = set_file_restore_status;
}

static const struct mutation mutation = {.name = "file-status-too-early",
                                         .components = components};
