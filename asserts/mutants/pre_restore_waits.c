/*
 * pre_restore_waits.c - PreRestore is synchronous: it waits for its own async.
 *
 * Wrong: PreRestore returns when the writers are done
 * Rule: time-stands-still
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == S_OK)
        (*ppAsync)->lpVtbl->Wait(*ppAsync, INFINITE);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-waits",
                                         .components = components};
