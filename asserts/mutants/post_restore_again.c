/*
 * post_restore_again.c - PostRestore is idempotent: who calls it again is told
 * the same again.
 *
 * Wrong: PostRestore succeeds a second time
 * Rule: postrestore-needs-prerestore
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE post_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PostRestore(This, ppAsync);
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
    vtable->PostRestore = post_restore;
}

static const struct mutation mutation = {.name = "post-restore-again",
                                         .components = components};
