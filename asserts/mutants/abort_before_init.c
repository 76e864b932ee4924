/*
 * abort_before_init.c - there is nothing to abort, and that is no error.
 *
 * Wrong: AbortBackup succeeds on an object that is not initialised
 * Rule: uninitialised-is-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE abort_backup(BC *This)
{
    HRESULT hr = right(This)->AbortBackup(This);

    return hr == VSS_E_BAD_STATE ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->AbortBackup = abort_backup;
}

static const struct mutation mutation = {.name = "abort-before-init",
                                         .components = components};
