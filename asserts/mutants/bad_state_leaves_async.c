/*
 * bad_state_leaves_async.c - the state is checked before the out-parameter is
 * cleared.
 *
 * Wrong: PreRestore in a bad state does not touch ppAsync
 * Rule: out-written
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    IVssAsync *async = NULL;
    HRESULT hr = right(This)->PreRestore(This, ppAsync ? &async : NULL);

    if (ppAsync && hr != VSS_E_BAD_STATE)
        *ppAsync = async;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "bad-state-leaves-async",
                                         .components = components};
