/*
 * success_is_s_ok.c - S_OK instead of VSS_S_ASYNC_FINISHED.
 *
 * Wrong: QueryStatus gives S_OK for an operation that finished
 * Rule: async-code
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_S_ASYNC_FINISHED)
        *pHrResult = S_OK;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "success-is-s-ok",
                                         .async = async};
