/*
 * post_restore_too_early.c - PostRestore does not wait for writers that are
 * still at PreRestore.
 *
 * Wrong: PostRestore cancels a PreRestore that is under way and goes on
 * Rule: postrestore-needs-prerestore
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == S_OK) {
        mutant_of(This)->kept = *ppAsync;
        (*ppAsync)->lpVtbl->AddRef(*ppAsync);
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE post_restore(BC *This, IVssAsync **ppAsync)
{
    IVssAsync *pre = mutant_of(This)->kept;

    if (ppAsync && pre && outcome_of(pre) == VSS_S_ASYNC_PENDING)
        pre->lpVtbl->Cancel(pre);
    return right(This)->PostRestore(This, ppAsync);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
    vtable->PostRestore = post_restore;
}

static const struct mutation mutation = {.name = "post-restore-too-early",
                                         .components = components};
