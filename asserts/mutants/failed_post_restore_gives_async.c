/*
 * failed_post_restore_gives_async.c - PostRestore in a bad state hands over
 * the async of PreRestore, as if that helped.
 *
 * Wrong: PostRestore fails and yet hands over an async
 * Rule: failure-clears-out
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
    HRESULT hr = right(This)->PostRestore(This, ppAsync);
    IVssAsync *kept = mutant_of(This)->kept;

    if (hr == VSS_E_BAD_STATE && kept) {
        kept->lpVtbl->AddRef(kept);
        *ppAsync = kept;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
    vtable->PostRestore = post_restore;
}

static const struct mutation mutation = {
    .name = "failed-post-restore-gives-async", .components = components};
