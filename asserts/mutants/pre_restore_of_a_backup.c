/*
 * pre_restore_of_a_backup.c - any initialised object will do; there is nothing
 * to restore, so that all PreRestore does is to ask for the status.
 *
 * Wrong: PreRestore succeeds on an object initialised for backup
 * Rule: prerestore-is-for-restores
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE initialize_for_backup(BC *This, BSTR bstrXML)
{
    HRESULT hr = right(This)->InitializeForBackup(This, bstrXML);

    if (hr == S_OK)
        mutant_of(This)->n = 1;
    return hr;
}

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == VSS_E_BAD_STATE && mutant_of(This)->n)
        hr = right(This)->GatherWriterStatus(This, ppAsync);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->InitializeForBackup = initialize_for_backup;
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-of-a-backup",
                                         .components = components};
