/*
 * given_up_too_early.c - a limit of its own, which no page knows, ends every
 * operation after half a minute.
 *
 * Wrong: the async is over after half a minute, whoever is still at work
 * Rule: finished-means-answered
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    if (dwMilliseconds > 30000)
        dwMilliseconds = 30000;
    mutant_async_of(This)->n += dwMilliseconds;
    return right_async(This)->Wait(This, dwMilliseconds);
}

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_S_ASYNC_PENDING &&
        mutant_async_of(This)->n >= 30000)
        *pHrResult = VSS_S_ASYNC_FINISHED;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "given-up-too-early",
                                         .async = async};
