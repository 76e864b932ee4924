/*
 * out_of_memory_is_fail.c - a lack of memory is not told apart from other
 * failures.
 *
 * Wrong: PreRestore answers E_FAIL when memory is short
 * Rule: allowed-code
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    return hr == E_OUTOFMEMORY ? E_FAIL : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "out-of-memory-is-fail",
                                         .components = components};
