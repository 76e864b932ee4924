/*
 * end_seen_by_wait_only.c - only Wait looks whether the writers are done;
 * whoever polls never learns of it.
 *
 * Wrong: QueryStatus says PENDING until somebody calls Wait
 * Rule: end-is-told
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && !mutant_async_of(This)->n)
        *pHrResult = VSS_S_ASYNC_PENDING;
    return hr;
}

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    mutant_async_of(This)->n = 1;
    return right_async(This)->Wait(This, dwMilliseconds);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "end-seen-by-wait-only",
                                         .async = async};
