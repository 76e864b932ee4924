/*
 * finished_while_pending.c - whatever is no failure is taken for the end.
 *
 * Wrong: QueryStatus says FINISHED while writers work
 * Rule: finished-means-answered
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_S_ASYNC_PENDING)
        *pHrResult = VSS_S_ASYNC_FINISHED;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "finished-while-pending",
                                         .async = async};
