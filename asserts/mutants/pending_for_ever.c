/*
 * pending_for_ever.c - QueryStatus never notices that the operation is over.
 *
 * Wrong: QueryStatus says PENDING for ever
 * Rule: end-is-told
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr))
        *pHrResult = VSS_S_ASYNC_PENDING;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "pending-for-ever",
                                         .async = async};
