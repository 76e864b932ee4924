/*
 * query_status_waits.c - QueryStatus is kind to those who poll and waits a
 * tenth of a second.
 *
 * Wrong: QueryStatus waits a moment before it answers
 * Rule: time-stands-still
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    right_async(This)->Wait(This, 100);
    return right_async(This)->QueryStatus(This, pHrResult, pReserved);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "query-status-waits",
                                         .async = async};
