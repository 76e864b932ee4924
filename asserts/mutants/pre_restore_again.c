/*
 * pre_restore_again.c - PreRestore is idempotent: who calls it again is told
 * the same again.
 *
 * Wrong: a second PreRestore hands over the async of the first
 * Rule: prerestore-once
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);
    IVssAsync **kept = &mutant_of(This)->kept;

    if (hr == S_OK)
        *kept = *ppAsync;
    else if (hr == VSS_E_BAD_STATE && *kept)
        *ppAsync = *kept;
    else
        return hr;
    (*kept)->lpVtbl->AddRef(*kept);
    return S_OK;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-again",
                                         .components = components};
