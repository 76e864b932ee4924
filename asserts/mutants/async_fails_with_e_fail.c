/*
 * async_fails_with_e_fail.c - all failures are one.
 *
 * Wrong: an async that failed says E_FAIL, whatever the reason
 * Rule: async-code
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && FAILED(*pHrResult))
        *pHrResult = E_FAIL;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "async-fails-with-e-fail",
                                         .async = async};
