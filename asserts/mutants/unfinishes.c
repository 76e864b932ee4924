/*
 * unfinishes.c - the outcome is handed out once and not kept.
 *
 * Wrong: an async that has finished is PENDING again when asked again
 * Rule: async-never-goes-back
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_S_ASYNC_FINISHED &&
        mutant_async_of(This)->n++)
        *pHrResult = VSS_S_ASYNC_PENDING;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "unfinishes", .async = async};
