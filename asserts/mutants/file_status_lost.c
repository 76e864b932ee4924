/* file_status_lost.c - the status is looked up and forgotten. */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_file_restore_status(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status)
{
    (void)status;
    return right(This)->SetFileRestoreStatus(
        This, writerId, ct, wszLogicalPath, wszComponentName, VSS_RS_UNDEFINED);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetFileRestoreStatus = set_file_restore_status;
}

static const struct mutation mutation = {.name = "file-status-lost",
                                         .components = components};
