/*
 * pre_restore_gathers.c - PreRestore is helpful: it gathers what is missing
 * and goes on.
 *
 * Wrong: PreRestore gathers the metadata itself when nobody did
 * Rule: prerestore-after-gather
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    IVssAsync *gather = NULL;
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr != VSS_E_BAD_STATE ||
        right(This)->GatherWriterMetadata(This, &gather) != S_OK)
        return hr;
    gather->lpVtbl->Wait(gather, INFINITE);
    gather->lpVtbl->Release(gather);
    return right(This)->PreRestore(This, ppAsync);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-gathers",
                                         .components = components};
