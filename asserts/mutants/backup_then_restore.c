/*
 * backup_then_restore.c - only InitializeForRestore looks whether the object
 * is initialised.
 *
 * Wrong: InitializeForBackup succeeds on an object of a restore
 * Rule: initialise-once
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE initialize_for_backup(BC *This, BSTR bstrXML)
{
    HRESULT hr = right(This)->InitializeForBackup(This, bstrXML);

    return hr == VSS_E_BAD_STATE ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->InitializeForBackup = initialize_for_backup;
}

static const struct mutation mutation = {.name = "backup-then-restore",
                                         .components = components};
