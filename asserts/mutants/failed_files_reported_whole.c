/*
 * failed_files_reported_whole.c - as on a system that was seen to do so
 * (the r07 of scenarios/museum): writers take a failed restore for a good one.
 *
 * Wrong: SetFileRestoreStatus records VSS_RS_ALL for VSS_RS_FAILED
 * Rule: what-was-set-is-read
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_file_restore_status(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status)
{
    return right(This)->SetFileRestoreStatus(
        This, writerId, ct, wszLogicalPath, wszComponentName,
        status == VSS_RS_FAILED ? VSS_RS_ALL : status);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetFileRestoreStatus = set_file_restore_status;
}

static const struct mutation mutation = {.name = "failed-files-reported-whole",
                                         .components = components};
