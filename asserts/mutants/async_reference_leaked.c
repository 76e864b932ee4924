/*
 * async_reference_leaked.c - AddRef on an object that already carries the
 * reference that is handed over.
 *
 * Wrong: PreRestore takes a second reference to its async and keeps it for
 * ever
 * Rule: released-means-gone
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == S_OK)
        (*ppAsync)->lpVtbl->AddRef(*ppAsync);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "async-reference-leaked",
                                         .components = components};
