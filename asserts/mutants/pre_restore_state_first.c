/*
 * pre_restore_state_first.c - the order of the checks is wrong: a NULL ppAsync
 * on an object that is out of order gives VSS_E_BAD_STATE.
 *
 * Wrong: PreRestore looks at its state before its argument
 * Rule: null-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    IVssAsync *async = NULL;
    HRESULT hr = right(This)->PreRestore(This, &async);

    if (!ppAsync) {
        if (async)
            async->lpVtbl->Release(async);
        return SUCCEEDED(hr) ? E_INVALIDARG : hr;
    }
    *ppAsync = async;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-state-first",
                                         .components = components};
