/*
 * crash_without_pre_restore.c - PostRestore looks at the async of PreRestore
 * before it looks whether there was one.
 *
 * Wrong: PostRestore crashes when there was no PreRestore
 * Rule: subject-survives
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == S_OK)
        mutant_of(This)->kept = *ppAsync;
    if (hr == S_OK)
        (*ppAsync)->lpVtbl->AddRef(*ppAsync);
    return hr;
}

static HRESULT STDMETHODCALLTYPE post_restore(BC *This, IVssAsync **ppAsync)
{
    if (outcome_of(mutant_of(This)->kept) == VSS_S_ASYNC_PENDING) {
        if (ppAsync)
            *ppAsync = NULL;
        return ppAsync ? VSS_E_BAD_STATE : E_INVALIDARG;
    }
    return right(This)->PostRestore(This, ppAsync);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
    vtable->PostRestore = post_restore;
}

static const struct mutation mutation = {.name = "crash-without-pre-restore",
                                         .components = components};
