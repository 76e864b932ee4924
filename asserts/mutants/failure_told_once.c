/*
 * failure_told_once.c - the failure is cleared once it has been read.
 *
 * Wrong: a failed async says FINISHED when asked again
 * Rule: async-never-goes-back
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && FAILED(*pHrResult) && mutant_async_of(This)->n++)
        *pHrResult = VSS_S_ASYNC_FINISHED;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "failure-told-once",
                                         .async = async};
