/*
 * file_status_not_implemented.c - SetFileRestoreStatus was left for later.
 *
 * Wrong: SetFileRestoreStatus is not implemented
 * Rule: not-implemented
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_file_restore_status(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status)
{
    (void)This;
    (void)writerId;
    (void)ct;
    (void)wszLogicalPath;
    (void)wszComponentName;
    (void)status;
    return E_NOTIMPL;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetFileRestoreStatus = set_file_restore_status;
}

static const struct mutation mutation = {.name = "file-status-not-implemented",
                                         .components = components};
