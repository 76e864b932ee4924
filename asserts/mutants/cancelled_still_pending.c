/*
 * cancelled_still_pending.c - Cancel tells the writers and forgets the
 * outcome.
 *
 * Wrong: a cancelled async stays PENDING
 * Rule: end-is-told
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_S_ASYNC_CANCELLED)
        *pHrResult = VSS_S_ASYNC_PENDING;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "cancelled-still-pending",
                                         .async = async};
