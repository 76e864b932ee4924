/*
 * new_target_after_pre_restore.c - a new target that comes too late is
 * accepted, and no writer learns of it.
 *
 * Wrong: AddNewTarget after PreRestore says S_OK
 * Rule: selection-before-prerestore
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE add_new_target(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, LPCWSTR wszPath, LPCWSTR wszFileName,
    bool bRecursive, LPCWSTR wszAlternatePath)
{
    HRESULT hr = right(This)->AddNewTarget(
        This, writerId, ct, wszLogicalPath, wszComponentName, wszPath,
        wszFileName, bRecursive, wszAlternatePath);

    return hr == VSS_E_BAD_STATE ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->AddNewTarget = add_new_target;
}

static const struct mutation mutation = {.name = "new-target-after-pre-restore",
                                         .components = components};
