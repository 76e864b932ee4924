/*
 * finished_after_first_wait.c - Wait is believed to end with the operation,
 * although it was given a limit.
 *
 * Wrong: after any Wait the async says FINISHED
 * Rule: finished-means-answered
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    mutant_async_of(This)->n = 1;
    return right_async(This)->Wait(This, dwMilliseconds);
}

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_S_ASYNC_PENDING &&
        mutant_async_of(This)->n)
        *pHrResult = VSS_S_ASYNC_FINISHED;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "finished-after-first-wait",
                                         .async = async};
