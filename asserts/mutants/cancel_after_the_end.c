/*
 * cancel_after_the_end.c - Cancel sets the outcome without looking whether
 * there is one.
 *
 * Wrong: Cancel makes CANCELLED of an async that had ended
 * Rule: async-never-goes-back
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE cancel(IVssAsync *This)
{
    mutant_async_of(This)->n = 1;
    return right_async(This)->Cancel(This);
}

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && mutant_async_of(This)->n)
        *pHrResult = VSS_S_ASYNC_CANCELLED;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Cancel = cancel;
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "cancel-after-the-end",
                                         .async = async};
