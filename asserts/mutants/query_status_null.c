/*
 * query_status_null.c - QueryStatus without pHrResult is taken for a mere
 * question whether the object is alive.
 *
 * Wrong: QueryStatus takes a NULL pHrResult and says S_OK
 * Rule: null-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    if (!pHrResult)
        return S_OK;
    return right_async(This)->QueryStatus(This, pHrResult, pReserved);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "query-status-null",
                                         .async = async};
